"""Which values the parameters of notebooks may take, asked before a kernel starts."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from atlas import asked, chosen, dates
from atlas.data import tables
from atlas.errors import WrongUse
from atlas.language import ENGLISH, LANGUAGES
from atlas.options import file as options_file
from atlas.render import parameters
from atlas.render.parameters import Validator

ENGLISH_ONLY = ("change", "compare", "index", "options")
"""Notebooks whose report exists in English alone, whatever their parameters are called."""


def others(notebook: Path, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parameters of a notebook that were given another value than their default, in their types.

    Raises
    ------
    WrongUse
        For an unknown name, a value of another type, or a value that makes no sense.
    """
    known = parameters.declared(notebook)
    typed = parameters.checked(given, known, _validators(notebook.stem))
    _together({name: one.default for name, one in known.items()} | typed)
    return {name: value for name, value in typed.items() if value != known[name].default}


def _validators(notebook: str) -> dict[str, Validator]:
    known = tables()
    return {"country": known.country, "countries": _countries,
            "as_of": lambda text: asked.day("as_of", text), "from_date": lambda text: asked.day("from_date", text),
            "to_date": lambda text: asked.day("to_date", text),
            "peers": lambda name: known.peers(name, "DEU", known.newest),
            "detail": lambda word: asked.one_of("detail", word, ("brief", "full")),
            "language": lambda word: _language(notebook, word),
            "draws": lambda given: options_file.number("draws", given),
            "seed": lambda given: options_file.number("seed", given)}


def _together(values: Mapping[str, Any]) -> None:
    """Refuse values that make sense each, but not together: a span without days, countries chosen in two ways."""
    if values.get("from_date") and values.get("to_date"):
        start, end = (dates.last_day(values[name]) for name in ("from_date", "to_date"))
        if start >= end:
            raise WrongUse(f"from_date={values['from_date']} does not lie before to_date={values['to_date']}; "
                           "as in from_date=2020-05 to_date=2025-12")
    if {"countries", "interest", "region"} <= set(values):
        chosen.choose(tables(), values["countries"], values["interest"], values["region"])


def _countries(text: str) -> None:
    for iso3 in filter(None, (one.strip() for one in text.split(","))):
        tables().country(iso3)


def _language(notebook: str, word: str) -> None:
    """Refuse a language that no report speaks, or that only the country report does."""
    asked.one_of("language", word, LANGUAGES)
    if word not in ENGLISH and notebook in ENGLISH_ONLY:
        raise WrongUse(f"language={word!r} is for the country report; {notebook}.ipynb speaks {ENGLISH[0]} only")

