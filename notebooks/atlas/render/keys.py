"""What a report is made from: one checksum for each part, so that a change can be named."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from atlas import library, paths, words
from atlas.options import file as options_file

Parts = Mapping[str, str]
"""A checksum for each part, such as `notebook`, `package`, `versions`, `claims of BLR`, `indicator security`."""

_SHORT = 16
_PROJECT = "living-partner-atlas"


def checksum(content: bytes) -> str:
    """Return the SHA-256 of some bytes, as `sha256sum` prints it."""
    return hashlib.sha256(content).hexdigest()


def of_file(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def of_order(parts: Parts, parameters: Mapping[str, Any]) -> str:
    """Return the key of a report: the same for the same parts and parameters, another one for any other."""
    return checksum(json.dumps([dict(parts), dict(parameters)], sort_keys=True).encode())


def shared(root: Path) -> dict[str, str]:
    """Return the parts that every report has in common: the package, the versions, the figures, the reference tables.

    Everything is read at each build, which takes less time than a look at the clock of every file could save.

    Parameters
    ----------
    root : Path
        The data folder.
    """
    return {"package": _together(_package()), "versions": of_versions(versions()), **_tables(root)}


def own(root: Path, country: str | None, source: bytes) -> dict[str, str]:
    """Return the parts of one report: its notebook and the claims of its country, or of all of them without one.

    A notebook that says so in its metadata (`"atlas": {"reads": ["options"]}`) is made from options files too.
    """
    named = [country] if country else library.assessed(root)
    claims = {f"claims of {iso3}": _together(library.of_country(root, iso3)) for iso3 in named}
    if options_file.FOLDER in reads(source):
        found = options_file.of_country(root, country) if country else options_file.files(root)
        claims[f"options of {country}" if country else "options"] = _together(found)
    return {"notebook": checksum(source)[:_SHORT], **claims}


def reads(source: bytes) -> Sequence[str]:
    """Return the further folders of data that a notebook says it reads."""
    try:
        return tuple(json.loads(source)["metadata"]["atlas"]["reads"])
    except (ValueError, KeyError, TypeError):  # most read none, and a faulty notebook is reported when it is checked
        return ()


def versions() -> dict[str, str]:
    """Return the versions of Python and of the packages that the project names, as installed.

    What stands behind those is left to the lock, and patches of Python to whoever keeps it safe.
    """
    return {"python": ".".join(map(str, sys.version_info[:2])), **{name: _version(name) for name in _needed()}}


def of_versions(found: Mapping[str, str]) -> str:
    """Return the checksum of some versions."""
    return checksum(json.dumps(dict(found), sort_keys=True).encode())[:_SHORT]


def difference(old: Parts, new: Parts) -> str:
    """Say in words which parts differ.

    >>> difference({"package": "1", "claims of BLR": "2"}, {"package": "1", "claims of BLR": "3"})
    'claims of BLR'
    """
    return words.listing(name for name in sorted({*old, *new}) if old.get(name) != new.get(name))


def _package() -> Iterator[Path]:
    """Yield code, templates and style sheets: every file of the package that Python does not write itself."""
    return (path for path in sorted(paths.PACKAGE.rglob("*"))
            if path.is_file() and path.suffix != ".pyc" and not path.name.startswith("."))


def _tables(root: Path) -> dict[str, str]:
    """Return one checksum a group or reference table, over the file and what is said about it beside it."""
    found: dict[str, list[Path]] = {}
    for folder, word in (("indicators", "indicator"), ("reference", "reference"), ("translations", "translation")):
        for path in sorted((root / folder).glob("*.*")):
            found.setdefault(f"{word} {path.stem}", []).append(path)
    return {name: _together(files) for name, files in found.items()}


def _together(files: Iterable[Path]) -> str:
    listed = [f"{path.parent.name}/{path.name} {of_file(path)}" for path in files]
    return checksum("\n".join(listed).encode())[:_SHORT]


@cache
def _needed() -> tuple[str, ...]:
    try:
        lines = metadata.requires(_PROJECT) or []
    except metadata.PackageNotFoundError:  # the folder opened without being installed
        return ()
    return tuple(sorted(line.partition(">=")[0].lower() for line in lines if "extra ==" not in line))


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "missing"
