"""Dot plot: a country among its peers, then (hollow) and now (filled)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from atlas import words
from atlas.blocks import Chart, Note
from atlas.charts import scales
from atlas.charts.caption import Caption, each, finish, gone, known, missing, raw
from atlas.charts.scales import Scale
from atlas.charts.sheet import WIDTH, Sheet
from atlas.charts.style import house
from atlas.phrases import say

MOST = 16
"""Rows that stay readable; of larger sets the telling ones are shown."""


@house()
def dots(table: pd.DataFrame, caption: Caption, *, country: str, then: str = "", now: str,
         reference: tuple[float, str] | None = None, most: int = MOST) -> Chart | Note:
    """Draw where a country stands among its peers at one or two times.

    Parameters
    ----------
    table : DataFrame
        One row a country: `iso3`, `label`, `now` and, if there is an earlier time, `then`; gaps are NaN.
    caption : Caption
    country : str
        ISO 3166-1 alpha-3 code of the country in the accent colour; it stays on the scale whatever its value.
    then, now : str
        The periods of the two columns, as ISO dates.
    reference : (float, str), optional
        A claimed value, drawn as a line with its label.
    most : int
        Rows to show at most.

    Returns
    -------
    Chart or Note
        A note in words if the country has no value.
    """
    rows = _rows(table, then)
    own = rows[rows["iso3"] == country]
    if own.empty:
        mine = table.loc[table["iso3"] == country, "label"]
        return missing(caption, str(mine.iloc[0]) if len(mine) else country)
    shown, thinned = _choose(rows, country, most)
    plot = _Plot(shown, caption, country, then, now, reference)
    height = plot.draw()
    absent = [label for label in table["label"] if label not in set(rows["label"])]
    subtitle = caption.subtitle(_period(rows, then, now), thinned, plot.beyond, gone(absent))
    return finish(plot.sheet, height, caption, subtitle=subtitle,
                  kind=caption.kind("dots"),
                  parts=_findings(rows, country, then, now, caption, plot.beyond),
                  columns=[say("charts.heads.country"), *([words.day(then)] if then else []), words.day(now)],
                  rows=[[row.label, *([raw(row.then, caption.digits)] if then else []), raw(row.now, caption.digits)]
                        for row in each(rows)])


def _rows(table: pd.DataFrame, then: str) -> pd.DataFrame:
    """Drop countries without any value; sort by the earlier value, where there is none by the later."""
    rows = table.copy()
    if not then or "then" not in rows:
        rows["then"] = float("nan")
    rows = rows.dropna(subset=["then", "now"], how="all")
    key = rows["then"].fillna(rows["now"])
    return rows.assign(key=key).sort_values(["key", "label"], kind="stable").reset_index(drop=True)


def _choose(rows: pd.DataFrame, country: str, most: int) -> tuple[pd.DataFrame, str]:
    """Keep the country, both ends, the middle and the country's nearest; say so."""
    if len(rows) <= most:
        return rows, ""
    own = int(rows.index[rows["iso3"] == country][0])
    last = len(rows) - 1
    ends = {own, 0, 1, last - 1, last, last // 2}
    near = sorted(set(range(len(rows))) - ends, key=lambda i: (abs(i - own), i))
    kept = sorted(ends | set(near[:most - len(ends)]))
    thinned = say("charts.dots.thinned", shown=len(kept), size=len(rows), name=rows["label"][own])
    return rows.loc[kept].reset_index(drop=True), thinned


def _period(rows: pd.DataFrame, then: str, now: str) -> str:
    if not then or not rows["then"].notna().any():
        return words.day(now)
    return say("charts.dots.period", then=words.day(then), now=words.day(now))


class _Plot:
    """The drawing of a dot plot."""

    def __init__(self, rows: pd.DataFrame, caption: Caption, country: str, then: str, now: str,
                 reference: tuple[float, str] | None) -> None:
        self.rows, self.caption, self.country = rows, caption, country
        self.then, self.now, self.reference = then, now, reference
        self.sheet = Sheet()
        self.beyond = ""
        self.pitch = 14.0 if caption.low else 17.0
        self.top = 20.0 if reference else 8.0
        self.scale = self._scale()

    def _scale(self) -> Scale:
        own = self.rows[self.rows["iso3"] == self.country][["then", "now"]].to_numpy().ravel().tolist()
        keep = [value for value in own if known(value)] + ([self.reference[0]] if self.reference else [])
        values = [value for value in self.rows[["then", "now"]].to_numpy().ravel().tolist() if known(value)]
        self.limit = scales.off_scale([_largest(row) for row in each(self.rows)], keep)
        far = [(row.label, self._beyond(row)) for row in each(self.rows) if _largest(row) > self.limit]
        if far:
            said = words.listing(f"{label} ({self.caption.say(value)})" for label, value in far)
            self.beyond = say("charts.off_scale", count=len(far), names=said)
        low, high = scales.domain([value for value in [*values, *keep] if value <= self.limit], zero=True)
        self.grid = self._grid(low, high)
        self.by = self.grid[1] - self.grid[0]
        left = max(self.sheet.reach(label, bold=True) for label in self.rows["label"]) + 14
        beyond = max((self.sheet.reach(self.caption.say(value), small=True) + 14 for _, value in far), default=0)
        last = self.sheet.reach(self.caption.tick(self.grid[-1], self.by), small=True) / 2 + 2
        return Scale(self.grid[0], self.grid[-1], left, WIDTH - max(beyond, last, 14))

    def _grid(self, low: float, high: float) -> list[float]:
        """Return as many ticks as have room for their numbers."""
        found = []
        for most in (8, 6, 5, 4, 3, 2):
            found = scales.ticks(low, high, most, self.caption.least)
            by = found[1] - found[0]
            if sum(self.sheet.reach(self.caption.tick(value, by), small=True) + 10 for value in found) < 0.6 * WIDTH:
                break
        return found

    def draw(self) -> float:
        bottom = self.top + self.pitch * len(self.rows)
        numbers = self._numbers()
        for value in self.grid:
            self.sheet.rule([self.scale(value)] * 2, [self.top, bottom])
            self.sheet.text(self.scale(value), bottom + 9, self.caption.tick(value, self.by), "soft",
                            align="center", small=True)
        if self.reference:
            self._reference(*self.reference, bottom)
        for i, row in enumerate(each(self.rows)):
            y = self.top + self.pitch * (i + 0.5)
            self._row(row, y)
            if row.iso3 == self.country:
                for x, text, align in numbers:
                    self.sheet.text(x, y, text, "accent", align=align)
        return bottom + 17

    def _reference(self, value: float, label: str, bottom: float) -> None:
        x = self.scale(value)
        self.sheet.line([x, x], [self.top - 4, bottom], "ink", width=1, dashed=True, layer=1)
        wide = self.sheet.reach(label, small=True)
        self.sheet.text(min(x - 3, WIDTH - wide), self.top - 11, label, "ink", small=True)

    def _row(self, row: Any, y: float) -> None:
        mine = row.iso3 == self.country
        tone = "accent" if mine else "peer"
        self.sheet.text(self.scale.start - 12, y, row.label, "accent" if mine else "ink", align="right", bold=mine)
        points = [(self._x(value), hollow) for value, hollow in ((row.then, True), (row.now, False)) if known(value)]
        if len(points) == 2:
            self.sheet.line([points[0][0], points[1][0]], [y, y], tone, width=1.5 if mine else 1.0)
        for x, hollow in points:
            self.sheet.marks([x], [y], tone, hollow=hollow, shape=">" if x > self.scale.end + 1 else "o")
        if _largest(row) > self.limit:
            self.sheet.text(self.scale.end + 11, y, self.caption.say(self._beyond(row)), "soft", small=True)

    def _beyond(self, row: Any) -> float:
        """Return the value that leaves the scale, the later one if both do."""
        return float(row.now if known(row.now) and row.now > self.limit else row.then)

    def _x(self, value: float) -> float:
        return self.scale(value) if value <= self.limit else self.scale.end + 4

    def _numbers(self) -> list[tuple[float, str, str]]:
        """Place the country's numbers beside its marks, on the sides that have room; make room if none has."""
        row = next(row for row in each(self.rows) if row.iso3 == self.country)
        pairs = [(value, f"{words.day(period)}: {self.caption.say(value)}")
                 for period, value in ((self.then, row.then), (self.now, row.now)) if known(value)]
        together = (max(value for value, _ in pairs), "; ".join(text for _, text in pairs))
        first, last = min(pairs), max(pairs)
        scale = self.scale
        for right in (last, together):
            for end in (scale.end, min(scale.end, WIDTH - self.sheet.reach(right[1]) - 10)):
                self.scale = replace(scale, end=end)
                left = [(self.scale(first[0]) - 8, first[1], "right")] if right is last and len(pairs) == 2 else []
                placed = [*left, (self.scale(right[0]) + 8, right[1], "left")]
                if all(self._fits(*one) for one in placed):
                    return placed
        return placed

    def _fits(self, x: float, text: str, align: str) -> bool:
        wide = self.sheet.reach(text)
        low, high = (x, x + wide) if align == "left" else (x - wide, x)
        crossed = self.reference is not None and low - 2 < self.scale(self.reference[0]) < high + 2
        return self.scale.start - 6 <= low and high <= WIDTH and not crossed


def _largest(row: Any) -> float:
    return max(value for value in (row.then, row.now) if known(value))


def _findings(rows: pd.DataFrame, country: str, then: str, now: str, caption: Caption, beyond: str) -> list[str]:
    """Say the country's values, its place and the ends of the field."""
    own = rows[rows["iso3"] == country].iloc[0]
    at = [f"{caption.say(own[name])} {words.at(period)}" for name, period in (("then", then), ("now", now))
          if known(own[name])]
    name = "now" if known(own["now"]) else "then"
    ranked = rows.dropna(subset=[name]).sort_values(name)
    place = list(ranked["iso3"]).index(country) + 1
    low, high = ranked.iloc[0], ranked.iloc[-1]
    period = now if name == "now" else then
    return [f"{own['label']}: {', '.join(at)}",
            f"{words.capital(words.at(period))} {_rank(place, len(ranked))}" if len(ranked) > 1 else "",
            say("charts.dots.ends", low=f"{low['label']} {caption.say(low[name])}",
                high=f"{high['label']} {caption.say(high[name])}"),
            beyond]


def _rank(place: int, of: int) -> str:
    """Write a place from the nearer end: "the lowest of 13", "third highest of 13"."""
    end, from_end = ("lowest", place) if place <= (of + 1) / 2 else ("highest", of + 1 - place)
    return say(f"charts.dots.{end}", count=from_end, nth=words.nth(from_end, letters=True), size=of)
