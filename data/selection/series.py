"""Select world series from the shared tables into one group of indicators."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from rows import Row, plain_number, read_csv

COLUMNS = ("indicator", "iso3", "partner", "period", "value", "source", "note")
FIRST_YEAR = 2000
Series = dict[tuple[str, str], float]


def select_group(listed: Mapping[str, Any], shared: Path) -> list[Row]:
    """Return the rows of one group, sorted, in the project's layout.

    Parameters
    ----------
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
    return sort_rows([row for row in rows if not any(is_left_out(row, case) for case in listed.get("left_out", ()))])


def is_left_out(row: Row, case: Mapping[str, Any]) -> bool:
    """Say whether a share belongs to a list of partners that misleads."""
    return (
        row["iso3"] == case["iso3"]
        and row["indicator"].startswith(tuple(f"{flow}_share" for flow in case["flows"]))
        and case["since"] <= int(row["period"][:4]) <= case.get("until", 9999)
        and case.get("partner", row["partner"]) == row["partner"]
    )


def sort_rows(rows: list[Row]) -> list[Row]:
    """Sort rows by indicator, country, partner, period and source."""
    return sorted(rows, key=lambda row: (*(row[column] for column in COLUMNS[:4]), row["source"], row["note"]))


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
    rule = entry["derive"]
    kind = next(iter(rule))
    values = RULES[kind](rule, shared)
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


def growth_of(rule: Mapping[str, Any], shared: Path) -> Series:
    """Return the yearly change in per cent."""
    levels = read_series(rule["growth_of"], shared)
    before = {key: levels.get((key[0], str(int(key[1]) - 1))) for key in levels}
    return {key: 100 * (level / base - 1) for key, level in levels.items() if (base := before[key])}


def product_of(rule: Mapping[str, Any], shared: Path) -> Series:
    """Return the product of two series, scaled."""
    left, right = (read_series(name, shared) for name in rule["product_of"])
    return {key: value * right[key] * rule["times"] for key, value in left.items() if key in right}


def ratio_of(rule: Mapping[str, Any], shared: Path) -> Series:
    """Return the first series over the second, scaled."""
    top, bottom = (read_series(name, shared) for name in rule["ratio_of"])
    return {key: value / bottom[key] * rule["times"] for key, value in top.items() if bottom.get(key)}


def distance_to(rule: Mapping[str, Any], shared: Path) -> Series:
    """Return the absolute difference from one country's value in the same year."""
    positions = read_series(rule["of"], shared)
    anchor = {year: value for (iso3, year), value in positions.items() if iso3 == rule["distance_to"]}
    return {key: abs(value - anchor[key[1]]) for key, value in positions.items() if key[1] in anchor}


def sum_for(rule: Mapping[str, Any], shared: Path) -> Series:
    """Return one country's value with that of others added."""
    values = read_series(rule["of"], shared)
    places = (rule["sum_for"], *rule["with"])
    years = [year for iso3, year in values if iso3 == places[0] and all((place, year) in values for place in places)]
    return {(places[0], year): sum(values[place, year] for place in places) for year in years}


RULES: dict[str, Callable[[Mapping[str, Any], Path], Series]] = {
    "growth_of": growth_of,
    "product_of": product_of,
    "ratio_of": ratio_of,
    "distance_to": distance_to,
    "sum_for": sum_for,
}
TABLES = ("economy.csv", "security.csv", "values_order.csv")


def read_series(name: str, shared: Path) -> Series:
    """Read one indicator of a shared table by country and year."""
    rows = (row for table in TABLES for row in table_rows(shared / "data" / table))
    return {(row["iso3"], row["year"]): float(row["value"]) for row in rows if row["indicator"] == name}


@cache
def table_rows(path: Path) -> tuple[Row, ...]:
    """Read a shared table once."""
    return tuple(read_csv(path))
