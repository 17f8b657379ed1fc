"""The changes that a refresh brings, as lines to read and as a table to review."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from atlas.refresh.compare import Change
from atlas.refresh.plan import Catalogue, Plan
from atlas.writing.rows import write_csv
from atlas.writing.sidecar import told

COLUMNS = ("group", "indicator", "iso3", "partner", "period", "change", "old", "new", "difference", "percent")
SHOWN = 3
"""How many of the largest revisions the short form shows for each indicator."""


def lines(
    listed: Catalogue, made: Plan, changes: Sequence[Change], same: Counter[str], full: bool, dropped: bool
) -> Iterator[str]:
    """Yield the diff: one line for each indicator, below it what changed, all of it if ``full``."""
    for name in (*made.fetched, *made.computed):
        own = [change for change in changes if change.indicator == name]
        count = Counter(change.kind for change in own)
        gone = f"{count['vanished']} vanished{_fate(count['vanished'], dropped)}"
        where = "computed" if listed[name].rule else told(listed[name].entry["refresh"])
        yield (
            f"{listed[name].group}: {name} ({where}): {count['added']} added, {count['revised']} revised, {gone}, "
            f"{same[name]} as before"
        )
        yield from (f"    {line(change)}" for change in (own if full else _largest(own)))
    if made.called:
        yield f"Fetched too, because own calculations need all they rest on from one day: {', '.join(made.called)}"
    if made.by_hand:
        yield f"By hand, see the sidecars in data/indicators: {', '.join(made.by_hand)}"


def line(change: Change) -> str:
    """Say one change in a line.

    Examples
    --------
    >>> line(Change("economy", "gdp", "BLR", "", "2023", "revised", "71.8", "70.1"))
    'BLR 2023: 71.8 → 70.1 (-1.7, -2.4 %)'
    >>> line(Change("economy", "gdp", "BLR", "", "2024", "added", "", "73"))
    'BLR 2024: added 73'
    """
    place = " ".join(part for part in (change.iso3, change.partner, change.period) if part)
    if change.kind != "revised":
        return f"{place}: {change.kind} {change.new or change.old}"
    plus = "" if change.difference.startswith("-") else "+"
    share = "" if change.percent is None else f", {change.percent:+.1f} %"
    return f"{place}: {change.old} → {change.new} ({plus}{change.difference}{share})"


def ending(written: Sequence[str], dry_run: bool) -> str:
    """Say what was written, and what to do next."""
    if dry_run:
        return "Dry run, nothing was written; the downloads are kept for a day, and a real run writes what is shown"
    if not written:
        return "Nothing is newer than what is here, nothing was written"
    return f"Written: {', '.join(f'data/{name}' for name in written)}. See next: atlas diff, then atlas check"


def write_diff(path: Path, changes: Sequence[Change]) -> None:
    """Write every change as CSV, one row each."""
    write_csv(path, COLUMNS, [
        {
            "group": one.group,
            "indicator": one.indicator,
            "iso3": one.iso3,
            "partner": one.partner,
            "period": one.period,
            "change": one.kind,
            "old": one.old,
            "new": one.new,
            "difference": one.difference,
            "percent": "" if one.percent is None else f"{one.percent:.2f}",
        }
        for one in changes
    ])


def _largest(changes: Sequence[Change]) -> list[Change]:
    revised = [one for one in changes if one.kind == "revised"]
    return sorted(revised, key=lambda one: -abs(one.percent if one.percent is not None else 0))[:SHOWN]


def _fate(count: int, dropped: bool) -> str:
    return "" if not count else " (dropped)" if dropped else " (kept)"
