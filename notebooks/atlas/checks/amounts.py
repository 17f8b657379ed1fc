"""Rules that compare one value with a number that the claim names."""

from __future__ import annotations

from collections.abc import Callable

from atlas import words
from atlas.checks.reading import At, Reading, judged, missing, no_data
from atlas.checks.registry import IndicatorName, rule
from atlas.data import Value


@rule
def about(at: At, indicator: IndicatorName, value: float, tolerance: float = 0.15) -> Reading:
    """Supported when the value lies within a relative tolerance of the claimed one."""
    printed = at.claimed(indicator, value)
    if tolerance == 0:
        return _compare(
            at,
            indicator,
            lambda found: found == value,
            f"{{}} the claimed {printed}",
            f"exactly {printed}",
            ("the same as", "not"),
        )
    margin = words.amount(100 * tolerance, "%", 0)
    return _compare(
        at,
        indicator,
        lambda found: abs(found - value) <= abs(value) * tolerance,
        f"{{}} {margin} of the claimed {printed}",
        f"within {margin} of {printed}",
        ("within", "not within"),
    )


@rule
def at_least(at: At, indicator: IndicatorName, value: float) -> Reading:
    """Supported when the value reaches a bound."""
    bound = at.claimed(indicator, value)
    return _compare(
        at,
        indicator,
        lambda found: found >= value,
        f"{{}} the lower bound of {bound}",
        f"at least {bound}",
        ("at or above", "below"),
    )


@rule
def at_most(at: At, indicator: IndicatorName, value: float) -> Reading:
    """Supported when the value stays within a bound."""
    bound = at.claimed(indicator, value)
    return _compare(
        at,
        indicator,
        lambda found: found <= value,
        f"{{}} the upper bound of {bound}",
        f"at most {bound}",
        ("at or below", "above"),
    )


@rule
def between(at: At, indicator: IndicatorName, low: float, high: float) -> Reading:
    """Supported when the value lies between two bounds, both included."""
    span = f"{at.claimed(indicator, low)} to {at.claimed(indicator, high)}"
    return _compare(
        at,
        indicator,
        lambda found: low <= found <= high,
        f"{{}} the range of {span}",
        span,
        ("inside", "outside"),
    )


@rule
def share_of(at: At, indicator: IndicatorName, value: float, of: IndicatorName | None = None) -> Reading:
    """Supported when a partner's or part's share is at least `value` per cent of the total `of`.

    Without `of` the indicator is itself a share in per cent.
    """
    if of is None:
        return at_least(at, indicator, value)
    part = at.values(indicator)
    if not part:
        return missing(at, indicator)
    whole = at.tables.values_in(of, at.iso3, "", part[0].period)
    if not whole:
        return no_data(f"{at.tables.indicator(of).title}: no total for {at.country.the} in {part[0].period}")
    total = whole[0].value
    return judged(
        part,
        lambda found: 100 * found / total >= value,
        lambda one: (
            f"{at.tables.indicator(indicator).title}: {at.say(indicator, one.value)} of {at.say(of, total)} "
            f"{words.at(one.period)}, "
            f"{words.amount(100 * one.value / total, '%', 1)} where at least {words.amount(value, '%', 0)} is needed"
        ),
        lambda one: words.amount(100 * one.value / total, "%", 1),
        "%",
        f"at least {value:g} % of {at.tables.indicator(of).title}",
    )


def lead(at: At, value: Value) -> str:
    """Write whose value of what it is, when: "Military spending of Belarus was 1.4 % of GDP in 2019"."""
    one = at.tables.indicator(value.indicator)
    partner = f" with {at.tables.country(value.partner).the}" if value.partner else ""
    whose = at.tables.country(value.iso3).the
    return f"{one.title}, {whose}{partner}: {at.say(value.indicator, value.value)} {words.at(value.period)}"


def _compare(
    at: At, indicator: str, test: Callable[[float], bool], clause: str, comparator: str, yes_no: tuple[str, str]
) -> Reading:
    values = at.values(indicator)
    if not values:
        return missing(at, indicator)
    return judged(
        values,
        test,
        lambda one: f"{lead(at, one)}, {clause.format(yes_no[0] if test(one.value) else yes_no[1])}",
        lambda one: at.brief(indicator, one.value),
        at.tables.indicator(indicator).unit,
        comparator,
    )
