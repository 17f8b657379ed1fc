"""Figures that we compute from others: growth, products, ratios, distances, sums, values per head."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from atlas.writing.rows import Row, plain_number

Series = dict[tuple[str, str], float]
"""Values by country and year."""
Reader = Callable[[str], Series]
"""Gives the series of an indicator."""


def compute(rule: Mapping[str, Any], read: Reader) -> Series:
    """Compute one series as its rule says.

    Parameters
    ----------
    rule : mapping
        The field ``derive`` of an indicator in a list; its first key names the kind.
    read : callable
        Gives the series of an indicator by name.

    Examples
    --------
    >>> levels = {"gdp": {("BLR", "2020"): 50.0, ("BLR", "2021"): 51.0}}
    >>> compute({"growth_of": "gdp"}, levels.__getitem__)
    {('BLR', '2021'): 2.0000000000000018}
    """
    return RULES[next(iter(rule))](rule, read)


def inputs(rule: Mapping[str, Any]) -> list[str]:
    """Return the indicators that a rule computes from.

    Examples
    --------
    >>> inputs({"product_of": ["share", "gdp"], "times": 0.01})
    ['share', 'gdp']
    >>> inputs({"distance_to": "RUS", "of": "position"})
    ['position']
    """
    kind = next(iter(rule))
    named = rule["of"] if "of" in rule else rule[kind]
    return [named] if isinstance(named, str) else list(named)


def growth_of(rule: Mapping[str, Any], read: Reader) -> Series:
    """Return the yearly change in per cent."""
    levels = read(rule["growth_of"])
    before = {key: levels.get((key[0], str(int(key[1]) - 1))) for key in levels}
    return {key: 100 * (level / base - 1) for key, level in levels.items() if (base := before[key])}


def product_of(rule: Mapping[str, Any], read: Reader) -> Series:
    """Return the product of two series, scaled."""
    left, right = (read(name) for name in rule["product_of"])
    return {key: value * right[key] * rule["times"] for key, value in left.items() if key in right}


def ratio_of(rule: Mapping[str, Any], read: Reader) -> Series:
    """Return the first series over the second, scaled."""
    top, bottom = (read(name) for name in rule["ratio_of"])
    return {key: value / bottom[key] * rule["times"] for key, value in top.items() if bottom.get(key)}


def distance_to(rule: Mapping[str, Any], read: Reader) -> Series:
    """Return the absolute difference from one country's value in the same year."""
    positions = read(rule["of"])
    anchor = {year: value for (iso3, year), value in positions.items() if iso3 == rule["distance_to"]}
    return {key: abs(value - anchor[key[1]]) for key, value in positions.items() if key[1] in anchor}


def sum_for(rule: Mapping[str, Any], read: Reader) -> Series:
    """Return one country's value with that of others added."""
    values = read(rule["of"])
    places = (rule["sum_for"], *rule["with"])
    years = [year for iso3, year in values if iso3 == places[0] and all((place, year) in values for place in places)]
    return {(places[0], year): sum(values[place, year] for place in places) for year in years}


RULES: dict[str, Callable[[Mapping[str, Any], Reader], Series]] = {
    "growth_of": growth_of,
    "product_of": product_of,
    "ratio_of": ratio_of,
    "distance_to": distance_to,
    "sum_for": sum_for,
}


def derive_figure(name: str, entry: Mapping[str, Any], rows: Iterable[Row], read: Reader) -> list[Row]:
    """Compute one indicator of the group ``published`` from rows of the group, as its entry says.

    Parameters
    ----------
    name : str
        Identifier of the new indicator.
    entry : mapping
        Its entry in ``lists/published.yaml``.
    rows : iterable of Row
        The published rows.
    read : callable
        Gives the series of an indicator; asked for the population.
    """
    if "per_head_of" in entry["derive"]:
        return per_head(name, entry, rows, read("population_total"))
    return less_partner(name, entry, list(rows))


def per_head(name: str, entry: Mapping[str, Any], rows: Iterable[Row], people: Series) -> list[Row]:
    """Divide a published figure by the population of the same year."""
    rule = entry["derive"]
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
