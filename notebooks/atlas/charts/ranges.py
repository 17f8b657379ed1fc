"""Ranges in a grid: how far each option may move each criterion, and by whose word."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from atlas import words
from atlas.blocks import Chart, Note
from atlas.charts.caption import Caption, each, finish, known, missing
from atlas.charts.scales import Scale
from atlas.charts.sheet import LEADING, WIDTH, Box, Sheet
from atlas.charts.style import house

LOOKS = {"text": "full", "source": "hollow", "panel": "hatched"}
"""How a range is drawn by its origin; the line above the grid says which is which."""
PITCH, THICK = 18.0, 8.0


@house()
def ranges(table: pd.DataFrame, caption: Caption, *, low: float, high: float, ends: tuple[str, str],
           origins: Sequence[tuple[str, str]]) -> Chart | Note:
    """Draw ranges on one scale in a grid of rows and columns.

    Parameters
    ----------
    table : DataFrame
        One row a cell: `row`, `column`, `low`, `high`, `origin` (a key of `LOOKS`); cells that are absent stay empty.
    caption : Caption
    low, high : float
        The ends of the scale.
    ends : (str, str)
        What the ends mean, in a word or two.
    origins : sequence of (origin, words)
        What each look means.

    Returns
    -------
    Chart or Note
        A note in words if there is no cell.
    """
    if table.empty:
        return missing(caption, "any option")
    plot = _Plot(table, low, high)
    height = plot.draw(ends, origins)
    counts = [(table["origin"] == origin).sum() for origin, _ in origins]
    said = words.listing(f"{count} {name}" for (_, name), count in zip(origins, counts, strict=True) if count)
    better = table.assign(middle=(table["low"] + table["high"]) / 2).groupby("column", sort=False)["middle"].mean()
    return finish(plot.sheet, height, caption, subtitle=caption.subtitle(""), kind=caption.kind("Grid of ranges"),
                  parts=[f"{len(table)} cells: {said}",
                         f"Middles of the ranges are best on average for {better.idxmax()}, worst for "
                         f"{better.idxmin()}"],
                  columns=["Criterion", "Option", "Low", "High", "Origin"],
                  rows=[[one.row, one.column, float(one.low), float(one.high), one.origin] for one in each(table)])


class _Plot:
    """The drawing of a grid of ranges."""

    def __init__(self, table: pd.DataFrame, low: float, high: float) -> None:
        self.sheet, self.table = Sheet(), table
        self.rows = list(dict.fromkeys(table["row"]))
        self.columns = list(dict.fromkeys(table["column"]))
        self.left = max(self.sheet.reach(row) for row in self.rows) + 14
        wide = (WIDTH - self.left) / len(self.columns)
        self.scales = {name: Scale(low, high, self.left + wide * i + 5, self.left + wide * (i + 1) - 5)
                       for i, name in enumerate(self.columns)}
        self.room = wide - 4

    def draw(self, ends: tuple[str, str], origins: Sequence[tuple[str, str]]) -> float:
        x = self.left
        for origin, name in origins:
            self._bar(Box(x, 3, x + 18, 3 + THICK), origin)
            x = self.sheet.text(x + 22, 7, name, "soft", small=True).right + 14
        heads = {name: self.sheet.wrapped(name, self.room) for name in self.columns}
        top = 22 + LEADING * max(map(len, heads.values()))
        for name, lines in heads.items():
            middle = (self.scales[name].start + self.scales[name].end) / 2
            self.sheet.stack(middle, top + 4 - LEADING, lines, foot=True, align="center", bold=True, small=True)
        bottom = top + PITCH * len(self.rows) + 2
        for scale in self.scales.values():
            for value in (scale.low, scale.high):
                self.sheet.rule([scale(value)] * 2, [top + 2, bottom])
            self.sheet.line([scale(0)] * 2, [top + 2, bottom], "soft", width=0.8, layer=0.6)
        for i, row in enumerate(self.rows):
            y = top + PITCH * (i + 0.5) + 2
            self.sheet.text(self.left - 8, y, row, align="right")
            for one in each(self.table[self.table["row"] == row]):
                self._range(one.low, one.high, one.origin, self.scales[one.column], y)
        said = f"Left of the line: {ends[0]}; right of it: {ends[1]}."
        self.sheet.text(self.left + 5, bottom + 9, said, "soft", small=True)
        return bottom + 17

    def _range(self, low: float, high: float, origin: str, scale: Scale, y: float) -> None:
        if known(low) and known(high):
            start, end = scale(low), scale(high)
            self._bar(Box(start, y - THICK / 2, max(end, start + 2), y + THICK / 2), origin)

    def _bar(self, box: Box, origin: str) -> None:
        look = LOOKS.get(origin, "hatched")
        self.sheet.bar(box, "ink" if look == "full" else "soft", hatched=look == "hatched", hollow=look == "hollow")
