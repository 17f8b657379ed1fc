"""Shares: one row a group, the share as a mark and what is not known about it as a line through it."""

from __future__ import annotations

from typing import Any

import pandas as pd

from atlas import words
from atlas.blocks import Chart, Note
from atlas.charts.caption import Caption, each, finish, missing, raw
from atlas.charts.scales import Scale
from atlas.charts.sheet import WIDTH, Box, Sheet
from atlas.charts.style import house

PITCH = 27.0
TOP = 8.0
GRID = (0, 25, 50, 75, 100)


@house()
def shares(table: pd.DataFrame, caption: Caption) -> Chart | Note:
    """Draw shares of counts on one scale from nought to a hundred per cent, in the order of the table.

    Parameters
    ----------
    table : DataFrame
        One row a group: `label`, `count`, `of`, and in per cent `share`, `low`, `high` (an interval) and `least`,
        `most` (the range of the share when any one country is left out).
    caption : Caption
        Its unit is per cent.

    Returns
    -------
    Chart or Note
        A note in words if there is no group.
    """
    if table.empty:
        return missing(caption, "any group", "the assessments")
    plot = _Plot(table)
    height = plot.draw()
    columns = ["Group", "Claims counted", "Of", "Share, %", "Low, %", "High, %", "Least without one country, %",
               "Most without one country, %"]
    return finish(plot.sheet, height, caption,
                  subtitle=caption.subtitle("", "Thin line: 95 % interval; thick line: range when any one country is "
                                                "left out"),
                  kind=caption.kind("Marks with intervals"), parts=[_said(row) for row in each(table)], columns=columns,
                  rows=[[row.label, row.count, row.of, *(raw(getattr(row, name), 1) for name in
                                                        ("share", "low", "high", "least", "most"))]
                        for row in each(table)])


def _said(row: Any) -> str:
    return f"{row.label}: {row.count} of {row.of}, {words.amount(row.share, '%', 0)}"


class _Plot:
    """The drawing of shares."""

    def __init__(self, table: pd.DataFrame) -> None:
        self.sheet, self.table = Sheet(), table
        self.numbers = {row.label: f"{row.count} of {row.of}" for row in each(table)}
        right = max(self.sheet.reach(text) for text in self.numbers.values()) + 14
        self.x = Scale(0, 100, 138, WIDTH - right - 12)

    def draw(self) -> float:
        sheet, bottom = self.sheet, TOP + PITCH * len(self.table)
        for value in GRID:
            sheet.rule([self.x(value)] * 2, [TOP, bottom], "rule" if value else "soft")
            sheet.text(self.x(value), bottom + 9, words.amount(value, "%", 0), "soft", align="center", small=True)
        for i, row in enumerate(each(self.table)):
            self._row(row, TOP + PITCH * (i + 0.5))
        return bottom + 18

    def _row(self, row: Any, y: float) -> None:
        sheet = self.sheet
        sheet.stack(0, y, sheet.wrapped(row.label, 128), 11)
        sheet.line([self.x(row.low), self.x(row.high)], [y, y], "peer", width=1.2, layer=1.6)
        thick = Box(self.x(row.least) - 0.5, y - 2.2, self.x(row.most) + 0.5, y + 2.2)
        sheet.bar(thick, "peer", layer=1.7)
        sheet.marks([self.x(row.share)], [y], "accent", scale=1.15, layer=4)
        sheet.text(self.x(row.share), y - 9.5, words.amount(row.share, "%", 0), "accent", align="center", bold=True,
                   small=True, clear=True)
        sheet.text(WIDTH, y, self.numbers[row.label], "soft", align="right")
