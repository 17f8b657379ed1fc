"""Topics: what several texts say on the same matter, one line a topic, one dated mark a text."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

import pandas as pd

from atlas import words
from atlas.blocks import Chart, Note
from atlas.charts import dated, scales
from atlas.charts.caption import Caption, each, finish, missing
from atlas.charts.scales import Scale
from atlas.charts.sheet import LEADING, WIDTH, Sheet
from atlas.charts.style import house

PITCH, HEAD, GAP = 14.5, 14.5, 14.0
DRAWN = 190.0
"""Points across that the line of a topic takes; the words stand to its left."""


@house()
def topics(table: pd.DataFrame, caption: Caption, *, country: str) -> Chart | Note:
    """Draw, for each topic, a line through the texts that speak of it, with their words beside it.

    Parameters
    ----------
    table : DataFrame
        One row a text on a topic: `topic`, `date` (ISO), `who` (publisher), `said` (a few words) and `differs`, true
        where the text says something else than an earlier one. Topics stand in the order of their first row.
    caption : Caption
        Its unit may be empty: the marks are texts.
    country : str
        The country's name, for the text of an empty drawing.

    Returns
    -------
    Chart or Note
        A note in words if there is no topic.
    """
    if table.empty:
        return missing(caption, country)
    plot = _Plot(table)
    height = plot.draw()
    other = "A filled square says something else than an earlier text" if table["differs"].any() else ""
    return finish(plot.sheet, height, caption, subtitle=caption.subtitle("", "One mark a text, at its date", other),
                  kind=caption.kind("Lines of dated marks"), parts=_findings(table),
                  columns=["Topic", "Date", "Publisher", "In a few words", "Says something else"],
                  rows=[[row.topic, row.date, row.who, row.said, "yes" if row.differs else "no"]
                        for row in each(table)])


class _Plot:
    """The drawing of topics."""

    def __init__(self, table: pd.DataFrame) -> None:
        self.sheet, self.table = Sheet(), table
        times = [scales.moment(day) for day in table["date"]]
        first, last = int(min(times)), int(max(times)) + 1
        self.x = Scale(first, max(last, first + 2), WIDTH - DRAWN, WIDTH - 8)

    def draw(self) -> float:
        y = 20.0
        for _, rows in groupby(each(self.table), key=lambda row: row.topic):
            y = self._topic(list(rows), y) + GAP
        for year in range(int(self.x.low), int(self.x.high) + 1):
            self.sheet.rule([self.x(year)] * 2, [14, y - GAP + 4])
        dated.draw_years(self.sheet, self.x, 6)
        return y - GAP + 8

    def _topic(self, rows: Sequence[Any], y: float) -> float:
        self.sheet.text(0, y, rows[0].topic, bold=True)
        y += HEAD
        points = []
        for row in rows:
            lines = self.sheet.wrapped(f"{row.who}, {words.day(row.date)}: {row.said}", WIDTH - DRAWN - 26)
            for i, line in enumerate(lines):
                self.sheet.text(0, y + LEADING * i, line)
            x = self.x(scales.moment(row.date))
            self.sheet.rule([self.sheet.reach(lines[0]) + 8, x - 5], [y, y])
            points.append((x, y, row.differs))
            y += PITCH + LEADING * (len(lines) - 1)
        self.sheet.line([x for x, _, _ in points], [at for _, at, _ in points], "peer", width=1.0, layer=2)
        for x, at, differs in points:
            self.sheet.marks([x], [at], "ink" if differs else "accent", shape="s" if differs else "o",
                             hollow=not differs, scale=0.95, layer=3)
        return y - PITCH + 6


def _findings(table: pd.DataFrame) -> list[str]:
    names = list(dict.fromkeys(table["topic"]))
    other = [f"{row.who} in {row.date[:4]}: {row.said}" for row in each(table) if row.differs]
    return [f"{words.capital(words.count(len(names), 'topic'))}, {words.count(len(table), 'mark')}",
            f"Says something else than before: {words.listing(other)}" if other else "",
            f"Topics: {words.several(names, 6)}"]
