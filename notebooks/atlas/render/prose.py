"""People's Markdown and HTML, made safe for a page and turned into Typst for print."""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import mistune
import nh3
import pypandoc
from markupsafe import Markup, escape

from atlas.blocks.html import safe_address
from atlas.errors import AtlasError
from atlas.phrases import say
from atlas.render.document import quotes

_TAGS = (nh3.ALLOWED_TAGS - {"img", "map", "area"}) | {"section"}
_ATTRIBUTES = {"a": {"href", "title"}, "th": {"scope", "colspan", "rowspan", "align"},
               "td": {"colspan", "rowspan", "align"}, "ol": {"start"},
               **{f"h{level}": {"id"} for level in range(1, 7)}}
_BOX = '<div class="scroll" tabindex="0" role="group" aria-label="{}">'
_MARK = "atlas9part9boundary"
_FILTER = Path(__file__).parent / "templates" / "prose.lua"


class Heading(NamedTuple):
    """A heading of the report: its level, its text, where a link finds it."""

    level: int
    text: str
    anchor: str


class _Renderer(mistune.HTMLRenderer):
    """Collects headings; `#` becomes `##`, because the country's name is the only first heading."""

    def __init__(self, headings: list[Heading]) -> None:
        super().__init__(escape=False)
        self.headings = headings

    def heading(self, text: str, level: int, **attributes: Any) -> str:
        words = Markup(text).striptags()
        slug = re.sub(r"\W+", "-", words.casefold()).strip("-") or "section"
        again = sum(one.anchor.startswith(f"section-{slug}") for one in self.headings)
        level = max(level, 2)
        self.headings.append(Heading(level, words, f"section-{slug}" + (f"-{again + 1}" if again else "")))
        return f'<h{level} id="{self.headings[-1].anchor}">{text}</h{level}>\n'

    def text(self, text: str) -> str:
        return super().text(quotes(text))

    def image(self, text: str, url: str, title: str | None = None) -> str:
        return text

    def link(self, text: str, url: str, title: str | None = None) -> str:
        href = safe_address(url)
        return f'<a href="{escape(href)}">{text}</a>' if href.startswith(("http", "mailto")) else text


def clean(html: str) -> str:
    """Return HTML without scripts, styles, pictures, forms and links to anything but pages; tables may scroll.

    >>> clean('<b onclick="x()">a</b><script>x()</script>')
    '<b>a</b>'
    """
    safe = nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes={"http", "https", "mailto"}, link_rel=None)
    boxed = safe.replace("<table>", f"{_BOX.format(say('page.table'))}<table>").replace("</table>", "</table></div>")
    return boxed.replace("<th></th>", "<td></td>")  # the corner above an index names nothing


def to_html(markdown: str, headings: list[Heading]) -> str:
    """Return Markdown as safe HTML, and add its headings to the list."""
    convert = mistune.create_markdown(renderer=_Renderer(headings), plugins=["table", "strikethrough", "url"])
    return clean(str(convert(markdown)))


_Converted = dict[tuple[str, str], str]
_converted: _Converted = {}
"""What pandoc made of a text by its format; reports of one notebook share their prose."""


def to_typst(sources: Sequence[str], form: str = "gfm+smart-tex_math_dollars-tex_math_gfm") -> list[str]:
    """Return several texts as Typst markup, through one run of pandoc for those not seen before.

    Each text is a file of its own, so that an unclosed fence in one does not swallow the next.

    Parameters
    ----------
    sources : sequence of str
    form : str
        What pandoc calls the format: `gfm…` or `html`.

    Raises
    ------
    AtlasError
        If pandoc cannot convert them.
    """
    new = [source for source in dict.fromkeys(sources) if (form, source) not in _converted]
    if new:
        _converted.update(zip(((form, source) for source in new), _through_pandoc(new, form), strict=True))
    return [_converted[form, source] for source in sources]


def _through_pandoc(sources: Sequence[str], form: str) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / f"{number}.txt" for number in range(len(sources))]
        for file, source in zip(files, sources, strict=True):
            file.write_text(f"{'<p>' * (form == 'html')}{_MARK}\n\n{source}\n", encoding="utf-8")
        command = [pypandoc.get_pandoc_path(), "--file-scope", f"--from={form}", "--to=typst-smart",
                   "--wrap=none", f"--lua-filter={_FILTER}", *map(str, files)]
        run = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    parts = run.stdout.split(_MARK)[1:]
    if run.returncode or len(parts) != len(sources):
        raise AtlasError(f"pandoc could not convert the notebook's prose: {run.stderr.strip() or 'parts are missing'}")
    return [part.strip() for part in parts]
