"""Two clocks: what the data said when a claim was written, what they say now, and the verdict that follows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from atlas import checks, dates, library, vocabulary, words
from atlas.checks import Clock, Reading
from atlas.checks.reading import combined
from atlas.data import Tables
from atlas.data import tables as project_tables
from atlas.language import Said
from atlas.model import HALF_LIFE_YEARS, Assessment, Check, Claim
from atlas.phrases import say

QUESTIONS = ("relevance", "willingness", "status_quo", "potential", "recommendation", "fact_box")


@dataclass(frozen=True)
class Judged:
    """A claim with its readings on both clocks and the verdict computed from them."""

    claim: Claim
    assessment: Assessment
    verdict: str
    then: Reading | None = None
    now: Reading | None = None
    rival: Reading | None = None
    since: str = ""
    reason: str = ""

    @property
    def note(self) -> str:
        """Everything to be said beside the verdict: since when, why not, and the coder's note."""
        since = say("verdict.since", day=words.day(self.since)) if self.since else ""
        return " ".join(filter(None, (since, self.reason, self.claim.note.shown)))

    @property
    def sources(self) -> list[str]:
        """The papers behind both readings, without repetition."""
        readings = [one for one in (self.then, self.now) if one]
        return list(dict.fromkeys(source for one in readings for source in one.sources))


@dataclass(frozen=True)
class Ledger:
    """Every claim made about a country up to a day, with its verdict."""

    country: str
    as_of: date
    assessments: list[Assessment]
    rows: list[Judged] = field(default_factory=list)

    def of(self, question: str) -> list[Judged]:
        """Return the rows that answer one of the five questions."""
        return [row for row in self.rows if row.claim.question == question]

    def counts(self, rows: Iterable[Judged] | None = None) -> Counter[str]:
        """Count verdicts, in the order in which the verdict words are declared."""
        found = Counter(row.verdict for row in (self.rows if rows is None else rows))
        return Counter({word: found[word] for word in vocabulary.VERDICTS if found[word]})

    def row(self, claim_id: str) -> Judged:
        """Return one row by the identifier of its claim."""
        return next(row for row in self.rows if row.claim.id == claim_id)


def ledger(country: str, *, edition: str = "all", as_of: date | None = None, tables: Tables | None = None) -> Ledger:
    """Judge every claim about a country.

    Parameters
    ----------
    country : str
        ISO 3166-1 alpha-3 code.
    edition : str
        `all`, a year, or the identifier of one assessment.
    as_of : date, optional
        The day on which to read `now`; the newest day in the data if not given. Texts written later are left out.
    tables : Tables, optional
        The project's own tables if not given.

    Returns
    -------
    Ledger
        Without rows for a country that has no assessment.
    """
    tables = tables or project_tables()
    tables.country(country)
    day = as_of or tables.newest
    known = [one for one in library.assessments(tables, country, edition) if dates.first_day(one.written) <= day]
    remarks = (lambda claim: claim) if day >= tables.newest else without_hindsight
    rows = [judge(remarks(claim), one, tables, day) for one in known for claim in one.claims]
    return Ledger(country, day, known, sorted(rows, key=_place))


def _place(row: Judged) -> tuple[int, date]:
    return QUESTIONS.index(row.claim.question), row.assessment.written_day


def without_hindsight(claim: Claim) -> Claim:
    """Return a claim without the coder's remarks, which know what came later than a report of the past may tell."""
    rival = claim.rival and claim.rival.model_copy(update={"text": Said()})
    return claim.model_copy(update={"note": Said(), "rival": rival})


def judge(claim: Claim, assessment: Assessment, tables: Tables, day: date) -> Judged:
    """Judge one claim as of a day; no verdict is ever typed, each follows from readings."""
    rival = None
    if claim.rival and claim.rival.check:
        rival = checks.read(claim.rival.check, tables, assessment.country, Clock("now", day))
    if claim.outcomes or claim.unresolvable:
        return _settled(claim, assessment, tables, day, rival)
    gone = tables.events.get(claim.overtaken_by)
    passed = bool(gone and assessment.written_day < gone.day <= day)
    if gone and passed and not claim.check:
        why = words.sentence(tables.what(gone))
        return Judged(claim, assessment, "overtaken", rival=rival, since=gone.when, reason=why)
    if not claim.check:
        return Judged(
            claim,
            assessment,
            "not_checkable" if claim.not_checkable else "no_data",
            rival=rival,
            reason=words.sentence((claim.not_checkable or claim.no_data).shown),
        )
    then = _read(claim.check, tables, assessment.country, Clock("then", min(assessment.written_day, day), day))
    now = _read(claim.check, tables, assessment.country, Clock("now", day))
    verdict = truth(then, now, stale=_stale(claim, now, day))
    since = ""
    if verdict in ("no_longer_holds", "came_true"):
        since = _since(claim, assessment, tables, day, now.result)
    if gone and passed and then.result != "contradicted":
        return Judged(claim, assessment, "overtaken", then, now, rival, gone.when, words.sentence(tables.what(gone)))
    return Judged(claim, assessment, verdict, then, now, rival, since, _unknown(then, now, verdict))


