"""Units of measure: currencies, and how a unit is written beside its number."""

from __future__ import annotations

from atlas import language, phrases
from atlas.language import Said
from atlas.phrases import say

_UNNAMED = ("index", "category", "standard", "persons", "rank", "ideal-point", "0/1", "event", "detections", "SIPRI",
            "score")
"""Units that are not written behind a number, by how they begin."""


def currency(unit: str) -> str:
    """Return the code of the currency in which a unit is counted; empty for any other unit.

    >>> currency("billion EUR"), currency("persons")
    ('EUR', '')
    """
    for mark, code in (("US$", "USD"), ("EUR", "EUR"), ("CHF", "CHF"), ("RUB", "RUB"), ("USD", "USD")):
        if mark in unit:
            return code
    return ""


def currency_rest(unit: str) -> str:
    """Return what a currency unit says beyond the currency: "current US$ per person" gives "per person"."""
    return say("units.per person") if "per person" in unit else ""


def money(amount: str, code: str) -> str:
    """Write a sum: "USD 62.0 billion", "62,0 Milliarden US-Dollar"."""
    return say("money", amount=amount, currency=say(f"units.{code}"))


def named(unit: str) -> str:
    """Return a unit of the codebook as a sentence has room for it, in the language that is spoken now.

    >>> named("applications per million persons")
    'per million people'
    """
    if phrases.has(f"units.{unit}"):
        return say(f"units.{unit}")
    return unit.shown if isinstance(unit, Said) else language.foreign(unit)


def whole(unit: str) -> str:
    """Return a unit as the codebook has it, for the head of an axis or a table, in the language that is spoken now."""
    return unit if not unit or language.english() else named(unit)


def shown(unit: str) -> bool:
    """Tell whether a unit is written behind its number."""
    return bool(unit) and not unit.startswith(_UNNAMED)
