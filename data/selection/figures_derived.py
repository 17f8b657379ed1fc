"""Compute figures from published figures."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rows import Row, plain_number
from series import read_series


def derive_figure(name: str, entry: Mapping[str, Any], rows: list[Row], shared: Path) -> list[Row]:
    """Compute one indicator of the group ``published`` as its entry says.

    Parameters
    ----------
    name : str
        Identifier of the new indicator.
    entry : mapping
        Its entry in ``lists/published.yaml``.
    rows : list of Row
        The published rows.
    shared : Path
        Folder of the shared tables.
    """
    if "per_head_of" in entry["derive"]:
        return per_head(name, entry, rows, shared)
    return less_partner(name, entry, rows)


def per_head(name: str, entry: Mapping[str, Any], rows: list[Row], shared: Path) -> list[Row]:
    """Divide a published figure by the population of the same year."""
    rule, people = entry["derive"], read_series("population_total", shared)
    return [
        row | {
            "indicator": name,
            "value": plain_number(
                float(row["value"]) * rule["times"] / people[row["iso3"], row["period"]], entry["digits"]
            ),
            "note": "own calculation with the World Bank's population",
        }
        for row in rows
        if row["indicator"] == rule["per_head_of"] and (row["iso3"], row["period"]) in people
    ]


def less_partner(name: str, entry: Mapping[str, Any], rows: list[Row]) -> list[Row]:
    """Take one partner's part away from a total, in the years for which parts are known."""
    rule = entry["derive"]
    parts = [row for row in rows if row["indicator"] == rule["by"]]
    away = {row["period"]: float(row["value"]) for row in parts if row["partner"] == rule["partner"]}
    known = {row["period"] for row in parts}
    return [
        row | {
            "indicator": name,
            "value": plain_number(float(row["value"]) - away.get(row["period"], 0), entry["digits"]),
            "note": "own calculation",
        }
        for row in rows
        if row["indicator"] == rule["less_partner"] and row["period"] in known
    ]
