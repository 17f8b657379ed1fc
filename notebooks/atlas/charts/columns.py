"""Columns: one a year, from zero, with the events that go with them."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from atlas import words
from atlas.blocks import Chart, Note
from atlas.charts import dated, scales
from atlas.charts.caption import Caption, finish, missing, raw, span
from atlas.charts.dated import Head, Mark
from atlas.charts.scales import Scale
from atlas.charts.sheet import WIDTH, Box, Sheet
from atlas.charts.style import house
from atlas.phrases import say

FEWEST = 3
"""Years that make a course; fewer are better said in a sentence."""


@house()
def columns(table: pd.DataFrame, caption: Caption, *, country: str, events: Sequence[tuple[str, str]] = (),
            written: Sequence[tuple[str, str]] = ()) -> Chart | Note:
    """Draw a yearly count or sum as columns that start at zero.

    Parameters
    ----------
    table : DataFrame
        One row a year: `period` (ISO year) and `value`; a year without a figure is NaN or absent and is shown as a gap.
    caption : Caption
    country : str
        The country's name.
    events : sequence of (date, short label)
    written : sequence of (date, label)
        When assessments were written.

    Returns
    -------
    Chart or Note
        A note in words if fewer than three years have a value.
    """
    rows = table.dropna(subset=["value"]).sort_values("period", kind="stable")
    if len(rows) < FEWEST:
        return missing(caption, say("charts.three_years", country=country))
    years = [int(period[:4]) for period in rows["period"]]
    values = dict(zip(years, rows["value"].tolist(), strict=True))
    plot = _Plot(values, caption)
    height = plot.draw([Mark(day, text) for day, text in events],
                       [Mark(day, text, dashed=True) for day, text in written])
    gaps = [str(year) for year in range(min(years), max(years)) if year not in values]
    return finish(plot.sheet, height, caption,
                  subtitle=caption.subtitle(span(map(str, years)),
                                            say("charts.no_figure", names=words.several(gaps, 5)) if gaps else ""),
                  kind=caption.kind("columns"), parts=_findings(country, values, caption),
                  columns=[say("charts.heads.year"), caption.measure],
                  rows=[[str(year), raw(values.get(year), caption.digits)]
                        for year in range(min(years), max(years) + 1)])


class _Plot:
    """The drawing of columns."""

    def __init__(self, values: dict[int, float], caption: Caption) -> None:
        self.sheet, self.values, self.caption = Sheet(), values, caption
        low, high = scales.domain(list(values.values()), zero=True)
        self.grid = scales.ticks(low, high, 4, caption.least)
        self.by = self.grid[1] - self.grid[0]
        left = max(self.sheet.reach(caption.tick(value, self.by), small=True) for value in self.grid) + 10
        first, last = min(values), max(max(values), min(values) + 5)
        self.x = Scale(first, last + 1, left, WIDTH - 4)

    def draw(self, events: Sequence[Mark], written: Sequence[Mark]) -> float:
        sheet = self.sheet
        head = Head(sheet, [mark for mark in (*events, *written) if self.x.low <= mark.time <= self.x.high], self.x)
        top = head.depth + 16
        bottom = top + (95 if self.caption.low else 140)
        y = Scale(self.grid[0], self.grid[-1], bottom, top)
        for value in self.grid:
            sheet.rule([self.x.start, self.x.end], [y(value)] * 2, "rule" if value else "soft")
            sheet.text(self.x.start - 8, y(value), self.caption.tick(value, self.by), "soft", align="right", small=True)
        head.draw(bottom)
        wide = (self.x(1) - self.x(0)) * 0.36
        for year, value in self.values.items():
            middle = self.x(year + 0.5)
            sheet.bar(Box(middle - wide, min(y(value), y(0)), middle + wide, max(y(value), y(0))), "accent", layer=2)
        self._numbers(y)
        for year in range(int(self.x.low), int(self.x.high)):
            if year not in self.values and year < max(self.values):
                sheet.text(self.x(year + 0.5), y(0) - 6, "–", "soft", align="center", small=True)
        dated.draw_years(sheet, self.x, bottom + 11, until=max(self.values))
        return bottom + 19

    def _numbers(self, y: Scale) -> None:
        """Write the last value and the extremes over their columns."""
        last = max(self.values)
        chosen = {last: None, max(self.values, key=lambda year: self.values[year]): None}
        if min(self.values.values()) < 0:
            chosen[min(self.values, key=lambda year: self.values[year])] = None
        taken: list[Box] = []
        for year in chosen:
            text, value = self.caption.say(self.values[year]), self.values[year]
            half = self.sheet.reach(text, bold=True) / 2
            x = min(max(self.x(year + 0.5), self.x.start + half), WIDTH - half)
            over = max((max(value, 0) for other, value in self.values.items()
                        if abs(self.x(other + 0.5) - x) < half + 4), default=0)
            at = y(over) - 10 if value >= 0 else y(value) + 10
            box = Box(x - half, at - 6, x + half, at + 6)
            if not any(box.meets(other) for other in taken):
                taken.append(box)
                self.sheet.text(x, at, text, "accent", align="center", bold=True, clear=True)


def _findings(country: str, values: dict[int, float], caption: Caption) -> list[str]:
    first, last = min(values), max(values)
    peak = max(values, key=lambda year: values[year])
    least = min(values, key=lambda year: values[year])
    ends = ", ".join(f"{caption.say(values[year])} {words.at(str(year))}" for year in (first, last))
    return [f"{country}: {ends}",
            say("charts.highest", value=caption.say(values[peak]), at=words.at(str(peak))),
            say("charts.lowest", value=caption.say(values[least]), at=words.at(str(least)))]
