"""Rules that compare the parts of one whole within one country."""

from __future__ import annotations

from atlas import words
from atlas.checks.reading import At, Reading, missing
from atlas.checks.registry import IndicatorName, rule
from atlas.phrases import say


@rule
def rank_among_parts(at: At, indicator: IndicatorName, among: list[IndicatorName], rank: int) -> Reading:
    """Supported when one part holds the claimed rank, largest first, among several parts of the same whole."""
    own = at.values(indicator)
    if not own:
        return missing(at, indicator)
    period = own[0].period
    values = {indicator: own[0].value}
    for other in among:
        found = at.tables.values_in(other, at.iso3, at.partner, period)
        if found:
            values[other] = found[0].value
    order = sorted(values, key=lambda name: -values[name])
    place = order.index(indicator) + 1
    shown = words.listing(f"{at.tables.title(name)} {at.say(name, values[name])}" for name in order[:4])
    one = at.tables.indicator(indicator)
    return Reading(
        "supported" if place == rank else "contradicted",
        words.capital(
            say(
                "parts.detail",
                at=words.at(period),
                country=at.country,
                shown=shown,
                title=at.tables.title(indicator),
                ordinal=words.ordinal(place),
                place=place,
            )
        ),
        own[0].value,
        one.unit,
        period,
        say("parts.wanted", rank=rank, size=len(values)),
        say("parts.brief", rank=words.rank(place), size=len(values)),
        (own[0].source.citation,),
        (own[0].source.url,),
    )
