"""Indicators: public figures by country and period, each with its definition and its source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import yaml

from atlas import dates

COLUMNS = ["indicator", "iso3", "partner", "period", "value", "source", "note"]
_SERIES = ["indicator", "iso3", "partner"]
_RANKED = ["indicator", "source"]
_NUMERALS = ["period", "note"]
"""Columns whose text pandas would take for numbers if it read them as categories at once."""
_TEXT = {name: "category" for name in COLUMNS if name != "value"}
"""Text is held as numbers that stand for words: a quarter of the memory, and sorted without comparing words."""


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
        """The value of the preferred source by period."""
        found: dict[str, float] = {}
        for period, value in zip(self.periods, self.values, strict=True):
            found.setdefault(period, value)
        return found


class Group:
    """One file of figures with its sidecar; the figures are read when first asked for."""

    def __init__(self, sidecar: Path) -> None:
        papers: dict[str, Any] = yaml.load(sidecar.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        self.name: str = papers["group"]
        self.title: str = papers["title"]
        self._csv = sidecar.with_suffix(".csv")
        self._asked: dict[tuple[str, ...], Figures] = {}
        self.sources = {key: _source(key, given) for key, given in papers["sources"].items()}
        self.indicators = {
            key: _indicator(key, self.name, given, self.sources) for key, given in papers["indicators"].items()
        }

    @cached_property
    def frame(self) -> pd.DataFrame:
        """The figures, shape (n, 7), in the columns of `COLUMNS`, preferred source first within a period."""
        types = _TEXT | dict.fromkeys(_NUMERALS, "str")
        read = pd.read_csv(self._csv, dtype=types, keep_default_na=False, na_values={"value": [""]}, low_memory=False)
        read = read.astype(dict.fromkeys(_NUMERALS, "category"))
        order = [read[name].cat.codes.to_numpy() for name in (*_SERIES, "period")]
        return read.iloc[np.lexsort([self._ranks(read), *reversed(order)])].reset_index(drop=True)

    def _ranks(self, read: pd.DataFrame) -> np.ndarray[Any, Any]:
        """Return for every row how far down its source stands in the order of preference."""
        names, sources = ({word: i for i, word in enumerate(read[column].cat.categories)} for column in _RANKED)
        ranks = np.full((len(names), len(sources)), 99)
        for one in self.indicators.values():
            for rank, source in enumerate(one.sources):
                if one.id in names and source.id in sources:
                    ranks[names[one.id], sources[source.id]] = rank
        return ranks[tuple(read[column].cat.codes.to_numpy() for column in _RANKED)]

    @cached_property
    def _places(self) -> dict[tuple[str, ...], slice]:
        """Where the rows of each indicator, country and partner stand; they stand together."""
        codes = np.column_stack([self.frame[name].cat.codes.to_numpy() for name in _SERIES])
        starts = np.flatnonzero(np.r_[True, (codes[1:] != codes[:-1]).any(axis=1)][: len(codes)])
        names = zip(*(self.frame[name].iloc[starts] for name in _SERIES), strict=True)
        ends = [*starts[1:].tolist(), len(codes)]
        return dict(zip(names, map(slice, starts.tolist(), ends), strict=False))

    @cached_property
    def _columns(self) -> dict[str, tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]]:
        """What a row says in each column of text, as number, and the words that the numbers stand for."""
        columns = {name: self.frame[name].cat for name in ("period", "source", "note")}
        return {name: (one.codes.to_numpy(), one.categories.to_numpy(object)) for name, one in columns.items()}

    @cached_property
    def _values(self) -> np.ndarray[Any, Any]:
        return self.frame["value"].to_numpy()

    def figures(self, indicator: str, iso3: str, partner: str = "") -> Figures:
        """Return the figures of one indicator and country; empty where there are none."""
        key = (indicator, iso3, partner)
        if key not in self._asked:
            rows = self._places.get(key, slice(0))
            periods, sources, notes = (words[codes[rows]].tolist() for codes, words in self._columns.values())
            self._asked[key] = Figures(periods, self._values[rows].tolist(), sources, notes)
        return self._asked[key]

    def has_any(self, indicator: str, iso3: str) -> bool:
        """Tell whether there is a figure of an indicator and country with any partner."""
        return any(place[:2] == (indicator, iso3) for place in self._places)

    def series(self, indicator: str, iso3: str, partner: str = "") -> pd.DataFrame:
        """Return the rows of one indicator and country, oldest first; empty where there are none."""
        rows = self._places.get((indicator, iso3, partner), slice(0))
        return self.frame.iloc[rows].astype(dict.fromkeys(_TEXT, "str"))

    def newest(self, indicator: str) -> str:
        """Return the newest period for which any country has a figure."""
        periods = self.frame.loc[self.frame["indicator"] == indicator, "period"].unique().tolist()
        return max(periods, key=dates.last_day)

    def all_of(self, indicator: str, partner: str = "") -> pd.DataFrame:
        """Return the rows of one indicator for every country."""
        frame = self.frame
        rows = frame[(frame["indicator"] == indicator) & (frame["partner"] == partner)]
        return rows.astype(dict.fromkeys(_TEXT, "str"))


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
