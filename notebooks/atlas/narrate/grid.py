"""The grid of the first edition: five regions by five interests, one country each, and what was added later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from atlas import words
from atlas.blocks import Block, Prose, Run, Table, Text, bar, link, soft
from atlas.data import Tables
from atlas.narrate.standing import Standing


def grid(tables: Tables, standings: Sequence[Standing]) -> list[Block]:
    """Return the grid with the verdict bar of each cell, and a sentence on what is on file."""
    by_code = {one.iso3: one for one in standings}
    cells = {(row["region"], row["interest"]): row["iso3"] for row in tables.grid}
    regions = list(dict.fromkeys(region for region, _ in cells))
    rows: list[Sequence[Text]] = []
    for region in regions:
        rows.append([region, *(_cell(tables, by_code, cells[region, code], code) for code in tables.interests)])
        added = [_added(standings, region, code, cells) for code in tables.interests]
        if any(added):
            rows.append([soft(f"{region}, added later"), *added])
    columns = [{"name": "Region", "width": 1.45, "least": 7.4},
               *({"name": names["short"], "width": 1, "least": 6} for names in tables.interests.values())]
    filed = sum(code in by_code[iso3].interests for (_, code), iso3 in cells.items() if iso3 in by_code)
    editions = words.listing(sorted({row["edition"] for row in tables.grid}))
    whole = filed == len(cells)
    told = (f"All {words.count(filed, 'cell')} of {editions} have their chapter on file. " if whole else
            f"{words.capital(words.count(filed))} of the {words.count(len(cells), 'cell')} of {editions} "
            f"{'has its chapter' if filed == 1 else 'have their chapter'} on file. "
            "The others are marked ‘data only’: there is no chapter to test, and a report on the country is made from "
            "figures alone. ")
    told += "Every country has all five interests from data in its own report."
    table = Table(caption=f"One country for each interest in each region, edition {editions}", columns=columns,
                  rows=rows, compact=True,
                  note="Bars count the claims of the chapters on that interest, of all editions on file.")
    return [Prose([told]), table]


def _cell(tables: Tables, by_code: Mapping[str, Standing], iso3: str, interest: str) -> Text:
    one, name = by_code.get(iso3), tables.country(iso3).name
    runs: list[Run] = [link(name, one.page) if one and one.page else name]
    if one and interest in one.interests:
        return [*runs, " ", bar(row.verdict for row in one.on(interest))]
    return [*runs, soft(" data only")]


def _added(standings: Sequence[Standing], region: str, interest: str, cells: Mapping[tuple[str, str], str]) -> Text:
    """Name the countries of a region that later editions added for an interest, each with its edition and its bar."""
    runs: list[Run] = []
    for one in standings:
        editions = [chapter.edition for chapter in one.chapters if chapter.interest == interest]
        if one.region == region and editions and cells[region, interest] != one.iso3:
            runs += [link(one.country.name, one.page) if one.page else one.country.name, soft(f" {editions[0]}"), " ",
                     bar(row.verdict for row in one.on(interest))]
    return runs
