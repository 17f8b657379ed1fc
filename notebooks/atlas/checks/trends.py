"""Rules that test a change over a declared window."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from atlas import words
from atlas.checks.reading import At, Reading, missing, no_data
from atlas.checks.registry import IndicatorName, rule
from atlas.phrases import say

Measure = Literal["percent", "units"]
Test = Callable[[float], bool]
SLACK = 1e-9
"""So that a fall of exactly ten per cent is one, whatever binary fractions make of it."""
WINDOW = 5
"""Years in a window whose length a check does not declare."""


@rule
def rising(
    at: At,
    indicator: IndicatorName,
    by: float,
    years: int | None = None,
    since: int | None = None,
    until: int | None = None,
    measure: Measure = "percent",
) -> Reading:
    """Supported when the value grew by at least `by` over the window (per cent, or units of the indicator)."""
    return _change(
        at,
        indicator,
        years,
        since,
        until,
        measure,
        say("trends.rise", size=_size(at, indicator, by, measure)),
        lambda change: change >= by - SLACK,
    )


@rule
def falling(
    at: At,
    indicator: IndicatorName,
    by: float,
    years: int | None = None,
    since: int | None = None,
    until: int | None = None,
    measure: Measure = "percent",
) -> Reading:
    """Supported when the value fell by at least `by` over the window."""
    return _change(
        at,
        indicator,
        years,
        since,
        until,
        measure,
        say("trends.fall", size=_size(at, indicator, by, measure)),
        lambda change: change <= SLACK - by,
    )


@rule
def flat(
    at: At,
    indicator: IndicatorName,
    by: float,
    years: int | None = None,
    since: int | None = None,
    until: int | None = None,
    measure: Measure = "percent",
) -> Reading:
    """Supported when the value moved by less than `by` over the window, either way."""
    return _change(
        at,
        indicator,
        years,
        since,
        until,
        measure,
        say("trends.change", size=_size(at, indicator, by, measure)),
        lambda change: abs(change) < by,
    )


def _size(at: At, indicator: str, by: float, measure: str) -> str:
    return f"{words.general(by)}{words.NBSP}%" if measure == "percent" else at.claimed(indicator, by)


def _change(
    at: At,
    indicator: str,
    years: int | None,
    since: int | None,
    until: int | None,
    measure: str,
    wanted: str,
    test: Test,
) -> Reading:
    series = at.series(indicator)
    if not series:
        return missing(at, indicator)
    end = max(year for year in series if year <= (until or year))
    start = since if since is not None else end - (years or WINDOW)
    if start not in series:
        return no_data(
            say("trends.no_start", title=at.tables.title(indicator), whose=at.whose, start=start),
            str(end),
        )
    if start >= end:
        return no_data(say("trends.no_end", title=at.tables.title(indicator), whose=at.whose, start=start), str(end))
    old, new = series[start], series[end]
    change = 100 * (new / old - 1) if measure == "percent" and old else new - old
    one = at.tables.indicator(indicator)
    moved = (
        words.amount(change, "%", 0 if abs(change) >= 10 else 1)
        if measure == "percent"
        else at.brief(indicator, change)
    )
    sign = "+" if change > 0 else ""
    papers = at.tables.sources_behind(indicator, [at.iso3], at.partner, {str(start), str(end)})
    return Reading(
        "supported" if test(change) else "contradicted",
        say(
            "trends.detail",
            title=at.tables.title(indicator),
            whose=at.whose,
            old=at.say(indicator, old),
            start=start,
            new=at.say(indicator, new),
            end=end,
            moved=f"{sign}{moved}",
            wanted=wanted,
        ),
        new,
        one.unit,
        f"{start}/{end}",
        wanted,
        f"{sign}{moved}",
        tuple(paper.citation for paper in papers),
        tuple(paper.url for paper in papers),
    )
