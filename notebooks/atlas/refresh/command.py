"""What the command `atlas refresh` does: run, show the diff, write it as a table if asked to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from atlas import paths
from atlas.errors import AtlasError
from atlas.refresh import listing, run
from atlas.refresh.kept import Kept
from atlas.refresh.web import Web


def refresh(
    groups: Sequence[str],
    file: Path | None,
    full: bool,
    *,
    tell: Callable[[str], None],
    skip: Sequence[str] = (),
    accept_vanished: bool = False,
    dry_run: bool = False,
) -> Iterator[str]:
    """Refresh the project's data folder and yield the lines to show.

    Parameters
    ----------
    groups, skip, accept_vanished, dry_run
        As for `run.refresh`.
    file : Path, optional
        Where every change is written as CSV.
    full : bool
        Show every change, not only the largest revisions.
    tell : callable
        Is told what is being fetched.
    """
    if file:
        _claim(file)
    web = Web(Kept(paths.cache() / "refresh"))
    try:
        found = run.refresh(
            paths.data(), web, groups, skip=skip, accept_vanished=accept_vanished, dry_run=dry_run, told=tell
        )
    except KeyboardInterrupt:
        raise AtlasError("stopped; nothing was written, finished downloads are kept for a day") from None
    except OSError as error:
        raise AtlasError(f"{error.filename}: {error.strerror}; nothing was written") from None
    if file:
        listing.write_diff(file, found.changes)
    yield from listing.lines(found.listed, found.plan, found.changes, found.same, full, accept_vanished)
    yield listing.ending(found.written, dry_run)


def _claim(file: Path) -> None:
    """Find out that the table cannot be written before anything else is."""
    try:
        listing.write_diff(file, [])
    except OSError as error:
        raise AtlasError(f"{file}: {error.strerror}; name another file for --diff; nothing was written") from None
