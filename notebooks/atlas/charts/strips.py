"""Status strips: what was in force, suspended, ended or under negotiation, from when to when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from atlas import dates, words
from atlas.blocks import Chart, Note
from atlas.charts import dated, scales
from atlas.charts.alt import Part
from atlas.charts.caption import Caption, each, finish, missing
from atlas.charts.dated import Head, Mark
from atlas.charts.scales import Scale
from atlas.charts.sheet import WIDTH, Box, Sheet
from atlas.charts.style import house
from atlas.phrases import say
from atlas.vocabulary import status_word

LOOKS = {"in force": "full", "member": "full", "active": "full", "suspended": "hatched", "negotiating": "dashed",
         "candidate": "dashed", "applicant": "dashed", "signed": "dashed", "ended": "thin", "withdrawn": "thin",
         "closed": "thin", "former member": "thin"}
"""How a status is drawn; the word stands beside it, so that no look has to be learnt."""
PITCH = 19.0


@house()
def strips(table: pd.DataFrame, caption: Caption, *, country: str, as_of: str,
           written: Sequence[tuple[str, str]] = (), since: str = "") -> Chart | Note:
    """Draw treaties, memberships and measures as bars along time.

    Parameters
    ----------
    table : DataFrame
        One row a stretch: `label` (what), `status`, `start` and `end` (ISO dates; empty where open or not known).
        Rows with the same label share a line.
    caption : Caption
    country : str
        The country's name, for the text of an empty drawing.
    as_of : str
        The day that counts as now.
    written : sequence of (date, label)
        When assessments were written.
    since : str
        First date to show; by default two years before the first assessment, or ten years before `as_of`.

    Returns
    -------
    Chart or Note
        A note in words if nothing is on record.
    """
    begun = [not start or dates.first_day(start) <= dates.last_day(as_of) for start in table["start"]]
    table = table[pd.Series(begun, index=table.index, dtype=bool)]
    first = since or str(min(int(day[:4]) for day, _ in written) - 2 if written else int(as_of[:4]) - 10)
    gone = pd.Series([bool(end) and dates.last_day(end) < dates.first_day(first) for end in table["end"]],
                     index=table.index, dtype=bool)
    before, table = table[gone], table[~gone]
    if table.empty:
        return missing(caption, country)
    plot = _Plot(table, first, as_of, [Mark(day, text, dashed=True) for day, text in written])
    height = plot.draw()
    names = words.several(sorted(set(before["label"])), 3)
    ended = say("charts.strips.over", day=words.day(first), names=names) if len(before) else ""
    return finish(plot.sheet, height, caption,
                  subtitle=caption.subtitle(
                      say("charts.span", first=words.day(first), last=words.day(as_of)), ended),
                  kind=caption.kind("strips"), parts=_findings(table, as_of),
                  columns=[say(f"charts.heads.{name}") for name in ("what", "status", "start", "end")],
                  rows=[[row.label, status_word(row.status), row.start or say("charts.strips.unknown"),
                         row.end or say("charts.strips.open")]
                        for row in each(pd.concat([before, table]))])


class _Plot:
    """The drawing of status strips."""

    def __init__(self, table: pd.DataFrame, first: str, as_of: str, written: Sequence[Mark]) -> None:
        self.sheet, self.table = Sheet(), table
        self.names = list(dict.fromkeys(table["label"]))
        self.lines = {name: self.sheet.wrapped(name, 150) for name in self.names}
        left = max(self.sheet.reach(line) for lines in self.lines.values() for line in lines) + 12
        now = scales.at(dates.last_day(as_of), after=True)
        self.now = Mark(as_of, say("charts.now"))
        self.x = Scale(scales.at(dates.first_day(first)), now, left, WIDTH - max(
            self.sheet.reach(status, small=True)
            for status in {*map(status_word, table["status"]), self.now.text}) - 6)
        marks = [mark for mark in written if self.x.low <= mark.time <= now]
        self.head = Head(self.sheet, [*marks, self.now], self.x)

    def draw(self) -> float:
        y = self.head.depth + 4
        tops = []
        for name in self.names:
            tops.append(y)
            y += PITCH + (len(self.lines[name]) - 1) * 10
        for year in scales.years(self.x.low, self.x.high, self.x.end - self.x.start):
            if self.x.low <= year:
                self.sheet.rule([self.x(year)] * 2, [self.head.depth + 4, y + 2])
        self.head.draw(y + 2)
        for name, top, after in zip(self.names, tops, [*tops[1:], y], strict=True):
            self._strip(name, top, after)
        dated.draw_years(self.sheet, self.x, y + 10, visible=True)
        return y + 18

    def _strip(self, name: str, top: float, after: float) -> None:
        middle = (top + after) / 2
        self.sheet.stack(0, middle, self.lines[name])
        rows = sorted(each(self.table[self.table["label"] == name]), key=lambda row: row.start or "0")
        taken = self.x.start
        for row, following in zip(rows, [*rows[1:], None], strict=True):
            room = self.x(scales.moment(following.start)) if following and following.start else WIDTH
            taken = self._stretch(row, middle, taken, min(max(room, self.x.start), WIDTH))

    def _stretch(self, row: Any, y: float, taken: float, room: float) -> float:
        """Draw one stretch with its word: inside, behind or before it; return where the ground is free again."""
        start = self.x(scales.moment(row.start)) if row.start else self.x.start
        end = min(self.x(scales.moment(row.end)) if row.end else self.x.end, self.x.end)
        early = start < self.x.start - 1 or not row.start
        start = max(start, self.x.start)
        look = LOOKS.get(row.status, "full")
        box = Box(start, y - 5.5, max(end, start + 3), y + 5.5)
        if look == "thin":
            self.sheet.line([start, box.right], [y, y], "soft", width=1)
            self.sheet.marks([start], [y], "soft", shape="|")
        else:
            self.sheet.bar(box, "accent" if look == "full" else "soft", hatched=look == "hatched",
                           hollow=look == "dashed", dashed=look == "dashed")
        if early and look == "full":
            self.sheet.marks([start - 3], [y], "accent", shape="<", scale=0.8)
        named = status_word(row.status)
        since = say("charts.strips.since", status=named, year=row.start[:4]) if row.start else ""
        texts = [f"{named} {row.start[:4]}" if look == "thin" else since, named] if early and since else [named]
        return self._word(texts, box, y, look, taken, room)

    def _word(self, texts: Sequence[str], box: Box, y: float, look: str, taken: float, room: float) -> float:
        """Set the status inside of its bar, behind it or before it, wherever there is room."""
        wide = {text: self.sheet.reach(text, small=True) for text in texts}
        inside = next((text for text in texts if wide[text] + 12 <= box.right - box.left), "")
        text = inside or texts[-1]
        if inside:
            if look in ("hatched", "thin"):
                self.sheet.bar(Box(box.left + 3, y - 5, box.left + wide[text] + 7, y + 5), "paper", layer=2.5)
            self.sheet.text(box.left + 5, y, text, "paper" if look == "full" else "ink", small=True)
        elif box.right + 4 + wide[text] <= room:
            self.sheet.text(box.right + 5, y, text, "ink", small=True, clear=True)
            return box.right + 4 + wide[text]
        elif box.left - 4 - wide[text] >= taken:
            self.sheet.text(box.left - 4, y, text, "ink", align="right", small=True, clear=True)
        return box.right


def _findings(table: pd.DataFrame, as_of: str) -> list[Part]:
    day = dates.last_day(as_of)
    latest = {row.label: row for row in sorted(each(table), key=lambda row: row.start or "0")}
    found: dict[str, list[str]] = {}
    for name, row in latest.items():
        over = bool(row.end) and dates.last_day(row.end) <= day and row.status != "ended"
        found.setdefault("over" if over else row.status, []).append(name)
    counts = words.listing(f"{len(names)} {_called(status)}" for status, names in found.items())
    return [f"{words.capital(words.at(as_of))}: {counts}",
            *([f"{words.capital(_called(status))}: {words.several(names, most)}" for most in (6, 3, 1)]
              for status, names in found.items())]


def _called(status: str) -> str:
    return say("charts.strips.past") if status == "over" else status_word(status)
