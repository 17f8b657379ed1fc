"""The five interests from data alone: the declared indicators of each, for a country without or beside assessments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from atlas import words
from atlas.blocks import Block, Note, Prose, Table, Text, strong
from atlas.checks.ranks import panel_of
from atlas.checks.reading import At, Reading
from atlas.narrate import drawings
from atlas.narrate.subject import Subject, measure

YEARS = 5
"""How far back the earlier value of a card lies."""


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
    title = measure(subject, indicator, at.partner)
    return Glance(
        title,
        at.say(indicator, newest.value),
        newest.period,
        _place(at, indicator),
        f"{at.say(indicator, old[0].value)} ({year})" if old else "–",
        entry["measures"],
        entry["trap"],
    )


def _place(at: At, indicator: str) -> str:
    panel = panel_of(at, indicator, "world")
    if isinstance(panel, Reading):
        return "–"
    own = panel.values[at.iso3]
    place = words.rank(1 + sum(value > own for value in panel.values.values()))
    shared = "joint " if list(panel.values.values()).count(own) > 1 else ""
    return f"{shared}{place} of {len(panel.values)}"


def at_a_glance(subject: Subject) -> list[Block]:
    """Return the first page of a country without assessment: a few sentences and one row an interest."""
    country = subject.country
    lead = (
        f"No assessment of {country.the} as a partner is on file. This report is made from data alone: the declared "
        "indicators of the five interests, its neighbours, and dated events where there are any."
    )
    told = [sentence for sentence in (_size(subject), _ties(subject)) if sentence]
    return [Prose(paragraphs=[" ".join([lead, *told])], lead=True), _grid(subject)]


def _size(subject: Subject) -> str:
    people = subject.now.values("population_total")
    income = subject.now.values("gdp_per_capita_ppp_constant_intl")
    if not people:
        return f"Even its population is missing from the tables for {subject.country.the}."
    text = f"{words.capital(subject.country.the)} had {words.people(people[0].value)} {words.at(people[0].period)}"
    if income:
        text += (
            f" and an output of {subject.now.say('gdp_per_capita_ppp_constant_intl', income[0].value)} per person "
            f"at comparable prices, {_place(subject.now, 'gdp_per_capita_ppp_constant_intl')} in the world"
        )
    return words.sentence(text)


def _ties(subject: Subject) -> str:
    if subject.iso3 == "DEU":
        return ""
    at = subject.partnered("DEU")
    shares = [
        (name, at.values(indicator))
        for name, indicator in (
            ("imports", "import_share_from_partner_pct"),
            ("exports", "export_share_to_partner_pct"),
        )
    ]
    told = [
        f"{words.amount(found[0].value, '%', 0)} of its goods {name} ({found[0].period})"
        for name, found in shares
        if found
    ]
    if not told:
        return "Germany is not on the published list of its main trade partners."
    return words.sentence(f"Germany accounted for {words.listing(told)}")


def _grid(subject: Subject) -> Table:
    columns = [
        {"name": "Interest", "width": 1.6},
        {"name": "Lead indicator", "width": 2.6},
        {"name": "Newest", "align": "right", "width": 1.5},
        {"name": "Place in the world", "align": "right", "width": 1.4},
        {"name": "Five years before", "align": "right", "width": 1.6},
    ]
    rows: list[list[Text]] = []
    for code, card in subject.cards.items():
        entry = next((one for one in card if glance(subject, one)), card[0])
        found = glance(subject, entry)
        label = words.capital(str(subject.interests[code]["short"]))
        rows.append(
            [[strong(label)], found.title, f"{found.value} ({found.period[:4]})", found.place, found.before]
            if found
            else [[strong(label)], subject.tables.indicator(entry["indicator"]).title, "no figure", "–", "–"]
        )
    return Table(
        caption=None,
        columns=columns,
        rows=rows,
        compact=True,
        note="Place: counted from the highest value, among countries with a figure for the same period. "
        "High is not good by itself.",
    )


def others(subject: Subject) -> list[Block]:
    """Return, for every interest that no text speaks of, its card and a chart."""
    covered = {one.interest for one in subject.assessments}
    made: list[Block] = []
    for code in subject.cards:
        if code not in covered:
            made += interest(subject, code)
    return made or [Note(text="Every one of the five interests has a text of its own on file.")]


def interest(subject: Subject, code: str) -> list[Block]:
    """Return the card of one interest and its chart."""
    names = subject.interests[code]
    read = [(entry, glance(subject, entry)) for entry in subject.cards[code]]
    having = [found for _, found in read if found]
    lacking = [subject.tables.indicator(entry["indicator"]).title for entry, found in read if not found]
    columns = [
        {"name": "Indicator", "width": 2.4},
        {"name": "Newest", "align": "right", "width": 1.7},
        {"name": "Place", "align": "right", "width": 1.2},
        {"name": "Before", "align": "right", "width": 1.7},
        {"name": "What it does not show", "width": 2.6},
    ]
    rows: list[list[Text]] = [
        [one.title, f"{one.value} ({one.period[:4]})", one.place, one.before, words.sentence(one.trap)]
        for one in having
    ]
    note = f"No figure for {subject.country.the}: {words.listing(lacking)}." if lacking else None
    caption: Text = [strong(words.capital(str(names["short"]))), ": data only, no assessment"]
    head: list[Block] = [Prose(paragraphs=[[strong(f"{names['name']}. "), _reading(having)]])]
    table: list[Block] = (
        [Table(caption=caption, columns=columns, rows=rows, note=note, compact=True)]
        if rows
        else [Note(text=note or "")]
    )
    return head + table + drawings.of_interest(subject, code)


def _reading(having: list[Glance]) -> str:
    if not having:
        return "There is no figure for this country on any of its declared indicators."
    one = having[0]
    return words.sentence(
        f"{one.title}, {one.measures}, stood at {one.value} {words.at(one.period)}, {one.place} in the world".replace(
            ", – in the world", ""
        )
    )
