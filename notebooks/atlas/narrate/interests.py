"""The five interests from data alone: the declared indicators of each, for a country without or beside assessments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from atlas import words
from atlas.blocks import Block, Note, Prose, Table, Text, soft, strong
from atlas.checks.ranks import panel_of
from atlas.checks.reading import At, Reading
from atlas.narrate import drawings
from atlas.narrate.cards import DIRECTION, DIRECTIONS
from atlas.narrate.subject import Subject, licence, measure

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
        entry["measures"],
        entry["trap"],
        DIRECTIONS[entry["direction"]],
        f"{newest.source.publisher}, {licence(newest.source)}",
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
        return f"The population of {subject.country.the} is not in the tables."
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
        for indicator, name in SHARES.items()
    ]
    told = [
        f"{words.amount(found[0].value, '%', 0)} of its goods {name} ({_dated(subject, found[0].period)})"
        for name, found in shares
        if found
    ]
    if not told:
        listed = any(at.tables.has_any(indicator, subject.iso3) for indicator in SHARES)
        return ("Germany is not on the published list of its main trade partners." if listed
                else "No list of its main trade partners is in the tables.")
    return words.sentence(f"Germany accounted for {words.listing(told)}")


def _dated(subject: Subject, period: str) -> str:
    """Give the year of a figure, and say that it is the newest where that surprises."""
    return f"{period}, the newest on record" if subject.day.year - int(period[:4]) > YEARS else period


def _grid(subject: Subject) -> Table:
    columns = [
        {"name": "Interest", "width": 1.6},
        {"name": "Lead indicator", "width": 2.6},
        {"name": "Newest", "align": "right", "width": 1.5},
        {"name": "Place in the world", "align": "right", "width": 1.4},
        {"name": "Five years before", "align": "right", "width": 1.6},
    ]
    rows: list[list[Text]] = []
    for code, declared in subject.cards.items():
        entry = next((one for one in declared if glance(subject, one)), declared[0])
        found = glance(subject, entry)
        label = words.capital(str(subject.interests[code]["short"]))
        rows.append(
            [[strong(label)], found.title, f"{found.value} ({found.period[:4]})", found.place, found.before]
            if found
            else [[strong(label)], _titled(subject, entry), "no figure", "–", "–"]
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
    """Return, for every interest that no text speaks of, its card and a chart; then the cards of the others."""
    covered = {one.interest for one in subject.assessments}
    alone = [block for code in subject.cards if code not in covered for block in interest(subject, code)]
    return alone + [card(subject, code, "figures beside the texts") for code in subject.cards if code in covered]


def interest(subject: Subject, code: str) -> list[Block]:
    """Return the card of one interest that no text speaks of, with a sentence and a chart."""
    having = [found for entry in subject.cards[code] if (found := glance(subject, entry))]
    head = Prose(paragraphs=[[strong(f"{subject.interests[code]['name']}. "), _reading(having)]])
    return [head, card(subject, code, "data only, no assessment"), *drawings.of_interest(subject, code)]


def card(subject: Subject, code: str, remark: str) -> Block:
    """Return the declared indicators of one interest with the country's figures, and what is beside them."""
    names = subject.interests[code]
    read = [(entry, glance(subject, entry)) for entry in subject.cards[code]]
    having = [found for _, found in read if found]
    lacking = [_titled(subject, entry) for entry, found in read if not found]
    columns = [
        {"name": "Indicator", "width": 2.6, "least": 9},
        {"name": "Newest", "align": "right", "width": 1.6, "least": 6.5},
        {"name": "Place", "align": "right", "width": 1.1, "least": 5},
        {"name": "Before", "align": "right", "width": 1.6, "least": 6.5},
        {"name": DIRECTION, "width": 1.2, "least": 6},
        {"name": "What it does not show", "width": 2.4, "least": 9},
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
    note = f"No figure for {subject.country.the}: {words.listing(lacking)}." if lacking else None
    caption: Text = [strong(words.capital(str(names["short"]))), f": {remark}"]
    if not rows:
        return Note(text=[*caption, f". {note}"])
    return Table(caption=caption, columns=columns, rows=rows, note=note, compact=True)


def _reading(having: list[Glance]) -> str:
    if not having:
        return "There is no figure for this country on any of its declared indicators."
    one = having[0]
    were = "were" if one.title.startswith("Refugees") else "stood at"
    return words.sentence(
        f"{one.title}, {one.measures}, {were} {one.value} {words.at(one.period)}, {one.place} in the world".replace(
            ", – in the world", ""
        )
    )
