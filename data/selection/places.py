"""Select countries, borders, shapes and the frame of the atlas."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from atlas.writing.rows import Row, read_csv

COUNTRY_COLUMNS = (
    "iso3", "iso2", "name", "name_de", "article", "article_de", "capital", "continent", "subregion",
    "area_km2", "latitude", "longitude", "independent", "wikidata", "kind",
)
BORDER_COLUMNS = ("iso3", "neighbour", "km")
GRID_COLUMNS = ("region", "interest", "iso3", "edition")
CONTINENTS = {
    "AF": "Africa", "AN": "Antarctica", "AS": "Asia", "EU": "Europe",
    "NA": "North America", "OC": "Oceania", "SA": "South America",
}
# The UN's own finer division is used where its subregion spans half a continent.
WIDE_SUBREGIONS = ("Sub-Saharan Africa", "Latin America and the Caribbean")
# Natural Earth draws these apart; no German government recognises them.
DRAWN_APART = {"NCY": "CYP", "SML": "SOM"}
# French Guiana is part of France, so its borders are France's.
PART_OF = {"GUF": "FRA"}


def select_countries(listed: Mapping[str, Any], shared: Path, with_data: Iterable[str]) -> list[Row]:
    """Return every state, every territory that has a figure, and the aggregates.

    Parameters
    ----------
    listed : mapping
        Content of ``lists/countries.yaml``.
    shared : Path
        Folder of the shared tables.
    with_data : iterable of str
        Codes that some figure names.
    """
    finer = finer_subregions(shared)
    named = set(with_data)
    rows = [country(row, listed, finer) for row in read_csv(shared / "data" / "country_meta.csv")]
    kept = [row for row in rows if row["kind"] == "state" or row["iso3"] in named]
    return sorted(kept + [aggregate(entry) for entry in listed["aggregates"]], key=lambda row: row["iso3"])


def country(row: Row, listed: Mapping[str, Any], finer: Mapping[str, str]) -> Row:
    """Bring one row of the shared country table into the project's layout."""
    iso3 = row["iso3"]
    independent = row["independent"].startswith("Yes") and iso3 not in listed["independent_no"]
    state = independent or iso3 in listed["states_by_practice"]
    wide = row["un_subregion"] in WIDE_SUBREGIONS and "open ocean" not in finer.get(iso3, "")
    return {
        "iso3": iso3,
        "iso2": row["iso2"],
        "name": listed["names"].get(iso3, row["name_en"]),
        "name_de": listed["names_de"].get(iso3, row["name_de"]),
        "article": "the" if iso3 in listed["with_article"] else "",
        "article_de": next((article for article, codes in listed["articles_de"].items() if iso3 in codes), ""),
        "capital": listed["capitals"].get(iso3, row["capital_en"].strip()),
        "continent": CONTINENTS[row["continent"]],
        "subregion": finer.get(iso3, row["un_subregion"]) if wide else row["un_subregion"],
        "area_km2": trimmed(listed["area_km2"].get(iso3, row["area_km2"])),
        "latitude": trimmed(row["latitude"]),
        "longitude": trimmed(row["longitude"]),
        "independent": "yes" if independent else "no",
        "wikidata": listed["wikidata"].get(iso3, row["wikidata_id"].rsplit("/", 1)[-1]),
        "kind": "state" if state else "territory",
    }


def aggregate(entry: Mapping[str, str]) -> Row:
    """Return a row for a group of countries that figures speak of as one."""
    return dict.fromkeys(COUNTRY_COLUMNS, "") | dict(entry) | {"kind": "aggregate", "independent": "no"}


def trimmed(value: Any) -> str:
    """Write a coordinate or an area without needless decimals."""
    return f"{float(value):.2f}".rstrip("0").rstrip(".") if value != "" else ""


def finer_subregions(shared: Path) -> dict[str, str]:
    """Return the finer UN subregion by country, as Natural Earth carries it."""
    shapes = json.loads((shared / "data" / "shapes" / "world_50m.geojson").read_text(encoding="utf-8"))
    return {shape["properties"]["iso3"]: shape["properties"]["subregion"] for shape in shapes["features"]}


def select_borders(shared: Path) -> list[Row]:
    """Return land borders, each from both sides."""
    lengths: dict[tuple[str, str], str] = {}
    for row in read_csv(shared / "data" / "country_borders.csv"):
        pair = (PART_OF.get(row["iso3"], row["iso3"]), PART_OF.get(row["neighbour_iso3"], row["neighbour_iso3"]))
        if pair[0] != pair[1]:
            lengths.setdefault(pair, trimmed(row["border_km"]))
    for (one, other), km in list(lengths.items()):
        lengths.setdefault((other, one), km)
    return [{"iso3": one, "neighbour": other, "km": km} for (one, other), km in sorted(lengths.items())]


def select_shapes(shared: Path) -> str:
    """Return the outlines of countries as GeoJSON with the code as only property."""
    shapes = json.loads((shared / "data" / "shapes" / "world_110m.geojson").read_text(encoding="utf-8"))
    outlines: dict[str, list[Any]] = {}
    for shape in shapes["features"]:
        geometry = shape["geometry"]
        parts = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
        iso3 = shape["properties"]["iso3"]
        outlines.setdefault(DRAWN_APART.get(iso3, iso3), []).extend(parts)
    features = [
        {"type": "Feature", "properties": {"iso3": iso3}, "geometry": {"type": "MultiPolygon", "coordinates": parts}}
        for iso3, parts in sorted(outlines.items())
    ]
    lines = ",\n".join(json.dumps(feature, separators=(",", ":")) for feature in features)
    return f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n'


def select_grid(frame: Mapping[str, Any]) -> list[Row]:
    """Return which country stands for which interest in which region."""
    grid = frame["grid"]
    return [
        {"region": region, "interest": interest, "iso3": iso3, "edition": grid["edition"]}
        for region, countries in grid["regions"].items()
        for interest, iso3 in zip(grid["columns"], countries, strict=True)
    ]
