"""Rules that compare one value with a number that the claim names."""

from __future__ import annotations

from collections.abc import Callable

from atlas import words
from atlas.checks.reading import At, Reading, judged, missing, no_data, whose_of
from atlas.checks.registry import IndicatorName, rule
from atlas.data import Value
from atlas.phrases import say


@rule
def about(at: At, indicator: IndicatorName, value: float, tolerance: float = 0.15) -> Reading:
    """Supported when the value lies within a relative tolerance of the claimed one."""
    printed = at.claimed(indicator, value)
    if tolerance == 0:
        return _compare(at, indicator, lambda found: found == value, "same", printed)
    margin = words.amount(100 * tolerance, "%", 0)
    return _compare(
        at, indicator, lambda found: abs(found - value) <= abs(value) * tolerance, "within", printed, margin
    )


@rule
def at_least(at: At, indicator: IndicatorName, value: float) -> Reading:
    """Supported when the value reaches a bound."""
    return _compare(at, indicator, lambda found: found >= value, "at_least", at.claimed(indicator, value))


@rule
def at_most(at: At, indicator: IndicatorName, value: float) -> Reading:
    """Supported when the value stays within a bound."""
    return _compare(at, indicator, lambda found: found <= value, "at_most", at.claimed(indicator, value))


@rule
def between(at: At, indicator: IndicatorName, low: float, high: float) -> Reading:
    """Supported when the value lies between two bounds, both included."""
    span = say("amounts.span", low=at.claimed(indicator, low), high=at.claimed(indicator, high))
    return _compare(at, indicator, lambda found: low <= found <= high, "between", span)


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
        return no_data(say("amounts.no_total", title=at.tables.title(of), country=at.country, period=part[0].period))
    total = whole[0].value
    return judged(
        part,
        lambda found: 100 * found / total >= value,
        lambda one: say(
            "amounts.share",
            title=at.tables.title(indicator),
            part=at.say(indicator, one.value),
            total=at.say(of, total),
            at=words.at(one.period),
            share=words.amount(100 * one.value / total, "%", 1),
            least=words.amount(value, "%", 0),
        ),
        lambda one: words.amount(100 * one.value / total, "%", 1),
        "%",
        say("amounts.share_of", value=words.general(value), title=at.tables.title(of)),
    )


def lead(at: At, value: Value) -> str:
    """Write whose value of what it is, when: "Military spending of Belarus was 1.4 % of GDP in 2019"."""
    whose = whose_of(at.tables, value.iso3, value.partner)
    said = at.say(value.indicator, value.value)
    return f"{at.tables.title(value.indicator)}, {whose}: {said} {words.at(value.period)}"


def _compare(at: At, indicator: str, test: Callable[[float], bool], way: str, bound: str, margin: str = "") -> Reading:
    values = at.values(indicator)
    if not values:
        return missing(at, indicator)
    return judged(
        values,
        test,
        lambda one: f"{lead(at, one)}, "
        + say(f"amounts.{way}.{'met' if test(one.value) else 'missed'}", bound=bound, margin=margin),
        lambda one: at.brief(indicator, one.value),
        at.tables.indicator(indicator).unit,
        say(f"amounts.{way}.wanted", bound=bound, margin=margin),
    )
