"""Tables, sidecars, package and codebook replaced together: all of them or none, also if a run is killed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from pathlib import Path

from atlas.errors import AtlasError

STAGE = ".refresh"
"""Where new files stand before they take their place, inside the data folder so that moving them is one step."""
READY = "ready.json"
STAGED = ("indicators", "reference")


def stage(data: Path) -> Path:
    """Return a fresh copy of the written part of the data folder, to be changed at leisure."""
    shutil.rmtree(data / STAGE, ignore_errors=True)
    new = data / STAGE / "new"
    for folder in STAGED:
        shutil.copytree(data / folder, new / folder)
    return new


def discard(data: Path) -> None:
    """Remove what was staged."""
    shutil.rmtree(data / STAGE, ignore_errors=True)


def differing(data: Path, new: Path) -> list[str]:
    """Return the staged files that differ from those in place."""
    names = sorted(str(path.relative_to(new)) for path in new.rglob("*") if path.is_file())
    return [name for name in names if _bytes(data / name) != _bytes(new / name)]


def commit(data: Path, new: Path, names: Iterable[str]) -> None:
    """Put staged files in their place.

    If a file cannot be replaced, those that were come back. If we are killed meanwhile, the next run finishes it,
    from the moment on when `READY` is written.
    """
    moved = list(names)
    old = {name: _bytes(data / name) for name in moved}
    begun = data / STAGE / f"{READY}.new"
    begun.write_text(json.dumps(moved), encoding="utf-8")
    begun.replace(data / STAGE / READY)
    try:
        _move(data, new, moved)
    except BaseException as error:
        _restore(data, old)
        if isinstance(error, OSError):
            raise AtlasError(f"{error.filename or data}: {error.strerror}; the data folder is as it was") from None
        raise


def finish(data: Path) -> bool:
    """Finish what a killed run began, and say whether there was anything; drop what it had not made ready."""
    ready = data / STAGE / READY
    begun = ready.exists()
    if begun:
        _move(data, data / STAGE / "new", json.loads(ready.read_text(encoding="utf-8")))
    discard(data)
    return begun


def _move(data: Path, new: Path, names: Iterable[str]) -> None:
    for name in names:
        if (new / name).exists():
            (new / name).replace(data / name)


def _restore(data: Path, old: dict[str, bytes | None]) -> None:
    for name, content in old.items():
        if content is not None and _bytes(data / name) != content:
            back = data / STAGE / "back"
            back.write_bytes(content)
            back.replace(data / name)


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None
