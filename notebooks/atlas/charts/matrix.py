"""Matrix: how many were so then and are so now, as numbers on grey."""

from __future__ import annotations

import pandas as pd

from atlas import words
from atlas.blocks import Chart, Note
from atlas.charts.caption import Caption, finish, missing
from atlas.charts.sheet import WIDTH, Box, Sheet
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
        What rows and columns stand for: "then" and "now".

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
    sheet.text(left, 7, words.capital(across), "soft", bold=True)
    sheet.text(left - 10, 24, words.capital(down), "soft", align="right", bold=True)
    for j, name in enumerate(counts.columns):
        sheet.text(left + wide * (j + 0.5), 24, str(name), align="center")
    for i, name in enumerate(counts.index):
        top = 36 + TALL * i
        sheet.text(left - 10, top + TALL / 2, str(name), align="right")
        for j, value in enumerate(counts.loc[name].tolist()):
            _cell(sheet, value, counts.to_numpy().max(), Box(left + wide * j, top, left + wide * (j + 1), top + TALL))
    cells = [(value, f"{row} {down}, {column} {across}") for row in counts.index
             for column, value in zip(counts.columns, counts.loc[row].tolist(), strict=True)]
    said = sorted(((value, text) for value, text in cells if value), key=lambda pair: -pair[0])
    return finish(sheet, 38 + TALL * len(counts), caption, subtitle=caption.subtitle(""),
                  kind=caption.kind("Table of counts"),
                  parts=[f"{counts.to_numpy().sum()} in all", *(f"{text}: {value}" for value, text in said)],
                  columns=[words.capital(down), *map(str, counts.columns)],
                  rows=[[str(name), *counts.loc[name].tolist()] for name in counts.index])


def _cell(sheet: Sheet, value: int, most: int, box: Box) -> None:
    inner = Box(box.left + 1, box.top + 1, box.right - 1, box.bottom - 1)
    sheet.bar(inner, "soft", alpha=0.05 + 0.4 * value / most)
    sheet.text((box.left + box.right) / 2, (box.top + box.bottom) / 2, str(value) if value else "–",
               "ink" if value else "soft", align="center", bold=bool(value))
