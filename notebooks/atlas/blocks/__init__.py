"""What a report is made of: small blocks that a cell shows and both exporters set.

A block holds plain values only. A *text* is a run or a list of *runs*: strings and the small dictionaries that
`pill`, `link`, `strong`, `soft` and `claim` return. Text is always escaped, whatever it contains.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, ClassVar

from atlas.blocks import html
from atlas.blocks.runs import Run, Text, anchor, bar, claim, link, pill, plain, soft, strong
from atlas.vocabulary import VERDICTS

__all__ = ["MIME", "Block", "Board", "Chart", "Claims", "Directory", "Masthead", "Note", "PageBreak", "Prose", "Run",
           "Stamp", "Table", "Text", "Trio", "anchor", "bar", "claim", "link", "pill", "plain", "soft", "strong"]

MIME = "application/vnd.atlas.block+json"


def _json(value: Any) -> Any:
    """Turn a value into plain JSON; NumPy's numbers become Python's, a missing number becomes null."""
    if isinstance(value, Block):
        return value.to_json()
    if isinstance(value, Mapping):
        return {str(key): _json(inner) for key, inner in value.items()}
    if isinstance(value, str) or value is None:
        return value
    if isinstance(value, Sequence):
        return [_json(inner) for inner in value]
    value = value.item() if hasattr(value, "item") else value
    if isinstance(value, float) and value != value:
        return None
    if isinstance(value, bool | int | float):
        return value
    raise TypeError(f"a block holds text, numbers and lists, not {type(value).__name__}: {value!r}")


@dataclass(frozen=True)
class Block:
    """A part of a report; shows itself in JupyterLab and hands its content to the exporters."""

    kind: ClassVar[str]

    def to_json(self) -> dict[str, Any]:
        """Return the block's content as plain JSON."""
        return {"kind": self.kind} | {part.name: _json(getattr(self, part.name)) for part in fields(self)}

    def _words(self) -> list[str]:
        """Return the block as lines of plain text."""
        return [self.kind]

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        content = self.to_json()
        return {MIME: content, "text/html": html.fragment(content), "text/plain": "\n".join(self._words())}


@dataclass(frozen=True)
class Stamp(Block):
    """What the report was made from; invisible, it fills footers and document properties.

    Fields: title, language, country, data_as_of (ISO date), version, data_version, and what else is known.
    """

    kind: ClassVar[str] = "stamp"
    fields: Mapping[str, str]

    def _words(self) -> list[str]:
        return [f"{name}: {value}" for name, value in self.fields.items()]


@dataclass(frozen=True)
class Masthead(Block):
    """The head of the first page: kicker, rule, the country's name, a subtitle, lines of facts."""

    kind: ClassVar[str] = "masthead"
    country: str
    subtitle: Text
    lines: Sequence[tuple[str, Text]] = ()
    notice: Text | None = None
    kicker_left: str = "Living Partner Atlas"
    kicker_right: str = ""

    def _words(self) -> list[str]:
        return [self.country, plain(self.subtitle), *(f"{label}: {plain(text)}" for label, text in self.lines)]


@dataclass(frozen=True)
class Prose(Block):
    """Paragraphs; `lead` sets them larger."""

    kind: ClassVar[str] = "prose"
    paragraphs: Sequence[Text]
    lead: bool = False

    def _words(self) -> list[str]:
        return [plain(text) for text in self.paragraphs]


@dataclass(frozen=True)
class Table(Block):
    """A table with a header row; a column is a name or `{"name", "align": left | right, "width": share, "least": rem}`.

    `least` is how narrow a column may become on a screen before the table scrolls.
    """

    kind: ClassVar[str] = "table"
    caption: Text | None
    columns: Sequence[Mapping[str, Any] | str]
    rows: Sequence[Sequence[Text]]
    note: Text | None = None
    csv: Mapping[str, Any] | None = None
    compact: bool = False
    row_ids: Sequence[str] | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the table's content as plain JSON, every column with its alignment and width."""
        content = super().to_json()
        named = [column if isinstance(column, Mapping) else {"name": column} for column in content["columns"]]
        least = 6 if self.compact and len(named) > 6 else 8
        return content | {"columns": [{"align": "left", "width": 1, "least": least, **column} for column in named]}

    def _words(self) -> list[str]:
        head = "\t".join(column["name"] for column in self.to_json()["columns"])
        return [plain(self.caption), head, *("\t".join(plain(cell) for cell in row) for row in self.rows)]


