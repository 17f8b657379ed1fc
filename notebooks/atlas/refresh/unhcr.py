"""UNHCR's refugee statistics: its population API, page by page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from atlas.errors import Refused
from atlas.refresh.answers import DECLARED, INCOMPLETE, Download, as_json, count, download, mapping, number, year
from atlas.refresh.kept import Answer
from atlas.refresh.web import Web
from atlas.writing.calculations import Series

BASE = "https://api.unhcr.org/population/v1"
PAGE = 10_000
MOST = 2000
NOTHING = ("-", "")
"""What stands where a count does not apply."""
Page = tuple[Mapping[str, Any], list[Mapping[str, Any]]]


def fetch(series: Mapping[str, Any], web: Web, base: str, years: tuple[int, int]) -> Download:
    """Return one count, summed by country of origin or of asylum.

    Parameters
    ----------
    series : mapping
        ``series`` (population, asylum-applications or asylum-decisions), ``by`` (``coo``, origin, or ``coa``, asylum),
        ``field`` or a ``share`` of fields, ``where`` (what else a row must say), ``within`` (countries of asylum).
    web, base, years
        As for the World Bank.
    """
    fields = {series["field"]} if "field" in series else {*series["share"]["of"], *series["share"]["in"]}
    sums: dict[str, Series] = {name: {} for name in fields}
    answers: list[Answer] = []
    for answer, rows in _pages(series, web, base, years):
        answers.append(answer)
        for row in rows:
            if all(str(row.get(key)) == value for key, value in series.get("where", {}).items()):
                _add(row, f"{series['by']}_iso", sums, answer)
    values = sums[series["field"]] if "field" in series else _share(series["share"], sums)
    return download(values, "", answers)


def _pages(
    series: Mapping[str, Any], web: Web, base: str, years: tuple[int, int]
) -> Iterator[tuple[Answer, list[Mapping[str, Any]]]]:
    within = f"&coa={','.join(series['within'])}" if "within" in series else ""
    question = f"yearFrom={years[0]}&yearTo={years[1]}&{series['by']}_all=true{within}&cf_type=ISO"
    page, pages = 1, 1
    while page <= pages:
        address = f"{base}/{series['series']}/?limit={PAGE}&page={page}&{question}"
        (head, rows), answer = web.get(address, "json", read_page)
        if count(answer, head["page"]) != page:
            raise Refused(answer.url, f"page {head['page']} instead of page {page}", INCOMPLETE)
        if page > 1 and count(answer, head["maxPages"]) != pages:
            raise Refused(answer.url, "the publisher changed the table while we read it", "try again")
        pages = count(answer, head["maxPages"], MOST)
        yield answer, rows
        page += 1


def read_page(answer: Answer) -> Page:
    """Return head and rows of a page."""
    head = mapping(answer, as_json(answer), "page", "maxPages", "items")
    if not isinstance(head["items"], list) or not head["items"]:
        raise Refused(answer.url, f"page {head['page']} is empty", DECLARED)
    return head, [mapping(answer, row, "year", "coo_iso", "coa_iso") for row in head["items"]]


def _add(row: Mapping[str, Any], place: str, sums: Mapping[str, Series], answer: Answer) -> None:
    key = (str(row[place]), year(answer, row["year"]))
    for name, values in sums.items():
        given = mapping(answer, row, name)[name]
        if given is None or given in NOTHING:
            continue
        persons = number(answer, given)
        if persons < 0 or persons != int(persons):
            raise Refused(answer.url, f"{name} is {given!r}: not a count of persons", DECLARED)
        values[key] = values.get(key, 0.0) + persons


def _share(rule: Mapping[str, Any], sums: Mapping[str, Series]) -> Series:
    """Return some fields in per cent of others, where there are enough cases."""
    keys = {key for name in rule["in"] for key in sums[name]}
    whole = {key: sum(sums[name].get(key, 0.0) for name in rule["in"]) for key in keys}
    part = {key: sum(sums[name].get(key, 0.0) for name in rule["of"]) for key in keys}
    return {key: 100 * part[key] / whole[key] for key in sorted(keys) if whole[key] >= max(1, rule["at_least"])}
