"""The declared indicators of several countries on common axes: sentences, charts, tables, papers."""

from __future__ import annotations

import statistics
from functools import partial
from typing import Any

import pandas as pd

from atlas import charts, words
from atlas.blocks import Block, Prose, Table, Text, link, strong
from atlas.charts import Caption
from atlas.narrate.figures import source_line
from atlas.narrate.group import SPAN, Figure, Group, names, old, usual
from atlas.narrate.subject import licence

TOLD = 3
"""Indicators of which the first page speaks."""
ROOM, FIRST = 8, 15
"""Countries up to which the first page has room for two charts, and rows that a chart on it may have."""
MIDDLE = 4
"""Countries from which on a middle value says something."""


def spread(group: Group) -> list[str]:
    """Say of the first indicators how far apart the countries stand."""
    told = []
    for entry, found in list(zip(group.card, group.figures, strict=True))[:TOLD]:
        if len(found) >= 2:
            told.append(_spread(group, entry, found))
    return told or ["The tables hold no declared indicator for two of these countries."]


def _spread(group: Group, entry: dict[str, Any], found: dict[str, Figure]) -> str:
    ranked = sorted(found.values(), key=lambda one: (one.value, one.iso3))
    say = partial(group.at(ranked[0].iso3).say, entry["indicator"])
    low, high = say(ranked[0].value), say(ranked[-1].value)
    when = words.at(usual(found)) if len({one.period for one in ranked}) == 1 else "by the newest figure of each"
    if low == high:
        return words.sentence(f"{group.title(entry)} was {low} in all of them, {when}")
    ends = [f"{text} in {_who(group, [one for one in ranked if say(one.value) == text])}" for text in (low, high)]
    text = f"{group.title(entry)} ran from {ends[0]} to {ends[1]}, {when}"
    if len(ranked) >= MIDDLE:
        text += f", with the middle at {say(statistics.median(one.value for one in ranked))}"
    return words.sentence(text)


def _who(group: Group, tied: list[Figure]) -> str:
    """Name who has a value, or count them where several do."""
    if len(tied) > 2:
        return words.count(len(tied), "country", "countries")
    return words.listing(group.tables.country(one.iso3).the for one in tied)


def drawn(group: Group, *, first: bool) -> list[Block]:
    """Draw the first declared indicators, or all that the first page has not shown in full."""
    entries = list(zip(group.card, group.figures, strict=True))
    count = 2 if len(group.countries) <= ROOM else 1
    if first:
        return [_chart(group, entry, found, "first_page") for entry, found in entries[:count]]
    whole = all(len(found) <= FIRST for _, found in entries[:count])
    return [_chart(group, entry, found, "full") for entry, found in (entries[count:] if whole else entries)]


def _chart(group: Group, entry: dict[str, Any], found: dict[str, Figure], size: str) -> Block:
    measured, partner = group.indicator(entry), entry.get("partner", "")
    ordered = sorted(group.countries, key=lambda one: (-found[one.iso3].value if one.iso3 in found else 0.0, one.name))
    table = pd.DataFrame([_row(land.name, found.get(land.iso3), found) for land in ordered])
    caption = Caption(
        title=_title(group, entry, found), measure=group.title(entry), unit=measured.unit, digits=measured.digits,
        size=size,
        source=source_line(group.tables, measured.id, found, partner),
        name="-".join(filter(None, ("compare", measured.id, partner,
                                    "first" if size == "first_page" and len(found) > FIRST else ""))),
        note="Sorted by the value drawn; the order is no rank of partners")
    return charts.intervals(table, caption, interval=(
        f"Grey: the country's own lowest to highest yearly value of the {words.count(SPAN)} years up to the dot; "
        "it shows change, not error"), most=FIRST if size == "first_page" else 99)


def _row(label: str, one: Figure | None, found: dict[str, Figure]) -> dict[str, Any]:
    if one is None:
        return {"label": label, "value": float("nan"), "period": "", "low": float("nan"), "high": float("nan"), "n": 0,
                "old": False}
    return {"label": label, "value": one.value, "period": one.period, "low": one.low, "high": one.high, "n": one.count,
            "old": old(one, found)}


