"""Distance: how far a country stands from its own best, its peers and a stated goal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from atlas import phrases, units, words
from atlas.blocks import Chart, Note
from atlas.charts import places
from atlas.charts.caption import Caption, each, finish, gone, known, missing, raw, say
from atlas.charts.scales import Scale
from atlas.charts.sheet import WIDTH, Box, Sheet
from atlas.charts.style import house

MARKS = ("value", "best", "median", "goal")
LOOKS: dict[str, dict[str, Any]] = {
    "value": {"tone": "accent", "shape": "o", "scale": 1.15},
    "best": {"tone": "accent", "shape": "o", "hollow": True, "scale": 1.05},
    "median": {"tone": "soft", "shape": "|", "scale": 1.9},
    "goal": {"tone": "ink", "shape": "D", "hollow": True, "scale": 0.95},
}
PITCH = 46.0


@house()
def distance(table: pd.DataFrame, caption: Caption, *, country: str) -> Chart | Note:
    """Draw several indicators, each on a line of its own scale, with the numbers written at the marks.

    Parameters
    ----------
    table : DataFrame
        One row an indicator: `label`, `unit`, `digits`, `value` and where known `best` (the country's own best value),
        `median` (of its peers), `goal` (a stated one), `period` and `best_period` (ISO dates).
    caption : Caption
        Its unit may be empty: each row has its own.
    country : str
        The country's name.

    Returns
    -------
    Chart or Note
        A note in words if no indicator has a value.
    """
    rows = table.copy()
    for name in MARKS:
        rows[name] = rows[name].astype(float) if name in rows else float("nan")
    rows = rows.dropna(subset=["value"])
    for name in ("period", "best_period"):
        rows[name] = rows[name].fillna("") if name in rows else ""
    lacking = [label for label in table["label"] if label not in set(rows["label"])]
    if rows.empty:
        return missing(caption, country)
    plot = _Plot(rows)
    height = plot.draw()
    shown = [_named(name) for name in MARKS[1:] if rows[name].notna().any()]
    filled = phrases.say("charts.distance.filled", country=country, others=words.listing(shown))
    return finish(plot.sheet, height, caption,
                  subtitle=caption.subtitle(
                      "", filled if shown else phrases.say("charts.distance.now", country=country),
                      phrases.say("charts.distance.scales"), gone(lacking)),
                  kind=caption.kind("distance"), parts=_findings(rows, country),
                  columns=[*(phrases.say(f"charts.heads.{name}") for name in ("indicator", "unit", "period")),
                           *(words.capital(_named(name)) for name in MARKS)],
                  rows=[[row.label, units.whole(row.unit), row.period,
                         *(raw(getattr(row, name), row.digits) for name in MARKS)] for row in each(rows)])


def _named(mark: str) -> str:
    return phrases.say(f"charts.distance.marks.{mark}")


class _Plot:
    """The drawing of distances."""

    def __init__(self, rows: pd.DataFrame) -> None:
        self.sheet, self.rows = Sheet(), rows
        self.left = 132.0

    def draw(self) -> float:
        for i, row in enumerate(each(self.rows)):
            self._row(row, 24 + PITCH * i)
        return 24 + PITCH * (len(self.rows) - 1) + 24

    def _row(self, row: Any, y: float) -> None:
        sheet = self.sheet
        sheet.stack(0, y, sheet.wrapped(row.label, self.left - 12), 11)
        values = {name: getattr(row, name) for name in MARKS if known(getattr(row, name))}
        if "best" in values and self._same(row):
            del values["best"]
        x = _scale(list(values.values()), self.left + 26, WIDTH - 34)
        sheet.line([self.left, WIDTH - 4], [y, y], "rule", width=1.0, layer=1)
        sheet.line([x(0)] * 2, [y - 3, y + 3], "soft", width=0.7, layer=1)
        if "best" in values:
            sheet.line([x(values["best"]), x(values["value"])], [y, y], "accent", width=1.5, layer=2)
        for name in reversed(MARKS):
            if name in values:
                sheet.marks([x(values[name])], [y], layer=4 if name == "value" else 3, **LOOKS[name])
        self._write(row, values, x, y)

    @staticmethod
    def _same(row: Any) -> bool:
        return bool(round(row.best, row.digits) == round(row.value, row.digits))

    def _write(self, row: Any, values: dict[str, float], x: Scale, y: float) -> None:
        """Write the country's own numbers above the line, the others' below."""
        boxes: list[Box] = []
        for names, side in ((("value", "best"), -1), (("median", "goal"), 1)):
            there = sorted((name for name in names if name in values), key=lambda name: values[name])
            texts = [self._text(row, name) for name in there]
            wide = [self.sheet.reach(text, bold=name == "value") + 8 for text, name in zip(texts, there, strict=True)]
            middles = [x(values[name]) for name in there]
            for text, name, middle in zip(texts, there, apart(middles, wide, self.left, WIDTH), strict=True):
                tone = "soft" if name == "median" else LOOKS[name]["tone"]
                boxes.append(self.sheet.text(middle, y + side * 13, text, tone, align="center", bold=name == "value"))
        zero = Box(x(0) - 5, y + 8, x(0) + 5, y + 18)
        if not any(zero.meets(box, 2) for box in boxes):
            self.sheet.text(x(0), y + 13, "0", "soft", align="center", small=True)

    def _text(self, row: Any, name: str) -> str:
        number = say(getattr(row, name), row.unit, row.digits)
        period = getattr(row, {"value": "period", "best": "best_period"}.get(name, ""), "")
        if name == "value":
            best = f", {_named('best')}" if known(row.best) and self._same(row) else ""
            return (f"{words.day(period)}: {number}" if period else f"{_named(name)} {number}") + best
        return f"{_named(name)} {number}" + (f" ({words.day(period)})" if period else "")


def _scale(values: Sequence[float], start: float, end: float) -> Scale:
    low, high = min(*values, 0.0), max(*values, 0.0)
    return Scale(low, high if high > low else low + 1.0, start, end)


def apart(middles: Sequence[float], wide: Sequence[float], left: float, right: float) -> list[float]:
    """Move centred labels of different widths apart along one line.

    >>> apart([10, 12], [20, 20], 0, 100)
    [10.0, 30.0]
    """
    before = [sum(wide[:i]) + wide[i] / 2 for i in range(len(wide))]
    moved = places.spread([middle - done for middle, done in zip(middles, before, strict=True)], 0.0, left,
                          max(left, right - sum(wide)))
    return [start + done for start, done in zip(sorted(moved), before, strict=True)]


def _findings(rows: pd.DataFrame, country: str) -> list[str]:
    said = []
    for row in each(rows):
        parts = [f"{_named(name)} {say(getattr(row, name), row.unit, row.digits)}" for name in MARKS
                 if known(getattr(row, name))]
        said.append(f"{row.label}: {', '.join(parts)}")
    return [f"{country}, {phrases.say('charts.distance.indicators', count=len(rows))}", *said]
