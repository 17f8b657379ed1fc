"""Slopes: how a few shares moved between two, three or four dates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from atlas import words
from atlas.blocks import Chart, Note
from atlas.charts import places, scales
from atlas.charts.caption import Caption, finish, known, missing, raw
from atlas.charts.scales import Scale
from atlas.charts.sheet import LINE, WIDTH, Sheet
from atlas.charts.style import house
from atlas.phrases import say

MOST = 8
"""Lines whose ends can still be told apart."""


@house()
def slopes(table: pd.DataFrame, caption: Caption, *, highlight: str, country: str) -> Chart | Note:
    """Draw shares at two to four dates as lines between them.

    Parameters
    ----------
    table : DataFrame
        One row a part and date: `label` (a partner, a product), `period` (ISO date) and `value`; at most four dates.
    caption : Caption
    highlight : str
        The label drawn in the accent colour.
    country : str
        The country's name, for the text of an empty drawing.

    Returns
    -------
    Chart or Note
        A note in words if there are fewer than two dates with a value.
    """
    wide = table.dropna(subset=["value"]).pivot_table(index="label", columns="period", values="value")
    once = sorted(map(str, wide.index[wide.notna().sum(axis=1) < 2]))
    moved = wide.drop(index=once)
    if moved.empty:
        return missing(caption, say("charts.slopes.two", country=country))
    order = moved.max(axis=1).sort_values(ascending=False, kind="stable").index
    kept = [label for label in order if label == highlight] + [label for label in order if label != highlight]
    drawn = wide.loc[kept[:MOST]]
    plot = _Plot(drawn, caption, highlight)
    height = plot.draw()
    left = len(moved) - len(drawn)
    fewer = words.capital(say("charts.slopes.fewer", count=left)) if left else ""
    single = say("charts.slopes.once", names=words.several(once)) if once else ""
    return finish(plot.sheet, height, caption,
                  subtitle=caption.subtitle(words.listing(words.day(period) for period in drawn.columns), fewer, single,
                                            plot.start),
                  kind=caption.kind("slopes"), parts=_findings(drawn, caption),
                  columns=["", *map(words.day, wide.columns)],
                  rows=[[label, *(raw(value, caption.digits) for value in wide.loc[label])]
                        for label in [*kept, *once]])


class _Plot:
    """The drawing of slopes."""

    def __init__(self, wide: pd.DataFrame, caption: Caption, highlight: str) -> None:
        self.sheet, self.wide, self.caption, self.highlight = Sheet(), wide, caption, highlight
        values = [value for value in wide.to_numpy().ravel().tolist() if known(value)]
        low, high = scales.domain(values)
        self.start = "" if low <= 0 <= high else say("charts.start", value=caption.say(low))
        self.lasts = {label: wide.loc[label].last_valid_index() for label in wide.index}
        rights = [self.sheet.reach(self._name(label), bold=True) for label in wide.index]
        lefts = [self.sheet.reach(caption.say(value)) for value in values]
        times = [scales.moment(period) for period in wide.columns]
        tall = 118 if caption.low else 170
        self.x = Scale(times[0], times[-1], max(lefts) + 12, WIDTH - max(rights) - 12)
        self.y = Scale(low, high, 22.0 + tall, 22.0)
        self.times = dict(zip(wide.columns, times, strict=True))

    def _at(self, label: str, period: str) -> float:
        value: Any = self.wide.at[label, period]
        return float(value)

    def _name(self, label: str) -> str:
        early = f" ({words.day(self.lasts[label])})" if self.lasts[label] != self.wide.columns[-1] else ""
        return f"{label} {self.caption.say(self._at(label, self.lasts[label]))}{early}"

    def draw(self) -> float:
        for period, time in self.times.items():
            self.sheet.rule([self.x(time)] * 2, [14, self.y.start + 4])
            self.sheet.text(self.x(time), 6, words.day(period), "soft", align="center", small=True)
        for label in reversed(self.wide.index):
            self._slope(label)
        self._ends()
        return self.y.start + 10

    def _slope(self, label: str) -> None:
        mine = label == self.highlight
        points = [(self.x(self.times[period]), self.y(self._at(label, period))) for period in self.wide.columns
                  if known(self._at(label, period))]
        xs, ys = [x for x, _ in points], [y for _, y in points]
        tone = "accent" if mine else "peer"
        self.sheet.line(xs, ys, tone, width=1.5 if mine else 1.0, layer=3 if mine else 2)
        self.sheet.marks(xs, ys, tone, scale=0.8, layer=4 if mine else 3)

    def _ends(self) -> None:
        last = list(self.wide.index)
        wanted = [self.y(self._at(label, self.lasts[label])) for label in last]
        for label, want, y in zip(last, wanted, places.spread(wanted, LINE, 18, self.y.start + 4), strict=True):
            mine, end = label == self.highlight, self.x(self.times[self.lasts[label]])
            if abs(y - want) > 3 or self.x.end - end > 2:
                self.sheet.line([end + 4, self.x.end + 5, self.x.end + 8], [want, want, y],
                                "accent" if mine else "peer", width=0.5, dashed=self.x.end - end > 2)
            self.sheet.text(self.x.end + 10, y, self._name(label), "accent" if mine else "soft", bold=mine)
        first = self.wide.columns[0]
        there = [label for label in last if known(self._at(label, first))]
        wanted = [self.y(self._at(label, first)) for label in there]
        for label, y in zip(there, places.spread(wanted, LINE, 18, self.y.start + 4), strict=True):
            mine = label == self.highlight
            self.sheet.text(self.x.start - 8, y, self.caption.say(self._at(label, first)),
                            "accent" if mine else "soft", align="right", bold=mine)


def _findings(wide: pd.DataFrame, caption: Caption) -> Sequence[str]:
    said = []
    for label in wide.index:
        row = wide.loc[label].dropna()
        said.append(f"{label}: " + ", ".join(f"{caption.say(value)} {words.at(str(period))}"
                                             for period, value in row.items()))
    return said
