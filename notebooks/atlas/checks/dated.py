"""Rules that look things up in dated tables: neighbours, memberships, status and events."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from atlas import dates, language, words
from atlas.checks.reading import At, Reading, Result, no_data
from atlas.checks.registry import EventName, Instrument, Organisation, rule
from atlas.data import Event, Status, Tables
from atlas.errors import WrongUse, nearest
from atlas.phrases import say
from atlas.vocabulary import status_word

Filter = Mapping[str, list[str]]
FILTERS = {
    "neighbours": ("neighbour", "member_of"),
    "events": ("kind", "partner", "direction"),
    "memberships": ("organisation",),
}
"""The columns by which a table can be filtered before its rows are counted."""
Column = Literal["neighbour", "member_of", "kind", "partner", "direction", "organisation"]
Bound = Literal["exactly", "at_least", "at_most"]


@rule
def count_is(
    at: At,
    table: Literal["neighbours", "events", "memberships"],
    value: int,
    where: dict[Column, str | list[str]] | None = None,
    bound: Bound = "exactly",
    years: int | None = None,
) -> Reading:
    """Supported when a filtered table has the claimed number of rows on the day read.

    `where` filters by column: `member_of` and `neighbour` for neighbours; `kind`, `partner`, `direction` for events;
    `organisation` for memberships. `years` limits events to the years before the day.
    """
    chosen = {str(column): value if isinstance(value, list) else [value] for column, value in (where or {}).items()}
    unknown = sorted(set(chosen) - set(FILTERS[table]))
    if unknown:
        raise WrongUse(f"where: {table} has no column {unknown[0]!r}{nearest(unknown[0], FILTERS[table])}")
    found, what = _COUNTED[table](at, chosen, years)
    good = {"exactly": len(found) == value, "at_least": len(found) >= value, "at_most": len(found) <= value}[bound]
    shown = f": {words.several(found, 4)}" if found else ""
    return Reading(
        "supported" if good else "contradicted",
        words.sentence(what + shown),
        len(found),
        "count",
        at.day.isoformat(),
        say(f"dated.{bound}", value=value),
        str(len(found)),
    )


@rule
def member_of(at: At, organisation: Organisation, status: str = "member") -> Reading:
    """Supported when the country has that status in the organisation on the day read."""
    mine = [one for one in at.tables.memberships if one.iso3 == at.iso3 and one.name == organisation]
    held = [one for one in mine if one.status == status and one.covers(at.day)]
    named = {"country": at.country, "organisation": the(at.tables, organisation)}
    if held:
        since = say("dated.member.since", day=words.day(held[0].start)) if held[0].start else ""
        detail = say("dated.member.was", **named, status=status_word(status), on=_on(at)) + since
        papers = (held[0].url,)
        return Reading(
            "supported",
            words.sentence(detail),
            None,
            "",
            held[0].start,
            status_word(status),
            say("dated.member.a", status=status_word(status)),
            papers,
            papers,
        )
    ended = [one for one in mine if one.end]
    gone = bool(ended) and ended[-1].end <= at.day.isoformat()
    left = say("dated.member.left", day=words.day(ended[-1].end)) if gone else ""
    return Reading(
        "contradicted",
        words.sentence(say("dated.member.was_not", **named, status=status_word(status), on=_on(at)) + left),
        None,
        "",
        at.day.isoformat(),
        status_word(status),
        say("dated.member.lacks", status=status_word(status)),
    )


@rule
def party_to(at: At, instrument: Instrument, status: str = "in force") -> Reading:
    """Supported when an instrument has that status for the country on the day read.

    An instrument whose suspension or end is on record counts as in force before that day.
    """
    said = at.tables.said(instrument, "instruments", instrument)
    rows = [one for one in at.tables.status if one.iso3 == at.iso3 and one.name == instrument]
    if not rows:
        return no_data(say("dated.party.unknown", instrument=said, country=at.country))
    current = [one for one in rows if one.covers(at.day)]
    if current:
        one = max(current, key=lambda row: row.start)
        good = any(row.status == status for row in current)
        return _status_reading(one, good, f"{said}: {status_word(one.status)}{_since(one)}", status)
    later = sorted((one for one in rows if one.start > at.day.isoformat()), key=lambda row: row.start)
    if later and later[0].status in ("suspended", "ended"):
        known = dates.last_day(later[0].start) <= at.clock.last
        return _status_reading(
            later[0],
            status == "in force",
            say("dated.party.not_yet", instrument=said, status=status_word(later[0].status), on=_on(at))
            + (f" ({status_word(later[0].status)} {words.at(later[0].start)})" if known else ""),
            status,
            status_word("in force"),
        )
    past = sorted((one for one in rows if one.end and one.end <= at.day.isoformat()), key=lambda row: row.end)
    if past:
        return _status_reading(
            past[-1],
            False,
            say("dated.party.past", instrument=said, status=status_word(past[-1].status), day=words.day(past[-1].end)),
            status,
        )
    return Reading(
        "contradicted",
        words.capital(say("dated.party.nothing_yet", instrument=said, on=_on(at))),
        None,
        "",
        at.day.isoformat(),
        status_word(status),
        say("dated.party.nothing"),
    )


@rule
def event(at: At, event: EventName | list[EventName], exists: bool = True, until: EventName | None = None) -> Reading:
    """Supported when every named event is on record by the day read (some only: mixed), and not yet undone.

    With `exists: false` the claim says that it has not happened; `until` names the event that ended the state.
    """
    named = [at.tables.events[name] for name in ([event] if isinstance(event, str) else event)]
    ended = at.tables.events[until] if until else None
    if ended and ended.day <= at.day:
        came = say("dated.then_came", told=_told(at, ended))
        return _event_reading(at, "contradicted" if exists else "supported", [ended], came, exists)
    here = [one for one in named if one.day <= at.day]
    share: Result = "supported" if len(here) == len(named) else "mixed" if here else "contradicted"
    known = [one for one in named if one.day <= at.clock.last]  # a report of the past does not tell what came later
    if here:
        detail = "; ".join(_told(at, one) for one in here[:5])
    elif known:
        detail = say("dated.not_happened", day=words.day(at.day), told=_told(at, known[0]))
    else:
        detail = say("dated.nothing_by", day=words.day(at.day))
    if not exists and share != "mixed":
        share = "contradicted" if share == "supported" else "supported"
    return _event_reading(at, share, here or known, detail, exists)


def _on(at: At) -> str:
    return words.at(at.day.isoformat())


def the(tables: Tables, organisation: str) -> str:
    """Name an organisation inside a sentence: "the EU", but "NATO"."""
    name = tables.said(organisation, "organisations", organisation)
    return name if organisation == "NATO" else say("dated.organisation", name=name)


def _since(row: Status) -> str:
    return say("dated.party.since", day=words.day(row.start)) if row.start else ""


def _told(at: At, one: Event) -> str:
    return f"{at.tables.what(one)} ({words.day(one.when)})"


def _event_reading(at: At, result: Result, told: list[Event], detail: str, exists: bool) -> Reading:
    papers = {one.source: one.url for one in told if one.source}
    return Reading(
        result,
        words.sentence(detail),
        None,
        "",
        told[-1].when if told else at.day.isoformat(),
        say("dated.on_record" if exists else "dated.not_on_record"),
        say("dated.on_record" if told and told[-1].day <= at.day else "dated.not_on_record"),
        tuple(papers),
        tuple(papers.values()),
    )


def _status_reading(row: Status, good: bool, detail: str, status: str, brief: str = "") -> Reading:
    return Reading(
        "supported" if good else "contradicted",
        words.sentence(detail),
        None,
        "",
        row.start,
        status_word(status),
        brief or status_word(row.status) + _since(row),
        (row.source,),
        (row.url,),
    )


def _neighbours(at: At, where: Filter, years: int | None) -> tuple[list[str], str]:
    codes = set(at.tables.neighbours(at.iso3)) & set(where.get("neighbour", at.tables.neighbours(at.iso3)))
    for organisation in where.get("member_of", []):
        codes &= at.tables.members(organisation, at.day)
    among = (
        say("dated.neighbours.among", names=words.listing(at.tables.listed(where["neighbour"])))
        if "neighbour" in where
        else ""
    )
    place = ""
    if "member_of" in where:
        place = say("dated.neighbours.in", organisations=_organisations(at, where["member_of"]), on=_on(at))
    return at.tables.listed(codes, "subject"), say("dated.neighbours.counted", count=len(codes)) + among + place


def _organisations(at: At, names: list[str]) -> str:
    return words.listing(the(at.tables, name) for name in names)


def _events(at: At, where: Filter, years: int | None) -> tuple[list[str], str]:
    first = date(at.day.year - years, at.day.month, 1) if years else date.min
    rows = [
        one
        for one in at.tables.events.values()
        if at.iso3 in one.countries
        and first <= one.day <= at.day
        and all(getattr(one, column) in valid for column, valid in where.items())
    ]
    kinds = words.listing((_kind(at, kind) for kind in where.get("kind", [""])), "or")
    partners = (
        format(at.tables.countries[code], "dative")
        if code in at.tables.countries
        else at.tables.said(code, "organisations", code)
        for code in where.get("partner", [])
    )
    partner = words.listing(partners, "or")
    signs = words.listing((say(f"directions.{one}") for one in where.get("direction", [])), "or")
    span = say("dated.events.within", count=years, day=words.day(at.day)) if years else _up_to(at)
    return [_told(at, one) for one in reversed(rows)], say(
        "dated.events.counted",
        count=len(rows),
        kinds=kinds,
        partner=say("dated.events.with", partner=partner) if partner else "",
        sign=say("dated.events.coded", signs=signs) if signs else "",
        span=span,
    )


def _up_to(at: At) -> str:
    return say("dated.events.up_to", day=words.day(at.day))


def _kind(at: At, kind: str) -> str:
    if not kind:
        return say("dated.events.any")
    return f"{kind}s" if language.english() else at.tables.said(kind, "kinds", kind)


def _memberships(at: At, where: Filter, years: int | None) -> tuple[list[str], str]:
    rows = {
        one.iso3 for one in at.tables.memberships if one.name in where.get("organisation", []) and one.covers(at.day)
    }
    counted = say(
        "dated.members", count=len(rows), organisations=_organisations(at, where["organisation"]), on=_on(at)
    )
    return at.tables.listed(rows, "subject"), counted


_COUNTED = {"neighbours": _neighbours, "events": _events, "memberships": _memberships}
