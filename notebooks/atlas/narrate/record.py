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
from atlas.phrases import say

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
    caption = Caption(
        title=words.capital(say("record.contacts.title", count=len(found), year=found[-1].day.year)),
        measure=say("record.contacts.measure"),
        unit="",
        digits=0,
        source=say("record.contacts.source"),
        name=f"{subject.iso3}-contacts",
        note=say("record.contacts.note"),
    )
    return [charts.columns(table, caption, country=subject.country.called, written=written_on(subject))]


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
                "what": subject.tables.what(one),
                "label": subject.tables.said(one.label, "events", one.id, "label") if one.id in named else "",
            }
            for one in events
        ]
    )
    years = pd.Series([one.day.year for one in events if one.direction == "conflict"])
    title = words.capital(say("record.events.title", count=len(events), day=words.day(events[0].when)))
    if not years.empty:
        worst = int(years.mode().iloc[0])
        most = int((years == worst).sum())
        title += say("record.events.worst", count=most, year=worst) if most > 2 else ""
    caption = Caption(
        title=words.capital(title),
        measure=say("record.events.measure"),
        unit="",
        digits=0,
        source=say("record.events.source"),
        name=f"{subject.iso3}-events",
    )
    return [charts.timeline(table, caption, country=subject.country.called, written=written_on(subject))]


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
            start.get(row["label"], (False, False, "")), (row["name"] in asked, turned, row["start"])
        )
    kept = sorted(start, key=lambda label: start[label], reverse=True)[:STRIPS]
    return [row for row in rows if row["label"] in kept]


def _member(subject: Subject, organisation: str) -> str:
    return say("record.status.member", name=subject.tables.said(organisation, "organisations", organisation))


def strips(subject: Subject) -> list[Block]:
    """Draw treaties, memberships and measures from when to when."""
    rows = [
        {"name": one.name, "label": subject.tables.said(one.name, "instruments", one.name), "status": one.status,
         "start": one.start, "end": one.end}
        for one in subject.tables.status
        if one.iso3 == subject.iso3
    ]
    known = {row["name"] for row in rows}
    rows += [
        {"name": f"{one.name} membership", "label": _member(subject, one.name), "status": "in force",
         "start": one.start, "end": one.end}
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
    lines = say("record.status.lines", count=len({row["label"] for row in rows}))
    title = say("record.status.title", count=ended, lines=words.capital(lines))
    caption = Caption(
        title=words.capital(title),
        measure=say("record.status.measure"),
        unit="",
        digits=0,
        source=say("record.status.source"),
        name=f"{subject.iso3}-status",
    )
    return [
        charts.strips(
            pd.DataFrame(rows),
            caption,
            country=subject.country.called,
            as_of=subject.day.isoformat(),
            written=written_on(subject),
        )
    ]
