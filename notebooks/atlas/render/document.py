"""What an executed notebook holds for its readers, in the order it is read, without code."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from atlas import language, phrases
from atlas.blocks import MIME
from atlas.blocks.html import safe_address

Part = Mapping[str, Any]
"""A block's JSON, or a part of another kind: markdown, foreign, image, text, error."""

_NO_ALT = "A figure of this notebook, without a description."
_WIDGET = "application/vnd.jupyter.widget-view+json"
"""A control that lives in JupyterLab only; what it prints instead is for nobody."""
_IMAGES = ("image/svg+xml", "image/png", "image/jpeg")
_AS_IS = frozenset({"svg", "href", "id", "anchor", "csv", "csv_name", "row_ids", "kind", "verdict", "t", "url",
                    "find", "tags", "sort", "parts"})
_DASHED_ESCAPES = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


_QUOTED = {"en": r"“\1”", "de": r"„\1“"}
"""How each language sets what stands between typewriter quotes."""


@dataclass(frozen=True)
class Document:
    """The stamp of a report and its parts."""

    stamp: Mapping[str, str]
    parts: list[Part]

    @property
    def title(self) -> str:
        """The title of the report."""
        return self.stamp.get("title") or self.stamp.get("country") or "Report"

    @property
    def language(self) -> str:
        """The language that the report speaks; English for one that is not known here."""
        named = self.stamp.get("language", "")
        return named if named in language.LANGUAGES else language.LANGUAGES[0]

    @property
    def anchors(self) -> set[str]:
        """Every place in the report that a link may point to."""
        found: set[str] = set()
        for part in self.parts:
            if part["kind"] == "claims":
                found |= {item["anchor"] for item in part["items"]}
            elif part["kind"] == "table":
                found |= set(part["row_ids"] or ())
        return found


def read(notebook: Mapping[str, Any]) -> Document:
    """Read an executed notebook.

    What stands before the masthead belongs to the notebook, not to the report; errors are always shown. Prose whose
    cells had nothing to say is left out with them, so that a brief report has no empty sections.

    Parameters
    ----------
    notebook : mapping
        A notebook as nbformat reads it.
    """
    with language.spoken(_language(notebook)):
        cells = [(cell, list(_parts(cell))) for cell in notebook["cells"]]
    parts = [part for place, (_, found) in enumerate(cells) if not _idle(cells[place:]) for part in found]
    stamp: dict[str, str] = {}
    for part in parts:
        if part["kind"] == "stamp":
            stamp |= part["fields"]
    heads = [place for place, part in enumerate(parts) if part["kind"] == "masthead"]
    first = heads[0] if heads else 0
    shown = [part for place, part in enumerate(parts)
             if part["kind"] != "stamp" and (place >= first or part["kind"] == "error")]
    return Document(stamp, shown)


def _language(notebook: Mapping[str, Any]) -> str:
    """Return the language that the stamp of a notebook names; English where there is none, or one not known here."""
    stamps = [output["data"][MIME] for cell in notebook["cells"] for output in cell.get("outputs", ())
              if output.get("data", {}).get(MIME, {}).get("kind") == "stamp"]
    named = [stamp["fields"]["language"] for stamp in stamps if stamp["fields"].get("language") in language.LANGUAGES]
    return str(named[-1]) if named else language.LANGUAGES[0]


def prose_of(cell: Mapping[str, Any]) -> Part:
    """Return a cell of prose in the language that is spoken now; in its own words, marked, where it has no other."""
    source, key = _text(cell["source"]), f"cells.{cell.get('id', '')}"
    if language.english():
        return {"kind": "markdown", "source": source}
    if phrases.catalogue(language.LANGUAGES[0]).get(key, "").strip() == source.strip() and phrases.has(key):
        return {"kind": "markdown", "source": phrases.say(key).strip()}
    return {"kind": "markdown", "source": source, "language": language.LANGUAGES[0]}


def _idle(cells: Sequence[tuple[Mapping[str, Any], list[Part]]]) -> bool:
    """Tell whether the first cell is prose that introduces code cells without any output."""
    if cells[0][0]["cell_type"] != "markdown":
        return False
    introduced = list(takewhile(lambda one: one[0]["cell_type"] == "code", cells[1:]))
    return bool(introduced) and not any(found for _, found in introduced)


def _parts(cell: Mapping[str, Any]) -> Iterator[Part]:
    if "papermill-error-cell-tag" in cell["metadata"].get("tags", ()):
        return
    if cell["cell_type"] == "markdown":
        yield prose_of(cell)
    for output in cell.get("outputs", ()):
        part = _part(output)
        if part:
            yield part


def _part(output: Mapping[str, Any]) -> Part | None:
    kind = output["output_type"]
    if kind == "error":
        return {"kind": "error", "name": output["ename"], "text": _DASHED_ESCAPES.sub("", output["evalue"])}
    if kind == "stream":
        return {"kind": "text", "text": _text(output["text"])} if output["name"] == "stdout" else None
    data, about = output["data"], output.get("metadata", {})
    if MIME in data:
        return _set(data[MIME])
    return _foreign(data, about)


def _foreign(data: Mapping[str, Any], about: Mapping[str, Any]) -> Part | None:
    """Return an analyst's own output, in the richest form that both formats can show; nothing of a widget."""
    if _WIDGET in data:
        return None
    for mime in _IMAGES:
        if mime in data:
            alt = about.get(mime, {}).get("alt") or about.get("alt") or _NO_ALT
            return {"kind": "image", "type": mime, "data": _text(data[mime]), "alt": alt}
    if "text/html" in data:
        return {"kind": "foreign", "source": _text(data["text/html"])}
    if "text/markdown" in data:
        return {"kind": "markdown", "source": _text(data["text/markdown"])}
    return {"kind": "text", "text": _text(data["text/plain"])} if "text/plain" in data else None


def _text(value: str | list[str]) -> str:
    return value if isinstance(value, str) else "".join(value)


def _set(value: Any, name: str = "") -> Any:
    """Set quotation marks and apostrophes as a printer would; addresses, identifiers and figures stay as they are."""
    if isinstance(value, str):
        return value if name in _AS_IS else quotes(value)
    if isinstance(value, Mapping):
        if value.get("t") == "link":
            return {"t": "link", "text": quotes(value["text"]), "href": safe_address(value["href"])}
        keep = {"rows"} if value.get("kind") == "chart" else set()
        return {key: inner if key in _AS_IS | keep else _set(inner, key) for key, inner in value.items()}
    return [_set(inner, name) for inner in value] if isinstance(value, list) else value


def quotes(text: str) -> str:
    r"""Turn typewriter quotes into printed ones.

    >>> quotes('Belarus\'s "no" of the \'90s')
    'Belarus’s “no” of the ’90s'
    """
    if language.marked(text):
        return "".join(language.foreign(_quoted(piece, language.LANGUAGES[0])) if foreign else quotes(piece)
                       for piece, foreign in language.pieces(text))
    return _quoted(text, language.current())


def _quoted(text: str, spoken: str) -> str:
    text = re.sub(r"(?<=\w)'|'(?=\d0s)", "’", text)
    return re.sub(r'(?<!\w)"([^"]*)"', _QUOTED[spoken], text)
