"""Standings: in which share of many draws each option takes each place."""

from __future__ import annotations

import pandas as pd

from atlas import words
from atlas.blocks import Chart, Note
from atlas.charts.caption import Caption, finish, missing
from atlas.charts.scales import Scale
from atlas.charts.sheet import WIDTH, Box, Sheet
from atlas.charts.style import house

SHADES = (("ink", 1.0), ("soft", 1.0), ("soft", 0.42), ("soft", 0.26), ("soft", 0.15), ("soft", 0.07))
"""From the first place to the last, dark to light, so that a grey copy says the same."""
PITCH, THICK = 26.0, 18.0


@house()
def standings(table: pd.DataFrame, caption: Caption) -> Chart | Note:
    """Draw how often each option comes first, second and so on, as one bar an option.

    Parameters
    ----------
    table : DataFrame
        Shares that add up to one in each row; its index names the options, best first, its columns are the places.
    caption : Caption

    Returns
    -------
    Chart or Note
        A note in words if there is no option.
    """
    if table.empty:
        return missing(caption, "any option")
    sheet = Sheet()
    left = max(sheet.reach(str(name), bold=True) for name in table.index) + 12
    x = Scale(0, 1, left, WIDTH - 2)
    _key(sheet, left, len(table.columns))
    for i, name in enumerate(table.index):
        y = 22 + PITCH * i + THICK / 2
        sheet.text(left - 8, y, str(name), align="right", bold=True)
        _bar(sheet, x, table.loc[name].tolist(), y)
    firsts = [f"{name} {words.percent(share)}" for name, share in table.iloc[:, 0].items()]
    last = table.iloc[:, -1]
    return finish(sheet, 22 + PITCH * len(table), caption, subtitle=caption.subtitle(""),
                  kind=caption.kind("Stacked bars"),
                  parts=[f"First place: {words.listing(firsts)}",
                         f"Last place most often: {last.idxmax()} {words.percent(last.max())}"],
                  columns=["Option", *(f"{words.capital(words.ordinal(k + 1))}, %" for k in range(table.shape[1]))],
                  rows=[[str(name), *(round(100 * share, 1) for share in table.loc[name])] for name in table.index])


def _shade(place: int, places: int) -> tuple[str, float]:
    return SHADES[min(place, len(SHADES) - 1)] if place < places - 1 or places <= 2 else SHADES[-1]


def _key(sheet: Sheet, left: float, places: int) -> None:
    x = sheet.text(left, 7, "Place:", "soft", small=True).right + 8
    for place in range(places):
        tone, alpha = _shade(place, places)
        sheet.bar(Box(x, 2.5, x + 11, 11.5), tone, alpha=alpha)
        sheet.bar(Box(x, 2.5, x + 11, 11.5), "soft", hollow=True, layer=1.2)
        x = sheet.text(x + 15, 7, words.rank(place + 1), "soft", small=True).right + 12


def _bar(sheet: Sheet, x: Scale, shares: list[float], y: float) -> None:
    done = 0.0
    sheet.bar(Box(x(0), y - THICK / 2, x(1), y + THICK / 2), "soft", hollow=True, layer=1.2)
    for place, share in enumerate(shares):
        box = Box(x(done), y - THICK / 2, x(done + share), y + THICK / 2)
        done += share
        tone, alpha = _shade(place, len(shares))
        if box.right - box.left < 0.4:
            continue
        sheet.bar(box, tone, alpha=alpha)
        text = words.percent(share)
        if sheet.reach(text, small=True) + 6 <= box.right - box.left:
            letters = "paper" if alpha == 1 else "ink"
            sheet.text((box.left + box.right) / 2, y, text, letters, align="center", small=True)
