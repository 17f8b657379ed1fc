"""The rows of a file of figures, in the order in which they are looked up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from atlas.writing.rows import COLUMNS

_SERIES = ["indicator", "iso3", "partner"]
_NUMERALS = ["period", "note"]
"""Columns whose text pandas would take for numbers if it read them as categories at once."""
_TEXT = {name: "category" for name in COLUMNS if name != "value"}
"""Text is held as numbers that stand for words: a quarter of the memory, and sorted without comparing words."""


class Rows:
    """Everything in one file; the rows of an indicator, a country and a partner stand together.

    Parameters
    ----------
    path : Path
        CSV in the columns of `writing.rows.COLUMNS`.
    preferred : mapping
        The sources of each indicator, the preferred one first.
    """

    def __init__(self, path: Path, preferred: Mapping[str, Sequence[str]]) -> None:
        self.frame = _read(path, preferred)
        self._places = _places(self.frame)
        self._columns = (_words(self.frame["period"]), self.frame["value"].tolist(),
                         _words(self.frame["source"]), _words(self.frame["note"]))

    def lists(self, *key: str) -> tuple[list[str], list[float], list[str], list[str]]:
        """Return periods, values, sources and notes; parts of lists cost a rule far less than parts of a table."""
        place = self._places.get(key, slice(0))
        periods, values, sources, notes = self._columns
        return periods[place], values[place], sources[place], notes[place]

    def has_any(self, *key: str) -> bool:
        """Tell whether there is a row whose key begins so."""
        return any(place[:len(key)] == key for place in self._places)

    def periods(self, indicator: str) -> list[str]:
        """Return every period for which any country has a figure."""
        return self.frame.loc[self.frame["indicator"] == indicator, "period"].unique().tolist()

    def table(self, *key: str) -> pd.DataFrame:
        """Return the rows of one indicator, country and partner as a table, oldest first."""
        return self.frame.iloc[self._places.get(key, slice(0))].astype(dict.fromkeys(_TEXT, "str"))


def _read(path: Path, preferred: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    types = _TEXT | dict.fromkeys(_NUMERALS, "str")
    found = pd.read_csv(path, dtype=types, keep_default_na=False, na_values={"value": [""]}, low_memory=False)
    found = found.astype(dict.fromkeys(_NUMERALS, "category"))
    order = [found[name].cat.codes.to_numpy() for name in (*_SERIES, "period")]
    return found.iloc[np.lexsort([_ranks(found, preferred), *reversed(order)])].reset_index(drop=True)


def _ranks(found: pd.DataFrame, preferred: Mapping[str, Sequence[str]]) -> np.ndarray[Any, Any]:
    """Return for every row how far down its source stands in the order of preference."""
    columns = [found[name].cat for name in ("indicator", "source")]
    names, sources = ({word: i for i, word in enumerate(column.categories)} for column in columns)
    ranks = np.full((len(names), len(sources)), 99)
    for name, wanted in preferred.items():
        for rank, source in enumerate(wanted):
            if name in names and source in sources:
                ranks[names[name], sources[source]] = rank
    return ranks[tuple(column.codes.to_numpy() for column in columns)]


def _places(frame: pd.DataFrame) -> dict[tuple[str, ...], slice]:
    """Return where the rows of each indicator, country and partner stand."""
    codes = np.column_stack([frame[name].cat.codes.to_numpy() for name in _SERIES])
    starts = np.flatnonzero(np.r_[True, (codes[1:] != codes[:-1]).any(axis=1)][: len(codes)])
    names = zip(*(frame[name].iloc[starts] for name in _SERIES), strict=True)
    ends = [*starts[1:].tolist(), len(codes)]
    return dict(zip(names, map(slice, starts.tolist(), ends), strict=False))


def _words(column: pd.Series[str]) -> list[str]:
    """Return a column of text as a list, each word in memory once."""
    found: list[str] = column.cat.categories.to_numpy(object)[column.cat.codes.to_numpy()].tolist()
    return found
