"""What happened since the first text was written: events in sentences, a signed timeline, status strips."""

from __future__ import annotations

from atlas import words
from atlas.blocks import Block, Prose
from atlas.changes import START
from atlas.data import Event
from atlas.narrate import record
from atlas.narrate.subject import Subject


def recent(subject: Subject) -> list[Event]:
    """Return the events since the first text, or since the year of the atlas where there is none."""
    start = min((one.written_day for one in subject.assessments), default=START)
    return [one for one in subject.events if one.day >= start]


def told(subject: Subject) -> list[Block]:
    """Say how many events are on record, of which sign, and which came last."""
    events = recent(subject)
    if not events:
        return [
            Prose(
                paragraphs=[
                    f"No dated event on {subject.country.the} is on record in these tables. That says something "
                    "about the tables, not about the country."
                ]
            )
        ]
    start = f"Since {words.day(subject.assessments[0].written)}" if subject.assessments else f"Since {START.year}"
    signs = [(sign, sum(one.direction == sign for one in events)) for sign in ("cooperation", "conflict", "neutral")]
    counted = words.listing(f"{words.count(number)} coded as {sign}" for sign, number in signs if number)
    german = [one for one in events if "DEU" in one.partner.split(";")]
    text = [
        f"{start}, {words.count(len(events), 'dated event')} on {subject.country.the} "
        f"{'is' if len(events) == 1 else 'are'} on record, {counted}."
    ]
    if german:
        text.append(
            f"{words.capital(words.count(len(german)))} of them {'involves' if len(german) == 1 else 'involve'} "
            f"Germany, most recently: {_told(german[-1])}."
        )
    if events[-1] not in german:
        text.append(f"The newest entry: {_told(events[-1])}.")
    return [Prose(paragraphs=[" ".join(text)])]


def _told(one: Event) -> str:
    return f"{one.what} ({words.day(one.when)})"


def drawn(subject: Subject) -> list[Block]:
    """Draw the timeline and the strips."""
    return record.timeline(subject, recent(subject)) + record.strips(subject)
