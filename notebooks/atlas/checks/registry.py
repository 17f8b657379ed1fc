"""The registry of rules: how a rule is entered, read, and its keys validated."""

from __future__ import annotations

import inspect
import typing
from collections.abc import Callable, Collection
from functools import cache
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, ValidationError, create_model

from atlas.checks.reading import At, Clock, Reading
from atlas.data import Tables
from atlas.errors import WrongUse, nearest
from atlas.model import Check

IndicatorName = Annotated[str, "indicator"]
"""The type of a key that names an indicator; `problems` looks it up."""
EventName = Annotated[str, "event"]
Organisation = Annotated[str, "organisation"]
Instrument = Annotated[str, "instrument"]
CountryCode = Annotated[str, "country"]
Peers = Annotated[str | list[str], "peers"]


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
def form(name: str) -> type[BaseModel]:
    """Return the model that holds a rule's keys; making one costs more than reading a hundred checks."""
    given = inspect.signature(RULES[name]).parameters
    fields: dict[str, Any] = {
        key: (hint, ... if given[key].default is inspect.Parameter.empty else given[key].default)
        for key, hint in _annotations(name).items()
    }
    return create_model("Keys", __config__=ConfigDict(extra="forbid"), **fields)


def _keys(check: Check) -> dict[str, Any]:
    got = form(check.rule).model_validate(check.keys)
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
