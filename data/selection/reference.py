"""Write the reference tables and the papers beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import dated
import places

from atlas.writing.rows import Row, read_yaml, sha256, write_csv, write_text, write_yaml
from atlas.writing.sidecar import GENERATED


def write_reference(lists: Path, shared: Path, folder: Path, with_data: set[str]) -> None:
    """Write every file of ``data/reference``.

    Parameters
    ----------
    lists, shared, folder : Path
        Folder of the lists, folder of the shared tables, folder to write.
    with_data : set of str
        Codes of countries and partners that some figure names.
    """
    frame = read_yaml(lists / "frame.yaml")
    confirmed, labels = read_yaml(lists / "confirmed.yaml"), read_yaml(lists / "event_labels.yaml")
    tables: dict[str, tuple[Sequence[str], list[Row]]] = {
        "countries.csv": (
            places.COUNTRY_COLUMNS, places.select_countries(read_yaml(lists / "countries.yaml"), shared, with_data)
        ),
        "borders.csv": (places.BORDER_COLUMNS, places.select_borders(shared)),
        "memberships.csv": (dated.MEMBERSHIP_COLUMNS, dated.select_memberships(shared)),
        "events.csv": (dated.EVENT_COLUMNS, dated.select_events(confirmed, labels, shared)),
        "status.csv": (dated.STATUS_COLUMNS, dated.select_status(confirmed, shared)),
        "grid.csv": (places.GRID_COLUMNS, places.select_grid(frame)),
    }
    for name, (columns, rows) in tables.items():
        write_csv(folder / name, columns, rows)
    write_yaml(folder / "peer_sets.yaml", read_yaml(lists / "peer_sets.yaml"), GENERATED)
    write_yaml(folder / "interests.yaml", frame["interests"], GENERATED)
    write_yaml(folder / "questions.yaml", frame["questions"], GENERATED)
    write_text(folder / "shapes.geojson", places.select_shapes(shared))
    write_papers(read_yaml(lists / "reference.yaml"), folder, {name: columns for name, (columns, _) in tables.items()})


def write_papers(listed: Mapping[str, Any], folder: Path, columns: Mapping[str, Sequence[str]]) -> None:
    """Write ``reference.yaml``: title, source, licence, checksum and columns of every file."""
    files = {}
    for name, entry in listed["files"].items():
        described = {column: entry["columns"][column] for column in columns.get(name, ())}
        files[name] = {key: value for key, value in entry.items() if key != "columns"}
        files[name]["sha256"] = sha256(folder / name)
        if described:
            files[name]["columns"] = described
    write_yaml(folder / "reference.yaml", {"files": files}, GENERATED)
