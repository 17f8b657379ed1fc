"""Tallies: how the claims on several countries fared, as parts of a bar each, with the counts written in them."""

from __future__ import annotations

from typing import Any

import pandas as pd

from atlas.blocks import Chart, Note
from atlas.charts.caption import Caption, finish, missing
from atlas.charts.scales import Scale
from atlas.charts.sheet import WIDTH, Box, Sheet
from atlas.charts.style import house

LOOKS: tuple[dict[str, Any], ...] = (
    {"tone": "accent"}, {"tone": "accent", "hatched": True}, {"tone": "ink"}, {"tone": "soft", "hollow": True},
    {"tone": "peer", "alpha": 0.35},
)
"""How parts are drawn, in the order of the columns: in texture or darkness each differs, for a grey copy."""
INSIDE = ("paper", "ink", "paper", "ink", "ink")
PITCH, THICK = 22.0, 15.0


@house()
def tallies(table: pd.DataFrame, caption: Caption) -> Chart | Note:
    """Draw counts as shares of a bar of one length, one bar a row.

    Parameters
    ----------
    table : DataFrame
        Whole numbers; its index names the bars, its columns the parts, at most five.
    caption : Caption
        Its unit may be empty: the numbers are counts.

    Returns
    -------
    Chart or Note
        A note in words if there is nothing to count.
    """
    counts = table.fillna(0).astype(int)
    counts = counts[counts.sum(axis=1) > 0]
    if counts.empty:
        return missing(caption, "these countries")
    sheet = Sheet()
    left = max(sheet.reach(str(name)) for name in counts.index) + 12
    right = max(sheet.reach(str(total)) for total in counts.sum(axis=1)) + 10
    x = Scale(0, 1, left, WIDTH - right)
    top = _key(sheet, list(counts.columns)) + 6
    for i, name in enumerate(counts.index):
        y = top + PITCH * i + THICK / 2
        sheet.text(left - 10, y, str(name), align="right")
        _bar(sheet, counts.loc[name].tolist(), x, y)
        sheet.text(WIDTH, y, str(counts.loc[name].sum()), "soft", align="right")
    return finish(sheet, top + PITCH * len(counts), caption,
                  subtitle=caption.subtitle("", "The number at the end of a bar is its whole"),
                  kind=caption.kind("Stacked bars"), parts=_findings(counts), columns=["", *map(str, counts.columns)],
                  rows=[[str(name), *counts.loc[name].tolist()] for name in counts.index])


def _key(sheet: Sheet, names: list[Any]) -> float:
    """Show what each look stands for, in as many lines as the names need, and return where they end."""
    x, y = 0.0, 8.0
    for i, name in enumerate(names):
        wide = sheet.reach(str(name)) + 18
        if x + wide > WIDTH:
            x, y = 0.0, y + 14
        sheet.bar(Box(x, y - 5, x + 11, y + 5), **LOOKS[i])
        sheet.text(x + 16, y, str(name))
        x += wide + 14
    return y + 10


def _bar(sheet: Sheet, values: list[int], x: Scale, y: float) -> None:
    done, whole = 0, sum(values)
    for i, value in enumerate(values):
        if not value:
            continue
        box = Box(x(done / whole) + 0.7, y - THICK / 2, x((done + value) / whole) - 0.7, y + THICK / 2)
        done += value
        sheet.bar(box, **LOOKS[i])
        text, middle = str(value), (box.left + box.right) / 2
        if sheet.reach(text, small=True) + 5 <= box.right - box.left:
            half = sheet.reach(text, small=True) / 2 + 2
            if LOOKS[i].get("hatched"):
                sheet.bar(Box(middle - half, y - 5.5, middle + half, y + 5.5), "paper", layer=2)
            sheet.text(middle, y, text, INSIDE[i], align="center", small=True)


def _findings(counts: pd.DataFrame) -> list[str]:
    return [f"{name}: " + ", ".join(f"{value} {part}" for part, value in counts.loc[name].items() if value)
            + f", {int(counts.loc[name].sum())} in all" for name in counts.index]
