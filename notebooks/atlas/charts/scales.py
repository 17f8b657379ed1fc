"""From values and dates to points on the sheet, and back to round numbers for the grid."""

from __future__ import annotations

import calendar
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from atlas import dates

FAR = 2.2
"""A value this many times the next smaller one is off the scale: it would press all others into a corner."""


@dataclass(frozen=True)
class Scale:
    """A straight scale from values to points."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """Return where a value stands, in points."""
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)


def step(span: float, most: int = 6, least: float = 0.0) -> float:
    """Return the round step (1, 2, 2.5 or 5 times a power of ten) that cuts a span into at most `most` parts.

    Parameters
    ----------
    least : float
        The finest difference that the source knows; a step is a multiple of it.

    Examples
    --------
    >>> step(7, 8), step(0.9, 5), step(34, 6), step(2, 4, least=1)
    (1.0, 0.2, 10.0, 1.0)
    """
    rough = span / most if span > 0 else 1.0
    power = 10.0 ** math.floor(math.log10(rough))
    steps = (round(factor * power * tenfold, 12) for tenfold in (1, 10, 100, 1e3, 1e4, 1e5, 1e6)
             for factor in (1, 2, 2.5, 5))
    return next((size for size in steps if size >= rough * (1 - 1e-9)
                 and (not least or (size >= least and abs(size / least - round(size / least)) < 1e-6))), least)


def ticks(low: float, high: float, most: int = 6, least: float = 0.0) -> list[float]:
    """Return round values from at or below `low` to at or above `high`.

    >>> ticks(0, 6.8, 8)
    [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0]
    """
    if low == high:
        low, high = low - abs(low or 1) / 2, high + abs(high or 1) / 2
    by = step(high - low, most, least)
    first, last = math.floor(low / by + 1e-9), math.ceil(high / by - 1e-9)
    return [round(i * by, 12) + 0.0 for i in range(first, last + 1)]


def domain(values: Sequence[float], zero: bool | None = None) -> tuple[float, float]:
    """Return the range to show: with zero for bars, and for others too unless it would flatten all change.

    >>> domain([2.0, 7.0]), domain([80.0, 95.0]), domain([80.0, 95.0], zero=True)
    ((0.0, 7.0), (80.0, 95.0), (0.0, 95.0))
    """
    low, high = min(values), max(values)
    small, large = sorted((abs(low), abs(high)))
    flat = low * high > 0 and 0.75 * large < small < 0.95 * large
    if zero or (zero is None and not flat):
        low, high = min(low, 0.0), max(high, 0.0)
    return (low, high) if low < high else (low, low + 1.0)


def off_scale(values: Sequence[float], keep: Sequence[float] = (), most: int = 2) -> float:
    """Return the largest value to show in full; beyond it lie at most `most` values that dwarf the others.

    Parameters
    ----------
    keep : sequence of float
        Values that must stay on the scale, whatever their size.

    Examples
    --------
    >>> off_scale([1.4, 2.1, 7.1, 34.5]), off_scale([1.4, 2.1, 7.1, 34.5], keep=[34.5]), off_scale([1.0, 2.0])
    (7.1, 34.5, 2.0)
    """
    ranked = sorted(set(values) | set(keep))
    for cut in range(len(ranked) - 1, max(1, len(ranked) - 1 - most), -1):
        below, above = ranked[cut - 1], ranked[cut]
        if below > 0 and above / below >= FAR and below >= max(keep, default=below) and cut >= 3:
            return below
    return ranked[-1]


def moment(period: str) -> float:
    """Return a date as a fraction of years; what is known by year or month only stands at its middle.

    >>> moment("2019"), moment("2020-01-01")
    (2019.5, 2020.0)
    """
    return (at(dates.first_day(period)) + at(dates.last_day(period), after=True)) / 2 \
        if len(period) < 10 else at(dates.first_day(period))


def at(day: date, after: bool = False) -> float:
    """Return a day as a fraction of years, its morning or its night."""
    days = 366 if calendar.isleap(day.year) else 365
    return day.year + (day.timetuple().tm_yday - (0 if after else 1)) / days


def years(low: float, high: float, room: float, each: float = 34.0) -> list[int]:
    """Return the years to name between two moments, so that each name has room.

    >>> years(2000, 2025, 400)
    [2000, 2005, 2010, 2015, 2020]
    """
    first, last = math.ceil(low - 0.5), math.ceil(high) - 1
    most = max(1, int(room / each))
    by = next(size for size in (1, 2, 5, 10, 20, 50) if (last - first) / size < most or size == 50)
    return [year for year in range(first, last + 1) if year % by == 0] or [first]
