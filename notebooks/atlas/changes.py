"""What changed between two days: every claim that reads differently, each with one cause."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from atlas import asked, checks, dates, library, verdicts
from atlas.checks import Clock, Reading
from atlas.data import Tables
from atlas.data import tables as project_tables
from atlas.errors import WrongUse
from atlas.model import HALF_LIFE_YEARS, Assessment, Check
from atlas.verdicts import Judged, Ledger
from atlas.vocabulary import WAYS

START = date(2020, 1, 1)
"""Where time begins for a country without a text: the year of the atlas."""


@dataclass(frozen=True)
class Flip:
    """The reading that turned a claim: on which clock, under which scope, as it was and as it is.

    `indicator` is what was measured; empty for what is looked up in the tables of events, treaties and members.
    """

    clock: str
    scope: str
    before: Reading
    after: Reading
    indicator: str = ""


@dataclass(frozen=True)
class Pair:
    """A claim on two days; `new` if its text is younger than the first, so that its own day stands in its place."""

    before: Judged
    after: Judged
    start: date
    new: bool = False


@dataclass(frozen=True)
class Change:
    """A claim that reads differently on the second day, with its one cause.

    `when` is the day or period that made the difference; `by` the later claim where one says otherwise.
    """

    pair: Pair
    way: str
    when: str = ""
    flip: Flip | None = None
    by: Judged | None = None

    @property
    def cause(self) -> str:
        """The cause to which the way belongs."""
        return WAYS[self.way].cause

    @property
    def state(self) -> str:
        """What the claim has become: a verdict, `judgement` if only a text says otherwise, or `text` if it is gone."""
        return self.cause if self.cause in ("judgement", "text") else self.pair.after.verdict


@dataclass(frozen=True)
class Comparison:
    """The claims about a country on two days.

    `first` and `last` are the ledgers of the two days; `gone` are claims whose text had been withdrawn by the first.
    """

    first: Ledger
    last: Ledger
    changes: list[Change]
    same: list[Pair]
    gone: list[Pair]

    @property
    def new(self) -> list[Assessment]:
        """The texts that were written after the first day."""
        known = {one.id for one in self.first.assessments}
        return [one for one in self.last.assessments if one.id not in known]

    def of(self, cause: str) -> list[Change]:
        """Return the changes of one cause."""
        return [one for one in self.changes if one.cause == cause]


def span(tables: Tables, country: str, from_date: str = "", to_date: str = "") -> tuple[date, date]:
    """Return the two days that are meant.

    Parameters
    ----------
    from_date : str
        YYYY, YYYY-MM or YYYY-MM-DD, which stands for its last day; empty for the day of the first text, or for the
        first day of the year of the atlas where there is none.
    to_date : str
        The same; empty for the newest day in the tables. A later one is read as the newest.

    Raises
    ------
    WrongUse
        For what is no date, or where the first day does not lie before the second.
    """
    texts = library.assessments(tables, country)
    start = asked.day("from_date", from_date) or (texts[0].written_day if texts else START)
    end = asked.day("to_date", to_date) or tables.newest
    if start < min(end, tables.newest):
        return start, min(end, tables.newest)
    whence = from_date or f"of the first text, {start.isoformat()}," if texts else from_date or start.isoformat()
    newest = f"the newest day, {tables.newest.isoformat()}"
    until = f"to_date={to_date}" if end <= tables.newest and to_date else newest
    raise WrongUse(f"from_date {whence} does not lie before {until}; give an earlier from_date"
                   + (" or a later to_date" if end < tables.newest else ""))


def compare(
    country: str, start: date, end: date, *, tables: Tables | None = None, earlier: Tables | None = None
) -> Comparison:
    """Read every claim about a country on two days and find what turned those that differ.

    Parameters
    ----------
    country : str
        ISO 3166-1 alpha-3 code.
    start, end : date
        The two days. A claim whose text is younger than `start` is read on the day it was written instead.
    tables : Tables, optional
        The project's own tables if not given.
    earlier : Tables, optional
        The tables as they stood on the first day; the same if not given, for the project keeps one edition.

    Raises
    ------
    WrongUse
        If the first day does not lie before the second.
    """
    if start >= end:
        raise WrongUse(f"from {start.isoformat()} to {end.isoformat()}: the first day must lie before the second")
    now = tables or project_tables()
    old = earlier or now
    first, last = (verdicts.ledger(country, as_of=day, tables=read) for day, read in ((start, old), (end, now)))
    known = {row.claim.id: row for row in first.rows}
    pairs = [_pair(known.get(row.claim.id), row, old, start, end) for row in last.rows]
    gone = [pair for pair in pairs if _withdrawn(pair.after, last.assessments, pair.start)]
    found = [(pair, _change(pair, last, old, now)) for pair in pairs if pair not in gone]
    return Comparison(first, last, [change for _, change in found if change],
                      [pair for pair, change in found if not change], gone)


def _pair(before: Judged | None, after: Judged, tables: Tables, start: date, end: date) -> Pair:
    if before:
        return Pair(before, after, start)
    day, claim = min(after.assessment.written_day, end), verdicts.without_hindsight(after.claim)
    return Pair(verdicts.judge(claim, after.assessment, tables, day), after, day, new=True)


def _change(pair: Pair, last: Ledger, old: Tables, now: Tables) -> Change | None:
    """Return what turned a claim: its text, else a reading, else a later judgement; None if nothing did."""
    taken = _withdrawn(pair.after, last.assessments, last.as_of)
    if taken:
        return Change(pair, *taken)
    other = next((row for row in last.rows if row.claim.differs_from == pair.after.claim.id
                  and row.assessment.written_day > pair.start), None)
    if pair.before.verdict != pair.after.verdict:
        return replace(_turned(pair, old, now, last.as_of), by=other)
    if other is None:
        return None
    own = other.assessment.publisher == pair.after.assessment.publisher
    return Change(pair, "own" if own else "other", other.assessment.written, by=other)


def _withdrawn(row: Judged, texts: Iterable[Assessment], day: date) -> tuple[str, str] | None:
    """Return how and when a claim ceased to be made by a day."""
    own = row.assessment
    if own.withdrawn and dates.last_day(own.withdrawn) <= day:
        return "notice", own.withdrawn
    later = (one for one in texts if row.claim.id in one.drops and one.written_day <= day)
    return next((("dropped", one.written) for one in later), None)


def _turned(pair: Pair, old: Tables, now: Tables, end: date) -> Change:
    """Return the change of a claim whose verdict differs."""
    after = pair.after
    if after.verdict == "overtaken" and after.claim.overtaken_by:
        return Change(pair, "event", after.since, _first_flip(pair, old, now, end))
    if after.claim.outcomes:
        return _settled(pair)
    flip = _first_flip(pair, old, now, end)
    if flip is None or flip.after.result == "no_data":
        return _aged(pair)
    way = _way(flip, untested=pair.before.verdict == "no_data")
    since = after.since if flip.clock == "now" and way not in ("edition", "source") else ""
    return Change(pair, way, since or _day_of(flip), flip)


def _settled(pair: Pair) -> Change:
    """Return the change of a forecast or recommendation: settled by the record, or its day has passed."""
    after, claim = pair.after, pair.after.claim
    if after.now is None or after.now.result != "supported":
        return Change(pair, "deadline", claim.by or "", _between(pair, claim.outcomes[0].when))
    check = next(fate.when for fate in claim.outcomes if fate.verdict == after.verdict)
    flip = _between(pair, check)
    way = _way(flip) if flip else "event"
    return Change(pair, way, _day_of(flip) if flip else after.since, flip)


def _between(pair: Pair, check: Check) -> Flip | None:
    before, after = pair.before.now, pair.after.now
    return Flip("now", "", before, after, str(check.keys.get("indicator", ""))) if before and after else None


def _aged(pair: Pair) -> Change:
    """Return the change of a claim whose results are the same: the figure has aged, or a newer one renewed it."""
    before, after = pair.before.now, pair.after.now
    measured = next((one for one in pair.after.claim.check if "indicator" in one.keys), pair.after.claim.check[0])
    flip = _between(pair, measured)
    if pair.after.verdict == "stale" or not (before and after) or after.result == "no_data":
        return Change(pair, "silence", _too_old(pair.after), flip)
    return Change(pair, "figure", after.end, flip)


def _too_old(row: Judged) -> str:
    """Return the year in which the newest figure grew older than the claim bears."""
    years = HALF_LIFE_YEARS[row.claim.half_life]
    if not (years and row.now and row.now.period):
        return ""
    return str(dates.last_day(row.now.end).year + years)


def _first_flip(pair: Pair, old: Tables, now: Tables, end: date) -> Flip | None:
    """Return the first reading with another result, the clock of the time first: no verdict stands without it."""
    written = pair.after.assessment.written_day
    for clock in ("then", "now"):
        for one in pair.after.claim.check:
            before, after = (_read(one, read, pair, clock, min(written, day), day)
                             for read, day in ((old, pair.start), (now, end)))
            if before.result != after.result:
                return Flip(clock, one.scope, before, after, str(one.keys.get("indicator", "")))
    return None


def _read(check: Check, tables: Tables, pair: Pair, clock: str, written: date, day: date) -> Reading:
    at = Clock("then", written, day) if clock == "then" else Clock("now", day)
    return checks.read(check, tables, pair.after.assessment.country, at)


def _way(flip: Flip, *, untested: bool = False) -> str:
    """Tell in which way a reading turned, by the rules of `WAYS`; `untested` if no figure gave a verdict before."""
    before, after = flip.before, flip.after
    if not flip.indicator:
        return "event"
    if before.result == "no_data" and untested:
        return "first"
    if before.result != "no_data" and before.period == after.period:
        moved = before.value != after.value or before.sources != after.sources
        return "edition" if moved else "event"  # the same figure among other peers: who belongs to them has changed
    return "source" if _still_says_so(before, after) else "figure"


def _still_says_so(before: Reading, after: Reading) -> bool:
    """Tell whether, where sources disagree at the end, the one read before still gives the result it gave.

    A mixed reading names first the source that bears the claim out, then one that does not.
    """
    if after.result != "mixed" or len(after.sources) < 2 or before.result not in ("supported", "contradicted"):
        return False
    return after.sources[before.result == "contradicted"] in before.sources


def _day_of(flip: Flip) -> str:
    return flip.after.end