@dataclass(frozen=True)
class Chart(Block):
    """A figure with the finding as its title, its source, its description and its data.

    `links` makes links of groups of the drawing, by their name: `{"href", "text"}`. One without a text is for the
    mouse alone, beside another that says where it leads.
    """

    kind: ClassVar[str] = "chart"
    svg: str
    title: str
    subtitle: Text
    source: Text
    alt: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]
    csv_name: str
    pills: Sequence[tuple[str, str]] = ()
    size: str = "full"
    links: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def _words(self) -> list[str]:
        return [self.title, self.alt]


@dataclass(frozen=True)
class Directory(Block):
    """A table that its reader may search and sort where scripts run, and read as it is where none do.

    Columns are those of a table, with `sort`: `text`, `number` or nothing. A row is
    `{"find": words, "tags": [code], "cells": [{"text", "sort"}]}`; `others` lists what has no row, as
    `{"name", "text", "find", "hint"}`, under a heading that opens. `find` holds what a reader may type, folded.
    """

    kind: ClassVar[str] = "directory"
    caption: str
    columns: Sequence[Mapping[str, Any]]
    rows: Sequence[Mapping[str, Any]]
    tags: Sequence[tuple[str, str]] = ()
    others: Sequence[Mapping[str, Any]] = ()
    others_title: str = ""
    note: Text | None = None

    def table(self) -> Table:
        """Return the rows as an ordinary table."""
        return Table(self.caption, self.columns, [[cell["text"] for cell in row["cells"]] for row in self.rows],
                     note=self.note, compact=True)

    def to_json(self) -> dict[str, Any]:
        """Return the content as plain JSON, every column with its alignment and width."""
        return super().to_json() | {"columns": self.table().to_json()["columns"]}

    def _words(self) -> list[str]:
        listed = "; ".join(plain(one["text"]) for one in self.others)
        return [*self.table()._words(), *([f"{self.others_title}: {listed}"] if listed else [])]


@dataclass(frozen=True)
class Trio(Block):
    """Three short lists side by side: (heading, [(verdict, text, claim id or None)])."""

    kind: ClassVar[str] = "trio"
    columns: Sequence[tuple[str, Sequence[tuple[str, Text, str | None]]]]

    def _words(self) -> list[str]:
        return [f"{heading}: " + "; ".join(plain(item[1]) for item in items) for heading, items in self.columns]


@dataclass(frozen=True)
class Board(Block):
    """One square a claim, by question: (question, [{"id", "verdict", "short"}])."""

    kind: ClassVar[str] = "board"
    groups: Sequence[tuple[str, Sequence[Mapping[str, str]]]]
    matrix: Table | None = None

    def _words(self) -> list[str]:
        return [f"{name}: {' '.join(VERDICTS[one['verdict']].glyph for one in items)}" for name, items in self.groups]


@dataclass(frozen=True)
class Claims(Block):
    """Cards: `id, anchor, kind, statement, where, verdict`, and where known `then, now, rival, note, sources`.

    `reviewed` (optional: author, publisher, written, title, url) describes the assessment for ClaimReview.
    """

    kind: ClassVar[str] = "claims"
    items: Sequence[Mapping[str, Any]]

    def _words(self) -> list[str]:
        return [f"{VERDICTS[item['verdict']].glyph} {item['statement']}" for item in self.items]


@dataclass(frozen=True)
class Note(Block):
    """A remark set apart; `tone` is info or warn."""

    kind: ClassVar[str] = "note"
    text: Text
    tone: str = "info"

    def _words(self) -> list[str]:
        return [plain(self.text)]


@dataclass(frozen=True)
class PageBreak(Block):
    """The end of the first page in print; nothing on screen."""

    kind: ClassVar[str] = "pagebreak"

    def _words(self) -> list[str]:
        return [""]
