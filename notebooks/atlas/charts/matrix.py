"""Matrix: how many were so then and are so now, as numbers on grey."""

from __future__ import annotations

import pandas as pd

from atlas import words
from atlas.blocks import Chart, Note
from atlas.charts.caption import Caption, finish, missing
from atlas.charts.sheet import LEADING, WIDTH, Box, Sheet
from atlas.charts.style import house

TALL = 26.0


@house()
def matrix(table: pd.DataFrame, caption: Caption, *, down: str, across: str) -> Chart | Note:
    """Draw counts by two properties as a table whose ground is the darker the larger the count.

    Parameters
    ----------
    table : DataFrame
        Whole numbers; its index names the rows, its columns name the columns.
    caption : Caption
        Its unit may be empty: the cells are counts.
    down, across : str
        What rows and columns stand for: "then" and "now". Where a row and a column have the same name, their cell is
        framed: nothing changed there.

    Returns
    -------
    Chart or Note
        A note in words if all counts are zero.
    """
    counts = table.fillna(0).astype(int)
    if counts.empty or not counts.to_numpy().sum():
        return missing(caption, f"{down} and {across}")
    sheet = Sheet()
    left = max(sheet.reach(str(name)) for name in [*counts.index, words.capital(down)]) + 14
    wide = min((WIDTH - left) / counts.shape[1], 92.0)
    heads = [sheet.wrapped(str(name), wide - 6, small=True) for name in counts.columns]
    foot = 24 + LEADING * (max(map(len, heads)) - 1)
    sheet.text(left, 7, words.capital(across), "soft", bold=True)
    sheet.text(left - 10, foot, words.capital(down), "soft", align="right", bold=True)
    for j, lines in enumerate(heads):
        sheet.stack(left + wide * (j + 0.5), foot, lines, foot=True, align="center", small=True)
    most = counts.to_numpy().max()
    for i, name in enumerate(counts.index):
        top = foot + 12 + TALL * i
        sheet.text(left - 10, top + TALL / 2, str(name), align="right")
        for j, (across_name, value) in enumerate(zip(counts.columns, counts.loc[name].tolist(), strict=True)):
            _cell(sheet, value, most, Box(left + wide * j, top, left + wide * (j + 1), top + TALL), name == across_name)
    cells = [(value, f"{row} {down}, {column} {across}") for row in counts.index
             for column, value in zip(counts.columns, counts.loc[row].tolist(), strict=True)]
    said = sorted(((value, text) for value, text in cells if value), key=lambda pair: -pair[0])
    return finish(sheet, foot + 14 + TALL * len(counts), caption, subtitle=caption.subtitle(""),
                  kind=caption.kind("Table of counts"),
                  parts=[f"{counts.to_numpy().sum()} in all", *(f"{text}: {value}" for value, text in said)],
                  columns=[words.capital(down), *map(str, counts.columns)],
                  rows=[[str(name), *counts.loc[name].tolist()] for name in counts.index])


def _cell(sheet: Sheet, value: int, most: int, box: Box, framed: bool) -> None:
    inner = Box(box.left + 1, box.top + 1, box.right - 1, box.bottom - 1)
    sheet.bar(inner, "soft", alpha=0.05 + 0.4 * value / most)
    if framed:
        corners = ((inner.left, inner.top), (inner.right, inner.top), (inner.right, inner.bottom),
                   (inner.left, inner.bottom), (inner.left, inner.top))
        sheet.line([x for x, _ in corners], [y for _, y in corners], "ink", width=0.9)
    sheet.text((box.left + box.right) / 2, (box.top + box.bottom) / 2, str(value) if value else "–",
               "ink" if value else "soft", align="center", bold=bool(value))
