"""Rules that place a country among its peers."""

from __future__ import annotations

import statistics
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from atlas import dates, words
from atlas.checks.reading import At, Reading, Result, missing, no_data
from atlas.checks.registry import CountryCode, IndicatorName, Peers, rule
from atlas.data import PeerSet
from atlas.data.tables import REACH
from atlas.phrases import say

COVERAGE = 0.65
"""The share of a peer set that must have data before a position in it means anything."""

_CITED = 3
"""Sources that a reading names at most, where every country has its own."""


@dataclass(frozen=True)
class Panel:
    """The values of a country and its peers in one period."""

    period: str
    values: Mapping[str, float]
    peers: PeerSet
    size: int

    def order(self, highest: bool) -> list[str]:
        """Return the countries from the first place to the last."""
        return sorted(self.values, key=lambda iso3: (-self.values[iso3] if highest else self.values[iso3], iso3))


@rule
def lowest_in(at: At, indicator: IndicatorName, among: Peers) -> Reading:
    """Supported when no member of the peer set has a lower value."""
    return _place(at, indicator, among, 1, 1, highest=False)


@rule
def highest_in(at: At, indicator: IndicatorName, among: Peers) -> Reading:
    """Supported when no member of the peer set has a higher value."""
    return _place(at, indicator, among, 1, 1, highest=True)


@rule
def rank_in(
    at: At,
    indicator: IndicatorName,
    among: Peers,
    rank: int | list[int],
    order: Literal["highest", "lowest"] = "highest",
) -> Reading:
    """Supported when the country holds the claimed rank, or one between two ranks."""
    low, high = (rank, rank) if isinstance(rank, int) else (min(rank), max(rank))
    return _place(at, indicator, among, low, high, highest=order == "highest")


@rule
def above(at: At, indicator: IndicatorName, of: Peers, by: Literal["median", "every"] = "median") -> Reading:
    """Supported when the value lies above the peers' median, or above every peer (above some: mixed)."""
    return _side(at, indicator, of, by, +1)


@rule
def below(at: At, indicator: IndicatorName, of: Peers, by: Literal["median", "every"] = "median") -> Reading:
    """Supported when the value lies below the peers' median, or below every peer (below some: mixed)."""
    return _side(at, indicator, of, by, -1)


@rule
def ratio_to(at: At, indicator: IndicatorName, ratio: float, of: Peers, tolerance: float = 0.15) -> Reading:
    """Supported when value / peer lies within tolerance of the ratio for every peer; for some: mixed."""
    panel = panel_of(at, indicator, of)
    if isinstance(panel, Reading):
        return panel
    own = panel.values[at.iso3]
    ratios = {iso3: own / value for iso3, value in panel.values.items() if iso3 != at.iso3 and value}
    passed = [abs(found - ratio) <= ratio * tolerance for found in ratios.values()]
    shown = words.listing(
        say("ranks.ratio.each", ratio=words.number(found, 2), country=at.tables.country(iso3))
        for iso3, found in sorted(ratios.items())
    )
    return Reading(
        _votes(passed),
        say(
            "ranks.ratio.detail",
            title=_title(at, indicator),
            at=words.at(panel.period),
            shown=shown,
            ratio=words.number(ratio, 2),
            margin=words.amount(100 * tolerance, "%", 0),
        ),
        own,
        at.tables.indicator(indicator).unit,
        panel.period,
        say("ranks.ratio.wanted", ratio=words.general(ratio), peers=panel.peers.title),
        words.listing(words.number(found, 2) for found in sorted(ratios.values())),
        *_papers(at, indicator, panel),
    )


@rule
def closer_to(at: At, indicator: IndicatorName, to: CountryCode, than: CountryCode) -> Reading:
    """Supported when the distance to one country is smaller than the distance to another."""
    panel = panel_of(at, indicator, [to, than], 1.0)
    if isinstance(panel, Reading):
        return panel
    own = panel.values[at.iso3]
    near, far = abs(own - panel.values[to]), abs(own - panel.values[than])
    one = at.tables.indicator(indicator)
    given = {
        "near": words.number(near, max(one.digits, 1)),
        "far": words.number(far, max(one.digits, 1)),
        "than": at.tables.country(than),
    }
    return Reading(
        "supported" if near < far else "contradicted",
        say(
            "ranks.closer.detail",
            title=_title(at, indicator),
            at=words.at(panel.period),
            to=at.tables.country(to),
            **given,
        ),
        near,
        one.unit,
        panel.period,
        say("ranks.closer.wanted", far=given["far"], than=given["than"]),
        say("ranks.closer.brief", near=given["near"], far=given["far"]),
        *_papers(at, indicator, panel),
    )


