"""The five interests from data alone: the declared indicators of each, for a country without or beside assessments."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from atlas import words
from atlas.blocks import Block, Note, Prose, Table, Text, soft, strong
from atlas.checks.ranks import panel_of
from atlas.checks.reading import At, Reading
from atlas.narrate import drawings
from atlas.narrate.cards import direction
from atlas.narrate.subject import Subject, licence, measure
from atlas.phrases import say

YEARS = 5
"""How far back the earlier value of a card lies, and beyond which a figure is called old."""
SHARES = {"import_share_from_partner_pct": "imports", "export_share_to_partner_pct": "exports"}
"""The shares of a partner in a country's trade."""


@dataclass(frozen=True)
class Glance:
    """One indicator of one country: its newest value, its place in the world, its value some years before."""

    title: str
    value: str
    period: str
    place: str
    before: str
    measures: str
    trap: str
    direction: str
    source: str
    counted: bool


@lru_cache(maxsize=16)
def glances(subject: Subject, code: str) -> list[tuple[dict[str, Any], Glance | None]]:
    """Read every entry of the card of an interest, once for all sections of a report."""
    return [(entry, glance(subject, entry)) for entry in subject.tables.cards[code]]


def glance(subject: Subject, entry: dict[str, Any]) -> Glance | None:
    """Read one entry of a card; None where the country has no figure."""
    at = subject.partnered(entry.get("partner", ""))
    indicator = entry["indicator"]
    found = at.values(indicator)
    if not found:
        return None
    newest = found[0]
    year = int(newest.period[:4]) - YEARS
    old = at.tables.values_in(indicator, subject.iso3, at.partner, str(year))
    return Glance(
        _titled(subject, entry),
        _said(at, indicator, newest.value),
        newest.period,
        _place(at, indicator),
        f"{_said(at, indicator, old[0].value)} ({year})" if old else "–",
        subject.said_of(entry, "measures"),
        subject.said_of(entry, "trap"),
        direction(entry),
        f"{newest.source.named}, {licence(newest.source)}",
        at.tables.indicator(indicator).of_refugees,
    )


def _titled(subject: Subject, entry: dict[str, Any]) -> str:
    return measure(subject, entry["indicator"], entry.get("partner", ""))


def _said(at: At, indicator: str, value: float) -> str:
    """Write a value with its unit; people are called so."""
    people = at.tables.indicator(indicator).unit == "persons"
    return at.brief(indicator, value) if people else at.say(indicator, value)


def _place(at: At, indicator: str) -> str:
    panel = panel_of(at, indicator, "world")
    if isinstance(panel, Reading):
        return "–"
    own = panel.values[at.iso3]
    place = words.rank(1 + sum(value > own for value in panel.values.values()))
    shared = list(panel.values.values()).count(own) > 1
    return say("interests.joint" if shared else "interests.place", place=place, size=len(panel.values))


def at_a_glance(subject: Subject) -> list[Block]:
    """Return the first page of a country without assessment: a few sentences and one row an interest."""
    country = subject.country
    lead = say("interests.none", country=country)
    told = [sentence for sentence in (_size(subject), _ties(subject)) if sentence]
    return [Prose(paragraphs=[" ".join([lead, *told])], lead=True), _grid(subject)]


def _size(subject: Subject) -> str:
    people = subject.now.values("population_total")
    income = subject.now.values("gdp_per_capita_ppp_constant_intl")
    if not people:
        return say("interests.no_people", country=subject.country)
    text = say("interests.people", country=subject.country, people=words.people(people[0].value),
               at=words.at(people[0].period))
    if income:
        name = "gdp_per_capita_ppp_constant_intl"
        text += say("interests.output", value=subject.now.say(name, income[0].value), place=_place(subject.now, name))
    return words.sentence(text)


