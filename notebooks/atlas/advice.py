"""Advice on assessment files: what is sound but should be looked at before anybody reads the report."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from atlas import assessment_file, dates, library, typed_file, verdicts, words
from atlas.data import Tables
from atlas.errors import BadData, Problem
from atlas.model import HALF_LIFE_YEARS, Assessment, Check, Claim
from atlas.verdicts import Judged

ALIKE = 0.9
"""How much two statements of a file must have in common to be taken for one said twice."""
REASON_WORDS = 4
"""A reason of fewer words explains nothing."""
RHYTHM_YEARS = {"year": 3, "edition": 3}
"""How old the newest figure of a yearly series may be before it should be fetched anew; others come when they come."""
HEDGES = re.compile(r"\b(about|around|roughly|nearly|almost|some|approximately|close to|or so|up to)\s+(\w+\s+)?[\d$€]",
                    re.IGNORECASE)
PLACEHOLDER = "(to be filled in)"
"""What a new file says where only its author can."""


def remarks(tables: Tables, chosen: Iterable[Path]) -> list[Problem]:
    """Return what is to be looked at in files that have no fault.

    Parameters
    ----------
    tables : Tables
    chosen : iterable of Path
        Assessment files; those with faults are passed over.

    Returns
    -------
    list of Problem
        With file, line and field, in the order of the files.
    """
    found: list[Problem] = []
    for path in chosen:
        try:
            assessment = assessment_file.read(path)
        except BadData:
            continue
        if not library.problems(tables, [path]):
            found += [Problem(f"data/assessments/{path.name}", typed_file.line_of(path, *place),
                              _field(assessment, place), text)
                      for place, text in _of_file(tables, assessment)]
    return found + list(_old_series(tables, {name for path in chosen for name in _indicators(path)}))


Remark = tuple[tuple[str | int, ...], str]


def _field(assessment: Assessment, place: tuple[str | int, ...]) -> str:
    """Name a field by its claim's identifier where it belongs to one."""
    named = [assessment.claims[int(place[1])].id, *place[2:]] if len(place) > 1 else place
    return ".".join(map(str, named))


def _of_file(tables: Tables, assessment: Assessment) -> Iterator[Remark]:
    if not assessment.claims:
        yield ("claims",), "no claims yet; add one under `claims:`, the comments of a new file show how"
    for field in ("publisher", "title", "source"):
        if PLACEHOLDER in getattr(assessment, field):
            yield (field,), f"still reads {PLACEHOLDER!r}"
    for i, claim in enumerate(assessment.claims):
        yield from ((("claims", i, *place), text) for place, text in _of_claim(claim))
        row = verdicts.judge(claim, assessment, tables, tables.newest)
        yield from ((("claims", i, *place), text) for place, text in _of_reading(row))
    yield from _twice(assessment)


def _of_claim(claim: Claim) -> Iterator[Remark]:
    for field in ("not_checkable", "no_data", "unresolvable"):
        reason = getattr(claim, field)
        if reason and len(reason.split()) < REASON_WORDS:
            yield (field,), f"{reason!r} is no reason yet; say what nobody measures, or what the tables lack"
    if claim.kind == "judgement" and claim.check and not claim.rival:
        yield ("rival",), "a judgement that is tested should have another reading beside it"
    if hedge := HEDGES.search(claim.statement):
        for i, check in enumerate(claim.check):
            if _exact(check):
                yield ("check", i), (f"the statement says {hedge.group(0)!r}, but the check allows "
                                     "hardly any distance; is that meant?")


def _exact(check: Check) -> bool:
    if check.rule == "count_is":
        return check.keys.get("bound", "exactly") == "exactly"
    return check.rule == "about" and float(check.keys.get("tolerance", 0.15)) < 0.02


def _of_reading(row: Judged) -> Iterator[Remark]:
    claim = row.claim
    if row.verdict == "stale" and row.now and row.now.period:
        years = HALF_LIFE_YEARS[claim.half_life]
        yield ("half_life",), (f"the newest figure is of {words.day(row.now.period.split('/')[-1])}, older than the "
                               f"{words.count(years or 0, 'year')} that a {claim.half_life} claim may go without one")
    if claim.check and row.then and row.then.result == "no_data":
        yield ("check",), f"cannot be read on the day of writing: {row.then.detail}"


def _twice(assessment: Assessment) -> Iterator[Remark]:
    for i, claim in enumerate(assessment.claims):
        for earlier in assessment.claims[:i]:
            if _alike(claim, earlier):
                yield ("claims", i, "statement"), f"says nearly the same as {earlier.id}; is it one claim?"
                break


def _alike(one: Claim, other: Claim) -> bool:
    if one.question != other.question or _numbers(one) != _numbers(other):
        return False
    return difflib.SequenceMatcher(None, one.statement.casefold(), other.statement.casefold()).ratio() > ALIKE


def _numbers(claim: Claim) -> list[str]:
    return re.findall(r"\d[\d,.]*", claim.statement)


def _indicators(path: Path) -> set[str]:
    try:
        claims = assessment_file.read(path).claims
    except BadData:
        return set()
    named = {check.keys.get("indicator") for claim in claims for _, check in library.checks_of(claim)}
    return {name for name in named if isinstance(name, str)}


def _old_series(tables: Tables, names: set[str]) -> Iterator[Problem]:
    for name in sorted(names & set(tables.indicators)):
        one = tables.indicator(name)
        newest = tables.groups[one.group].newest(name)
        allowed = RHYTHM_YEARS.get(one.rhythm)
        if allowed and tables.newest.year - dates.last_day(newest).year > allowed:
            yield Problem(f"data/indicators/{one.group}.csv", 0, name,
                          f"the newest figure is of {newest}, though the series comes every {one.rhythm}; "
                          "a claim that rests on it cannot be renewed")
