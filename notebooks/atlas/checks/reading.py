"""What a rule is given and what it answers: a clock, a place to look, a reading of the data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from atlas import dates, language, phrases, words
from atlas.data import Country, PeerSet, Tables, Value
from atlas.data.tables import REACH
from atlas.phrases import say

Result = Literal["supported", "contradicted", "mixed", "no_data"]


@dataclass(frozen=True)
class Clock:
    """A day to read the data on: `then`, when the claim was written, or `now`.

    `horizon` is the day of reading where it differs from the day that is read.
    """

    name: Literal["then", "now"]
    day: date
    horizon: date | None = None

    @property
    def last(self) -> date:
        """The newest day that anybody may look at: a named period that ends later has no figure yet."""
        return self.horizon or self.day


@dataclass(frozen=True)
class Reading:
    """What the data say about a claim on one clock.

    `detail` is one sentence that shows the arithmetic; `brief` is the same in a few words, for tables.
    """

    result: Result
    detail: str
    value: float | None = None
    unit: str = ""
    period: str = ""
    comparator: str = ""
    brief: str = ""
    sources: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()

    @property
    def end(self) -> str:
        """The period that was read, or the later one of two."""
        return self.period.split("/")[-1]

    def as_json(self) -> dict[str, Any]:
        """The reading in the keys that `atlas claims --json` promises."""
        return {
            "result": self.result,
            "value": self.value,
            "unit": self.unit,
            "period": self.period,
            "comparator": self.comparator,
            "detail": self.detail,
        }


@dataclass(frozen=True)
class At:
    """Where a rule looks: the tables, the country, the clock, and the partner and period that the check names."""

    tables: Tables
    iso3: str
    clock: Clock
    partner: str = ""
    period: str | None = None
    fixed: bool = False

    @property
    def country(self) -> Country:
        """The country that is read."""
        return self.tables.country(self.iso3)

    @property
    def whose(self) -> str:
        """Whose figure is read inside a sentence: the country's, or its relation with the partner."""
        return whose_of(self.tables, self.iso3, self.partner)

    @property
    def named(self) -> str | None:
        """The period to read whatever the day: the one the claim names, on the clock that it binds."""
        return self.period if self.period and (self.clock.name == "then" or self.fixed) else None

    @property
    def day(self) -> date:
        """The day on which memberships, status and events are looked up."""
        return min(dates.last_day(self.named), self.clock.day) if self.named else self.clock.day

    def values(self, indicator: str, iso3: str | None = None) -> list[Value]:
        """Return the values that the clock sees, one per source, all of one period; empty where there are none."""
        place = (indicator, iso3 or self.iso3, self.partner)
        if self.named:
            return self.tables.values_in(*place, self.named, self.clock.last)
        return self.tables.values_by(*place, self.clock.day, REACH if self.clock.name == "then" else None)

    def series(self, indicator: str, iso3: str | None = None) -> dict[int, float]:
        """Return the yearly values that the clock sees by year, oldest first, preferred source only."""
        found = self.tables.figures(indicator, iso3 or self.iso3, self.partner).preferred
        return {int(p): value for p, value in found.items() if len(p) == 4 and dates.last_day(p) <= self.day}

    def peers(self, among: str | Sequence[str]) -> PeerSet:
        """Return a peer set as it stood on the day read."""
        return self.tables.peers(among, self.iso3, self.day)

    def say(self, indicator: str, value: float) -> str:
        """Write a value of an indicator with its unit, as precise as its source deserves."""
        return words.estimate(value, self.tables.unit(indicator), self.tables.indicator(indicator).digits)

    def brief(self, indicator: str, value: float) -> str:
        """Write a value for a table or a title, where the measure is named beside it: "51 %" of whatever it is."""
        one = self.tables.indicator(indicator)
        text = words.estimate(value, "%" if one.unit.startswith("%") else self.tables.unit(indicator), one.digits)
        return words.persons(text) if one.unit == "persons" else text

    def claimed(self, indicator: str, value: float) -> str:
        """Write a number that a text prints, with the precision that the text gave it."""
        return words.amount(value, self.tables.unit(indicator), words.decimals(value))


def whose_of(tables: Tables, iso3: str, partner: str) -> str:
    """Name inside a sentence whose figure it is: "Belarus", "Belarus with Russia"."""
    country = tables.country(iso3)
    if not partner:
        return format(country, "subject")
    return say("reading.with", country=country, partner=tables.country(partner))


def no_data(why: str, period: str = "") -> Reading:
    """Return the reading of something that the tables do not hold."""
    return Reading("no_data", words.sentence(why), period=period)


def missing(at: At, indicator: str) -> Reading:
    """Return the reading of a country for which an indicator has no value on the clock, saying which it lacks."""
    named = at.named
    wanted = words.at(named) if named else say("reading.by", day=words.day(at.clock.day.isoformat()))
    found = at.tables.figures(indicator, at.iso3, at.partner).periods
    ends = [period if language.english() else words.day(period) for period in found[:1] + found[-1:]]
    rest = say("reading.run", first=ends[0], last=ends[-1]) if ends else ""
    said = say("reading.missing", title=at.tables.title(indicator), whose=at.whose, wanted=wanted)
    return no_data(said + rest, named or "")


def judged(
    values: Sequence[Value],
    test: Callable[[float], bool],
    say: Callable[[Value], str],
    brief: Callable[[Value], str],
    unit: str,
    comparator: str,
) -> Reading:
    """Judge each source's value; where sources disagree the reading is mixed.

    Parameters
    ----------
    values : sequence of Value
        At least one, all of one period.
    test : callable
        Whether one value bears the claim out.
    say : callable
        A clause that shows the arithmetic for one value.
    brief : callable
        The value in a few words.
    """
    passed = [test(value.value) for value in values]
    result: Result = "supported" if all(passed) else "mixed" if any(passed) else "contradicted"
    shown = [values[0]] if result != "mixed" else [values[passed.index(True)], values[passed.index(False)]]
    detail = "; ".join(say(value) + (f" ({value.source.named})" if result == "mixed" else "") for value in shown)
    return Reading(
        result,
        words.sentence(detail),
        values[0].value,
        unit,
        values[0].period,
        comparator,
        f" {phrases.say('listing.or')} ".join(dict.fromkeys(map(brief, shown))),
        tuple(dict.fromkeys(value.source.citation for value in shown)),
        tuple(dict.fromkeys(value.source.url for value in shown)),
    )


def combined(readings: Sequence[tuple[str, Reading]]) -> Reading:
    """Combine the readings of several scopes: they agree, or the whole is mixed.

    Scopes without data do not vote; if none has data the whole has none.
    """
    if len(readings) == 1:
        return readings[0][1]
    voting = [one for one in readings if one[1].result != "no_data"]
    if not voting:
        return replace(readings[0][1], detail=" ".join(one.detail for _, one in readings))
    results = {one.result for _, one in voting}
    result: Result = results.pop() if len(results) == 1 else "mixed"
    first = voting[0][1]
    detail = " ".join(_scoped(scope, one.detail) for scope, one in readings)
    return replace(
        first,
        result=result,
        detail=detail,
        sources=tuple(dict.fromkeys(s for _, one in voting for s in one.sources)),
        urls=tuple(dict.fromkeys(s for _, one in voting for s in one.urls)),
    )


def _scoped(scope: str, detail: str) -> str:
    """Put the scope before a detail, unless the detail begins with the same words already."""
    return (
        detail
        if " " in scope and detail.casefold().startswith(scope.casefold())
        else f"{words.capital(scope)}: {detail}"
    )
