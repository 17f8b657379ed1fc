"""What newer figures change: values added, revised and vanished, and whether they can be in the same unit at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from atlas.errors import Refused
from atlas.writing.rows import Row

FACTOR = 2.0
"""If half of all values change by more than this factor, the unit has changed, not the world."""
FEW = 5
"""With fewer values in common than this, no factor is computed."""


GONE = "no longer published"
"""The note of a value that is kept though its publisher no longer has it."""


@dataclass(frozen=True)
class Change:
    """One value that newer figures bring, revise or no longer have; the texts are those of the tables."""

    group: str
    indicator: str
    iso3: str
    partner: str
    period: str
    kind: str
    old: str
    new: str

    @property
    def difference(self) -> str:
        """New less old, empty where there are not both."""
        return f"{Decimal(self.new) - Decimal(self.old):f}" if self.old and self.new else ""

    @property
    def percent(self) -> float | None:
        """The difference in per cent of the old value; nothing where that is nought or missing."""
        if not (self.old and self.new) or not float(self.old):
            return None
        return 100 * (float(self.new) - float(self.old)) / abs(float(self.old))


@dataclass(frozen=True)
class Merged:
    """The rows of one indicator after a refresh, with what changed."""

    rows: list[Row]
    changes: list[Change]
    same: int


def merge(group: str, old: Sequence[Row], new: Sequence[Row], accept_vanished: bool) -> Merged:
    """Put newer figures of one indicator in the place of older ones.

    Parameters
    ----------
    group : str
        Name of the group; in ``published`` each source has a figure of its own.
    old, new : sequence of Row
        The rows of one indicator.
    accept_vanished : bool
        Whether a value that the publisher no longer has is dropped; else it is kept with its old source, and says so.
    """
    before, after = _keyed(group, old), _keyed(group, new)
    kept = [] if accept_vanished else [_kept(row) for key, row in before.items() if key not in after]
    changes = [
        _change(group, before.get(key), after.get(key))
        for key in sorted(before.keys() | after.keys())
        if key not in before or key not in after or before[key]["value"] != after[key]["value"]
    ]
    same = sum(1 for key, row in after.items() if key in before and before[key]["value"] == row["value"])
    return Merged([*after.values(), *kept], changes, same)


def check_unit(indicator: str, old: Sequence[Row], new: Sequence[Row], papers: Mapping[str, str]) -> None:
    """Refuse figures that as a whole are larger or smaller than those that we have, as in another unit."""
    before = {(row["iso3"], row["period"]): float(row["value"]) for row in old}
    ratios = [
        abs(float(row["value"]) / before[key])
        for row in new
        if before.get(key := (row["iso3"], row["period"])) and float(row["value"])
    ]
    if len(ratios) >= FEW and not 1 / FACTOR <= median(ratios) <= FACTOR:
        happened = f"{indicator} is {median(ratios):.3g} times what it was for half of all values: another unit?"
        raise Refused(papers["url"], happened, f"look at the series, then declare it anew or use --skip {indicator}")


def _keyed(group: str, rows: Sequence[Row]) -> dict[tuple[str, ...], Row]:
    names = ("iso3", "partner", "period") + (("source",) if group == "published" else ())
    return {tuple(row[name] for name in names): row for row in rows}


def _kept(row: Row) -> Row:
    notes = [part for part in row["note"].split("; ") if part and part != GONE]
    return row | {"note": "; ".join([*notes, GONE])}


def _change(group: str, old: Row | None, new: Row | None) -> Change:
    row = new or old or {}
    kind = "added" if old is None else "vanished" if new is None else "revised"
    values = [one["value"] if one else "" for one in (old, new)]
    return Change(group, row["indicator"], row["iso3"], row["partner"], row["period"], kind, *values)