def _ties(subject: Subject) -> str:
    if subject.iso3 == "DEU":
        return ""
    at = subject.partnered("DEU")
    shares = [
        (name, at.values(indicator))
        for indicator, name in SHARES.items()
    ]
    told = [
        say(f"interests.{name}", share=words.amount(found[0].value, "%", 0), dated=_dated(subject, found[0].period))
        for name, found in shares
        if found
    ]
    if not told:
        listed = any(at.tables.has_any(indicator, subject.iso3) for indicator in SHARES)
        return say("interests.not_listed" if listed else "interests.no_list")
    return words.sentence(say("interests.germany", shares=words.listing(told)))


def _dated(subject: Subject, period: str) -> str:
    """Give the year of a figure, and say that it is the newest where that surprises."""
    return say("interests.newest", period=period) if subject.day.year - int(period[:4]) > YEARS else period


def _grid(subject: Subject) -> Table:
    columns = [
        {"name": say("heads.interest"), "width": 1.6},
        {"name": say("heads.lead"), "width": 2.6},
        {"name": say("heads.newest"), "align": "right", "width": 1.5},
        {"name": say("heads.world"), "align": "right", "width": 1.4},
        {"name": say("heads.five_before"), "align": "right", "width": 1.6},
    ]
    rows: list[list[Text]] = []
    for code in subject.tables.cards:
        read = glances(subject, code)
        entry, found = next((one for one in read if one[1]), read[0])
        label = say(f"interests.{code}.short")
        rows.append(
            [[strong(label)], found.title, f"{found.value} ({found.period[:4]})", found.place, found.before]
            if found
            else [[strong(label)], _titled(subject, entry), say("interests.no_figure"), "–", "–"]
        )
    return Table(
        caption=None,
        columns=columns,
        rows=rows,
        compact=True,
        note=say("interests.note"),
    )


def others(subject: Subject) -> list[Block]:
    """Return, for every interest that no text speaks of, its card and a chart; then the cards of the others."""
    covered = {one.interest for one in subject.assessments}
    alone = [block for code in subject.tables.cards if code not in covered for block in interest(subject, code)]
    return alone + [card(subject, code, say("interests.beside")) for code in subject.tables.cards if code in covered]


def interest(subject: Subject, code: str) -> list[Block]:
    """Return the card of one interest that no text speaks of, with a sentence and a chart."""
    first = next((found for _, found in glances(subject, code) if found), None)
    head = Prose(paragraphs=[[strong(f"{subject.interest(code)}. "), _reading(first)]])
    return [head, card(subject, code, say("interests.data_only")), *drawings.of_interest(subject, code)]


def card(subject: Subject, code: str, remark: str) -> Block:
    """Return the declared indicators of one interest with the country's figures, and what is beside them."""
    read = glances(subject, code)
    having = [found for _, found in read if found]
    lacking = [_titled(subject, entry) for entry, found in read if not found]
    columns = [
        {"name": say("heads.indicator"), "width": 2.6, "least": 9},
        {"name": say("heads.newest"), "align": "right", "width": 1.6, "least": 6.5},
        {"name": say("heads.place"), "align": "right", "width": 1.1, "least": 5},
        {"name": say("heads.before"), "align": "right", "width": 1.6, "least": 6.5},
        {"name": say("cards.direction"), "width": 1.2, "least": 6},
        {"name": say("heads.trap"), "width": 2.4, "least": 9},
    ]
    rows: list[list[Text]] = [
        [
            [one.title, soft(f" {one.source}")],
            f"{one.value} ({one.period[:4]})",
            one.place,
            one.before,
            one.direction,
            words.sentence(one.trap),
        ]
        for one in having
    ]
    note = say("interests.lacking", country=subject.country, names=words.listing(lacking)) if lacking else None
    caption: Text = [strong(say(f"interests.{code}.short")), f": {remark}"]
    if not rows:
        return Note(text=[*caption, f". {note}"])
    return Table(caption=caption, columns=columns, rows=rows, note=note, compact=True)


def _reading(one: Glance | None) -> str:
    if one is None:
        return say("interests.no_reading")
    key = f"interests.{'counted' if one.counted else 'stood'}"
    text = say(key, title=one.title, measures=one.measures, value=one.value, at=words.at(one.period))
    return words.sentence(text if one.place == "–" else text + say("interests.placed", place=one.place))
