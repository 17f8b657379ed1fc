"""Small multiples: the country against each of its peers, on common axes."""

from __future__ import annotations

import pandas as pd

from atlas import words
from atlas.blocks import Chart, Note
from atlas.charts import dated, scales
from atlas.charts.alt import Part
from atlas.charts.caption import Caption, crossed, finish, gone, leaving, missing, raw, span
from atlas.charts.scales import Scale
from atlas.charts.sheet import WIDTH, Box, Sheet
from atlas.charts.style import house
from atlas.phrases import say

MOST = 16


@house()
def small_multiples(table: pd.DataFrame, caption: Caption, *, country: str,
                    bounds: tuple[float, float] | None = None) -> Chart | Note:
    """Draw one small chart a peer, each with the country's own line, all on the same axes.

    Parameters
    ----------
    table : DataFrame
        One row a country and period: `iso3`, `label`, `period` (ISO date) and `value`. Peers stand in the order of
        their first row; at most sixteen are drawn.
    caption : Caption
    country : str
        ISO 3166-1 alpha-3 code of the country in the accent colour.
    bounds : (float, float), optional
        Ends of the scale, such as (0, 1) for an index.

    Returns
    -------
    Chart or Note
        A note in words if the country or all of its peers have no value.
    """
    names = {str(code): str(label) for code, label in zip(table["iso3"], table["label"], strict=True)}
    known = table.dropna(subset=["value"]).sort_values("period", kind="stable")
    have = set(known["iso3"])
    peers = [code for code in names if code != country and code in have]
    if country not in have or not peers:
        return missing(caption, names.get(country, country) if country not in have else say("charts.others"))
    plot = _Plot({code: known[known["iso3"] == code] for code in [country, *peers[:MOST]]}, names, caption, bounds)
    height = plot.draw()
    lacking = [label for code, label in names.items() if code not in have]
    cells = crossed(known, "iso3")
    order = [country, *peers]
    return finish(plot.sheet, height, caption,
                  subtitle=caption.subtitle(
                      span(known["period"]), say("charts.multiples.colours", name=names[country]),
                      plot.beyond, plot.start, plot.gaps, gone(lacking),
                      say("charts.multiples.shown", most=MOST, size=len(peers)) if len(peers) > MOST else ""),
                  kind=caption.kind("multiples"), parts=plot.findings(),
                  columns=[say("charts.heads.period"), *(names[code] for code in order)],
                  rows=[[period, *(raw(cells.get((period, code)), caption.digits) for code in order)]
                        for period in sorted(set(known["period"]))])


class _Plot:
    """The drawing of small multiples."""

    def __init__(self, series: dict[str, pd.DataFrame], names: dict[str, str], caption: Caption,
                 bounds: tuple[float, float] | None) -> None:
        self.sheet, self.series, self.names, self.caption = Sheet(), series, names, caption
        self.own, *self.peers = series
        tops = {code: float(rows["value"].max()) for code, rows in series.items()}
        limit = bounds[1] if bounds else scales.off_scale(list(tops.values()), [tops[self.own]])
        self.beyond = leaving([(names[code], caption.say(top)) for code, top in tops.items() if top > limit])
        values = [value for rows in series.values() for value in rows["value"].tolist() if value <= limit]
        low, high = bounds or scales.domain(values)
        self.grid = scales.ticks(low, high, 3, caption.least)
        self.by = self.grid[1] - self.grid[0]
        self.start = "" if low <= 0 <= high else say("charts.start", value=caption.tick(self.grid[0], self.by))
        times = [scales.moment(period) for rows in series.values() for period in rows["period"]]
        self.gaps = dated.said([rows["period"] for rows in series.values()])
        self.first, self.last = min(times), max(max(times), min(times) + 1)

    def draw(self) -> float:
        left = max(self.sheet.reach(self.caption.tick(value, self.by), small=True) for value in self.grid) + 8
        gutter = 16.0
        across = 3 if len(self.peers) in (1, 2, 3, 5, 6, 9) else 4  # the fewer empty places
        wide = (WIDTH - left - 4 - gutter * (across - 1)) / across
        tall = 58.0
        for i, code in enumerate(self.peers):
            x, y = left + i % across * (wide + gutter), 20 + i // across * (tall + 42)
            self._cell(code, Box(x, y, x + wide, y + tall), i % across == 0)
        return 20 + (len(self.peers) - 1) // across * (tall + 42) + tall + 18

    def _cell(self, code: str, box: Box, first: bool) -> None:
        sheet = self.sheet
        x = Scale(self.first, self.last, box.left + 2, box.right - 4)
        y = Scale(self.grid[0], self.grid[-1], box.bottom, box.top)
        for value in self.grid:
            sheet.rule([box.left, box.right], [y(value)] * 2)
            if first:
                sheet.text(box.left - 6, y(value), self.caption.tick(value, self.by), "soft", align="right", small=True)
        for year, align in ((int(self.first), "left"), (int(self.last), "right")):
            sheet.text(box.left if align == "left" else box.right, box.bottom + 9, str(year), "soft", align=align,
                       small=True)
        for one, tone in ((code, "peer"), (self.own, "accent")):
            self._line(one, tone, x, y, box)
        last = self.caption.say(self.series[code]["value"].iloc[-1])
        for name in (f"{self.names[code]} {last}", self.names[code]):
            if sheet.reach(name) <= box.right - box.left + 12:
                break
        sheet.text(box.left, box.top - 11, words.shorten(name, 30), "ink")

    def _line(self, code: str, tone: str, x: Scale, y: Scale, box: Box) -> None:
        rows = self.series[code]
        times, values = [scales.moment(period) for period in rows["period"]], rows["value"].tolist()
        clip = Box(box.left, box.top - 1, box.right, box.bottom + 1)
        for part, gap in dated.runs(times):
            self.sheet.line([x(times[i]) for i in part], [y(values[i]) for i in part], tone, clip=clip, dashed=gap,
                            width=1.0 if gap else None, layer=3 if tone == "accent" else 2)
        for time in dated.leaving(times, values, self.grid[-1]):
            self.sheet.marks([x(time)], [box.top + 2], tone, shape="^", scale=0.7)
        if self.grid[0] <= values[-1] <= self.grid[-1]:
            self.sheet.marks([x(times[-1])], [y(values[-1])], tone, scale=0.6)

    def findings(self) -> list[Part]:
        """Say first and last value of the country and the last of each peer."""
        own = self.series[self.own]
        said = f"{self.names[self.own]}: {self.caption.say(own['value'].iloc[0])} {words.at(own['period'].iloc[0])}, " \
               f"{self.caption.say(own['value'].iloc[-1])} {words.at(own['period'].iloc[-1])}"
        ends = [f"{self.names[code]} {self.caption.say(self.series[code]['value'].iloc[-1])}" for code in self.peers]
        return [said, [say("charts.multiples.end", names=words.several(ends, size)) for size in (len(ends), 4, 2)]]