def _title(group: Group, entry: dict[str, Any], found: dict[str, Figure]) -> str:
    """State the ends, or what two countries have."""
    if len(found) < 2:
        return group.title(entry)
    ranked = sorted(found.values(), key=lambda one: (one.value, one.iso3))
    brief = partial(group.at(ranked[0].iso3).brief, entry["indicator"])
    low, high = brief(ranked[0].value), brief(ranked[-1].value)
    if low == high:
        return f"{group.title(entry)}: {low} in all countries compared"
    ends = [f"{text} in {_who(group, [one for one in ranked if brief(one.value) == text])}" for text in (low, high)]
    return f"{group.title(entry)}: from {ends[0]} to {ends[1]}"


def told(group: Group) -> list[Block]:
    """Say what each indicator measures, whether more of it is better, and what it does not show."""
    better = {"up": " More of it is taken as better.", "down": " Less of it is taken as better."}
    paragraphs: list[Text] = [
        [strong(f"{group.title(entry)}: "), words.sentence(entry["measures"])
         + better.get(group.indicator(entry).good or "", "") + f" To bear in mind: {entry['trap']}."]
        for entry in group.card]
    return [Prose(paragraphs=paragraphs)]


def table(group: Group) -> list[Block]:
    """Return every figure, the countries by region and name."""
    columns = [{"name": "Country", "width": 2.2},
               *({"name": group.title(entry), "align": "right", "width": 1.6} for entry in group.card)]
    rows: list[list[Text]] = []
    lands = sorted(group.countries, key=lambda one: (group.regions[one.iso3] or "~", one.name))
    region = None
    for land in lands:
        place = group.regions[land.iso3] or "Placed in no region"
        if place != region:
            rows.append([[strong(place)], *("" for _ in group.card)])
            region = place
        rows.append([land.name, *(_cell(group, entry, found.get(land.iso3))
                                  for entry, found in zip(group.card, group.read, strict=True))])
    names_ = ["country", "indicator", "partner", "period", "value", "lowest", "highest", "values"]
    csv = {"name": "compare.csv", "columns": names_, "rows": [
        [iso3, entry["indicator"], entry.get("partner", ""), one.period, one.value, one.low, one.high, one.count]
        for entry, found in zip(group.card, group.read, strict=True) for iso3, one in found.items()]}
    return [Table(caption="Every figure, by region and name", columns=columns, rows=rows, csv=csv, compact=True,
                  note="In brackets the year of the figure. A dash is a figure that the tables lack, not a zero.")]


def _cell(group: Group, entry: dict[str, Any], one: Figure | None) -> str:
    if one is None:
        return "–"
    text = group.at(one.iso3).brief(entry["indicator"], one.value).removesuffix(" people")
    return f"{text} ({one.period[:4]})"


def papers(group: Group) -> list[Block]:
    """Return the sources of the figures."""
    found = {source.citation or source.title: source for entry, drawn in zip(group.card, group.figures, strict=True)
             for source in group.tables.sources_behind(entry["indicator"], drawn, entry.get("partner", ""))}
    rows: list[list[Text]] = [[source.publisher, citation, [link("page", source.url)] if source.url else "–",
                               licence(source)] for citation, source in sorted(found.items())]
    columns = [{"name": "Publisher", "width": 2.0}, {"name": "Citation", "width": 5.0}, {"name": "Link", "width": 0.7},
               {"name": "Licence", "width": 1.5}]
    return [Table(caption="Sources of the figures", columns=columns, rows=rows, compact=True)]


def lacking(group: Group) -> list[str]:
    """Say which countries have no figure, and whose is older than that of most, indicator by indicator."""
    told = []
    for entry, found, kept in zip(group.card, group.read, group.figures, strict=True):
        gone = [land for land in group.countries if land.iso3 not in found and land.iso3 != entry.get("partner")]
        late = [one for one in kept.values() if old(one, found)]
        ended = [one for iso3, one in found.items() if iso3 not in kept]
        parts = [f"no figure for {names(gone)}" if gone else "",
                 f"older than the {usual(found)[:4]} of most {_dated(group, late)}" if late else "",
                 f"ended too early to be drawn {_dated(group, ended)}" if ended else ""]
        if any(parts):
            told.append(f"{group.title(entry)}: {'; '.join(filter(None, parts))}")
    return told


def _dated(group: Group, found: list[Figure]) -> str:
    return "for " + words.several([f"{group.tables.country(one.iso3).the} ({one.period[:4]})" for one in found], 6)
