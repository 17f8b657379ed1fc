"""Stacked bars: the parts of a whole, one bar a year or a country."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from atlas import words
from atlas.blocks import Chart, Note
from atlas.charts import places, scales
from atlas.charts.caption import Caption, finish, gone, known, missing, raw
from atlas.charts.scales import Scale
from atlas.charts.sheet import WIDTH, Box, Sheet
from atlas.charts.style import house
from atlas.phrases import say

HUES = ("accent", "hue2", "hue3", "hue4")
OTHER = "other"
SLIVER = 0.02
"""A part that is nowhere larger than this share of a bar cannot be seen, let alone named."""
PITCH, THICK = 25.0, 17.0


@house()
def mix(table: pd.DataFrame, caption: Caption, *, country: str, total: float | None = None) -> Chart | Note:
    """Draw what something is made of, for a few years or countries.

    Parameters
    ----------
    table : DataFrame
        One row a part of a bar: `label` (the bar: a year or a country), `part` (the name of the part) and `value`.
        Bars and parts stand in the order of their first row. Of more than four parts the smallest become "other".
    caption : Caption
    country : str
        The country's name, for the text of an empty drawing.
    total : float, optional
        What a full bar is (100 for per cent): the rest of each bar is shown as "other".

    Returns
    -------
    Chart or Note
        A note in words if there is no value.
    """
    wide = table.dropna(subset=["value"]).pivot_table(index="label", columns="part", values="value", sort=False)
    if wide.empty:
        return missing(caption, country)
    wide = wide.reindex(index=list(dict.fromkeys(table["label"][table["label"].isin(wide.index)])),
                        columns=[part for part in dict.fromkeys(table["part"]) if part in wide.columns])
    drawn = _fold(wide, total)
    plot = _Plot(drawn, caption)
    height = plot.draw()
    lacking = [str(label) for label in dict.fromkeys(table["label"]) if label not in wide.index]
    return finish(plot.sheet, height, caption,
                  subtitle=caption.subtitle("", gone(lacking)),
                  kind=caption.kind("mix"), parts=_findings(drawn, caption),
                  columns=["", *map(str, wide.columns)],
                  rows=[[str(label), *(raw(value, caption.digits) for value in wide.loc[label])]
                        for label in wide.index])


def _fold(wide: pd.DataFrame, total: float | None) -> pd.DataFrame:
    """Keep the four largest parts; fold the others, slivers and what lacks to the total into one."""
    named = wide.drop(columns=OTHER, errors="ignore")
    whole = total if total is not None else float(wide.sum(axis=1).max())
    visible = named.loc[:, named.max() >= SLIVER * whole]
    kept = set(visible.max().nlargest(len(HUES)).index)
    drawn = wide[[part for part in wide.columns if part in kept]].copy()
    rest = wide.drop(columns=list(kept)).sum(axis=1)
    if total is not None:
        rest = (total - drawn.sum(axis=1)).clip(lower=0)
    if (rest > 0.005 * drawn.sum(axis=1)).any():
        drawn[OTHER] = rest
    return drawn


def named(part: str) -> str:
    """Return what a part is called: the rest in the language that is spoken now, others as they are given."""
    return say("charts.mix.rest") if part == OTHER else part


class _Plot:
    """The drawing of stacked bars."""

    def __init__(self, wide: pd.DataFrame, caption: Caption) -> None:
        self.sheet, self.wide, self.caption = Sheet(), wide, caption
        left = max(self.sheet.reach(str(label)) for label in wide.index) + 10
        most = float(wide.sum(axis=1).max())
        self.grid = scales.ticks(0, most, 5)
        self.x = Scale(0, most, left, WIDTH - 2)

    def draw(self) -> float:
        top = self._heads() + 6
        for i, label in enumerate(self.wide.index):
            y = top + PITCH * i + THICK / 2
            self.sheet.text(self.x.start - 8, y, str(label), align="right")
            self._bar(self.wide.loc[label].tolist(), y)
        return top + PITCH * len(self.wide) - (PITCH - THICK) + 3

    def _bar(self, values: Sequence[float], y: float) -> None:
        done = 0.0
        for value, part in zip(values, self.wide.columns, strict=True):
            if not known(value) or value <= 0:
                continue
            box = Box(self.x(done) + 0.6, y - THICK / 2, self.x(done + value) - 0.6, y + THICK / 2)
            done += value
            self.sheet.bar(box, self._tone(str(part)))
            text = self.caption.say(value)
            if self.sheet.reach(text, small=True) + 8 <= box.right - box.left:
                self.sheet.text((box.left + box.right) / 2, y, text, "paper", align="center", small=True)

    def _tone(self, part: str) -> str:
        return "soft" if part == OTHER else HUES[list(self.wide.columns).index(part)]

    def _heads(self) -> float:
        """Name the parts above the first bar that has each, with a tick to it, and return where the names end."""
        first = self.wide.iloc[0].fillna(0).tolist()
        middles, done = [], 0.0
        for value in first:
            middles.append(self.x(done + value / 2))
            done += value
        parts = [str(part) for part in self.wide.columns]
        wide = [self.sheet.reach(named(part), bold=True) + 12 for part in parts]
        lefts = _line_up([middle - room / 2 for middle, room in zip(middles, wide, strict=True)], wide, self.x.start)
        for part, left, room, middle in zip(parts, lefts, wide, middles, strict=True):
            self.sheet.text(left + room / 2, 7, named(part), self._tone(part), align="center", bold=True)
            self.sheet.line([left + room / 2, middle], [14, 20], self._tone(part), width=0.8)
        return 16.0


def _line_up(lefts: Sequence[float], wide: Sequence[float], start: float) -> list[float]:
    """Move names apart along one line so that they touch at most."""
    before = [sum(wide[:i]) for i in range(len(wide))]
    even = places.spread([left - done for left, done in zip(lefts, before, strict=True)], 0.0, start - 10,
                         max(start - 10, WIDTH - sum(wide)))
    ordered = sorted(even)
    return [left + done for left, done in zip(ordered, before, strict=True)]


def _findings(wide: pd.DataFrame, caption: Caption) -> list[str]:
    said = []
    for label in [wide.index[-1], wide.index[0], *wide.index[1:-1]][:len(wide)]:
        parts = [f"{named(str(part))} {caption.say(value)}" for part, value in wide.loc[label].items()
                 if known(value) and value > 0]
        said.append(f"{label}: {words.listing(parts)}")
    return said
