"""Select world series from the shared tables into one group of indicators."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any

from atlas.writing.calculations import Series, compute
from atlas.writing.corrections import correct
from atlas.writing.rows import FIRST_YEAR, Row, plain_number, read_csv, sort_rows

TABLES = ("economy.csv", "security.csv", "values_order.csv")


def select_group(group: str, listed: Mapping[str, Any], shared: Path) -> list[Row]:
    """Return the rows of one group, sorted, in the project's layout.

    Parameters
    ----------
    group : str
        Name of the group.
    listed : mapping
        Content of ``lists/<group>.yaml``.
    shared : Path
        Folder of the shared tables.
    """
    rows: list[Row] = []
    for name, entry in listed["indicators"].items():
        if "derive" in entry:
            rows += derive(name, entry, shared)
        elif "partners" in entry.get("take", {}):
            rows += take_partners(name, entry, shared)
        else:
            rows += take(name, entry, listed["table"], shared)
    for correction in listed.get("corrections", ()):
        correct(rows, correction, f"{group}.yaml")
    return sort_rows([row for row in rows if not any(is_left_out(row, case) for case in listed.get("left_out", ()))])


def is_left_out(row: Row, case: Mapping[str, Any]) -> bool:
    """Say whether a share belongs to a list of partners that misleads."""
    return (
        row["iso3"] == case["iso3"]
        and row["indicator"].startswith(tuple(f"{flow}_share" for flow in case["flows"]))
        and case["since"] <= int(row["period"][:4]) <= case.get("until", 9999)
        and case.get("partner", row["partner"]) == row["partner"]
    )


def take(name: str, entry: Mapping[str, Any], table: str, shared: Path) -> list[Row]:
    """Take one indicator as it stands in a shared table."""
    choice = entry.get("take", {})
    wanted = choice.get("indicator", name)
    since = entry.get("since", FIRST_YEAR)
    return [
        {
            "indicator": name,
            "iso3": row["iso3"],
            "partner": "",
            "period": str(choice.get("period", row["year"])),
            "value": plain_number(float(row["value"]) * entry.get("scale", 1), entry["digits"]),
            "source": choice.get("source", row["source_id"]),
            "note": choice.get("note", ""),
        }
        for row in table_rows(shared / "data" / choice.get("table", table))
        if row["indicator"] == wanted and int(row["year"]) >= since
    ]


def take_partners(name: str, entry: Mapping[str, Any], shared: Path) -> list[Row]:
    """Take the shares of the listed main trade partners in one direction."""
    flow = entry["take"]["partners"]
    return [
        {
            "indicator": name,
            "iso3": row["iso3"],
            "partner": partner,
            "period": row["year"],
            "value": plain_number(float(row["share_pct"]), entry["digits"]),
            "source": row["source_id"],
            "note": "",
        }
        for row in table_rows(shared / "data" / "trade_partners_factbook_long.csv")
        if row["flow"] == flow and int(row["year"]) >= FIRST_YEAR
        and (partner := {"EU": "EUU"}.get(row["partner_iso3"].strip(), row["partner_iso3"])) != "SCG"
    ]


def derive(name: str, entry: Mapping[str, Any], shared: Path) -> list[Row]:
    """Compute one indicator from others, as its entry says."""
    kind = next(iter(entry["derive"]))
    values = compute(entry["derive"], partial(read_series, shared=shared))
    return [
        {
            "indicator": name,
            "iso3": iso3,
            "partner": "",
            "period": year,
            "value": plain_number(value, entry["digits"]),
            "source": f"own_{kind}",
            "note": "",
        }
        for (iso3, year), value in values.items()
        if int(year) >= FIRST_YEAR
    ]


def read_series(name: str, shared: Path) -> Series:
    """Read one indicator of a shared table by country and year."""
    rows = (row for table in TABLES for row in table_rows(shared / "data" / table))
    return {(row["iso3"], row["year"]): float(row["value"]) for row in rows if row["indicator"] == name}


@cache
def table_rows(path: Path) -> tuple[Row, ...]:
    """Read a shared table once."""
    return tuple(read_csv(path))
