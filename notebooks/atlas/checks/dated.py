"""Rules that look things up in dated tables: neighbours, memberships, status and events."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from atlas import words
from atlas.checks.registry import (
    At,
    EventName,
    Instrument,
    Organisation,
    Reading,
    Result,
    no_data,
    rule,
)
from atlas.data import Event, Status

Bound = Literal["exactly", "at_least", "at_most"]


@rule
def count_is(at: At, table: Literal["neighbours", "events", "memberships"], value: int, where: dict[str, Any] | None = None,
             bound: Bound = "exactly", years: int | None = None) -> Reading:
    """Supported when a filtered table has the claimed number of rows on the day read.

    `where` filters by column: `member_of` for neighbours; `kind`, `partner`, `direction` for events;
    `organisation` for memberships. `years` limits events to the years before the day.
    """
    found, what = _COUNTED[table](at, where or {}, years)
    good = {"exactly": len(found) == value, "at_least": len(found) >= value, "at_most": len(found) <= value}[bound]
    shown = f": {words.several(found, 6)}" if found else ""
    return Reading("supported" if good else "contradicted",
                   words.sentence(f"{words.count(len(found))} {what}{shown}"), len(found), "count",
                   at.day.isoformat(), f"{bound.replace('_', ' ')} {value}", str(len(found)))


@rule
def member_of(at: At, organisation: Organisation, status: str = "member") -> Reading:
    """Supported when the country has that status in the organisation on the day read."""
    mine = [one for one in at.tables.memberships if one.iso3 == at.iso3 and one.name == organisation]
    held = [one for one in mine if one.status == status and one.covers(at.day)]
    if held:
        since = f" since {words.day(held[0].start)}" if held[0].start else ""
        detail = f"{at.country.the} was a {status} of {organisation} {_on(at)}, and had been{since}" if since else \
            f"{at.country.the} was a {status} of {organisation} {_on(at)}"
        return Reading("supported", words.sentence(detail), None, "", held[0].start, status, f"a {status}", (held[0].url,), (held[0].url,))
    ended = [one for one in mine if one.end]
    left = f"; it left on {words.day(ended[-1].end)}" if ended and ended[-1].end <= at.day.isoformat() else ""
    return Reading("contradicted", words.sentence(f"{at.country.the} was no {status} of {organisation} {_on(at)}{left}"),
                   None, "", at.day.isoformat(), status, f"no {status}")


@rule
def party_to(at: At, instrument: Instrument, status: str = "in force") -> Reading:
    """Supported when an instrument has that status for the country on the day read.

    An instrument whose suspension or end is on record counts as in force before that day.
    """
    rows = [one for one in at.tables.status if one.iso3 == at.iso3 and one.name == instrument]
    if not rows:
        return no_data(f"no record of {instrument} for {at.country.the}")
    current = [one for one in rows if one.covers(at.day)]
    if current:
        one = max(current, key=lambda row: row.start)
        since = f" since {words.day(one.start)}" if one.start else ""
        good = any(row.status == status for row in current)
        return _status_reading(one, good, f"{instrument}: {one.status}{since}", status)
    later = sorted((one for one in rows if one.start > at.day.isoformat()), key=lambda row: row.start)
    if later and later[0].status in ("suspended", "ended"):
        return _status_reading(later[0], status == "in force",
                               f"{instrument}: not yet {later[0].status} {_on(at)} ({later[0].status} {words.at(later[0].start)})",
                               status)
    past = sorted((one for one in rows if one.end and one.end <= at.day.isoformat()), key=lambda row: row.end)
    if past:
        return _status_reading(past[-1], False, f"{instrument}: {past[-1].status} until {words.day(past[-1].end)}, "
                               f"nothing on record since", status)
    return Reading("contradicted", f"{words.capital(instrument)}: nothing on record yet {_on(at)}.", None, "",
                   at.day.isoformat(), status, "nothing on record")


@rule
def event(at: At, event: EventName | list[EventName], exists: bool = True, until: EventName | None = None) -> Reading:
    """Supported when every named event is on record by the day read (some only: mixed), and not yet undone.

    With `exists: false` the claim says that it has not happened; `until` names the event that ended the state.
    """
    named = [at.tables.events[name] for name in ([event] if isinstance(event, str) else event)]
    ended = at.tables.events[until] if until else None
    if ended and ended.day <= at.day:
        return _event_reading(at, "contradicted" if exists else "supported", [ended], f"Ended: {_told(ended)}", exists)
    here = [one for one in named if one.day <= at.day]
    share: Result = "supported" if len(here) == len(named) else "mixed" if here else "contradicted"
    if not here:
        detail = f"Not on record {_on(at)}: {_told(named[0])}" if named[0].day > at.day else _told(named[0])
    else:
        detail = words.several([_told(one) for one in here], 5)
    if not exists and share != "mixed":
        share = "contradicted" if share == "supported" else "supported"
    return _event_reading(at, share, here or named, detail, exists)


def _on(at: At) -> str:
    return f"on {words.day(at.day)}"


def _told(one: Event) -> str:
    return f"{one.what} ({words.day(one.when)})"


def _event_reading(at: At, result: Result, told: list[Event], detail: str, exists: bool) -> Reading:
    papers = {one.source: one.url for one in told if one.source}
    return Reading(result, words.sentence(detail), None, "", told[-1].when,
                   "on record" if exists else "not on record", "on record" if told[-1].day <= at.day else "not on record",
                   tuple(papers), tuple(papers.values()))


def _status_reading(row: Status, good: bool, detail: str, status: str) -> Reading:
    return Reading("supported" if good else "contradicted", words.sentence(detail), None, "", row.start, status,
                   "in force" if detail.count("not yet") else f"{row.status} since {words.day(row.start)}" if row.start else row.status,
                   (row.source,), (row.url,))


def _neighbours(at: At, where: dict[str, Any], years: int | None) -> tuple[list[str], str]:
    codes = set(at.tables.neighbours(at.iso3))
    organisation = where.get("member_of")
    if organisation:
        codes &= at.tables.members(organisation, at.day)
    names = sorted(at.tables.country(code).the for code in codes)
    noun = "neighbour" if len(names) == 1 else "neighbours"
    return names, f"{noun} in {organisation} {_on(at)}" if organisation else noun


def _events(at: At, where: dict[str, Any], years: int | None) -> tuple[list[str], str]:
    first = date(at.day.year - years, at.day.month, 1) if years else date.min
    rows = [one for one in at.tables.events.values()
            if at.iso3 in one.countries and first <= one.day <= at.day and _fits(one, where)]
    what = " ".join(str(value) if not isinstance(value, list) else "/".join(value) for value in where.values())
    span = f"in the {words.count(years)} years to {words.day(at.day)}" if years else f"up to {words.day(at.day)}"
    return [_told(one) for one in reversed(rows)], f"events on record ({what}) {span}" if what else f"events {span}"


def _memberships(at: At, where: dict[str, Any], years: int | None) -> tuple[list[str], str]:
    rows = [one for one in at.tables.memberships if one.name == where.get("organisation") and one.covers(at.day)]
    return sorted(at.tables.country(one.iso3).the for one in rows), f"members of {where.get('organisation')} {_on(at)}"


def _fits(one: Event, where: dict[str, Any]) -> bool:
    return all(getattr(one, column) in (value if isinstance(value, list) else [value]) for column, value in where.items())


_COUNTED = {"neighbours": _neighbours, "events": _events, "memberships": _memberships}
