"""Data quality: how old the figures are, where they stop, where sources differ, under which licence."""

from __future__ import annotations

from collections.abc import Iterator

from atlas import dates, language, units, words
from atlas.blocks import Block, Prose, Table, Text
from atlas.library import checks_of
from atlas.narrate.subject import Subject, licence, measure
from atlas.phrases import say

OLD = 5
"""Years after which a series that still goes on elsewhere counts as closed for a country."""


def used(subject: Subject) -> list[tuple[str, str, str]]:
    """Return every figure that the report rests on as (indicator, country, partner), without repetition."""
    found: dict[tuple[str, str, str], None] = {}
    for row in subject.ledger.rows:
        for _, check in checks_of(row.claim):
            for name in (check.keys.get("indicator"), check.keys.get("of")):
                if isinstance(name, str) and name in subject.tables.indicators:
                    found[name, check.country or subject.iso3, check.partner or ""] = None
    for card in subject.tables.cards.values():
        for entry in card:
            found[entry["indicator"], subject.iso3, entry.get("partner", "")] = None
    return list(found)


def quality(subject: Subject) -> list[Block]:
    """Return a sentence on age and gaps, and the table of every indicator used."""
    rows, gaps, old = [], [], []
    for indicator, iso3, partner in used(subject):
        periods = subject.tables.figures(indicator, iso3, partner).preferred
        seen = [period for period in periods if dates.last_day(period) <= subject.day]
        if not seen:
            gaps.append(_name(subject, indicator, iso3, partner))
            continue
        newest = max(seen, key=dates.last_day)
        papers = subject.tables.sources_behind(indicator, [iso3], partner, {newest})
        if subject.day.year - dates.last_day(newest).year >= OLD:
            old.append(f"{_name(subject, indicator, iso3, partner)} ({dates.last_day(newest).year})")
        rows.append(
            [
                _name(subject, indicator, iso3, partner),
                units.whole(subject.tables.unit(indicator)),
                seen[0][:4],
                newest[:7],
                str(len(seen)),
                papers[0].named,
                licence(papers[0]),
            ]
        )
    columns = [
        {"name": say(f"heads.{name}"), "width": width}
        for name, width in (
            ("figure", 3.2),
            ("unit", 1.8),
            ("start", 0.9),
            ("end", 1.2),
            ("values", 0.8),
            ("publisher", 2.3),
            ("licence", 1.3),
        )
    ]
    table = Table(caption=say("quality.figures"), columns=columns, rows=sorted(rows), compact=True)
    return [Prose(paragraphs=list(_told(subject, len(rows), gaps, old))), table]


def _name(subject: Subject, indicator: str, iso3: str, partner: str) -> str:
    whose = f", {subject.tables.country(iso3).called}" if iso3 != subject.iso3 else ""
    return measure(subject, indicator, partner) + whose


def _told(subject: Subject, count: int, gaps: list[str], old: list[str]) -> Iterator[Text]:
    rests = {"series": say("nouns.series", count=count), "events": say("nouns.dated_event", count=len(subject.events))}
    yield say("quality.rests", country=subject.country, **rests)
    if old:
        yield say("quality.old", country=subject.country, names=words.several(old, 8))
    if gaps:
        yield say("quality.gaps", names=words.several(list(dict.fromkeys(gaps)), 8))
    split = [row.claim.short.shown for row in subject.ledger.rows if row.verdict == "contested"]
    if split:
        yield say("quality.split", count=len(split), names=words.several(split, 8))
    lacking = [row.claim.short.shown for row in subject.ledger.rows if row.verdict == "no_data"]
    if lacking:
        yield say("quality.lacking", count=len(lacking), names=words.several(lacking, 8))
    if language.lacking():
        yield say("quality.untranslated", count=len(language.lacking()))
