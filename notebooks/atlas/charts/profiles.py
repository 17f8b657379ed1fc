"""Profiles: which weights go with each option, beside the average of all weights."""

from __future__ import annotations

import pandas as pd

from atlas import words
from atlas.blocks import Chart, Note
from atlas.charts import scales
from atlas.charts.caption import Caption, finish, missing
from atlas.charts.scales import Scale
from atlas.charts.sheet import LEADING, WIDTH, Sheet
from atlas.charts.style import house

PITCH = 17.0


@house()
def profiles(table: pd.DataFrame, average: pd.Series[float], caption: Caption) -> Chart | Note:
    """Draw weights as dots, one panel an option, with a stalk from the average weight of each criterion.

    Parameters
    ----------
    table : DataFrame
        Weights as shares; its index names the criteria, its columns the options.
    average : Series
        The mean of all allowed weights by criterion.
    caption : Caption

    Returns
    -------
    Chart or Note
        A note in words if there is no option.
    """
    if table.empty or not table.shape[1]:
        return missing(caption, "any option")
    sheet = Sheet()
    left = max(sheet.reach(str(name)) for name in table.index) + 12
    wide = (WIDTH - left) / table.shape[1]
    most = scales.ticks(0, float(max(table.to_numpy().max(), average.max())), 2)[-1]
    heads = [sheet.wrapped(str(name), wide - 12) for name in table.columns]
    top = 8 + LEADING * max(map(len, heads))
    bottom = top + PITCH * len(table)
    for i, row in enumerate(table.index):
        sheet.text(left - 8, top + PITCH * (i + 0.5), str(row), align="right")
    for j, name in enumerate(table.columns):
        x = Scale(0, most, left + wide * j + 4, left + wide * (j + 1) - 12)
        sheet.stack(x.start, top - 1 - LEADING, heads[j], foot=True, bold=True)
        for value in (0.0, most / 2, most):
            sheet.rule([x(value)] * 2, [top, bottom])
            sheet.text(x(value), bottom + 9, f"{100 * value:g}" + (f"{words.NBSP}%" if value == most else ""), "soft",
                       align="center", small=True)
        for i, row in enumerate(table.index):
            y = top + PITCH * (i + 0.5)
            own, usual = x(float(table.loc[row, name])), x(float(average[row]))
            sheet.line([usual, usual], [y - 5, y + 5], "soft", width=1)
            sheet.line([usual, own], [y, y], "ink", width=1.5)
            sheet.marks([own], [y], "ink", scale=0.9)
    return finish(sheet, bottom + 17, caption, subtitle=caption.subtitle(""), kind=caption.kind("Dot plots"),
                  parts=[_said(str(name), table[name] - average) for name in table.columns],
                  columns=["Criterion", "All allowed weights, %", *(f"{name}, %" for name in table.columns)],
                  rows=[[str(row), round(100 * average[row], 1), *(round(100 * value, 1) for value in table.loc[row])]
                        for row in table.index])


def _said(name: str, more: pd.Series[float]) -> str:
    return f"{words.capital(name)}: most above average {more.idxmax()}, most below {more.idxmin()}"
