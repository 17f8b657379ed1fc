"""Describe every table in ``datapackage.json``, a Frictionless Data Package (version 2)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from atlas.writing.rows import COLUMNS, read_yaml, sha256, write_text

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
PERIOD = r"\d{4}(-\d{2}(-\d{2})?)?"
CODE = r"[A-Z]{3}"
DEFINITIONS = {
    "indicator": "identifier of the indicator; the sidecar defines it",
    "iso3": "country or aggregate, a code of reference/countries.csv",
    "partner": "the other side of a flow or a relation; mostly empty",
    "period": "year, month or day in ISO 8601; a day is the day of a stock or the last day of a span",
    "value": "the figure, in the unit of the indicator",
    "source": "identifier of the source; the sidecar has its papers",
    "note": "what a reader must know about this one figure",
}
PATTERNS = {"iso3": CODE, "neighbour": CODE, "period": PERIOD, "date": PERIOD}
NUMBERS = ("value", "km", "area_km2", "latitude", "longitude")
KEYS = {
    "borders.csv": ["iso3", "neighbour"],
    "countries.csv": ["iso3"],
    "events.csv": ["id"],
    "grid.csv": ["iso3", "interest", "edition"],
}
MAY_BE_EMPTY = (
    "iso2", "article", "article_de", "capital", "continent", "subregion", "area_km2", "latitude", "longitude",
    "wikidata", "km", "partner", "from", "to", "label", "value", "unit", "second_url", "note",
)
MEDIA = {".csv": "text/csv", ".yaml": "application/yaml", ".geojson": "application/geo+json"}


def write_package(data: Path, licences: Mapping[str, str]) -> None:
    """Write ``datapackage.json`` from the tables and their sidecars.

    Parameters
    ----------
    data : Path
        The data folder.
    licences : mapping
        Allowed licence identifiers with what they mean.
    """
    groups = [read_yaml(path) for path in sorted((data / "indicators").glob("*.yaml"))]
    files = read_yaml(data / "reference" / "reference.yaml")["files"]
    resources = [group_resource(group, data) for group in groups]
    resources += [reference_resource(name, entry, data) for name, entry in files.items()]
    content = {
        "$schema": PROFILE,
        "name": "living-partner-atlas",
        "title": "Living Partner Atlas: indicators and reference tables",
        "description": "Public figures, memberships, events and outlines of countries. data/README.md is the codebook, "
                       "also for the assessments and options files that people type.",
        "licenses": licence_list({"CC-BY-4.0"}),
        "resources": resources,
    }
    used = {licence["name"] for resource in resources for licence in resource["licenses"]}
    if not used <= set(licences):
        raise ValueError(f"licences that lists/sources.yaml does not allow: {sorted(used - set(licences))}")
    write_text(data / "datapackage.json", json.dumps(content, indent=1, ensure_ascii=False) + "\n")


def group_resource(group: Mapping[str, Any], data: Path) -> dict[str, Any]:
    """Describe one group of indicators."""
    name = group["group"]
    fields = [field(column, DEFINITIONS[column], required=column not in ("partner", "note")) for column in COLUMNS]
    schema = {"fields": fields, "primaryKey": ["indicator", "iso3", "partner", "period", "source"]}
    papers = group["sources"].values()
    sources = [{"title": source["citation"], "path": source["url"]} for source in papers if source["url"]]
    return file_resource(f"indicators/{name}.csv", name, group["title"], data) | {
        "schema": schema,
        "sources": unique(sources),
        "licenses": licence_list({source["licence_id"] for source in papers}),
    }


def reference_resource(name: str, entry: Mapping[str, Any], data: Path) -> dict[str, Any]:
    """Describe one reference file."""
    resource = file_resource(f"reference/{name}", name.replace(".", "-").replace("_", "-"), entry["title"], data)
    if "columns" in entry:
        fields = [field(column, text, column not in MAY_BE_EMPTY) for column, text in entry["columns"].items()]
        resource["schema"] = {"fields": fields} | ({"primaryKey": KEYS[name]} if name in KEYS else {})
    return resource | {"sources": [{"title": entry["source"]}], "licenses": licence_list({entry["licence_id"]})}


def file_resource(path: str, name: str, title: str, data: Path) -> dict[str, Any]:
    """Describe a file by place, size and checksum."""
    file = data / path
    table = file.suffix == ".csv"
    return {
        "name": name.replace("_", "-"),
        "path": path,
        "title": title,
        **({"type": "table"} if table else {}),
        "format": file.suffix[1:],
        "mediatype": MEDIA[file.suffix],
        "encoding": "utf-8",
        "bytes": file.stat().st_size,
        "hash": f"sha256:{sha256(file)}",
    }


def field(column: str, definition: str, required: bool) -> dict[str, Any]:
    """Describe one column."""
    constraints: dict[str, Any] = {"required": True} if required else {}
    if column in PATTERNS:
        constraints["pattern"] = PATTERNS[column]
    described = {"name": column, "type": "number" if column in NUMBERS else "string", "description": definition}
    return described | ({"constraints": constraints} if constraints else {})


def licence_list(names: set[str]) -> list[dict[str, str]]:
    """Return licences in the form of a Data Package."""
    return [{"name": name} for name in sorted(names)]


def unique(sources: list[dict[str, str]]) -> list[dict[str, str]]:
    """Drop sources that stand twice."""
    seen = {(source["title"], source["path"]): source for source in sources}
    return [seen[key] for key in sorted(seen)]
