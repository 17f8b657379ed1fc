"""Select published figures, cited one by one, into indicators that each have one unit and one meaning."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from series import read_series

from atlas.writing.calculations import derive_figure
from atlas.writing.corrections import correct
from atlas.writing.rows import Row, plain_number, read_csv, slug, sort_rows

ADDED = Path(__file__).parent / "added" / "figures.csv"
Papers = dict[str, dict[str, Any]]


class FigureError(Exception):
    """A published figure that no entry takes and no reason leaves out."""


def select_published(listed: Mapping[str, Any], shared: Path) -> tuple[list[Row], Papers]:
    """Return the rows of the group ``published`` and the papers of their sources.

    Parameters
    ----------
    listed : mapping
        Content of ``lists/published.yaml``.
    shared : Path
        Folder of the shared tables.

    Raises
    ------
    FigureError
        If a row of confidence A is neither taken nor left out for a reason.
    """
    figures = read_figures(listed, shared)
    names = name_sources(figures)
    rows: list[Row] = []
    taken: set[int] = set()
    for name, entry in listed["indicators"].items():
        if "derive" in entry:
            continue
        chosen = [index for index, row in enumerate(figures) if matches(row, name, entry, listed["part_year"])]
        chosen = pick_edition(chosen, figures, entry)
        taken.update(chosen)
        rows += [tidy(figures[index], name, entry, names) for index in chosen]
    complain_about_lost(figures, taken, listed)
    for name, entry in listed["indicators"].items():
        if "derive" in entry:
            rows += derive_figure(name, entry, rows, partial(read_series, shared=shared))
    used = {row["source"] for row in rows}
    papers = {source: paper(figures, key) for key, source in names.items() if source in used}
    return sort_rows(rows), dict(sorted(papers.items()))


def read_figures(listed: Mapping[str, Any], shared: Path) -> list[Row]:
    """Read the shared and the added figures of confidence A, corrected, that may be redistributed."""
    rows = [row for row in read_csv(shared / "atlas" / "figures.csv") + read_csv(ADDED) if row["confidence"] == "A"]
    for correction in listed["corrections"]:
        correct(rows, correction, "published.yaml", {"partner": "partner_iso3"})
    return [row for row in rows if may_be_kept(row, listed)]


def may_be_kept(row: Row, listed: Mapping[str, Any]) -> bool:
    """Say whether the row is taken at all: licences and events."""
    if row["indicator"] in listed["left_out"]:
        return False
    parties = listed["cite_only"].get(row["publisher"])
    if parties is None:
        return True
    named = [party.split() for party in parties]
    open_to = {iso3 for iso3, *periods in named if not periods or row["period"] in periods}
    return {row["iso3"], row["partner_iso3"]} - {""} <= open_to


def matches(row: Row, name: str, entry: Mapping[str, Any], part_year: str) -> bool:
    """Say whether an entry asks for this row."""
    note = row["note"]
    is_part = re.search(part_year, note) is not None
    mode = entry.get("part_year", "without")
    length = {"year": 4, "day": 10}.get(entry.get("period_is", ""))
    return (
        row["indicator"] == entry.get("from", name)
        and entry.get("unit_is", row["unit"]) == row["unit"]
        and (mode == "with" or is_part == (mode == "only"))
        and ("where" not in entry or re.search(entry["where"], note) is not None)
        and ("unless" not in entry or re.search(entry["unless"], note) is None)
        and (length is None or len(row["period"]) == length)
    )


def pick_edition(chosen: list[int], figures: list[Row], entry: Mapping[str, Any]) -> list[int]:
    """Keep the newest or the first edition that prints a year."""
    if "editions" not in entry:
        return chosen
    ordered = sorted(chosen, key=lambda index: figures[index]["source_title"], reverse=entry["editions"] == "first")
    return sorted({(figures[index]["iso3"], figures[index]["period"]): index for index in ordered}.values())


def tidy(row: Row, name: str, entry: Mapping[str, Any], names: Mapping[tuple[str, ...], str]) -> Row:
    """Bring one figure into the project's layout."""
    scale = entry.get("scale", 1) * entry.get("unit_scale", {}).get(row["unit"], 1)
    return {
        "indicator": name,
        "iso3": row["iso3"],
        "partner": row["partner_iso3"],
        "period": row["period"],
        "value": plain_number(float(row["value"]) * scale, entry["digits"]),
        "source": names[source_key(row)],
        "note": "" if row["note"] == "detections, not persons" else row["note"],
    }


def complain_about_lost(figures: list[Row], taken: set[int], listed: Mapping[str, Any]) -> None:
    """Fail when a figure is neither taken nor left out on purpose."""
    editions = {entry.get("from", name) for name, entry in listed["indicators"].items() if "editions" in entry}
    lost = [row for index, row in enumerate(figures) if index not in taken and row["indicator"] not in editions]
    if lost:
        lines = [f"  {row['indicator']} {row['iso3']} {row['period']} {row['unit']}: {row['note']}" for row in lost]
        raise FigureError("\n".join(["no entry of lists/published.yaml takes:", *lines]))


def source_key(row: Row) -> tuple[str, ...]:
    """Return what makes two sources the same: publisher, title, page."""
    return row["publisher"], row["source_title"], row["url"]


def name_sources(figures: list[Row]) -> dict[tuple[str, ...], str]:
    """Give each source a readable identifier."""
    names: dict[tuple[str, ...], str] = {}
    for key in sorted({source_key(row) for row in figures}):
        stem = "_".join((slug(key[0]).split("_")[:3]) + slug(key[1]).split("_")[:6])
        number = sum(1 for name in names.values() if name == stem or name.startswith(f"{stem}__"))
        names[key] = stem if number == 0 else f"{stem}__{number + 1}"
    return names


def paper(figures: list[Row], key: tuple[str, ...]) -> dict[str, Any]:
    """Return the papers of one source of single figures."""
    publisher, title, url = key
    public_domain = publisher == "CIA"
    return {
        "publisher": publisher,
        "title": title,
        "citation": f"{publisher}: {title}",
        "version": "",
        "url": url,
        "retrieved": "",
        "licence": "public domain (17 U.S.C. 105)" if public_domain else "single facts cited with their source",
        "licence_id": "public-domain" if public_domain else "cited-facts",
        "note": "",
    }
