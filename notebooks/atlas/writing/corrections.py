"""Corrections: each names the wrong value that it expects, and fails on the day that the value is gone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from atlas.errors import AtlasError
from atlas.writing.rows import Row

EXPECTED = ("indicator", "iso3", "partner", "period", "value")


def correct(
    rows: list[Row], correction: Mapping[str, Any], file: str, columns: Mapping[str, str] | None = None
) -> None:
    """Apply one correction to the row that holds the wrong value.

    Parameters
    ----------
    rows : list of Row
        The rows; the one that is found is changed.
    correction : mapping
        ``indicator``, ``iso3``, ``partner``, ``period``, the wrong ``value``, what the row ``becomes``, the ``reason``.
    file : str
        The list that declares the correction.
    columns : mapping, optional
        What a field is called in these rows, where it has another name.

    Raises
    ------
    AtlasError
        If not exactly one row holds the wrong value.
    """
    names = columns or {}
    expected = {names.get(key, key): str(correction.get(key, "")) for key in EXPECTED}
    hits = [row for row in rows if all(row[key] == value for key, value in expected.items())]
    if len(hits) != 1:
        raise AtlasError(f"correction no longer fits: {expected}; remove it from lists/{file}; nothing was written")
    hits[0].update({names.get(key, key): str(value) for key, value in correction["becomes"].items()})
