"""Our World in Data: the table behind a chart as CSV, and what the chart says of it."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from fnmatch import fnmatchcase
from functools import partial
from typing import Any

from atlas.errors import Refused
from atlas.refresh.answers import DECLARED, INCOMPLETE, Download, as_json, download, mapping, number, put, year
from atlas.refresh.kept import Answer
from atlas.refresh.web import Web
from atlas.writing.calculations import Series

BASE = "https://ourworldindata.org/grapher"
QUESTION = "v=1&csvType=full&useColumnShortNames=true"
CODES = {"OWID_KOS": "XKX"}
KEYS = ("entity", "code", "year")
Rows = list[dict[str, str]]


def fetch(series: Mapping[str, Any], web: Web, base: str, years: tuple[int, int]) -> Download:
    """Return one column of the table behind a chart.

    Parameters
    ----------
    series : mapping
        ``series`` (the chart), ``column`` (its short name, or a pattern that fits one), ``unit`` (if there is one).
    web, base, years
        As for the World Bank.
    """
    chart = f"{base}/{series['series']}"
    read = partial(read_column, series=series)
    (column, version), told = web.get(f"{chart}.metadata.json?{QUESTION}", "json", read)
    rows, table = web.get(f"{chart}.csv?{QUESTION}", "csv", partial(read_table, column=column))
    values: Series = {}
    for row in rows:
        iso3, period = CODES.get(row["code"], row["code"]), row["year"]
        if len(iso3) == 3 and row[column] and years[0] <= number(table, period) <= years[1]:
            put(table, values, iso3, year(table, period), number(table, row[column]))
    return download(values, version, [table, told])


def read_column(answer: Answer, series: Mapping[str, Any]) -> tuple[str, str]:
    """Return short name and date of the column that is declared, once its unit is as declared."""
    columns = mapping(answer, mapping(answer, as_json(answer), "columns")["columns"])
    named = {str(mapping(answer, one, "shortName")["shortName"]): one for one in columns.values()}
    fitting = [name for name in named if fnmatchcase(name, series["column"])]
    if len(fitting) != 1:
        raise Refused(answer.url, f"{len(fitting)} columns fit {series['column']!r} among {sorted(named)}", DECLARED)
    unit = str(named[fitting[0]].get("unit") or "")
    if unit != series.get("unit", unit):
        raise Refused(answer.url, f"the unit is {unit!r}, not {series['unit']!r}", DECLARED)
    return fitting[0], str(named[fitting[0]].get("lastUpdated") or "")


def read_table(answer: Answer, column: str) -> Rows:
    """Return the rows of the table, each with as many cells as the header."""
    try:
        header, *rows = csv.reader(io.StringIO(answer.body.decode("utf-8-sig")), strict=True)
    except (ValueError, csv.Error):
        raise Refused(answer.url, "no table in CSV, or not all of it", INCOMPLETE) from None
    names = [name.lower() if name.lower() in KEYS else name for name in header]
    missing = [name for name in (*KEYS, column) if name not in names]
    if missing:
        raise Refused(answer.url, f"a table without {', '.join(missing)}", INCOMPLETE)
    if any(len(row) != len(names) for row in rows):
        raise Refused(answer.url, "rows that lack cells; the table is not complete", INCOMPLETE)
    return [dict(zip(names, row, strict=True)) for row in rows]
