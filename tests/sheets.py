"""The sheets that charts were drawn on, kept to see whether labels lie on one another or leave the sheet."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import combinations

from atlas.charts.sheet import WIDTH, Sheet


@contextmanager
def kept() -> Iterator[list[Sheet]]:
    """Keep every sheet that is finished meanwhile."""
    sheets: list[Sheet] = []
    written = Sheet.svg

    def svg(self: Sheet, height: float) -> str:
        sheets.append(self)
        return written(self, height)

    Sheet.svg = svg  # type: ignore[method-assign]
    try:
        yield sheets
    finally:
        Sheet.svg = written  # type: ignore[method-assign]


def faults(sheets: list[Sheet]) -> list[str]:
    """Say which labels leave their sheet or lie on another."""
    found = []
    for sheet in sheets:
        found += [f"{label.text!r} leaves the sheet" for label in sheet.labels
                  if label.box.left < -0.5 or label.box.right > WIDTH + 0.5 or label.box.top < -1
                  or label.box.bottom > sheet.height + 1]
        found += [f"{one.text!r} lies on {other.text!r}" for one, other in combinations(sheet.labels, 2)
                  if one.box.meets(other.box, -0.8)]
    return found
