"""What is on record, drawn: contacts by year, events by sign, treaties and measures from when to when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pandas as pd

from atlas import charts, dates, words
from atlas.blocks import Block
from atlas.charts import Caption
from atlas.data import Event
from atlas.model import Claim
from atlas.narrate.figures import written_on
from atlas.narrate.subject import Subject

LABELS = 9
"""Events of a timeline that are named beside their mark, at most."""
FEWEST_LABELS = 5
"""Where fewer events settle claims, others are named up to this number."""
FEW = 5
"""Contacts below which a chart by year would look like more than it is."""
STRIPS = 11
"""Lines of the chart of treaties and measures."""


def contacts(subject: Subject) -> list[Block]:
    """Draw visits, agreements and other cooperative events with Germany by year."""
    found = [one for one in subject.events if "DEU" in one.partner.split(";") and one.direction == "cooperation"]
    if len(found) < FEW:
        return []
    years = range(found[0].day.year, subject.day.year + 1)
    table = pd.DataFrame(
        {
            "period": [str(year) for year in years],
            "value": [float(sum(one.day.year == year for one in found)) for year in years],
        }
    )
    counted = words.capital(words.count(len(found)))
    title = f"{counted} cooperative contacts with Germany are on record, the last in {found[-1].day.year}"
    caption = Caption(
        title=words.capital(title),
        measure="Contacts with Germany on record",
        unit="",
        digits=0,
        source="Source: events as listed with their pages in the data.",
        name=f"{subject.iso3}-contacts",
        note="Only dated events in the tables are counted; more may have taken place",
    )
    return [charts.columns(table, caption, country=subject.country.name, written=written_on(subject))]


def timeline(subject: Subject, events: Sequence[Event]) -> list[Block]:
    """Draw the signed timeline; the events that settle claims are named beside their marks."""
    if len(events) < 2:
        return []
    named = _named(subject, events)
    table = pd.DataFrame(
        [
            {
                "date": one.when,
                "direction": one.direction,
                "what": one.what,
                "label": one.label if one.id in named else "",
            }
            for one in events
        ]
    )
    years = pd.Series([one.day.year for one in events if one.direction == "conflict"])
    title = f"{words.capital(words.count(len(events)))} events since {words.day(events[0].when)}"
    if not years.empty:
        worst = int(years.mode().iloc[0])
        most = int((years == worst).sum())
        title += f"; {words.count(most)} of those coded as conflict fall in {worst}" if most > 2 else ""
    caption = Caption(
        title=words.capital(title),
        measure="Dated events on record",
        unit="",
        digits=0,
        source="Source: events with their pages in the data; each was coded by its direction.",
        name=f"{subject.iso3}-events",
    )
    return [charts.timeline(table, caption, country=subject.country.name, written=written_on(subject))]


def _named(subject: Subject, events: Sequence[Event]) -> set[str]:
    """Return the events to name beside their marks: those that settle most claims, filled up where they are few."""
    cited = Counter(name for row in subject.ledger.rows for name in _settling(row.claim))
    left = [one for one in reversed(events) if one.label]
    size = min(max(sum(one.id in cited for one in left), FEWEST_LABELS), LABELS, len(left))
    named: list[Event] = []
    for _ in range(size):
        # among equals the one farthest from those named already, so that labels spread over the years
        best = max(left, key=lambda one: (cited[one.id], min((abs(one.day - other.day) for other in named), default=0)))
        left.remove(best)
        named.append(best)
    return {one.id for one in named}


def _settling(claim: Claim) -> set[str]:
    """Return the events that decide a claim or its rival."""
    found = {claim.overtaken_by}
    rival = [claim.rival.check] if claim.rival and claim.rival.check else []
    for check in [*claim.check, *rival, *(fate.when for fate in claim.outcomes)]:
        given = check.keys.get("event", "")
        found |= {*(given if isinstance(given, list) else [given]), check.keys.get("until", "")}
    return found


def _relevant(subject: Subject, rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Keep as many lines as fit a page: what claims speak of first, then what was suspended or ended, newest first."""
    asked = {
        str(check.keys.get("instrument"))
        for row in subject.ledger.rows
        for check in [*row.claim.check, *(fate.when for fate in row.claim.outcomes)]
    }
    start: dict[str, tuple[bool, bool, str]] = {}
    for row in rows:
        turned = row["status"] in ("suspended", "ended") or bool(row["end"])
        start[row["label"]] = max(
            start.get(row["label"], (False, False, "")), (row["label"] in asked, turned, row["start"])
        )
    kept = sorted(start, key=lambda label: start[label], reverse=True)[:STRIPS]
    return [row for row in rows if row["label"] in kept]


def strips(subject: Subject) -> list[Block]:
    """Draw treaties, memberships and measures from when to when."""
    rows = [
        {"label": one.name, "status": one.status, "start": one.start, "end": one.end}
        for one in subject.tables.status
        if one.iso3 == subject.iso3
    ]
    known = {row["label"] for row in rows}
    rows += [
        {"label": f"{one.name} membership", "status": "in force", "start": one.start, "end": one.end}
        for one in subject.tables.memberships
        if one.iso3 == subject.iso3 and one.status == "member" and one.name not in known
    ]
    rows = [row for row in rows if not row["start"] or dates.first_day(row["start"]) <= subject.day]
    if not rows:
        return []
    for row in rows:
        if row["end"] and dates.last_day(row["end"]) > subject.day:
            row["end"] = ""  # not known on the day of reading
    rows = _relevant(subject, rows)
    ended = sum(
        row["status"] in ("suspended", "ended") or bool(row["end"] and dates.last_day(row["end"]) <= subject.day)
        for row in rows
    )
    labels = len({row["label"] for row in rows})
    lines = words.count(labels, "treaty, programme or measure", "treaties, programmes and measures")
    title = (
        f"{words.capital(lines)} "
        f"on record, {words.count(ended, 'suspension or end', 'suspensions and ends')} among them"
    )
    caption = Caption(
        title=words.capital(title),
        measure="Status",
        unit="",
        digits=0,
        source="Source: status and membership tables, each row with its page.",
        name=f"{subject.iso3}-status",
    )
    return [
        charts.strips(
            pd.DataFrame(rows),
            caption,
            country=subject.country.name,
            as_of=subject.day.isoformat(),
            written=written_on(subject),
        )
    ]
