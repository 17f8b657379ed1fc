"""The registry of rules: what a rule is given, what it answers, and how its keys are validated."""

from __future__ import annotations

import inspect
import typing
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError, create_model

from atlas import dates, words
from atlas.data import Country, PeerSet, Tables, Value
from atlas.data.tables import REACH
from atlas.errors import WrongUse, nearest
from atlas.model import Check

Result = Literal["supported", "contradicted", "mixed", "no_data"]

IndicatorName = Annotated[str, "indicator"]
"""The type of a key that names an indicator; `problems` looks it up."""
EventName = Annotated[str, "event"]
Organisation = Annotated[str, "organisation"]
Instrument = Annotated[str, "instrument"]
CountryCode = Annotated[str, "country"]
Peers = Annotated[str | list[str], "peers"]


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
        one = self.tables.indicator(indicator)
        return words.estimate(value, one.unit, one.digits)

    def brief(self, indicator: str, value: float) -> str:
        """Write a value for a table or a title, where the measure is named beside it: "51 %" of whatever it is."""
        one = self.tables.indicator(indicator)
        return words.estimate(value, "%" if one.unit.startswith("%") else one.unit, one.digits)

    def claimed(self, indicator: str, value: float) -> str:
        """Write a number that a text prints, with the precision that the text gave it."""
        one = self.tables.indicator(indicator)
        return words.amount(value, one.unit, max(one.digits, 0, words.decimals(value)))


Rule = Callable[..., Reading]
RULES: dict[str, Rule] = {}


def rule(function: Rule) -> Rule:
    """Enter a function in the registry under its own name.

    The function takes `at: At` and its keys as keyword arguments; their annotations are the validation, and
    the annotations of this module (`IndicatorName`, `Peers`, …) are looked up in the tables besides.
    """
    RULES[function.__name__] = function
    return function


def read(check: Check, tables: Tables, country: str, clock: Clock) -> Reading:
    """Read what the data say about a check on a clock.

    Parameters
    ----------
    check : Check
        The rule with its keys.
    tables : Tables
    country : str
        ISO 3166-1 alpha-3 code of the claim's country; `check.country` overrides it.
    clock : Clock

    Raises
    ------
    WrongUse
        If the rule or one of its keys does not exist.
    """
    found = problems(check, tables, country)
    if found:
        raise WrongUse(f"{found[0][0]}: {found[0][1]}")
    at = At(tables, check.country or country, clock, check.partner or "", check.period, check.fixed)
    return RULES[check.rule](at, **_keys(check))


def problems(check: Check, tables: Tables, country: str) -> list[tuple[str, str]]:
    """Return what is wrong with a check as pairs of field and message; empty if it is sound."""
    if check.rule not in RULES:
        return [("rule", f"{check.rule!r} is no rule{nearest(check.rule, RULES)}")]
    found: list[tuple[str, str]] = []
    for code, field in ((check.country, "country"), (check.partner, "partner")):
        found += [(field, message) for message in _lookup(tables, "country", code or country)]
    try:
        keys = _keys(check)
    except ValidationError as error:
        return found + [_explained(check, one) for one in error.errors()]
    for name, annotation in _annotations(check.rule).items():
        for value in _listed(keys.get(name)):
            found += [(name, message) for message in _lookup(tables, _kind(annotation), value)]
    return found


@cache
def _annotations(name: str) -> dict[str, Any]:
    hints = typing.get_type_hints(RULES[name], include_extras=True)
    return {key: hint for key, hint in hints.items() if key not in ("at", "return")}


@cache
def _form(name: str) -> type[BaseModel]:
    """Return the model that holds a rule's keys; making one costs more than reading a hundred checks."""
    given = inspect.signature(RULES[name]).parameters
    fields: dict[str, Any] = {
        key: (hint, ... if given[key].default is inspect.Parameter.empty else given[key].default)
        for key, hint in _annotations(name).items()
    }
    return create_model("Keys", __config__=ConfigDict(extra="forbid"), **fields)


def _keys(check: Check) -> dict[str, Any]:
    got = _form(check.rule).model_validate(check.keys)
    return {name: getattr(got, name) for name in _annotations(check.rule)}


def _explained(check: Check, error: Any) -> tuple[str, str]:
    field = str(error["loc"][0])
    valid = list(_annotations(check.rule))
    if error["type"] == "extra_forbidden":
        return field, f"rule {check.rule} knows no such key{nearest(field, valid) or '; expected ' + ', '.join(valid)}"
    if error["type"] == "missing":
        return field, f"rule {check.rule} needs this key"
    return field, f"{error['input']!r}: {error['msg'][:1].lower()}{error['msg'][1:]}"


def _kind(annotation: Any) -> str:
    for one in (annotation, *typing.get_args(annotation)):
        for word in getattr(one, "__metadata__", ()):
            if isinstance(word, str):
                return word
    return ""


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _lookup(tables: Tables, kind: str, value: Any) -> list[str]:
    if kind == "peers" and isinstance(value, str) and len(value) == 3 and value.isupper():
        kind = "country"
    valid: dict[str, Callable[[], Collection[str]]] = {
        "indicator": lambda: tables.indicators,
        "event": lambda: tables.events,
        "country": lambda: tables.countries,
        "peers": lambda: tables.peer_set_names,
        "organisation": lambda: tables.organisations,
        "instrument": lambda: tables.instruments,
    }
    if kind not in valid or value in valid[kind]():
        return []
    names = valid[kind]()
    hint = nearest(str(value), sorted(names) if isinstance(names, set) else list(names))
    return [f"{value!r} is no {kind.replace('peers', 'peer set')} in the data{hint}"]


def no_data(why: str, period: str = "") -> Reading:
    """Return the reading of something that the tables do not hold."""
    return Reading("no_data", words.sentence(why), period=period)


def missing(at: At, indicator: str) -> Reading:
    """Return the reading of a country for which an indicator has no value on the clock, saying which it lacks."""
    title = at.tables.indicator(indicator).title
    named = at.named
    wanted = words.at(named) if named else f"by {words.day(at.clock.day.isoformat())}"
    ever = at.tables.figures(indicator, at.iso3, at.partner).periods
    rest = f"; the figures run from {ever[0]} to {ever[-1]}" if ever else ""
    partner = f" with {at.tables.country(at.partner).the}" if at.partner else ""
    return no_data(f"{title}: no figure for {at.country.the}{partner} {wanted}{rest}", named or "")


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
    detail = "; ".join(say(value) + (f" ({value.source.publisher})" if result == "mixed" else "") for value in shown)
    return Reading(
        result,
        words.sentence(detail),
        values[0].value,
        unit,
        values[0].period,
        comparator,
        " or ".join(dict.fromkeys(map(brief, shown))),
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
    detail = " ".join(f"{words.capital(scope)}: {one.detail}" for scope, one in readings)
    return replace(
        first,
        result=result,
        detail=detail,
        sources=tuple(dict.fromkeys(s for _, one in voting for s in one.sources)),
        urls=tuple(dict.fromkeys(s for _, one in voting for s in one.urls)),
    )
