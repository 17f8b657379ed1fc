"""What a chart says around its drawing: finding, measure, scope and source, or why there is none."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from atlas import phrases, units, words
from atlas.blocks import Chart, Note, Text
from atlas.charts import alt as alts
from atlas.charts.sheet import Sheet

NBSP = words.NBSP
_SCALES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))


@dataclass(frozen=True)
class Caption:
    """The words that belong to a chart.

    Parameters
    ----------
    title : str
        The finding, as a sentence.
    measure : str
        What is measured, as a noun phrase that starts a line: "Military spending".
    unit : str
        As in the codebook: "% of GDP".
    digits : int
        Decimals that the source deserves.
    source : str or runs
        Publisher, through whom, licence.
    name : str
        File name of the data, without its ending: "BLR-military".
    scope : str
        Which countries or which trade: "post-Soviet states".
    note : str
        A sentence on what to know before reading, added to the subtitle.
    pills : sequence of (claim id, verdict)
        Claims that the chart bears on.
    size : str
        `full`, or `first_page` for a lower drawing.
    """

    title: str
    measure: str
    unit: str
    digits: int
    source: Text
    name: str
    scope: str = ""
    note: str = ""
    pills: Sequence[tuple[str, str]] = ()
    size: str = "full"

    @property
    def low(self) -> bool:
        """Whether the drawing is for the first page."""
        return self.size == "first_page"

    @property
    def least(self) -> float:
        """The finest difference that the source knows."""
        return float(10.0 ** -self.digits)

    def say(self, value: float) -> str:
        """Write a value with the short form of its unit.

        >>> Caption("", "", "% of GDP", 1, "", "").say(1.387).replace(NBSP, " ")
        '1.4 %'
        >>> Caption("", "", "persons", -3, "", "").say(9379952).replace(NBSP, " ")
        '9.38 million'
        """
        return say(value, self.unit, self.digits)

    def tick(self, value: float, by: float) -> str:
        """Write a value of the grid; `by` is the distance to the next."""
        size, name = next(((size, name) for size, name in _SCALES if by >= size / 2 or abs(value) >= 10 * size
                           or (abs(value) >= size and by >= size / 10)), (1.0, ""))
        decimals = max(0, -math.floor(math.log10(by / size) + 1e-9)) if by < size else 0
        decimals += by / size * 10 ** decimals % 1 > 1e-6
        text = words.number(value / size, decimals) if value else "0"
        if self.unit.startswith("%"):
            return f"{text}{NBSP}%"
        return words.scaled(text, name) if name and value else text

    def kind(self, drawing: str) -> str:
        """Open an alt text: what is drawn (in words, or its key in the catalogue), of what and whom."""
        drawing = phrases.say(f"charts.kinds.{drawing}") if phrases.has(f"charts.kinds.{drawing}") else drawing
        drawn = phrases.say("charts.of", drawing=drawing, measure=words.inside(self.measure))
        return ", ".join(filter(None, (drawn, self.among)))

    @property
    def among(self) -> str:
        """Whom or what the drawing is about, as it stands beside the measure."""
        return phrases.say("charts.scope", scope=self.scope) if self.scope else ""

    def subtitle(self, period: str, *more: str) -> str:
        """Join measure, unit, scope and period with what else must be known."""
        unit = units.whole(self.unit).replace("%", phrases.say("charts.percent"), 1).replace("index 0-1", "index 0–1")
        shown = "" if not unit or unit.lower() in self.measure.lower() else unit
        head = ", ".join(part for part in (self.measure, shown, self.among, period) if part)
        return " ".join(words.sentence(part) for part in (head, *more, self.note) if part)


def say(value: float, unit: str, digits: int) -> str:
    """Write a value short enough for a label."""
    unit = unit.replace(" per person", "") if " per person" in unit else unit
    short = "%" if unit.startswith("%") else "" if len(unit) > 9 and "US$" not in unit else unit
    if abs(value) >= 1e6 and not any(mark in short for mark in ("$", "EUR", "CHF", "RUB")):
        size, name = next(one for one in _SCALES if abs(value) >= one[0])
        kept = min(int(math.log10(size)) + digits, 2 - int(math.log10(abs(value) / size)))
        return words.scaled(words.number(value / size, max(0, kept)), name)
    return words.amount(value, short, digits)


def each(table: pd.DataFrame) -> Iterator[Any]:
    """Go through the rows of a table, whose cells may be of any type."""
    yield from table.itertuples(index=False)


def known(value: Any) -> bool:
    """Tell whether a cell holds a number."""
    return value is not None and not pd.isna(value)


def raw(value: Any, digits: int) -> float | int | None:
    """Return a number as it goes into the data table: no more digits than its source deserves, nothing for a gap."""
    if not known(value):
        return None
    rounded = round(float(value), digits)
    return int(rounded) if digits <= 0 else rounded


def crossed(table: pd.DataFrame, columns: str) -> dict[tuple[str, str], float]:
    """Return the values of a table by period and what another column says."""
    return dict(zip(zip(table["period"], table[columns], strict=True), table["value"], strict=True))


def span(periods: Iterable[str]) -> str:
    """Write the time that a set of periods covers: "2000 to 2024"."""
    found = sorted(set(periods))
    if not found:
        return ""
    if len(found) == 1:
        return words.day(found[0])
    return phrases.say("charts.span", first=words.day(found[0]), last=words.day(found[-1]))


def gone(labels: Sequence[str], most: int = 4) -> str:
    """Say who has no figure; nothing if everybody has one."""
    return phrases.say("charts.no_data", names=words.several(labels, most)) if labels else ""


def leaving(far: Sequence[tuple[str, str]]) -> str:
    """Say who leaves the scale, and how far up; nothing if nobody does."""
    names = words.listing(phrases.say("charts.up_to", name=name, value=value) for name, value in far)
    return phrases.say("charts.leaves", count=len(far), names=names) if far else ""


def finish(sheet: Sheet, height: float, caption: Caption, *, subtitle: str, kind: str, parts: Iterable[alts.Part],
           columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> Chart:
    """Put drawing, words and data together.

    Parameters
    ----------
    kind : str
        Opens the alt text: what is drawn, of what.
    parts : iterable of str or of str in several lengths
        The findings of the alt text, the most telling first.
    """
    return Chart(svg=sheet.svg(height), title=caption.title, subtitle=subtitle, source=caption.source,
                 alt=alts.describe(kind, parts), columns=list(columns), rows=[list(row) for row in rows],
                 csv_name=f"{caption.name}.csv", pills=tuple(caption.pills), size=caption.size)


def missing(caption: Caption, who: str, where: str = "") -> Note:
    """Say in words that there is nothing to draw, in place of the chart."""
    place = where or phrases.say("charts.tables")
    return Note(text=phrases.say("charts.missing", measure=caption.measure, place=place, who=who), tone="info")
