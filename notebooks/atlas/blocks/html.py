"""A block as HTML, the same in JupyterLab and in the report."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Container, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jinja2
from markupsafe import Markup, escape

from atlas import language, phrases, words
from atlas.blocks import svg
from atlas.vocabulary import TONES, VERDICTS

_HERE = Path(__file__).parent
_SAFE = re.compile(r"(https?://|mailto:|#|[\w.-]+(/|$|#))", re.IGNORECASE)
_ADDRESS = re.compile(r"\s+")


def run_text(run: Mapping[str, str]) -> str:
    """Return what a run says, without markup."""
    if run["t"] == "pill":
        verdict = VERDICTS[run["verdict"]]
        return f"{verdict.glyph} {run.get('text') or verdict.label}"
    return run["text"]


def safe_address(href: str) -> str:
    """Return an address that a page may link to, or nothing: no scripts, no data, no other schemes.

    >>> safe_address("https://example.org/a b"), safe_address("JaVaScript:alert(1)"), safe_address("#claim-1")
    ('https://example.org/a%20b', '', '#claim-1')
    """
    href = _ADDRESS.sub("%20", href.strip())
    return href if _SAFE.match(href) and not re.match(r"(?!https?:|mailto:)[\w.+-]+:", href, re.IGNORECASE) else ""


@cache
def stylesheet() -> str:
    """Return the style of blocks, the only place where the page's colours are written."""
    return (_HERE / "blocks.css").read_text(encoding="utf-8")


@cache
def script() -> str:
    """Return the script that searches and sorts a directory, the only one that a page may run."""
    return (_HERE / "directory.js").read_text(encoding="utf-8")


@cache
def palette() -> dict[str, str]:
    """Return the colours of the light page by name, as the style sheet declares them first."""
    first = stylesheet().split("}", 1)[0]
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", first))


@cache
def _variables() -> dict[str, str]:
    return {colour: name for name, colour in reversed(palette().items())}


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True,
                                     undefined=jinja2.StrictUndefined, loader=jinja2.FileSystemLoader(_HERE))
    environment.globals |= {"verdicts": VERDICTS, "drawing": _drawing, "csv_address": csv_address,
                            "stylesheet": stylesheet, "phrase": phrases.say}
    environment.filters |= {"shown": shown, "bare": bare, "figure": figure}
    return environment


def fragment(block: Mapping[str, Any], key: str = "", anchors: Container[str] | None = None) -> str:
    """Return a block as a fragment of HTML.

    Parameters
    ----------
    block : mapping
        What `Block.to_json` returns.
    key : str
        Makes the identifiers of drawings unique on a page; by default a digest of the content.
    anchors : container of str, optional
        The anchors that the page has; links to others become plain text. By default all are believed.
    """
    template = _environment().get_template("blocks.html.j2")
    key = key or f"b{hashlib.sha256(json.dumps(block, sort_keys=True).encode()).hexdigest()[:10]}"
    return template.render(block=block, key=key, anchors=anchors).strip()


def shown(text: str | Mapping[str, str] | Sequence[Any] | None, anchors: Container[str] | None = None) -> Markup:
    """Return a text with its runs as HTML; everything else in it is escaped."""
    if text is None or isinstance(text, str):
        return _said(text or "")
    text = [text] if isinstance(text, Mapping) else text
    return Markup("").join(_said(run) if isinstance(run, str) else _run(run, anchors) for run in text)


def _said(text: str) -> Markup:
    """Return a text escaped; what is in English inside of another language says so to eyes and to screen readers."""
    if not language.marked(text):
        return escape(text)
    there = Markup('<span lang="en">{}</span> <small>{}</small>')
    return Markup("").join(there.format(piece, phrases.say("page.in_english")) if foreign else escape(piece)
                           for piece, foreign in language.pieces(text))


def bare(text: Any) -> Any:
    """Return a text without the marks of another language, for attributes, which have no room for them."""
    if isinstance(text, str):
        return language.unmarked(text)
    if isinstance(text, Mapping):
        return {name: bare(inner) for name, inner in text.items()}
    return [bare(inner) for inner in text] if isinstance(text, Sequence) else text


def figure(cell: Any) -> Any:
    """Return a cell of a table of data as readers write numbers."""
    if isinstance(cell, str):
        return shown(cell)
    if language.english() or cell is None:
        return "–" if cell is None else cell
    return words.number(cell, words.decimals(cell))


def _run(run: Mapping[str, str], anchors: Container[str] | None) -> Markup:
    if run["t"] == "pill":
        verdict = VERDICTS[run["verdict"]]
        return Markup('<span class="pill v-{}"><span aria-hidden="true">{}</span> {}</span>').format(
            verdict.tone, verdict.glyph, run.get("text") or verdict.label)
    if run["t"] == "link":
        href = safe_address(run["href"])
        broken = href.startswith("#") and anchors is not None and href[1:] not in anchors
        said = _said(run["text"])
        return said if not href or broken else Markup('<a href="{}">{}</a>').format(href, said)
    if run["t"] == "bar":
        return _bar(run["parts"])
    tag = {"strong": "strong", "soft": "small"}[run["t"]]
    return Markup(f"<{tag}>{{}}</{tag}>").format(_said(run["text"]))


def _bar(parts: str) -> Markup:
    """Return a bar with a stretch for each tone, and its numbers with sign and words."""
    counts = [(tone, number) for tone, number in (part.split(":") for part in parts.split())]
    stretch = Markup('<span class="v-{}" style="flex-grow:{}"></span>')
    stretches = Markup("").join(stretch.format(*one) for one in counts)
    said = Markup(" ").join(
        Markup('<span class="v-{}"><span aria-hidden="true">{}</span> {}<span class="unseen"> {}</span></span>').format(
            tone, TONES[tone][0], number, TONES[tone][1]) for tone, number in counts)
    return Markup('<span class="bar"><span class="stretches" aria-hidden="true">{}</span><span class="counts">{}</span>'
                  "</span>").format(stretches, said)


def _drawing(block: Mapping[str, Any], key: str) -> Markup:
    return Markup(svg.inline(block["svg"], key, bare(block["title"]), bare(block["alt"]), _variables(),
                             block.get("links") or {}))


def csv_address(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """Return a table as a data address that a browser saves as CSV."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(bare(columns))
    writer.writerows([["" if cell is None else bare(cell) for cell in row] for row in rows])
    return "data:text/csv;charset=utf-8," + quote(text.getvalue(), safe="!$*(),;:@/?=~'-._")
