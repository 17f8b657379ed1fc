"""The World Bank's indicators: version 2 of its API, page by page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from atlas.errors import Refused
from atlas.refresh.answers import DECLARED, INCOMPLETE, Download, as_json, count, download, mapping, number, put, year
from atlas.refresh.kept import Answer
from atlas.refresh.web import Web
from atlas.writing.calculations import Series

BASE = "https://api.worldbank.org/v2"
PAGE = 20_000
MOST = 100
WDI = 2
"""The database of the World Development Indicators; 3 is the Worldwide Governance Indicators."""
Page = tuple[Mapping[str, Any], list[Mapping[str, Any]]]


def fetch(series: Mapping[str, Any], web: Web, base: str, years: tuple[int, int]) -> Download:
    """Return one indicator for every country.

    Parameters
    ----------
    series : mapping
        ``series`` (the code), ``database`` (2 by default), ``unit`` (part of the publisher's name of the indicator).
    web : Web
    base : str
        Address of the API.
    years : tuple of int
        First and last year.
    """
    values: Series = {}
    answers: list[Answer] = []
    seen, total, pages, version = 0, 0, 1, ""
    while len(answers) < pages:
        (head, rows), answer = web.get(_address(series, base, years, len(answers) + 1), "json", read_page)
        if not answers:
            total, pages = count(answer, head["total"]), count(answer, head["pages"], MOST)
            version = str(head["lastupdated"])
        elif (count(answer, head["total"]), str(head["lastupdated"])) != (total, version):
            raise Refused(answer.url, "the publisher changed the series while we read it", "try again")
        answers.append(answer)
        seen += len(rows)
        if count(answer, head["page"]) != len(answers):
            raise Refused(answer.url, f"page {head['page']} instead of page {len(answers)}", INCOMPLETE)
        for row in rows:
            _take(row, series, answer, values)
    if seen != total:
        raise Refused(answers[0].url, f"{seen} rows of {total} that were promised", INCOMPLETE)
    return download(values, version, answers)


def _address(series: Mapping[str, Any], base: str, years: tuple[int, int], page: int) -> str:
    return (
        f"{base}/country/all/indicator/{series['series']}?format=json&source={series.get('database', WDI)}"
        f"&date={years[0]}:{years[1]}&per_page={PAGE}&page={page}"
    )


def read_page(answer: Answer) -> Page:
    """Return head and rows of a page; the World Bank reports errors with status 200, as a list of messages."""
    content = as_json(answer)
    head = content[0] if isinstance(content, list) and content else None
    if isinstance(head, Mapping) and "message" in head:
        told = head["message"] if isinstance(head["message"], list) else [head["message"]]
        said = [f"{one.get('key')}: {one.get('value')}" if isinstance(one, Mapping) else str(one) for one in told]
        raise Refused(answer.url, f"the World Bank says: {'; '.join(said)}", DECLARED)
    checked = mapping(answer, head, "page", "pages", "total", "lastupdated")
    rows = content[1] if isinstance(content, list) and len(content) > 1 else None
    if not isinstance(rows, list) or not rows:
        raise Refused(answer.url, f"page {checked['page']} is empty", DECLARED)
    return checked, [mapping(answer, row, "indicator", "country", "countryiso3code", "date", "value") for row in rows]


def _take(row: Mapping[str, Any], series: Mapping[str, Any], answer: Answer, values: Series) -> None:
    named = mapping(answer, row["indicator"], "id", "value")
    if named["id"] != series["series"]:
        raise Refused(answer.url, f"the answer speaks of {named['id']}", DECLARED)
    if series["unit"].casefold() not in str(named["value"]).casefold():
        raise Refused(answer.url, f"the unit is not {series['unit']!r}: {named['value']!r}", DECLARED)
    place = str(mapping(answer, row["country"], "id")["id"])
    iso3 = str(row["countryiso3code"] or (place if len(place) == 3 else ""))  # groups of countries have no such code
    if iso3 and row["value"] is not None:
        put(answer, values, iso3, year(answer, row["date"]), number(answer, row["value"]))
