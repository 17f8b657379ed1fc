"""Grid of numbers: the larger, the darker the ground."""

from __future__ import annotations

import pandas as pd

from atlas import words
from atlas.blocks import Chart, Note
from atlas.charts.caption import Caption, finish, known, missing
from atlas.charts.sheet import WIDTH, Box, Sheet
from atlas.charts.style import house

TALL = 24.0


@house()
def grid(table: pd.DataFrame, caption: Caption, *, down: str, across: str, marked: str = "") -> Chart | Note:
    """Draw numbers by two properties on a ground that is the darker the larger the number.

    Parameters
    ----------
    table : DataFrame
        Numbers; gaps are NaN. Its index names the rows, its columns name the columns.
    caption : Caption
        Its digits are those of the cells.
    down, across : str
        What rows and columns stand for.
    marked : str
        A column set apart by bold figures.

    Returns
    -------
    Chart or Note
        A note in words if there is no number.
    """
    if table.empty or not table.notna().to_numpy().any():
        return missing(caption, f"{down} and {across}")
    sheet = Sheet()
    left = max(sheet.reach(str(name)) for name in [*table.index, down]) + 14
    wide = min((WIDTH - left) / table.shape[1], 96.0)
    heads = {name: sheet.wrapped(str(name), wide - 6) for name in table.columns}
    foot = 12 + 11 * max(map(len, heads.values()))
    top = foot + 8
    sheet.text(left, 7, across, "soft", small=True)
    for j, (name, lines) in enumerate(heads.items()):
        sheet.stack(left + wide * (j + 0.5), foot, lines, 11, foot=True, align="center", bold=str(name) == marked)
    most = float(table.max().max()) or 1.0
    for i, row in enumerate(table.index):
        y = top + 8 + TALL * (i + 0.5)
        sheet.text(left - 10, y, str(row), align="right")
        for j, name in enumerate(table.columns):
            value = table.iloc[i, j]
            box = Box(left + wide * j + 1, y - TALL / 2 + 1, left + wide * (j + 1) - 1, y + TALL / 2 - 1)
            text = caption.say(float(value)) if known(value) else ""  # type: ignore[arg-type]
            sheet.bar(box, "soft", alpha=0.04 + 0.4 * max(float(value), 0) / most if known(value) else 0.02)  # type: ignore[arg-type]
            sheet.text((box.left + box.right) / 2, y, text, align="center", bold=str(name) == marked)
    cells = sorted(((float(value), f"{row}, {name}") for row in table.index for name, value in table.loc[row].items()
                    if known(value)), reverse=True)
    return finish(sheet, top + 10 + TALL * len(table), caption, subtitle=caption.subtitle(""),
                  kind=caption.kind("Grid of numbers"),
                  parts=[f"Largest: {cells[0][1]} {caption.say(cells[0][0])}",
                         f"Smallest: {cells[-1][1]} {caption.say(cells[-1][0])}"],
                  columns=[words.capital(down), *map(str, table.columns)],
                  rows=[[str(row), *(round(float(value), 3) if known(value) else None for value in table.loc[row])]
                        for row in table.index])
