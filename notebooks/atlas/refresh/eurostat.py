"""Eurostat: a dataset of its dissemination API, in JSON-stat."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from atlas.errors import Refused
from atlas.refresh.answers import DECLARED, INCOMPLETE, Download, as_json, count, download, mapping, number, year
from atlas.refresh.kept import Answer
from atlas.refresh.web import Web
from atlas.writing.calculations import Series

BASE = "https://ec.europa.eu/eurostat/api/dissemination/statistics/1.0/data"
CODES = {"EL": "GR", "UK": "GB"}
"""Where Eurostat's code of a country is not that of ISO 3166-1."""
Cell = tuple[dict[str, str], float]


def fetch(series: Mapping[str, Any], web: Web, base: str, years: tuple[int, int]) -> Download:
    """Return one cut through a dataset, or one cut in per cent of another; countries have two letters.

    Parameters
    ----------
    series : mapping
        ``series`` (the dataset), ``filters`` (one category for each further dimension) and, for a share, ``share`` with
        the category ``of`` which and ``in`` which.
    web, base, years
        As for the World Bank.
    """
    cuts = [series["share"]["of"], series["share"]["in"]] if "share" in series else [{}]
    asked = [*series["filters"].items(), *((key, value) for cut in cuts for key, value in cut.items())]
    query = urlencode([("format", "JSON"), ("lang", "EN"), *asked, ("sinceTimePeriod", years[0])])
    content, answer = web.get(f"{base}/{series['series']}?{query}", "json", read_dataset)
    cells = list(_cells(content, answer))
    found = [_cut(cells, series["filters"] | cut, answer) for cut in cuts]
    values = found[0]
    if len(found) == 2:
        values = {key: 100 * value / found[1][key] for key, value in found[0].items() if found[1].get(key)}
    return download(values, str(content["updated"]), [answer])


def read_dataset(answer: Answer) -> Mapping[str, Any]:
    """Return a dataset; errors and promises of a later answer come as JSON too."""
    content = mapping(answer, as_json(answer))
    for word in ("error", "warning"):
        if word in content:
            told = content[word] if isinstance(content[word], list) else [content[word]]
            said = "; ".join(str(one.get("label", one)) if isinstance(one, Mapping) else str(one) for one in told)
            raise Refused(answer.url, f"Eurostat says: {said}", DECLARED if word == "error" else "try again later")
    dataset = mapping(answer, content, "id", "size", "dimension", "value", "updated")
    if not dataset["value"]:
        raise Refused(answer.url, "a dataset without values", DECLARED)
    return dataset


def _cells(dataset: Mapping[str, Any], answer: Answer) -> Iterator[Cell]:
    """Yield each value with its categories; values may be a list, or a mapping that leaves gaps out."""
    named, size, given = dataset["id"], dataset["size"], dataset["value"]
    if not all(isinstance(part, list) for part in (named, size)) or not isinstance(given, list | Mapping):
        raise Refused(answer.url, "no dataset in JSON-stat", INCOMPLETE)
    names = [_codes(dataset["dimension"], str(name), answer) for name in named]
    if [len(codes) for codes in names] != size or not {"geo", "time"} <= set(map(str, named)):
        raise Refused(answer.url, "sizes that do not fit the dimensions", INCOMPLETE)
    places = given.items() if isinstance(given, Mapping) else enumerate(given)
    for place, value in places:
        rest = count(answer, place)
        if rest >= math.prod(size):
            raise Refused(answer.url, f"a value at place {place} outside the dataset", INCOMPLETE)
        if value is None:
            continue
        categories = {}
        for name, codes, length in zip(reversed(named), reversed(names), reversed(size), strict=True):
            rest, here = divmod(rest, length)
            categories[name] = codes[here]
        yield categories, number(answer, value)


def _codes(dimensions: Any, name: str, answer: Answer) -> list[str]:
    """Return the categories of a dimension in their order; `index` may be a list or a mapping."""
    category = mapping(answer, mapping(answer, mapping(answer, dimensions, name)[name], "category")["category"])
    index = category.get("index", category.get("label"))
    if isinstance(index, list):
        return list(map(str, index))
    places = mapping(answer, index)
    return list(places) if len(places) == 1 else sorted(places, key=lambda code: count(answer, places[code]))


def _cut(cells: list[Cell], wanted: Mapping[str, str], answer: Answer) -> Series:
    """Return the values of one cut by country, as two letters of ISO 3166-1, and year."""
    for name, code in wanted.items():
        if not any(categories.get(name) == code for categories, _ in cells):
            raise Refused(answer.url, f"no value with {name} {code}", DECLARED)
    found: Series = {}
    for categories, value in cells:
        if all(categories.get(name) == code for name, code in wanted.items()):
            key = (CODES.get(categories["geo"], categories["geo"]), year(answer, categories["time"]))
            if key in found:
                raise Refused(answer.url, f"{key} stands twice: a dimension lacks its filter", DECLARED)
            found[key] = value
    return found
