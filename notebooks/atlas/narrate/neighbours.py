"""The country among its neighbours, on common axes."""

from __future__ import annotations

import statistics

from atlas import words
from atlas.blocks import Block, Prose
from atlas.checks.ranks import panel_of
from atlas.checks.reading import Reading
from atlas.data import PeerSet
from atlas.narrate import drawings
from atlas.narrate.subject import Subject

SHOWN = ("gdp_per_capita_ppp_constant_intl", "vdem_liberal_democracy", "military_expenditure_pct_gdp")
"""What is compared, for every country alike."""


def chosen(subject: Subject) -> PeerSet:
    """Return the declared peers, or the countries of the region where there are none."""
    peers = subject.tables.peers(subject.peers, subject.iso3, subject.day)
    others = [iso3 for iso3 in peers.members if iso3 != subject.iso3]
    return peers if others else subject.tables.peers("region", subject.iso3, subject.day)


def told(subject: Subject) -> list[Block]:
    """Say who the peers are and where the country stands among them."""
    peers = chosen(subject)
    names = [subject.tables.country(iso3).the for iso3 in peers.members if iso3 != subject.iso3]
    if not names:
        return [
            Prose(
                paragraphs=[f"The tables know no neighbour of {subject.country.the} and no other state of its region."]
            )
        ]
    title = "the countries of the region" if peers.name == "region" else peers.title
    lead = f"This section sets {subject.country.the} among {title}: {words.several(sorted(names), 16)}."
    if peers.name == "region" and subject.peers != "region":
        lead = f"{words.capital(subject.country.the)} has no land neighbour in the tables. " + lead
    read = {name: _standing(subject, name, peers) for name in SHOWN}
    few = [subject.tables.indicator(name).title for name, said in read.items() if not said]
    listed = words.listing(map(words.inside, few))
    rest = [words.sentence(f"{listed} cannot be compared: too few figures")] if few else []
    return [Prose(paragraphs=[" ".join([lead, *filter(None, read.values()), *rest])])]


def _standing(subject: Subject, indicator: str, peers: PeerSet) -> str:
    panel = panel_of(subject.now, indicator, list(peers.members), 0.5)
    title = subject.tables.indicator(indicator).title
    if isinstance(panel, Reading) or len(panel.values) < 2:
        return ""
    own = panel.values[subject.iso3]
    middle = statistics.median(value for iso3, value in panel.values.items() if iso3 != subject.iso3)
    say = subject.now.say
    if say(indicator, own) == say(indicator, middle):
        return f"{title} equalled the median of these countries {words.at(panel.period)}, {say(indicator, own)}."
    side = "above" if own > middle else "below"
    here = f"{title} stood at {say(indicator, own)} {words.at(panel.period)}"
    return f"{here}, {side} their median of {say(indicator, middle)}."


def drawn(subject: Subject) -> list[Block]:
    """Draw each compared indicator as small multiples."""
    peers = chosen(subject)
    return [block for name in SHOWN for block in drawings.multiples(subject, name, peers)]
