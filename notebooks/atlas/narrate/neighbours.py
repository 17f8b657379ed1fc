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
from atlas.phrases import say

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
    names = subject.tables.listed((iso3 for iso3 in peers.members if iso3 != subject.iso3), "subject")
    if not names:
        return [Prose(paragraphs=[say("neighbours.none", country=subject.country)])]
    title = say("neighbours.region") if peers.name == "region" else peers.title
    lead = say("neighbours.lead", country=subject.country, title=title, names=words.several(names, 16))
    if peers.name == "region" and subject.peers != "region":
        lead = words.capital(say("neighbours.alone", country=subject.country)) + lead
    read = {name: _standing(subject, name, peers) for name in SHOWN}
    few = [subject.tables.title(name) for name, said in read.items() if not said]
    rest = [words.sentence(say("neighbours.few", names=words.listing(map(words.inside, few))))] if few else []
    return [Prose(paragraphs=[" ".join([lead, *filter(None, read.values()), *rest])])]


def _standing(subject: Subject, indicator: str, peers: PeerSet) -> str:
    panel = panel_of(subject.now, indicator, list(peers.members), 0.5)
    title = subject.tables.title(indicator)
    if isinstance(panel, Reading) or len(panel.values) < 2:
        return ""
    own = panel.values[subject.iso3]
    middle = statistics.median(value for iso3, value in panel.values.items() if iso3 != subject.iso3)
    write = subject.now.say
    given = {"title": title, "at": words.at(panel.period), "own": write(indicator, own)}
    if write(indicator, own) == write(indicator, middle):
        return say("neighbours.equal", **given)
    return say(f"neighbours.{'above' if own > middle else 'below'}", **given, middle=write(indicator, middle))


def drawn(subject: Subject) -> list[Block]:
    """Draw each compared indicator as small multiples."""
    peers = chosen(subject)
    return [block for name in SHOWN for block in drawings.multiples(subject, name, peers)]
