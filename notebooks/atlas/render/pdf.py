"""The printed report: Typst sets what an executed notebook says, as PDF/UA-1."""

from __future__ import annotations

import base64
import json
import warnings
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst
from nbconvert.exporters import Exporter

from atlas import dates, language, vocabulary, words
from atlas.blocks import html as blocks_html
from atlas.blocks import svg
from atlas.errors import AtlasError
from atlas.phrases import say
from atlas.render import document, faces, prose
from atlas.render.document import Document, Part

_TEMPLATE = Path(__file__).parent / "templates" / "report.typ"
_UNDATED = "2000"
_REMEMBERED = 10
"""After so many other documents the compiler forgets what it has set; reports have hardly anything in common."""
_WORDS = ("then", "now", "rival", "note", "sources", "failure", "in_english")
"""What the template says by itself: keys of the catalogue under `page`."""


class AtlasPDFExporter(Exporter):
    """`jupyter nbconvert --to atlas-pdf executed.ipynb`."""

    export_from_notebook = "PDF (Living Partner Atlas)"
    output_mimetype = "application/pdf"

    def _file_extension_default(self) -> str:
        return ".pdf"

    def from_notebook_node(self, nb: Any, resources: Any = None, **kwargs: Any) -> tuple[Any, dict[str, Any]]:
        """Return the report as PDF bytes, with nbconvert's resources."""
        nb, resources = super().from_notebook_node(nb, resources, **kwargs)
        return render(document.read(nb)), resources


def render(read: Document) -> bytes:
    """Return a document as PDF, the same bytes for the same document.

    Raises
    ------
    AtlasError
        If the compiler refuses it, with the compiler's own words.
    """
    with language.spoken(read.language):
        content = _content(read)
    year, month, number = content["date"]
    day = datetime(year, month, number, tzinfo=UTC)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", typst.TypstWarning)
            made = _compiler().compile(_TEMPLATE.read_bytes(), format="pdf", sys_inputs={"report": json.dumps(content)},
                                       pdf_standards=["ua-1"], timestamp=day)
    except typst.TypstError as error:
        raise AtlasError(f"the PDF could not be set: {error.message} {' '.join(error.hints)}".strip()) from error
    assert isinstance(made, bytes)
    return made


@cache
def prepare() -> None:
    """Do now what the first report would wait for: fonts are read, and the compiler has set an empty page."""
    render(Document({}, []))


def forget() -> None:
    """Give back the memory of what was set before: the compiler remembers the last ten documents, unless they age."""
    for _ in range(_REMEMBERED):
        _compiler().compile(b"", format="pdf")


@cache
def _compiler() -> typst.Compiler:
    own = list(map(str, faces.folders()))
    return typst.Compiler(font_paths=typst.Fonts(include_system_fonts=False, font_paths=own))


def _content(read: Document) -> dict[str, Any]:
    stamp = read.stamp
    as_of = stamp.get("data_as_of", "")
    day = dates.last_day(as_of or _UNDATED)
    name = stamp.get("country") or read.title
    footer = [name, say("page.data_to", day=words.day(as_of)) if as_of else "",
              say("page.version", version=stamp["version"]) if stamp.get("version") else ""]
    return {"stamp": dict(stamp), "title": read.title, "language": stamp.get("language", "en"),
            "description": say("page.description", name=name), "words": {word: say(f"page.{word}") for word in _WORDS},
            "date": [day.year, day.month, day.day], "footer": " · ".join(filter(None, footer)),
            "verdicts": {word: {"label": one.label, "glyph": one.glyph, "tone": one.tone, "meaning": one.meaning}
                         for word, one in vocabulary.VERDICTS.items()},
            "palette": blocks_html.palette(), "anchors": sorted(read.anchors), "parts": _printed(read.parts)}


def _printed(parts: list[Part]) -> list[Part]:
    """Return the parts as the template takes them: drawings standing alone, people's prose as markup."""
    def sources(kind: str) -> tuple[str, ...]:
        return tuple(part["source"] for part in parts if part["kind"] == kind)

    made = {"markdown": iter(prose.to_typst(sources("markdown"))),
            "foreign": iter(prose.to_typst(list(map(prose.clean, sources("foreign"))), "html"))}
    return [{"kind": "markup", "source": next(made[part["kind"]]), "language": part.get("language")}
            if part["kind"] in made else _part(part) for part in parts]


def _part(part: Part) -> Part:
    if part["kind"] == "directory":
        cells = [[cell["text"] for cell in row["cells"]] for row in part["rows"]]
        return {**part, "kind": "table", "rows": cells, "compact": True, "csv": None, "row_ids": None}
    if part["kind"] == "chart":
        return {**part, "svg": svg.standalone(part["svg"]), "alt": language.unmarked(part["alt"])}
    if part["kind"] != "image":
        return part
    if part["type"] == "image/svg+xml":
        return {**part, "format": "svg", "data": svg.standalone(part["data"])}
    return {**part, "format": part["type"].split("/")[1].replace("jpeg", "jpg"),
            "data": list(base64.b64decode(part["data"]))}
