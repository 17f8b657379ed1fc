"""What happened since the first text was written: events in sentences, a signed timeline, status strips."""

from __future__ import annotations

from atlas import words
from atlas.blocks import Block, Prose
from atlas.changes import START
from atlas.data import Event
from atlas.narrate import record
from atlas.narrate.subject import Subject
from atlas.phrases import say


def recent(subject: Subject) -> list[Event]:
    """Return the events since the first text, or since the year of the atlas where there is none."""
    start = min((one.written_day for one in subject.assessments), default=START)
    return [one for one in subject.events if one.day >= start]


def told(subject: Subject) -> list[Block]:
    """Say how many events are on record, of which sign, and which came last."""
    events = recent(subject)
    if not events:
        return [Prose(paragraphs=[say("since.none", country=subject.country)])]
    start = words.day(subject.assessments[0].written) if subject.assessments else str(START.year)
    signs = [(sign, sum(one.direction == sign for one in events)) for sign in ("cooperation", "conflict", "neutral")]
    counted = words.listing(say(f"since.{sign}", count=number) for sign, number in signs if number)
    german = [one for one in events if "DEU" in one.partner.split(";")]
    text = [say("since.events", count=len(events), start=start, country=subject.country, counted=counted)]
    if german:
        text.append(words.capital(say("since.german", count=len(german), told=_told(subject, german[-1]))))
    if events[-1] not in german:
        text.append(say("since.newest", told=_told(subject, events[-1])))
    return [Prose(paragraphs=[" ".join(text)])]


def _told(subject: Subject, one: Event) -> str:
    return f"{subject.tables.what(one)} ({words.day(one.when)})"


def drawn(subject: Subject) -> list[Block]:
    """Draw the timeline and the strips."""
    return record.timeline(subject, recent(subject)) + record.strips(subject)
