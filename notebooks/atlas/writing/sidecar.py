"""The sidecar of a table: what its indicators mean, where they come from, under which licence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from atlas.writing.rows import Row, sha256, write_yaml

GENERATED = "Written by `python data/selection`; change data/selection/lists/ instead."
BY_HAND = "by hand"


def write_sidecar(
    group: str,
    listed: Mapping[str, Any],
    rows: list[Row],
    papers: Mapping[str, Any],
    csv: Path,
    refreshed: Mapping[str, Mapping[str, str]] | None = None,
) -> None:
    """Write ``<group>.yaml`` beside ``<group>.csv``.

    Parameters
    ----------
    group : str
        Name of the group.
    listed : mapping
        Content of ``lists/<group>.yaml``.
    rows : list of Row
        Rows of the table as written.
    papers : mapping
        Papers of every source that may appear.
    csv : Path
        The table.
    refreshed : mapping, optional
        For indicators that came from their publisher anew: day, version, address and checksum.
    """
    used = {name: Counter(row["source"] for row in rows if row["indicator"] == name) for name in listed["indicators"]}
    anew = refreshed or {}
    content = {
        "group": group,
        "title": listed["title"],
        "sha256": sha256(csv),
        "indicators": {
            name: describe(entry, used[name]) | ({"refreshed": dict(anew[name])} if name in anew else {})
            for name, entry in listed["indicators"].items()
            if used[name]
        },
        "sources": {source: papers[source] for source in sorted({row["source"] for row in rows})},
    }
    write_yaml(csv.with_suffix(".yaml"), content, GENERATED)


def describe(entry: Mapping[str, Any], used: Mapping[str, int]) -> dict[str, Any]:
    """Return what a reader must know about one indicator."""
    return {
        "title": entry["title"],
        "unit": entry["unit"],
        "definition": entry["definition"],
        "digits": entry["digits"],
        "good": entry.get("good"),
        "sources": sorted(used, key=lambda source: (-used[source], source)),
        "rhythm": entry.get("rhythm", "year"),
    } | ({"refresh": entry["refresh"]} if entry.get("refresh", BY_HAND) != BY_HAND else {})


def told(refresh: Any) -> str:
    """Say in a few words where newer figures of an indicator come from.

    Examples
    --------
    >>> told({"client": "worldbank", "series": "NY.GDP.MKTP.CD", "unit": "current US$"})
    'worldbank NY.GDP.MKTP.CD'
    >>> told({"source": "own_worldbank"})
    'computed'
    >>> told("by hand")
    'by hand'
    """
    if not isinstance(refresh, Mapping):
        return BY_HAND
    return f"{refresh['client']} {refresh['series']}" if "client" in refresh else "computed"
