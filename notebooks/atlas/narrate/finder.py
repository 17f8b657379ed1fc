"""The table in which a reader finds a country by name in English or German, by code, by interest or by region."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from atlas import words
from atlas.blocks import Directory, Run, Text, bar, link, soft, strong
from atlas.data import Country, Tables
from atlas.model import ATLAS
from atlas.narrate.standing import Standing
from atlas.vocabulary import VERDICTS

_PLAIN = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "ı": "i"})
_SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
COLUMNS: tuple[Mapping[str, Any], ...] = (
    {"name": "Country", "width": 1.5, "least": 7, "sort": "text"},
    {"name": "Region", "width": 1.15, "least": 6, "sort": "text"},
    {"name": "Interest", "width": 1.05, "least": 5.2, "sort": "text"},
    {"name": "Editions", "width": 0.95, "least": 4.8, "sort": "text"},
    {"name": "Claims", "width": 0.55, "least": 3.4, "align": "right", "sort": "number"},
    {"name": "Verdicts", "width": 1.6, "least": 8, "sort": "number"},
    {"name": "Figures of", "width": 0.75, "least": 4.2, "sort": "number"},
    {"name": "Report", "width": 1.15, "least": 5.4, "sort": "text"},
)


def folded(text: str) -> str:
    """Fold a text as the page folds what a reader types: no accents, no case, only letters and digits.

    >>> folded("Côte d'Ivoire"), folded("Weißrussland"), folded("Türkiye")
    ('cote d ivoire', 'weissrussland', 'turkiye')
    """
    plain = unicodedata.normalize("NFD", text.lower().translate(_PLAIN))
    return re.sub(r"[^a-z0-9]+", " ", re.sub(r"[\u0300-\u036f]", "", plain)).strip()


def findable(names: Iterable[str]) -> str:
    """Return everything under which something is found, each word once, umlauts in both spellings.

    >>> findable(["Egypt", "Ägypten", "EGY"])
    'egypt agypten aegypten egy'
    """
    forms = [form for name in names for form in (folded(name), folded(name.lower().translate(_SPELLED)))]
    return " ".join(dict.fromkeys(forms))


def finder(tables: Tables, standings: Sequence[Standing]) -> Directory:
    """Return the table of all countries with an assessment or a report, and the list of all others."""
    shown = {one.iso3 for one in standings}
    others = sorted((one for one in tables.countries.values() if one.kind == "state" and one.iso3 not in shown),
                    key=lambda one: folded(one.name))
    assessed = sum(bool(one.ledger.assessments) for one in standings)
    return Directory(
        caption=f"{words.capital(words.count(assessed, 'country', 'countries'))} with an assessment"
                + (f", {words.count(len(standings) - assessed)} with a report from data alone"
                   if len(standings) > assessed else ""),
        columns=COLUMNS,
        rows=[_row(tables, one) for one in standings],
        tags=[(code, str(names["short"])) for code, names in tables.interests.items()],
        others=[_other(tables, one) for one in others],
        others_title=f"{words.capital(words.count(len(others), 'other state', 'other states'))}: no assessment on file",
        note="Interest: of the chapters of the Partner-Atlas. Verdicts: all claims of all texts; sorted by the share "
             "that still holds or came about. Figures of: the newest year, and in small letters the middle one, of the "
             "figures that the claims are read from today; events and treaties are not counted.")


def _names(tables: Tables, country: Country) -> list[str]:
    return [country.name, country.name_de, country.iso3, country.iso2, *tables.aliases.get(country.iso3, [])]


def _named(country: Country, page: str) -> list[Run]:
    """Name a country in English, and small beside it in German where that differs, with its code."""
    german = f"{country.name_de} · " if country.name_de != country.name else ""
    return [link(country.name, page) if page else country.name, soft(f" {german}{country.iso3}")]


def _row(tables: Tables, one: Standing) -> dict[str, Any]:
    interests = [tables.interests[code] for code in one.interests]
    said = [text for names in interests for text in (names["short"], names["name"], names["name_de"])]
    region = one.region or one.country.subregion
    return {"find": findable([*_names(tables, one.country), region, *one.interests, *said]), "tags": one.interests,
            "cells": [{"text": text, "sort": value} for text, value in (
                (_named(one.country, one.page), folded(one.country.name)),
                (region, region),
                (words.capital(words.listing(str(names["short"]).lower() for names in interests)) or soft("data only"),
                 " ".join(one.interests) or "~"),
                _editions(one),
                (str(len(one.ledger.rows)) if one.ledger.rows else "–", len(one.ledger.rows)),
                _verdicts(one), _years(one), (_report(one), one.state.word))]}


def _editions(one: Standing) -> tuple[Text, str]:
    own = list(dict.fromkeys(text.edition for text in one.chapters))
    others = sum(text.publisher != ATLAS for text in one.ledger.assessments)
    runs: list[Run] = [", ".join(own)] if own else []
    if others:
        runs.append(soft(f" {words.count(others, 'text')} of others"))
    return runs or "–", own[0] if own else "~"


def _verdicts(one: Standing) -> tuple[Text, float]:
    found = [row.verdict for row in one.ledger.rows]
    if not found:
        return soft("no assessment, data only"), -1.0
    good = sum(VERDICTS[word].tone == "good" for word in found)
    return [bar(found)], round(good / len(found), 4)


def _years(one: Standing) -> tuple[Text, int]:
    if not one.years:
        return "–", 0
    middle = one.years[(len(one.years) - 1) // 2]
    runs: list[Run] = [str(one.years[-1])]
    if middle != one.years[-1]:
        runs.append(soft(f" middle {middle}"))
    return runs, one.years[-1]


def _report(one: Standing) -> Text:
    """Say how a report stands, with its files."""
    there = [ending for ending in ("html", "pdf") if one.state.has(ending)]
    files = [link(ending.upper(), f"{one.iso3}/country.{ending}") for ending in there]
    runs: list[Run] = [run for file in files for run in (file, " ")]
    return [*runs, (strong if one.state.word in ("stale", "failed") else soft)(one.state.word)]


def _other(tables: Tables, country: Country) -> dict[str, Any]:
    hint = f"No assessment of {country.the} is on file; atlas render {country.iso3} makes a report from data."
    return {"name": country.name, "text": _named(country, ""), "find": findable(_names(tables, country)),
            "hint": hint}
