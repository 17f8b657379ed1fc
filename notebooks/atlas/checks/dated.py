"""Rules that look things up in dated tables: neighbours, memberships, status and events."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from atlas import dates, words
from atlas.checks.reading import At, Reading, Result, no_data
from atlas.checks.registry import EventName, Instrument, Organisation, rule
from atlas.data import Event, Status
from atlas.errors import WrongUse, nearest

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
        words.sentence(f"{words.count(len(found))} {what}{shown}"),
        len(found),
        "count",
        at.day.isoformat(),
        f"{bound.replace('_', ' ')} {value}",
        str(len(found)),
    )


@rule
def member_of(at: At, organisation: Organisation, status: str = "member") -> Reading:
    """Supported when the country has that status in the organisation on the day read."""
    mine = [one for one in at.tables.memberships if one.iso3 == at.iso3 and one.name == organisation]
    held = [one for one in mine if one.status == status and one.covers(at.day)]
    if held:
        since = f", and had been since {words.day(held[0].start)}" if held[0].start else ""
        detail = f"{at.country.the} was a {status} of {the(organisation)} {_on(at)}{since}"
        papers = (held[0].url,)
        return Reading(
            "supported", words.sentence(detail), None, "", held[0].start, status, f"a {status}", papers, papers
        )
    ended = [one for one in mine if one.end]
    left = f"; it left on {words.day(ended[-1].end)}" if ended and ended[-1].end <= at.day.isoformat() else ""
    return Reading(
        "contradicted",
        words.sentence(f"{at.country.the} was no {status} of {the(organisation)} {_on(at)}{left}"),
        None,
        "",
        at.day.isoformat(),
        status,
        f"no {status}",
    )


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
        known = dates.last_day(later[0].start) <= at.clock.last
        return _status_reading(
            later[0],
            status == "in force",
            f"{instrument}: not yet {later[0].status} {_on(at)}"
            + (f" ({later[0].status} {words.at(later[0].start)})" if known else ""),
            status,
            "in force",
        )
    past = sorted((one for one in rows if one.end and one.end <= at.day.isoformat()), key=lambda row: row.end)
    if past:
        return _status_reading(
            past[-1],
            False,
            f"{instrument}: {past[-1].status} until {words.day(past[-1].end)}, nothing on record since",
            status,
        )
    return Reading(
        "contradicted",
        f"{words.capital(instrument)}: nothing on record yet {_on(at)}.",
        None,
        "",
        at.day.isoformat(),
        status,
        "nothing on record",
    )


@rule
def event(at: At, event: EventName | list[EventName], exists: bool = True, until: EventName | None = None) -> Reading:
    """Supported when every named event is on record by the day read (some only: mixed), and not yet undone.

    With `exists: false` the claim says that it has not happened; `until` names the event that ended the state.
    """
    named = [at.tables.events[name] for name in ([event] if isinstance(event, str) else event)]
    ended = at.tables.events[until] if until else None
    if ended and ended.day <= at.day:
        return _event_reading(
            at, "contradicted" if exists else "supported", [ended], f"Then came: {_told(ended)}", exists
        )
    here = [one for one in named if one.day <= at.day]
    share: Result = "supported" if len(here) == len(named) else "mixed" if here else "contradicted"
    known = [one for one in named if one.day <= at.clock.last]  # a report of the past does not tell what came later
    if here:
        detail = "; ".join(_told(one) for one in here[:5])
    elif known:
        detail = f"By {words.day(at.day)} this had not happened: {_told(known[0])}"
    else:
        detail = f"By {words.day(at.day)} nothing of the kind was on record"
    if not exists and share != "mixed":
        share = "contradicted" if share == "supported" else "supported"
    return _event_reading(at, share, here or known, detail, exists)


def _on(at: At) -> str:
    return f"on {words.day(at.day)}"


def the(organisation: str) -> str:
    """Name an organisation inside a sentence: "the EU", but "NATO"."""
    return organisation if organisation == "NATO" else f"the {organisation}"


def _told(one: Event) -> str:
    return f"{one.what} ({words.day(one.when)})"


def _event_reading(at: At, result: Result, told: list[Event], detail: str, exists: bool) -> Reading:
    papers = {one.source: one.url for one in told if one.source}
    return Reading(
        result,
        words.sentence(detail),
        None,
        "",
        told[-1].when if told else at.day.isoformat(),
        "on record" if exists else "not on record",
        "on record" if told and told[-1].day <= at.day else "not on record",
        tuple(papers),
        tuple(papers.values()),
    )


def _status_reading(row: Status, good: bool, detail: str, status: str, brief: str = "") -> Reading:
    since = f" since {words.day(row.start)}" if row.start else ""
    return Reading(
        "supported" if good else "contradicted",
        words.sentence(detail),
        None,
        "",
        row.start,
        status,
        brief or row.status + since,
        (row.source,),
        (row.url,),
    )


def _neighbours(at: At, where: Filter, years: int | None) -> tuple[list[str], str]:
    codes = set(at.tables.neighbours(at.iso3)) & set(where.get("neighbour", at.tables.neighbours(at.iso3)))
    for organisation in where.get("member_of", []):
        codes &= at.tables.members(organisation, at.day)
    noun = "neighbour" if len(codes) == 1 else "neighbours"
    among = (
        f" among {words.listing(sorted(at.tables.country(code).the for code in where['neighbour']))}"
        if "neighbour" in where
        else ""
    )
    place = f" in {words.listing(map(the, where['member_of']))} {_on(at)}" if "member_of" in where else ""
    return sorted(at.tables.country(code).the for code in codes), noun + among + place


def _events(at: At, where: Filter, years: int | None) -> tuple[list[str], str]:
    first = date(at.day.year - years, at.day.month, 1) if years else date.min
    rows = [
        one
        for one in at.tables.events.values()
        if at.iso3 in one.countries
        and first <= one.day <= at.day
        and all(getattr(one, column) in valid for column, valid in where.items())
    ]
    kinds = words.listing((f"{kind}s" for kind in where.get("kind", ["event"])), "or")
    partners = (
        at.tables.countries[code].the if code in at.tables.countries else code for code in where.get("partner", [])
    )
    partner = words.listing(partners, "or")
    sign = f", coded as {words.listing(where['direction'], 'or')}," if "direction" in where else ""
    span = (
        f"in the {words.count(years) + ' years' if years > 1 else 'year'} to {words.day(at.day)}"
        if years
        else f"up to {words.day(at.day)}"
    )
    return [
        _told(one) for one in reversed(rows)
    ], f"{kinds}{' with ' + partner if partner else ''}{sign} on record {span}"


def _memberships(at: At, where: Filter, years: int | None) -> tuple[list[str], str]:
    rows = {
        one.iso3 for one in at.tables.memberships if one.name in where.get("organisation", []) and one.covers(at.day)
    }
    return sorted(
        at.tables.country(code).the for code in rows
    ), f"members of {words.listing(map(the, where['organisation']))} {_on(at)}"


_COUNTED = {"neighbours": _neighbours, "events": _events, "memberships": _memberships}
