"""Indicators: public figures by country and period, each with its definition and its source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

COLUMNS = ["indicator", "iso3", "partner", "period", "value", "source", "note"]


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


class Group:
    """One file of figures with its sidecar; the figures are read when first asked for."""

    def __init__(self, sidecar: Path) -> None:
        papers: dict[str, Any] = yaml.load(sidecar.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        self.name: str = papers["group"]
        self.title: str = papers["title"]
        self._csv = sidecar.with_suffix(".csv")
        self.sources = {key: _source(key, given) for key, given in papers["sources"].items()}
        self.indicators = {
            key: _indicator(key, self.name, given, self.sources) for key, given in papers["indicators"].items()
        }

    @cached_property
    def frame(self) -> pd.DataFrame:
        """The figures, shape (n, 7), in the columns of `COLUMNS`, preferred source first within a period."""
        types = {name: "str" for name in COLUMNS if name != "value"}
        frame = pd.read_csv(self._csv, dtype=types, keep_default_na=False, na_values={"value": [""]})
        order = {
            (indicator.id, source.id): i
            for indicator in self.indicators.values()
            for i, source in enumerate(indicator.sources)
        }
        rank = pd.Series([order.get(pair, 99) for pair in zip(frame["indicator"], frame["source"], strict=True)])
        return (
            frame.assign(_rank=rank)
            .sort_values(["indicator", "iso3", "partner", "period", "_rank"], kind="stable")
            .drop(columns="_rank")
            .reset_index(drop=True)
        )

    @cached_property
    def _places(self) -> Mapping[Any, Any]:
        return self.frame.groupby(["indicator", "iso3", "partner"], sort=False).indices

    def series(self, indicator: str, iso3: str, partner: str = "") -> pd.DataFrame:
        """Return the rows of one indicator and country, oldest first; empty where there are none."""
        rows = self._places.get((indicator, iso3, partner))
        return self.frame.iloc[rows] if rows is not None else self.frame.iloc[:0]

    def all_of(self, indicator: str, partner: str = "") -> pd.DataFrame:
        """Return the rows of one indicator for every country."""
        frame = self.frame
        return frame[(frame["indicator"] == indicator) & (frame["partner"] == partner)]


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
