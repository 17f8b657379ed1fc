"""What charts along time have in common: years below, events and dates of writing above."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from atlas.charts import places, scales
from atlas.charts.scales import Scale
from atlas.charts.sheet import LINE, WIDTH, Sheet
from atlas.phrases import say


@dataclass(frozen=True)
class Mark:
    """A date with its short label; dashed for the day that an assessment was written."""

    day: str
    text: str
    dashed: bool = False

    @cached_property
    def time(self) -> float:
        """The date as a fraction of years."""
        return scales.moment(self.day)


class Head:
    """The labels of dates above a drawing, in as many lanes as they need.

    Parameters
    ----------
    sheet : Sheet
    marks : sequence of Mark
    x : Scale
    """

    def __init__(self, sheet: Sheet, marks: Sequence[Mark], x: Scale) -> None:
        self.sheet, self.marks = sheet, marks
        self.points = [x(mark.time) for mark in marks]
        wide = [sheet.reach(mark.text, small=True) + 4 for mark in marks]
        self.places = places.callouts(self.points, wide, 0, WIDTH)
        self.depth = LINE * (1 + max(lane for lane, _ in self.places)) + 2 if marks else 0.0

    def draw(self, bottom: float) -> None:
        """Write the labels and draw their stalks down to the foot of the drawing."""
        for mark, point, (lane, side) in zip(self.marks, self.points, self.places, strict=True):
            y = self.depth - 8 - lane * LINE
            tone = "ink" if mark.dashed else "soft"
            self.sheet.text(point + (4 if side == "left" else -4), y, mark.text, tone, align=side, small=True)
            self.sheet.line([point, point], [y - 4, bottom], tone, width=0.7, dashed=mark.dashed, layer=1)


def draw_years(sheet: Sheet, x: Scale, y: float, *, until: int = 9999, visible: bool = False) -> None:
    """Write the years, each in its middle, or in the middle of what is `visible` of it."""
    for year in scales.years(x.low, x.high, x.end - x.start):
        half = sheet.reach(str(year), small=True) / 2
        start, end = max(x(year), x.start), min(x(year + 1), x.end)
        point = (start + end) / 2 if visible and end - start > 2 * half else x(year + 0.5)
        if year > until:
            continue
        if x.start - 2 <= point and point + half <= WIDTH and point <= x.end + half:
            sheet.text(point, y, str(year), "soft", align="center", small=True)


def leaving(times: Sequence[float], values: Sequence[float], top: float) -> list[float]:
    """Return the moments at which a series rises beyond the top of a scale.

    >>> leaving([2000.5, 2001.5], [5.0, 15.0], 10.0)
    [2001.0]
    """
    return [times[i - 1] + (top - values[i - 1]) / (values[i] - values[i - 1]) * (times[i] - times[i - 1])
            for i in range(1, len(times)) if values[i - 1] <= top < values[i]]


def said(periods: Iterable[Iterable[str]]) -> str:
    """Say that some series have gaps, if any has."""
    gaps = any(gap for one in periods for _, gap in runs([scales.moment(period) for period in one]))
    return say("charts.dashed") if gaps else ""


def runs(times: Sequence[float]) -> list[tuple[list[int], bool]]:
    """Cut a series into stretches without a gap and the gaps between them.

    Returns
    -------
    list of (positions, bool)
        Consecutive positions of one stretch, and whether it is a gap.

    Examples
    --------
    >>> runs([2000.5, 2001.5, 2005.5])
    [([0, 1], False), ([1, 2], True)]
    """
    usual = sorted(later - earlier for earlier, later in pairwise(times))
    widest = 1.6 * max(usual[(len(usual) - 1) // 2] if usual else 1.0, 1.0)  # within a year nothing is missing
    found: list[tuple[list[int], bool]] = []
    for i in range(1, len(times)):
        gap = times[i] - times[i - 1] > widest
        if found and not gap and not found[-1][1]:
            found[-1][0].append(i)
        else:
            found.append(([i - 1, i], gap))
    return found
