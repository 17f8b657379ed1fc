"""Rules that compare the parts of one whole within one country."""

from __future__ import annotations

from atlas import words
from atlas.checks.reading import At, Reading, missing
from atlas.checks.registry import IndicatorName, rule


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
    shown = words.listing(f"{at.tables.indicator(name).title} {at.say(name, values[name])}" for name in order[:4])
    one = at.tables.indicator(indicator)
    return Reading(
        "supported" if place == rank else "contradicted",
        f"{words.capital(words.at(period))}, {at.country.the}: {shown}; {one.title} ranks {words.ordinal(place)}.",
        own[0].value,
        one.unit,
        period,
        f"rank {rank} of {len(values)}",
        f"{words.rank(place)} of {len(values)}",
        (own[0].source.citation,),
        (own[0].source.url,),
    )
