"""Newer figures in the layout of the tables: known places only, scaled, corrected, computed anew from one another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from atlas.errors import Refused
from atlas.refresh.answers import Download
from atlas.refresh.plan import Catalogue, Listed
from atlas.writing.calculations import Series, compute, derive_figure
from atlas.writing.corrections import correct
from atlas.writing.rows import FIRST_YEAR, Row, plain_number

Tables = dict[str, list[Row]]
"""Rows by group."""


@dataclass(frozen=True)
class Places:
    """The places that may have figures."""

    codes: frozenset[str]
    by_two_letters: Mapping[str, str]

    def code(self, given: str) -> str:
        """Return the code of a known place, from two letters or three; empty for a group of countries."""
        code = self.by_two_letters.get(given, given)
        return code if code in self.codes else ""


def places(countries: list[Row]) -> Places:
    """Return the places of ``reference/countries.csv`` that are no group of countries."""
    single = [row for row in countries if row["kind"] != "aggregate"]
    return Places(frozenset(row["iso3"] for row in single), {row["iso2"]: row["iso3"] for row in single if row["iso2"]})


@dataclass
class Newer:
    """Newer figures as they are gathered: in full precision to compute with, and as rows of the tables."""

    listed: Catalogue
    tables: Tables
    series: dict[str, Series] = field(default_factory=dict)
    rows: dict[str, list[Row]] = field(default_factory=dict)
    papers: dict[str, dict[str, str]] = field(default_factory=dict)

    def add(self, name: str, fetched: Download, known: Places, corrections: list[Mapping[str, Any]]) -> None:
        """Add an indicator that came from its publisher."""
        one = self.listed[name]
        scale = one.refresh.get("scale", 1)
        values: Series = {}
        for (given, year), value in sorted(fetched.values.items()):
            iso3 = known.code(given)
            if iso3:
                values[iso3, year] = value * scale
        if not values:
            raise Refused(fetched.url, f"no figure of {name} for any known country", "look at the declaration")
        rows = _rows(one, values)
        written = {(row["iso3"], row["period"]): row["value"] for row in rows}
        for correction in corrections:
            if correction["indicator"] == name:
                correct(rows, correction, f"{one.group}.yaml")
        after = {(row["iso3"], row["period"]): row["value"] for row in rows}
        corrected = {key: float(value) for key, value in after.items() if written.get(key) != value}
        self.series[name] = {key: value for key, value in values.items() if key in after} | corrected
        first = str(one.entry.get("since", FIRST_YEAR))
        self.rows[name] = [row for row in rows if row["period"] >= first]
        self.papers[name] = fetched.papers

    def compute(self, name: str) -> None:
        """Add an own calculation, by the same rule as when the tables were first selected."""
        one = self.listed[name]
        if "per_head_of" in one.rule:
            self.rows[name] = derive_figure(name, one.entry, self.tables[one.group], self.read)
            return
        values = compute(one.rule, self.read)
        self.series[name] = {key: value for key, value in values.items() if int(key[1]) >= FIRST_YEAR}
        self.rows[name] = _rows(one, self.series[name])

    def old(self, name: str) -> list[Row]:
        """Return the rows of an indicator as the tables have them."""
        return [row for row in self.tables[self.listed[name].group] if row["indicator"] == name]

    def read(self, name: str) -> Series:
        """Return the newer series of an indicator, or that of the tables where there is no newer one."""
        if name not in self.series:
            rows = [row for row in self.old(name) if not row["partner"]]
            self.series[name] = {(row["iso3"], row["period"]): float(row["value"]) for row in rows}
        return self.series[name]


def _rows(one: Listed, values: Series) -> list[Row]:
    return [
        {
            "indicator": one.name,
            "iso3": iso3,
            "partner": "",
            "period": year,
            "value": plain_number(value, one.entry["digits"]),
            "source": one.refresh["source"],
            "note": "",
        }
        for (iso3, year), value in values.items()
    ]
