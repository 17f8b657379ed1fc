"""The page: an executed notebook as one HTML file that needs no script and no other host."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape
from nbconvert.exporters import Exporter, TemplateExporter
from traitlets import default

from atlas import language, words
from atlas.blocks import Prose, svg
from atlas.blocks import html as blocks_html
from atlas.phrases import say
from atlas.render import document, faces, prose, reviews
from atlas.render.document import Document, Part

_FAILURE = Markup('<div class="failure" role="note"><strong>{}</strong><br>{}: {}</div>')
_BOX = Markup('<div class="scroll" tabindex="0" role="group" aria-label="{}"><div class="drawing">{}</div></div>')
_TEMPLATES = Path(__file__).parent / "templates"


class AtlasHTMLExporter(TemplateExporter):
    """`jupyter nbconvert --to atlas-html executed.ipynb`."""

    export_from_notebook = "HTML (Living Partner Atlas)"
    output_mimetype = "text/html"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".html"

    @default("template_name")
    def _template_name_default(self) -> str:
        return "report"

    @default("extra_template_basedirs")
    def _extra_template_basedirs_default(self) -> list[str]:
        return [str(_TEMPLATES)]

    def from_notebook_node(self, nb: Any, resources: Any = None, **kwargs: Any) -> tuple[Any, dict[str, Any]]:
        """Return the report as a page, with nbconvert's resources."""
        run, resources = Exporter.from_notebook_node(self, nb, resources, **kwargs)  # with --execute, not before it ran
        resources["page"] = page(document.read(run))
        return self.template.render(nb=run, resources=resources), resources


def render(read: Document) -> str:
    """Return a document as a page, without the copies and looks that nbconvert takes at a notebook of any origin."""
    return str(_template().render(resources={"page": page(read)}))


@cache
def prepare() -> None:
    """Do now what the first report would wait for: templates are compiled."""
    render(Document({}, [{"kind": "markdown", "source": "# Ready"}, Prose(["Ready."]).to_json()]))


@cache
def _template() -> Any:
    return AtlasHTMLExporter().template


def page(read: Document) -> dict[str, Any]:
    """Return what the template fills in: the parts of the report as HTML, its contents, style and description."""
    with language.spoken(read.language):
        return _page(read)


def _page(read: Document) -> dict[str, Any]:
    headings: list[prose.Heading] = []
    anchors = read.anchors
    heads = [part for part in read.parts if part["kind"] == "masthead"]
    body = [_part(part, number, anchors, headings) for number, part in enumerate(read.parts) if part not in heads]
    stamp, items = read.stamp, [item for part in read.parts if part["kind"] == "claims" for item in part["items"]]
    script = blocks_html.script() if any(part["kind"] == "directory" for part in read.parts) else ""
    name, as_of = stamp.get("country") or read.title, stamp.get("data_as_of", "")
    return {"title": read.title, "language": stamp.get("language", "en"), "as_of": as_of,
            "description": say("page.description", name=name), "skip": say("page.skip"),
            "contents_title": say("page.contents"),
            "style": blocks_html.stylesheet() + _style() + faces.style("".join(body)),
            "script": script, "policy": _policy(script),
            "reviews": reviews.json_ld(items, as_of),
            "head": "".join(blocks_html.fragment(part, "head", anchors) for part in heads), "body": body,
            "contents": [one for one in headings if one.level == 2], "footer": _footer(read)}


def _policy(script: str) -> str:
    """Return the Content-Security-Policy of a page: nothing from anywhere, and no script but the one it has."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    allowed = f" script-src 'sha256-{digest}';" if script else ""
    return (f"default-src 'none';{allowed} style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; "
            "form-action 'none'")


@cache
def _style() -> str:
    return (_TEMPLATES / "page.css").read_text(encoding="utf-8")


def _footer(read: Document) -> list[str]:
    stamp = read.stamp
    facts = [stamp.get("country", ""),
             say("page.data_to", day=words.day(stamp["data_as_of"])) if stamp.get("data_as_of") else "",
             say("page.version", version=stamp["version"]) if stamp.get("version") else "",
             say("page.data_version", version=stamp["data_version"]) if stamp.get("data_version") else ""]
    return [read.title, " · ".join(filter(None, facts))]


def _part(part: Part, number: int, anchors: set[str], headings: list[prose.Heading]) -> str:
    kind = part["kind"]
    if kind == "markdown":
        tongue = f' lang="{part["language"]}"' if "language" in part else ""
        return f'<div class="atlas prose"{tongue}>{prose.to_html(part["source"], headings)}</div>'
    if kind == "foreign":
        return f'<div class="atlas foreign">{prose.clean(part["source"])}</div>'
    if kind == "text":
        return f'<pre tabindex="0">{escape(part["text"])}</pre>'
    if kind == "error":
        return _FAILURE.format(say("page.failure"), part["name"], part["text"])
    if kind == "image":
        return f'<div class="atlas"><figure>{_picture(part, number)}</figure></div>'
    return blocks_html.fragment(part, f"p{number}", anchors)


def _picture(part: Part, number: int) -> str:
    if part["type"] == "image/svg+xml":
        drawn = svg.inline(part["data"], f"p{number}", say("page.figure"), part["alt"], {})
        return _BOX.format(say("page.figure"), Markup(drawn))
    data = part["data"].replace("\n", "")
    return Markup('<img src="data:{};base64,{}" alt="{}">').format(part["type"], data, part["alt"])