def panel_of(at: At, indicator: str, among: str | list[str], coverage: float = COVERAGE) -> Panel | Reading:
    """Return the values of a country and its peers in the newest period that enough of them share.

    Parameters
    ----------
    at : At
    indicator : str
    among : str or list of str
        A peer set or country codes.
    coverage : float
        The share of members that must have a value.

    Returns
    -------
    Panel or Reading
        A reading of `no_data`, with the reason, where there is no such period.
    """
    peers = at.peers(among)
    members = set(peers.members) | {at.iso3}
    if len(members) < 2:
        return no_data(say("ranks.alone", country=at.country, peers=peers.title))
    series = {iso3: at.tables.figures(indicator, iso3, at.partner).preferred for iso3 in sorted(members)}
    periods = sorted((p for p in series[at.iso3] if _seen(at, p)), key=dates.last_day, reverse=True)
    if not periods:
        return missing(at, indicator)
    for period in periods:
        values = {iso3: found[period] for iso3, found in series.items() if period in found}
        if len(values) >= coverage * len(members):
            return Panel(period, values, peers, len(members))
    having = sum(periods[0] in found for found in series.values())
    return no_data(
        say(
            "ranks.few",
            title=_title(at, indicator),
            having=having,
            size=len(members),
            peers=peers.title,
            at=words.at(periods[0]),
        ),
        periods[0],
    )


def _seen(at: At, period: str) -> bool:
    if at.named:
        return dates.covers(at.named, period) and dates.last_day(period) <= at.clock.last
    end = dates.last_day(period)
    return end <= at.clock.day and (at.clock.name == "now" or end.year >= at.clock.day.year - 1 - REACH)


def _place(at: At, indicator: str, among: str | list[str], low: int, high: int, *, highest: bool) -> Reading:
    panel = panel_of(at, indicator, among)
    if isinstance(panel, Reading):
        return panel
    own = panel.values[at.iso3]
    better = [
        iso3 for iso3 in panel.order(highest) if (panel.values[iso3] > own if highest else panel.values[iso3] < own)
    ]
    rank = len(better) + 1
    way = "highest" if highest else "lowest"
    size = len(panel.values)
    whose = say(
        f"ranks.{way}.detail",
        title=_title(at, indicator),
        country=at.country,
        nth=words.nth(rank, letters=True),
        size=size,
        peers=panel.peers.title,
        at=words.at(panel.period),
        value=at.say(indicator, own),
    )
    first = ""
    if better:
        best = at.say(indicator, panel.values[better[0]])
        first = say(f"ranks.{way}.first", country=at.tables.country(better[0]), value=best)
    wanted = (
        say(f"ranks.{way}.wanted", nth=words.nth(low, letters=True), peers=panel.peers.title)
        if low == high
        else say(f"ranks.{way}.between", low=words.ordinal(low), high=words.ordinal(high), peers=panel.peers.title)
    )
    return Reading(
        "supported" if low <= rank <= high else "contradicted",
        words.sentence(whose + first),
        own,
        at.tables.indicator(indicator).unit,
        panel.period,
        wanted,
        say(f"ranks.{way}.brief", nth=words.nth(rank), size=size),
        *_papers(at, indicator, panel),
    )


def _side(at: At, indicator: str, of: str | list[str], by: str, sign: int) -> Reading:
    panel = panel_of(at, indicator, of)
    if isinstance(panel, Reading):
        return panel
    own = panel.values[at.iso3]
    others = {iso3: value for iso3, value in panel.values.items() if iso3 != at.iso3}
    word = "above" if sign > 0 else "below"
    mine = say("ranks.each", country=at.country, value=at.say(indicator, own))
    lead = f"{_title(at, indicator)} {words.at(panel.period)}: {mine}"
    if by == "median":
        middle = statistics.median(others.values())
        result: Result = "supported" if sign * (own - middle) > 0 else "contradicted"
        median = say("ranks.median", size=len(others), peers=panel.peers.title, value=at.say(indicator, middle))
        detail = f"{lead}, {median}"
    else:
        result = _votes([sign * (own - value) > 0 for value in others.values()])
        shown = (
            say("ranks.each", country=at.tables.country(iso3), value=at.say(indicator, others[iso3]))
            for iso3 in sorted(others)
        )
        detail = f"{lead}, {words.several(list(shown), 8)}"
    return Reading(
        result,
        words.sentence(detail),
        own,
        at.tables.indicator(indicator).unit,
        panel.period,
        say(f"ranks.{word}_{by}", peers=panel.peers.title),
        at.brief(indicator, own),
        *_papers(at, indicator, panel),
    )


def _votes(passed: list[bool]) -> Result:
    return "supported" if all(passed) else "mixed" if any(passed) else "contradicted"


def _title(at: At, indicator: str) -> str:
    return at.tables.title(indicator)


def _papers(at: At, indicator: str, panel: Panel) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the sources of the figures compared, the country's own first; of many, the first few."""
    codes = [at.iso3, *(iso3 for iso3 in panel.values if iso3 != at.iso3)]
    found = at.tables.sources_behind(indicator, codes, at.partner, {panel.period})[:_CITED]
    return tuple(one.citation for one in found), tuple(one.url for one in found)
