"""Signed timeline: cooperation above the line, conflict below, neutral on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from atlas import dates, words
from atlas.blocks import Chart, Note
from atlas.charts import dated, places, scales
from atlas.charts.alt import Part
from atlas.charts.caption import Caption, each, finish, missing, span
from atlas.charts.dated import Head, Mark
from atlas.charts.scales import Scale
from atlas.charts.sheet import LINE, WIDTH, Sheet
from atlas.charts.style import house
from atlas.phrases import say

DOT = 6.6
"""Points from one mark to the next."""
SIDES = {"cooperation": -1, "conflict": 1, "neutral": 0}
_LOOKS = {"cooperation": ("accent", False), "neutral": ("soft", True), "conflict": ("ink", False)}


@house()
def timeline(table: pd.DataFrame, caption: Caption, *, country: str, written: Sequence[tuple[str, str]] = (),
             since: str = "", until: str = "") -> Chart | Note:
    """Draw dated events as marks: one a quarter of a year apart, stacked away from the line.

    Parameters
    ----------
    table : DataFrame
        One row an event: `date` (ISO), `direction` (cooperation, conflict or neutral), `what` (one line) and `label`,
        a few words for the key events and empty for the others.
    caption : Caption
        Its unit may be empty: the marks are events.
    country : str
        The country's name, for the text of an empty drawing.
    written : sequence of (date, label)
        When assessments were written.
    since, until : str
        First and last date to show, as ISO dates; by default those of the events.

    Returns
    -------
    Chart or Note
        A note in words if there is no event.
    """
    shown = _within(table, since, until)
    if shown.empty:
        return missing(caption, country)
    plot = _Plot(shown, since, until, [Mark(day, text, dashed=True) for day, text in written], caption.low)
    height = plot.draw()
    left = len(table) - len(shown)
    cut = words.capital(say("charts.timeline.cut", count=left)) if left else ""
    return finish(plot.sheet, height, caption,
                  subtitle=caption.subtitle(
                      span(day[:4] for day in shown["date"]),
                      say("charts.timeline.key"), cut),
                  kind=caption.kind("timeline"), parts=_findings(shown),
                  columns=[say(f"charts.heads.{name}") for name in ("date", "direction", "event")],
                  rows=[[row.date, say(f"directions.{row.direction}"), row.what] for row in each(shown)])


def _within(table: pd.DataFrame, since: str, until: str) -> pd.DataFrame:
    kept = [(not since or dates.last_day(day) >= dates.first_day(since))
            and (not until or dates.first_day(day) <= dates.last_day(until)) for day in table["date"]]
    shown = table[pd.Series(kept, index=table.index, dtype=bool)]
    return shown.sort_values("date", kind="stable").reset_index(drop=True)


class _Plot:
    """The drawing of a timeline."""

    def __init__(self, events: pd.DataFrame, since: str, until: str, written: Sequence[Mark], low: bool) -> None:
        self.sheet, self.events = Sheet(), events
        times = [scales.moment(day) for day in events["date"]]
        dated_at = [*times, *(mark.time for mark in written)]
        first = scales.at(dates.first_day(since)) if since else int(min(dated_at))
        last = scales.at(dates.last_day(until), after=True) if until else max(dated_at) + 0.15
        left = max(self.sheet.reach(_side(name), small=True) for name in ("cooperation", "conflict")) + 10
        self.x = Scale(first, max(last, first + 1), left, WIDTH - 6)
        self.head = Head(self.sheet, [mark for mark in written if first <= mark.time <= last], self.x)
        per_year = (self.x.end - self.x.start) / (self.x.high - self.x.low)
        self.bins = next(bins for bins in (12, 6, 4, 3, 2, 1) if per_year / bins >= DOT or bins == 1)
        self.marks = self._stack(times)

    def _stack(self, times: Sequence[float]) -> list[tuple[float, int, Any]]:
        """Return for each event its place along the line and its height in the stack; key events stand outermost."""
        found, filled = [], dict[tuple[int, str], int]()
        rows = sorted(zip(times, each(self.events), strict=True), key=lambda pair: bool(pair[1].label))
        for time, row in rows:
            slot = int(time * self.bins)
            rank = filled.get((slot, row.direction), 0)
            filled[slot, row.direction] = rank + 1
            found.append((self.x(min(max((slot + 0.5) / self.bins, self.x.low), self.x.high)), rank, row))
        return found

    def draw(self) -> float:
        over, under = self._labels(-1), self._labels(1)
        tallest = {side: max([rank + 1 for _, rank, row in self.marks if SIDES[row.direction] == side], default=0)
                   for side in (-1, 1)}
        lanes = {-1: _lanes(over), 1: _lanes(under)}
        middle = self.head.depth + lanes[-1] * LINE + max(tallest[-1], 2) * DOT + 18
        bottom = middle + 12 + max(tallest[1], 2) * DOT + lanes[1] * LINE
        self._frame(middle, bottom)
        for x, rank, row in self.marks:
            aside = 0 if SIDES[row.direction] else rank * DOT
            self._mark(x + aside, middle + SIDES[row.direction] * (9 + rank * DOT), row)
        self._write(over, -1, middle, tallest[-1])
        self._write(under, 1, middle, tallest[1])
        dated.draw_years(self.sheet, self.x, bottom + 12, visible=True)
        return bottom + 20

    def _frame(self, middle: float, bottom: float) -> None:
        sheet = self.sheet
        for year in scales.years(self.x.low, self.x.high, self.x.end - self.x.start):
            if self.x.start <= self.x(year):
                sheet.rule([self.x(year)] * 2, [self.head.depth + 4, bottom + 4])
        sheet.line([self.x.start, self.x.end], [middle, middle], "soft", width=0.8, layer=1)
        self.head.draw(bottom + 4)
        sheet.text(0, middle - 13, _side("cooperation"), "soft", small=True)
        sheet.text(0, middle + 13, _side("conflict"), "soft", small=True)

    def _mark(self, x: float, y: float, row: Any) -> None:
        tone, hollow = _LOOKS[row.direction]
        shape = {"cooperation": "o", "conflict": "s", "neutral": "D"}[row.direction]
        self.sheet.marks([x], [y], tone, shape=shape, hollow=hollow, scale={"o": 0.72, "s": 0.68, "D": 0.6}[shape])

    def _labels(self, side: int) -> list[tuple[float, int, str, tuple[int, str]]]:
        """Place the labels of the key events of one side; neutral ones are written above."""
        keys = [(x, rank, row.label) for x, rank, row in self.marks
                if row.label and (SIDES[row.direction] == side or (side < 0 and not SIDES[row.direction]))]
        wide = [self.sheet.reach(text, small=True) + 5 for _, _, text in keys]
        found = places.callouts([x for x, _, _ in keys], wide, 0, WIDTH)
        return [(x, rank, text, place) for (x, rank, text), place in zip(keys, found, strict=True)]

    def _write(self, labels: Sequence[tuple[float, int, str, tuple[int, str]]], side: int, middle: float,
               tallest: int) -> None:
        edge = middle + side * (9 + max(tallest, 2) * DOT)
        for x, rank, text, (lane, align) in labels:
            y = edge + side * (4 + lane * LINE)
            self.sheet.line([x, x], [middle + side * (9 + rank * DOT + 3), y - 3 if side > 0 else y + 4], "soft",
                            width=0.5, layer=1)
            self.sheet.text(x + (3 if align == "left" else -3), y, text, "ink", align=align, small=True, clear=True)


def _lanes(labels: Sequence[tuple[float, int, str, tuple[int, str]]]) -> int:
    return 1 + max((lane for _, _, _, (lane, _) in labels), default=-1)


def _findings(events: pd.DataFrame) -> list[Part]:
    counts = events["direction"].value_counts()
    said = [say(f"charts.timeline.{name}", number=counts[name]) for name in SIDES if counts.get(name)]
    keys = [f"{row.label} ({words.day(row.date[:7])})" for row in each(events) if row.label]
    years = events["date"].str[:4].value_counts()
    return [f"{words.capital(say('charts.timeline.events', count=len(events)))}, {words.listing(said)}",
            say("charts.timeline.most", year=years.index[0], number=years.iloc[0]),
            [say("charts.timeline.among", names=words.listing(keys[:size])) for size in range(len(keys), 0, -1)]]


def _side(direction: str) -> str:
    return words.capital(say(f"directions.{direction}"))
