"""Indicators: public figures by country and period, each with its definition and its source."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from atlas import dates, phrases
from atlas.writing.rows import read_yaml

if TYPE_CHECKING:
    import pandas as pd

    from atlas.data.rows import Rows


@dataclass(frozen=True)
class Source:
    """Who published a figure, and under which licence it may be passed on."""

    id: str
    publisher: str
    title: str
    citation: str
    url: str
    licence: str
    licence_id: str = ""
    retrieved: str = ""
    version: str = ""
    note: str = ""

    @property
    def named(self) -> str:
        """The publisher as it names itself; what we add to the name, in the language that is spoken now."""
        name = self.publisher
        for said, here in phrases.words_of("publishers"):
            name = re.sub(rf"\b{said}\b", here, name)
        return name


@dataclass(frozen=True)
class Indicator:
    """What a figure measures: unit, definition, decimals that its source deserves."""

    id: str
    group: str
    title: str
    unit: str
    definition: str
    digits: int
    good: str | None
    sources: tuple[Source, ...]
    rhythm: str

    @property
    def of_refugees(self) -> bool:
        """Whether it counts people of the country who live elsewhere, so that its verbs are those of people."""
        return self.title.startswith("Refugees")


@dataclass(frozen=True)
class Value:
    """One published figure."""

    indicator: str
    iso3: str
    partner: str
    period: str
    value: float
    source: Source
    note: str


@dataclass(frozen=True)
class Figures:
    """The figures of one indicator and country: oldest first, the preferred source first within a period."""

    periods: list[str]
    values: list[float]
    sources: list[str]
    notes: list[str]

    @cached_property
    def ends(self) -> list[date]:
        """The last day of each period."""
        return [dates.last_day(period) for period in self.periods]

    @cached_property
    def preferred(self) -> dict[str, float]:
        """The value of the preferred source by period, oldest first."""
        last_wins = dict(zip(reversed(self.periods), reversed(self.values), strict=True))
        return dict(reversed(last_wins.items()))


class Group:
    """One file of figures with its sidecar; the figures are read when first asked for."""

    def __init__(self, sidecar: Path) -> None:
        papers: dict[str, Any] = read_yaml(sidecar)
        self.name: str = papers["group"]
        self.title: str = papers["title"]
        self._csv = sidecar.with_suffix(".csv")
        self._asked: dict[tuple[str, ...], Figures] = {}
        self.sources = {key: _source(key, given) for key, given in papers["sources"].items()}
        self.indicators = {
            key: _indicator(key, self.name, given, self.sources) for key, given in papers["indicators"].items()
        }

    @cached_property
    def rows(self) -> Rows:
        """The rows of the file, preferred source first within a period."""
        from atlas.data.rows import Rows  # pandas takes half a second; a build with nothing to do goes without

        preferred = {key: [source.id for source in one.sources] for key, one in self.indicators.items()}
        return Rows(self._csv, preferred)

    def figures(self, indicator: str, iso3: str, partner: str = "") -> Figures:
        """Return the figures of one indicator and country; empty where there are none."""
        key = (indicator, iso3, partner)
        if key not in self._asked:
            self._asked[key] = Figures(*self.rows.lists(*key))
        return self._asked[key]

    def has_any(self, indicator: str, iso3: str) -> bool:
        """Tell whether there is a figure of an indicator and country with any partner."""
        return self.rows.has_any(indicator, iso3)

    def newest(self, indicator: str) -> str:
        """Return the newest period for which any country has a figure."""
        return max(self.rows.periods(indicator), key=dates.last_day)

    def series(self, indicator: str, iso3: str, partner: str = "") -> pd.DataFrame:
        """Return the rows of one indicator and country, oldest first; empty where there are none."""
        return self.rows.table(indicator, iso3, partner)


def _source(key: str, given: dict[str, Any]) -> Source:
    text = {
        name: str(given.get(name) or "")
        for name in ("publisher", "title", "citation", "url", "licence", "licence_id", "retrieved", "version", "note")
    }
    return Source(id=key, **text)


def _indicator(key: str, group: str, given: dict[str, Any], sources: Mapping[str, Source]) -> Indicator:
    return Indicator(
        id=key,
        group=group,
        title=given["title"],
        unit=str(given["unit"]),
        definition=given["definition"],
        digits=int(given["digits"]),
        good=given.get("good"),
        sources=tuple(sources[name] for name in given["sources"]),
        rhythm=given.get("rhythm", "year"),
    )
