"""The two days themselves: what was on file on each, and the declared figures as they stood."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from atlas import charts, words
from atlas.blocks import Block, Prose, Table, Text, strong
from atlas.changes import Comparison
from atlas.checks import At, Clock
from atlas.narrate.figures import caption_of, series_table
from atlas.narrate.subject import Subject, measure
from atlas.narrate.titles import course_title
from atlas.verdicts import Ledger

LEAD = "gdp_per_capita_ppp_constant_intl"
"""The figure drawn for a country without a claim, as in its country report."""


@dataclass(frozen=True)
class Moved:
    """One declared indicator on the two days."""

    interest: str
    title: str
    before: str
    after: str
    change: str
    sign: int | None


def days(found: Comparison) -> tuple[str, str]:
    """Write the two days."""
    return words.day(found.first.as_of), words.day(found.last.as_of)


def on_file(ledger: Ledger) -> str:
    """Say how many texts were on file on a day, and how many claims they make."""
    if not ledger.assessments:
        return "no text on file"
    return (f"{words.count(len(ledger.assessments), 'text')} on file with "
            f"{words.count(len(ledger.rows), 'claim')}")


def opening(found: Comparison, subject: Subject) -> list[Block]:
    """Return the first page of a country without a claim: a few sentences and the lead figure of each interest."""
    moved = _moved(found, subject)
    signs = [one.sign for one in moved if one.sign is not None]
    start, end = days(found)
    later = "" if found.last.as_of == subject.tables.newest else f" by {end}"
    told = [f"No assessment of {subject.country.the} is on file{later}, so there is no claim whose verdict could have "
            "changed. What follows is data alone."]
    if signs:
        parts = [(signs.count(1), "rose"), (signs.count(-1), "fell"), (signs.count(0), "stayed as it was")]
        clauses = [f"{words.count(number)} {verb}" for number, verb in parts if number]
        told.append(words.sentence(
            f"Of the {words.count(len(signs), 'declared indicator')} with a figure on both days and a newer one on "
            f"the second, {words.listing(clauses)}"))
    leads = list({one.interest: one for one in reversed(moved)}.values())[::-1]
    return [Prose(paragraphs=[" ".join(told)], lead=True), _table(leads, start, end, None)]


def drawn(found: Comparison, subject: Subject) -> list[Block]:
    """Draw the lead figure over time, with the two days marked."""
    table = series_table(subject, LEAD, [subject.iso3])
    if len(table) < 3:
        return []
    marks = [(day.isoformat(), words.day(day)) for day in (found.first.as_of, found.last.as_of)]
    caption = caption_of(subject, LEAD, course_title(subject, LEAD, table, None), "first_page", [])
    return [charts.lines(table, caption, country=subject.iso3, written=marks)]


def figures(found: Comparison, subject: Subject) -> list[Block]:
    """Return the table of the declared indicators on both days: of the texts' interests, or of all five."""
    start, end = days(found)
    moved = _moved(found, subject)
    if not moved:
        return [Prose(paragraphs=[f"The tables hold no declared figure for {subject.country.the}."])]
    return [_table(moved, start, end, "The declared indicators on both days")]


def _table(moved: list[Moved], start: str, end: str, caption: str | None) -> Table:
    columns = [{"name": "Interest", "width": 1.3}, {"name": "Indicator", "width": 2.6},
               {"name": f"On {start}", "align": "right", "width": 1.7},
               {"name": f"On {end}", "align": "right", "width": 1.7},
               {"name": "Change", "align": "right", "width": 1.3}]
    rows: list[list[Text]] = []
    for i, one in enumerate(moved):
        first = i == 0 or moved[i - 1].interest != one.interest
        rows.append([[strong(one.interest)] if first else "", one.title, one.before, one.after, one.change])
    return Table(caption=caption, columns=columns, rows=rows, compact=True,
                 note="Each day reads the newest figure of a period that had ended by then, in the edition held today; "
                      "its year stands beside it. A change is no praise and no blame.")


def _moved(found: Comparison, subject: Subject) -> list[Moved]:
    spoken = {str(one.interest) for one in subject.assessments}
    codes = [code for code in subject.tables.cards if code in spoken] or list(subject.tables.cards)
    read = (_one(found, subject, code, entry) for code in codes for entry in subject.tables.cards[code])
    return [one for one in read if one]


def _one(found: Comparison, subject: Subject, code: str, entry: dict[str, Any]) -> Moved | None:
    partner, indicator = entry.get("partner", ""), entry["indicator"]
    first, last = (_at(subject, day, partner) for day in (found.first.as_of, found.last.as_of))
    before, after = first.values(indicator), last.values(indicator)
    if not after:
        return None
    one = subject.tables.indicator(indicator)
    old, new = (f"{last.brief(indicator, value[0].value)} ({value[0].period[:4]})" if value else "no figure"
                for value in (before, after))
    newer = bool(before) and before[0].period != after[0].period
    change = round(after[0].value, one.digits) - round(before[0].value, one.digits) if newer else 0.0
    sign = (change > 0) - (change < 0) if newer else None
    said = _said(last, indicator, change) if newer else "no newer figure" if before else "–"
    short = words.capital(str(subject.tables.interests[code]["short"]))
    return Moved(short, measure(subject, indicator, partner), old, new, said, sign)


def _said(at: At, indicator: str, change: float) -> str:
    if not change:
        return "none"
    one = at.tables.indicator(indicator)
    return ("+" if change > 0 else "") + words.amount(change, "%" if one.unit.startswith("%") else "", one.digits)


def _at(subject: Subject, day: date, partner: str) -> At:
    return At(subject.tables, subject.iso3, Clock("now", day), partner)
