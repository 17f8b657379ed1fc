"""Time lines: a country in the accent colour, its peers in grey, named at the line's end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from atlas import words
from atlas.blocks import Chart, Note
from atlas.charts import dated, places, scales
from atlas.charts.alt import Part
from atlas.charts.caption import Caption, crossed, finish, leaving, missing, raw, span
from atlas.charts.dated import Mark
from atlas.charts.scales import Scale
from atlas.charts.sheet import LINE, WIDTH, Box, Sheet
from atlas.charts.style import house
from atlas.phrases import say

NAMED = 6
"""Peers that can be named one by one; more become a median with a band."""


@dataclass(frozen=True)
class Course:
    """One line: who, when, how much."""

    iso3: str
    label: str
    times: list[float]
    values: list[float]
    periods: list[str]


@house()
def lines(table: pd.DataFrame, caption: Caption, *, country: str, events: Sequence[tuple[str, str]] = (),
          written: Sequence[tuple[str, str]] = (), claimed: tuple[float, str] | None = None,
          bounds: tuple[float, float] | None = None) -> Chart | Note:
    """Draw how a figure went over the years.

    Parameters
    ----------
    table : DataFrame
        One row a country and period: `iso3`, `label`, `period` (ISO date), `value`, and for the country's interval,
        where there is one, `low` and `high`.
    caption : Caption
    country : str
        ISO 3166-1 alpha-3 code of the country in the accent colour.
    events : sequence of (date, short label)
        Thin lines across the drawing.
    written : sequence of (date, label)
        When assessments were written: "written May 2020".
    claimed : (float, str), optional
        A claimed value, drawn as a dashed line with its label.
    bounds : (float, float), optional
        Ends of the scale, such as (0, 1) for an index.

    Returns
    -------
    Chart or Note
        A note in words if the country has fewer than two values.
    """
    named = dict(zip(table["iso3"], table["label"], strict=True))
    table = table.dropna(subset=["value"]).sort_values(["iso3", "period"], kind="stable")
    own = table[table["iso3"] == country]
    if len(own) < 2:
        who = named.get(country, country)
        beyond = say("charts.beyond", who=who, day=words.day(own["period"].iloc[0])) if len(own) else who
        return missing(caption, beyond)
    courses = [_course(str(code), rows) for code, rows in table.groupby("iso3", sort=True)]
    plot = _Plot(courses, own, caption, country, claimed, bounds)
    height = plot.draw([Mark(day, text) for day, text in events],
                       [Mark(day, text, dashed=True) for day, text in written])
    subtitle = caption.subtitle(span(table["period"]), plot.peers, plot.beyond, plot.start, plot.gaps)
    cells = crossed(table, "label")
    labels = [own["label"].iloc[0], *sorted({label for _, label in cells} - {own["label"].iloc[0]})]
    return finish(plot.sheet, height, caption, subtitle=subtitle, kind=caption.kind("lines"),
                  parts=_findings(plot, caption, claimed), columns=[say("charts.heads.period"), *labels],
                  rows=[[period, *(raw(cells.get((period, label)), caption.digits) for label in labels)]
                        for period in sorted(set(table["period"]))])


def _course(code: str, rows: pd.DataFrame) -> Course:
    return Course(code, rows["label"].iloc[0], [scales.moment(period) for period in rows["period"]],
                  rows["value"].tolist(), rows["period"].tolist())


class _Plot:
    """The drawing of time lines."""

    def __init__(self, courses: Sequence[Course], own: pd.DataFrame, caption: Caption, country: str,
                 claimed: tuple[float, str] | None, bounds: tuple[float, float] | None) -> None:
        self.sheet, self.caption, self.claimed = Sheet(), caption, claimed
        self.mine = next(course for course in courses if course.iso3 == country)
        others = [course for course in courses if course.iso3 != country]
        self.rows = own
        self.many = len(others) > NAMED
        self.band = _band(others) if self.many else pd.DataFrame()
        self.others = [] if self.many else others
        self.peers = say("charts.lines.median", size=len(others)) if self.many else ""
        self.beyond = ""
        self.gaps = dated.said(course.periods for course in (self.mine, *self.others))
        self._range(bounds)

    @property
    def _peered(self) -> bool:
        return self.many or bool(self.others)

    def _range(self, bounds: tuple[float, float] | None) -> None:
        keep = [*self.mine.values, *([self.claimed[0]] if self.claimed else [])]
        if "low" in self.rows:
            keep += self.rows[["low", "high"]].dropna().to_numpy().ravel().tolist()
        tops = {course.label: max(course.values) for course in self.others}
        limit = bounds[1] if bounds else scales.off_scale([max(keep), *tops.values()], [max(keep)])
        far = [label for label, top in tops.items() if top > limit]
        if far:
            self.beyond = leaving([(one, self.caption.say(tops[one])) for one in far])
        values = keep + [value for course in self.others for value in course.values if value <= limit]
        values += self.band.to_numpy().ravel().tolist()
        low, high = bounds or scales.domain(values)
        self.grid = scales.ticks(low, high, 4 if self.caption.low or not self._peered else 6, self.caption.least)
        self.by = self.grid[1] - self.grid[0]
        self.start = "" if low <= 0 <= high else say("charts.start", value=self.caption.tick(self.grid[0], self.by))

    def draw(self, events: Sequence[Mark], written: Sequence[Mark]) -> float:
        sheet = self.sheet
        times = [time for course in (self.mine, *self.others) for time in course.times] + list(self.band.index)
        shown = [mark for mark in (*events, *written) if min(times) - 1 <= mark.time <= max(times) + 3]
        first, last = min(times), max([*times, *(mark.time for mark in shown)])
        ends = self._ends(last)
        right = WIDTH - max(sheet.reach(text, bold=bold) for _, text, bold in ends) - 12
        left = max(sheet.reach(self.caption.tick(value, self.by), small=True) for value in self.grid) + 8
        self.x = Scale(first, max(last, first + 1), left + 6, right - 6)
        head = dated.Head(sheet, shown, self.x)
        top = head.depth + 8
        bottom = top + (112 if self.caption.low else 168 if self._peered else 126)
        self.y = Scale(self.grid[0], self.grid[-1], bottom, top)
        for value in self.grid:
            sheet.rule([left, right], [self.y(value)] * 2)
            sheet.text(left - 6, self.y(value), self.caption.tick(value, self.by), "soft", align="right", small=True)
        head.draw(bottom)
        dated.draw_years(sheet, self.x, bottom + 10)
        self._courses(Box(left, top - 1, right, bottom + 1))
        self._name(ends, top, bottom, right)
        if self.claimed:
            self._claimed(left, right, bottom)
        return bottom + 18

    def _courses(self, clip: Box) -> None:
        sheet = self.sheet
        if self.many:
            xs = [self.x(time) for time in self.band.index]
            sheet.area(xs, [self.y(v) for v in self.band["low"]], [self.y(v) for v in self.band["high"]], "peer")
            sheet.line(xs, [self.y(v) for v in self.band["middle"]], "peer")
        if "low" in self.rows:
            known = self.rows.dropna(subset=["low", "high"])
            xs = [self.x(scales.moment(period)) for period in known["period"]]
            sheet.area(xs, [self.y(v) for v in known["low"]], [self.y(v) for v in known["high"]], "accent")
        for course in self.others:
            self._run(course, "peer", clip, 2)
        self._run(self.mine, "accent", clip, 3)
        sheet.marks([self.x(self.mine.times[-1])], [self.y(self.mine.values[-1])], "accent", scale=0.85)
        if any(len(period) > 4 for period in self.mine.periods):  # figures of single days: show which days
            sheet.marks([self.x(time) for time in self.mine.times], [self.y(value) for value in self.mine.values],
                        "accent", scale=0.55)

    def _run(self, course: Course, tone: str, clip: Box, layer: float) -> None:
        """Draw a line; where years are missing it is dashed, so that a gap does not look measured."""
        for part, gap in dated.runs(course.times):
            xs, ys = [self.x(course.times[i]) for i in part], [self.y(course.values[i]) for i in part]
            self.sheet.line(xs, ys, tone, clip=clip, layer=layer, dashed=gap,
                            width=1.0 if gap or tone == "peer" else None)
        for time in dated.leaving(course.times, course.values, self.grid[-1]):
            self.sheet.marks([self.x(time)], [clip.top + 2], tone, shape="^", scale=0.85)

    def _ends(self, last: float) -> list[tuple[Course, str, bool]]:
        found = []
        for course in (self.mine, *self.others):
            early = f" ({words.day(course.periods[-1])})" if course.times[-1] < last - 0.9 else ""
            found.append((course, f"{course.label} {self.caption.say(course.values[-1])}{early}",
                          course is self.mine))
        if self.many:
            middle = Course("", "", [self.band.index[-1]], [self.band["middle"].iloc[-1]], [])
            found.append((middle, say("charts.lines.middle", value=self.caption.say(middle.values[0])), False))
        return found

    def _name(self, ends: Sequence[tuple[Course, str, bool]], top: float, bottom: float, right: float) -> None:
        wanted = [min(max(self.y(course.values[-1]), top), bottom) for course, _, _ in ends]
        placed = places.spread(wanted, LINE, top - 4, bottom + 2)
        for (course, text, bold), want, y in zip(ends, wanted, placed, strict=True):
            end = self.x(course.times[-1])
            gone = self.y(course.values[-1]) < top - 1
            if not gone and (right + 4 - end > 14 or abs(y - want) > 3):
                self.sheet.line([end + 4, right + 3, right + 8], [want, want, y], "accent" if bold else "peer",
                                width=0.5)
            self.sheet.text(right + 10, y, text, "accent" if bold else "soft", bold=bold)

    def _claimed(self, left: float, right: float, bottom: float) -> None:
        assert self.claimed
        value, text = self.claimed
        y = self.y(value)
        self.sheet.line([left, right], [y, y], "ink", width=1, dashed=True)
        wide = self.sheet.reach(text, small=True)
        room = right - left - 8 - wide
        tried = [(left + 4 + room * part, y + side) for part in (0, 1, 0.25, 0.5, 0.75) for side in (-8, 8)
                 if y + side < bottom]
        x, at = next((place for place in tried if self._free(*place, wide)), tried[0])
        self.sheet.text(x, at, text, "ink", small=True, clear=True)

    def _free(self, x: float, y: float, wide: float) -> bool:
        """Tell whether no line passes behind a text."""
        across = [x + wide * i / 12 for i in range(13)]
        return all(abs(height - y) > 8 for course in (self.mine, *self.others)
                   for height in np.interp(across, [self.x(time) for time in course.times],
                                           [self.y(value) for value in course.values]))


def _band(others: Sequence[Course]) -> pd.DataFrame:
    """Return median and quartiles of the peers for each time at which at least half of them have a value."""
    wide = pd.DataFrame({course.iso3: pd.Series(course.values, index=course.times) for course in others}).sort_index()
    wide = wide[wide.notna().sum(axis=1) >= len(others) / 2]
    return pd.DataFrame({"low": wide.quantile(0.25, axis=1), "middle": wide.median(axis=1),
                         "high": wide.quantile(0.75, axis=1)})


def _findings(plot: _Plot, caption: Caption, claimed: tuple[float, str] | None) -> list[Part]:
    mine = plot.mine
    first, last = mine.values[0], mine.values[-1]
    ends = [f"{course.label} {caption.say(course.values[-1])}" for course in plot.others]
    last_of = caption.say(plot.band["middle"].iloc[-1]) if len(plot.band) else ""
    middle = say("charts.lines.middle_end", value=last_of) if last_of else ""
    extremes = [say(f"charts.lines.{name}", value=caption.say(value),
                    at=words.at(mine.periods[mine.values.index(value)]))
                for name, value in (("highest", max(mine.values)), ("lowest", min(mine.values)))]
    return [f"{mine.label}: {caption.say(first)} {words.at(mine.periods[0])}, "
            f"{caption.say(last)} {words.at(mine.periods[-1])}",
            say("charts.lines.claimed", value=caption.say(claimed[0])) if claimed else "", ", ".join(extremes), middle,
            [say("charts.lines.end", names=words.several(ends, most)) for most in (6, 3, 1)] if ends else "",
            plot.beyond]
