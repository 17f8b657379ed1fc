"""Leads: which option comes first as the weight of one criterion runs from nothing to everything."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from atlas import words
from atlas.blocks import Chart, Note
from atlas.charts.caption import Caption, each, finish, missing
from atlas.charts.scales import Scale
from atlas.charts.sheet import WIDTH, Box, Sheet
from atlas.charts.style import house

LOOKS = (("ink", 1.0, False), ("soft", 0.3, False), ("ink", 0.0, True), ("soft", 0.1, False), ("soft", 1.0, False),
         ("soft", 0.0, True))
"""Tone, strength and hatching of the options in their order; each stretch carries its name as far as there is room."""
PITCH, THICK = 24.0, 15.0


@house()
def leads(table: pd.DataFrame, caption: Caption, *, options: Sequence[str]) -> Chart | Note:
    """Draw one strip a criterion, cut where the lead changes, with a mark at the weight in use.

    Parameters
    ----------
    table : DataFrame
        One row a stretch: `criterion`, `option`, `start`, `end` and `weight` (the weight in use), all as shares.
    caption : Caption
    options : sequence of str
        The options in an order that does not change from chart to chart.

    Returns
    -------
    Chart or Note
        A note in words if there is no stretch.
    """
    if table.empty:
        return missing(caption, "any criterion")
    sheet = Sheet()
    names = list(dict.fromkeys(table["criterion"]))
    left = max(sheet.reach(name) for name in names) + 14
    x = Scale(0, 1, left, WIDTH - 12)
    leading = [name for name in options if name in set(table["option"])]
    looks = dict(zip(leading, LOOKS, strict=False))
    bottom = 6 + PITCH * len(names)
    for value in (0, 0.25, 0.5, 0.75, 1):
        sheet.rule([x(value)] * 2, [4, bottom + 2])
        sheet.text(x(value), bottom + 10, f"{100 * value:g}" + (f"{words.NBSP}%" if value == 1 else ""), "soft",
                   align="center", small=True)
    for i, name in enumerate(names):
        y = 6 + PITCH * (i + 0.5)
        sheet.text(left - 8, y, name, align="right")
        rows = list(each(table[table["criterion"] == name]))
        for row in rows:
            _stretch(sheet, Box(x(row.start), y - THICK / 2, x(row.end), y + THICK / 2), row.option, looks[row.option])
        here = x(rows[0].weight)
        sheet.line([here, here], [y - THICK / 2 - 3, y + THICK / 2 + 3], "accent", width=2.4, layer=5)
        sheet.marks([here], [y - THICK / 2 - 3], "accent", shape="v", scale=0.8, layer=5)
    changes = [name for name in names if (table["criterion"] == name).sum() > 1]
    return finish(sheet, bottom + 18, caption, subtitle=caption.subtitle(""), kind=caption.kind("Strips"),
                  parts=[f"The lead changes along {len(changes)} of {len(names)} strips",
                         f"At the weights in use {_leader(table)} leads"],
                  columns=["Criterion", "Weight in use, %", "First", "From, %", "To, %"],
                  rows=[[row.criterion, round(100 * row.weight, 1), row.option, round(100 * row.start, 1),
                         round(100 * row.end, 1)] for row in each(table)])


def _stretch(sheet: Sheet, box: Box, name: str, look: tuple[str, float, bool]) -> None:
    tone, alpha, hatched = look
    inner = Box(box.left + 0.5, box.top, box.right - 0.5, box.bottom)
    sheet.bar(inner, "soft", hollow=True, layer=1.2)
    if hatched:
        sheet.bar(inner, tone, hatched=True)
    elif alpha:
        sheet.bar(inner, tone, alpha=alpha)
    wide = sheet.reach(name, small=True)
    if wide + 14 > inner.right - inner.left:
        return
    middle = (inner.left + inner.right) / 2
    if hatched:
        sheet.bar(Box(middle - wide / 2 - 3, inner.top + 2, middle + wide / 2 + 3, inner.bottom - 2), "paper", layer=2)
    sheet.text(middle, (box.top + box.bottom) / 2, name, "paper" if alpha == 1 else "ink", align="center", small=True)


def _leader(table: pd.DataFrame) -> str:
    first = next(row for row in each(table) if row.start - 1e-9 <= row.weight <= row.end + 1e-9)
    return str(first.option)