def truth(then: Reading, now: Reading, *, stale: bool = False) -> str:
    """Return the verdict that two readings make.

    A verdict always needs the reading of its time: without it the verdict is `no_data`, whatever the newest
    figure says. A claim contradicted at the time stays so when no newer figure exists.
    """
    if "mixed" in (then.result, now.result):
        return "contested"
    if then.result == "no_data":
        return "no_data"
    if then.result == "contradicted":
        return "came_true" if now.result == "supported" else "contradicted_then"
    if now.result == "contradicted":
        return "no_longer_holds"
    return "stale" if stale or now.result == "no_data" else "holds"


def _read(chosen: list[Check], tables: Tables, country: str, clock: Clock) -> Reading:
    return combined([(one.scope.shown, checks.read(one, tables, country, clock)) for one in chosen])


def _stale(claim: Claim, now: Reading, day: date) -> bool:
    years = HALF_LIFE_YEARS[claim.half_life]
    measured = [one for one in claim.check if "indicator" in one.keys and not one.fixed]
    if years is None or not measured or not now.period:
        return False
    end = dates.last_day(now.end)
    return end.replace(year=end.year + years, day=min(end.day, 28)) < day


def _unknown(then: Reading, now: Reading, verdict: str) -> str:
    if verdict == "no_data" and now.result != "no_data":
        return say(f"verdict.untold.{now.result}")
    return ""


def _since(claim: Claim, assessment: Assessment, tables: Tables, day: date, result: str) -> str:
    """Return the first period or date from which the reading has been what it is now."""
    since = ""
    for when in sorted(_moments(claim, assessment, tables, day), reverse=True):
        reading = _read(claim.check, tables, assessment.country, Clock("now", when))
        if reading.result != result:
            break
        since = reading.end if "indicator" in claim.check[0].keys else when.isoformat()
    return since


def _moments(claim: Claim, assessment: Assessment, tables: Tables, day: date) -> set[date]:
    start = assessment.written_day
    found = {date(year, 12, 31) for year in range(start.year, day.year)}
    for one in claim.check:
        country = one.country or assessment.country
        named = [one.keys.get("until"), *_names(one.keys.get("event"))]
        found |= {tables.events[name].day for name in named if name in tables.events}
        spans = [*tables.status, *tables.memberships]
        among = (one.keys.get("where") or {}).get("member_of")
        asked = {one.keys.get("instrument"), one.keys.get("organisation")}
        found |= {
            dates.last_day(text)
            for span in spans
            if span.name == among or (span.name in asked and span.iso3 == country)
            for text in (span.start, span.end)
            if text
        }
    return {moment for moment in found if start < moment <= day} | {day}


def _names(given: Any) -> list[str]:
    return given if isinstance(given, list) else [given] if given else []


def _settled(claim: Claim, assessment: Assessment, tables: Tables, day: date, rival: Reading | None) -> Judged:
    """Judge a forecast or recommendation by the outcomes that its file declares.

    A forecast must come about by its deadline; advice that is followed late has still been followed.
    """
    if claim.unresolvable:
        return Judged(claim, assessment, "unresolvable", rival=rival, reason=words.sentence(claim.unresolvable.shown))
    assert claim.by is not None
    last = min(day, dates.last_day(claim.by)) if claim.kind == "forecast" else day
    clock = Clock("now", last)
    first: Reading | None = None
    for fate in claim.outcomes:
        reading = checks.read(fate.when, tables, assessment.country, clock)
        first = first or reading
        if reading.result == "supported":
            return Judged(claim, assessment, fate.verdict, now=reading, rival=rival)
    due = words.day(claim.by)
    if day <= dates.last_day(claim.by):
        return Judged(claim, assessment, "pending", now=first, rival=rival, reason=say("verdict.open", day=due))
    verdict = "did_not_occur" if claim.kind == "forecast" else "not_followed"
    return Judged(claim, assessment, verdict, now=first, rival=rival, reason=say("verdict.nothing", day=due))
