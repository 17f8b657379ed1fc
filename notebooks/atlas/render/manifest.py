"""The manifest: what the reports of a folder were made from, and whether they still are what was made.

It is kept in the repository with the reports, so it holds nothing of a machine: no path, no clock, no duration.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from filelock import FileLock

from atlas.render import keys, parameters

NAME = "manifest.json"
NOT_KEPT = ".ipynb"
"""The notebook as run stays out of the repository: one that is not there is no change, one that differs is."""

_WAIT = 120


@dataclass(frozen=True)
class Row:
    """One report as it was made: state `done` or `failed`, parts and parameters, checksums of its files."""

    state: str
    parameters: Mapping[str, Any]
    parts: Mapping[str, str]
    outputs: Mapping[str, str] = field(default_factory=dict)
    error: str = ""

    @property
    def key(self) -> str:
        """The key of the report."""
        return keys.of_order(self.parts, self.parameters)


@dataclass(frozen=True)
class State:
    """How a report stands: `fresh`, `stale`, `failed` or `missing`, and why."""

    word: str
    why: str = ""


def lock(target: Path) -> FileLock:
    """Return the lock of a folder of reports; whoever holds it may write there.

    It is the operating system's, so it is gone with a process that is killed.
    """
    return FileLock(target / ".lock", timeout=_WAIT)


def read(target: Path) -> dict[str, Row]:
    """Return the rows of a folder by name, `BLR/country`; a manifest that cannot be read counts as none."""
    try:
        kept = json.loads((target / NAME).read_text(encoding="utf-8"))
        return {name: _row(given) for name, given in kept["reports"].items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}


def record(target: Path, name: str, row: Row) -> None:
    """Set the row of one report, leaving the others; to be called under the lock."""
    rows = {**read(target), name: row}
    try:
        old = json.loads((target / NAME).read_text(encoding="utf-8"))["versions"]
    except (OSError, ValueError, TypeError, KeyError):
        old = {}
    replace(target / NAME, _text(rows, old).encode())


def replace(place: Path, content: bytes) -> None:
    """Write a file beside its place, then rename it: a reader sees the old one or the new one."""
    draft = place.with_name(f".{place.name}.{os.getpid()}")
    try:
        draft.write_bytes(content)
        draft.replace(place)
    finally:
        draft.unlink(missing_ok=True)


def state(row: Row | None, folder: Path, wanted: Iterable[str], parts: Mapping[str, str],
          parameters: Mapping[str, Any]) -> State:
    """Tell how a report stands.

    Parameters
    ----------
    row : Row or None
        What the manifest says of it.
    folder : Path
        Where its files are.
    wanted : iterable of str
        The files that it should have.
    parts, parameters : mapping
        What it would be made from now.
    """
    names = list(wanted)
    if row is None:
        there = any((folder / name).exists() for name in names)
        return State("stale", "nothing on record about it") if there else State("missing")
    if row.state == "failed":
        return State("failed", row.error)
    changed = keys.difference(row.parts, parts)
    why = (_otherwise(row.parameters, parameters) or (changed and f"{changed} changed")
           or _damage(row, folder, names))
    return State("stale" if why else "fresh", why)


def _otherwise(old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    differs = {name for name in {*old, *new} if old.get(name) != new.get(name)}
    if differs <= {"states"}:
        return "the states of the other reports changed" if differs else ""
    shown = " ".join(f"{name}={value}" for name, value in parameters.by_hand(old).items())
    return f"rendered with {shown or 'the default parameters'}"


def _damage(row: Row, folder: Path, names: Iterable[str]) -> str:
    for name in names:
        if name not in row.outputs or not (folder / name).is_file():
            return f"{name} is missing"
    for name, made in row.outputs.items():
        place = folder / name
        if (place.is_file() or not name.endswith(NOT_KEPT)) and _checksum(place) != made:
            return f"{name} is not as it was made"
    return ""


def _checksum(place: Path) -> str:
    try:
        return keys.of_file(place)
    except OSError:
        return ""


def _row(given: Mapping[str, Any]) -> Row:
    return Row(**{name: given[name] for name in Row.__dataclass_fields__})


def _text(rows: Mapping[str, Row], old: Mapping[str, Any]) -> str:
    """Return the manifest, one report a line, so that a difference shows which report it speaks of."""
    now = keys.versions()
    used = {row.parts.get("versions", "") for row in rows.values()}
    known = {key: value for key, value in {**old, keys.of_versions(now): now}.items() if key in used}
    reports = {name: {**asdict(row), "key": row.key} for name, row in rows.items()}
    return f'{{\n"versions": {_table(known)},\n"reports": {_table(reports)}\n}}\n'


def _table(rows: Mapping[str, Any]) -> str:
    lines = [f"{json.dumps(name)}: {json.dumps(row, ensure_ascii=False, sort_keys=True)}"
             for name, row in sorted(rows.items())]
    return "{\n" + ",\n".join(lines) + "\n}"
