"""Dots and intervals: where several countries stand today, each beside the range of its own past."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from atlas import words
from atlas.blocks import Chart, Note
from atlas.charts import scales
from atlas.charts.caption import Caption, each, finish, known, missing, raw
from atlas.charts.scales import Scale
from atlas.charts.sheet import WIDTH, Sheet
from atlas.charts.style import house

FAR = 8.0
"""A value this many times the next smaller one would press all others into a corner; it stands beyond the scale."""
BEYOND = 2
"""Values that may stand beyond the scale, at most."""


@house()
def intervals(table: pd.DataFrame, caption: Caption, *, interval: str, most: int = 99) -> Chart | Note:
    """Draw the newest value of each country as a dot on the interval of its own values.

    Parameters
    ----------
    table : DataFrame
        One row a country, in the order to be shown: `label`, `value`, `period` (ISO), `low` and `high` (the ends of the
        interval; NaN where there is none), `n` (values in it) and `old`, true where the period is older than that
        of most others. A country without a value has NaN.
    caption : Caption
    interval : str
        What the interval is, as a sentence without its full stop.
    most : int
        Rows to draw at most; of more, the first, the middle and the last are drawn, and the chart says so. Its data
        hold all of them.

    Returns
    -------
    Chart or Note
        A note in words if fewer than two countries have a value.
    """
    rows = table.dropna(subset=["value"]).reset_index(drop=True)
    gone = [str(label) for label in table["label"] if label not in set(rows["label"])]
    if len(rows) < 2:
        return missing(caption, "two of these countries")
    shown = _thinned(rows, most)
    fewer = f"Drawn are the first, middle and last {len(shown)} of {len(rows)}" if len(shown) < len(rows) else ""
    plot = _Plot(shown, caption)
    height = plot.draw()
    aged = "Hollow: an older figure than most, its year beside it" if shown["old"].any() else ""
    return finish(plot.sheet, height, caption,
                  subtitle=caption.subtitle(_usual(rows), fewer, interval, aged, plot.beyond, _absent(gone)),
                  kind=caption.kind("Dots on intervals"), parts=_findings(rows, caption),
                  columns=["Country", "Period", "Value", "Lowest", "Highest", "Values in the interval"],
                  rows=[[row.label, row.period, raw(row.value, caption.digits), raw(row.low, caption.digits),
                         raw(row.high, caption.digits), int(row.n)] for row in each(rows)]
                  + [[label, "", None, None, None, 0] for label in gone])


def _thinned(rows: pd.DataFrame, most: int) -> pd.DataFrame:
    if len(rows) <= most:
        return rows
    third, middle = most // 3, len(rows) // 2
    starts = (0, middle - third // 2, len(rows) - third)
    ends = [start + i for start in starts for i in range(third)]
    return rows.loc[sorted(set(ends))].reset_index(drop=True)


def reach(values: Sequence[float]) -> float:
    """Return the largest value to show in full: beyond it lie at most two that dwarf all others.

    >>> reach([1.0, 2.0, 3.0, 60.0]), reach([1.0, 2.0, 3.0, 12.0]), reach([1.0, 60.0])
    (3.0, 12.0, 60.0)
    """
    ranked = sorted(values)
    for cut in range(max(3, len(ranked) - BEYOND), len(ranked)):
        if 0 < ranked[cut - 1] * FAR <= ranked[cut]:
            return ranked[cut - 1]
    return ranked[-1]


def _usual(rows: pd.DataFrame) -> str:
    return words.day(str(rows["period"].mode().iloc[-1]))


def _absent(labels: list[str]) -> str:
    return f"No figure: {words.several(labels, 6)}" if labels else ""


class _Plot:
    """The drawing of dots on intervals."""

    def __init__(self, rows: pd.DataFrame, caption: Caption) -> None:
        self.sheet, self.rows, self.caption = Sheet(), rows, caption
        self.beyond = ""
        self.pitch = 13.0 if len(rows) > 20 else 17.0
        self.usual = str(rows["period"].mode().iloc[-1])
        self.scale = self._scale()

    def _scale(self) -> Scale:
        numbers = self.rows[["value", "low", "high"]].to_numpy().ravel().tolist()
        self.limit = reach([row.value for row in each(self.rows)])
        full = self.limit == self.rows["value"].max()
        ends = [value for value in numbers if known(value) and (full or value <= 1.25 * self.limit)]
        low, high = scales.domain([*ends, self.limit], zero=True)
        far = [row for row in each(self.rows) if row.value > high]
        if far:
            told = words.listing(f"{row.label} ({self.caption.say(row.value)})" for row in far)
            self.beyond = f"{told} {'is' if len(far) == 1 else 'are'} off the scale"
        for most in (6, 5, 4, 3, 2):
            self.grid = scales.ticks(low, high, most, self.caption.least)
            self.by = self.grid[1] - self.grid[0]
            if sum(self.sheet.reach(self._tick(value), small=True) + 10 for value in self.grid) < 0.5 * WIDTH:
                break
        left = max(self.sheet.reach(str(label)) for label in self.rows["label"])
        self.value_end = left + 12 + max(self.sheet.reach(self._said(row)) for row in each(self.rows))
        last = self.sheet.reach(self._tick(self.grid[-1]), small=True) / 2
        start = self.value_end + max(14, self.sheet.reach(self._tick(self.grid[0]), small=True) / 2)
        return Scale(self.grid[0], self.grid[-1], start, WIDTH - max(last, 10))

    def _tick(self, value: float) -> str:
        return self.caption.tick(value, self.by)

    def _said(self, row: Any) -> str:
        return self.caption.say(row.value) + (f" ({words.day(row.period)})" if row.period != self.usual else "")

    def draw(self) -> float:
        bottom = 4 + self.pitch * len(self.rows)
        for value in self.grid:
            self.sheet.rule([self.scale(value)] * 2, [2, bottom], "rule" if value else "peer")
            self.sheet.text(self.scale(value), bottom + 9, self._tick(value), "soft", align="center", small=True)
        for i, row in enumerate(each(self.rows)):
            self._row(row, 4 + self.pitch * (i + 0.5))
        return bottom + 17

    def _row(self, row: Any, y: float) -> None:
        sheet, end = self.sheet, self.scale.end
        sheet.text(0, y, row.label)
        if known(row.low) and row.n > 1:
            low, high = min(self.scale(row.low), end), min(self.scale(row.high), end)
            sheet.line([low, high], [y, y], "peer", width=3.2, layer=2)
        beyond = row.value > self.scale.high
        sheet.marks([end + 3 if beyond else self.scale(row.value)], [y], "accent", hollow=bool(row.old),
                    shape=">" if beyond else "o", layer=4)
        sheet.text(self.value_end, y, self._said(row), "soft" if row.old else "ink", align="right")


def _findings(rows: pd.DataFrame, caption: Caption) -> list[str]:
    ranked = rows.sort_values("value", kind="stable")
    low, high = ranked.iloc[0], ranked.iloc[-1]
    every = ", ".join(f"{row.label} {caption.say(row.value)}" for row in each(rows))
    ends = [f"{row['label']} {caption.say(row['value'])}" for row in (high, low)]
    size = words.capital(words.count(len(rows), "country", "countries"))
    return [size, f"Highest: {ends[0]}; lowest: {ends[1]}", every]
