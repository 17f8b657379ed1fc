"""Whether the tables are sound: every fault of the data folder with its file, line and field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pandas as pd
import yaml

from atlas import dates
from atlas.data.indicators import Group
from atlas.data.tables import Tables
from atlas.errors import Problem, nearest
from atlas.writing.rows import COLUMNS, read_csv

PAPERS = {"title", "unit", "definition", "digits", "sources"}
"""What the sidecar must say of every indicator."""
SOURCE = {"publisher", "title", "url", "licence"}
"""What the sidecar must say of every source."""
_PERIOD = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def problems(tables: Tables) -> list[Problem]:
    """Return every fault of indicators and reference tables.

    Parameters
    ----------
    tables : Tables

    Returns
    -------
    list of Problem
        Empty if the tables are sound.
    """
    found = [
        problem for path in sorted((tables.root / "indicators").glob("*.yaml")) for problem in _group(tables, path)
    ]
    return found + list(_reference(tables))


def _group(tables: Tables, sidecar: Path) -> Iterator[Problem]:
    name = f"data/indicators/{sidecar.name}"
    try:
        papers = yaml.load(sidecar.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        yield Problem(name, mark.line + 1 if mark else 0, "", f"not valid YAML: {getattr(error, 'problem', error)}")
        return
    faults = list(_papers(name, papers))
    yield from faults
    if not faults:
        yield from _figures(tables, Group(sidecar), f"data/indicators/{sidecar.stem}.csv", sidecar.with_suffix(".csv"))


def _papers(name: str, papers: dict[str, dict[str, dict[str, object]]]) -> Iterator[Problem]:
    for section, needed in (("indicators", PAPERS), ("sources", SOURCE)):
        for key, given in papers.get(section, {}).items():
            for missing in sorted(needed - set(given)):
                yield Problem(name, 0, f"{section}.{key}.{missing}", "missing; this field is needed")
    for key, given in papers.get("indicators", {}).items():
        for source in given.get("sources", []):  # type: ignore[attr-defined]
            if source not in papers["sources"]:
                yield Problem(
                    name,
                    0,
                    f"indicators.{key}.sources",
                    f"{source!r} is no source of this file{nearest(source, papers['sources'])}",
                )


def _figures(tables: Tables, group: Group, name: str, path: Path) -> Iterator[Problem]:
    if not path.exists():
        yield Problem(name, 0, "", "missing; the sidecar describes a file that is not there")
        return
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    if tuple(frame.columns) != COLUMNS:
        yield Problem(name, 1, "header", f"expected exactly {','.join(COLUMNS)}")
        return
    valid = (("indicator", group.indicators), ("iso3", tables.countries), ("source", group.sources))
    for column, names in valid:
        yield from _unknown(name, frame, column, names)
    named = frame["partner"] != ""
    yield from _unknown(name, frame[named], "partner", tables.countries)
    for column, bad, expected in (
        ("period", ~frame["period"].str.fullmatch(_PERIOD.pattern), "expected YYYY, YYYY-MM or YYYY-MM-DD"),
        ("value", pd.to_numeric(frame["value"], errors="coerce").isna(), "expected a number"),
    ):
        for line, given in _first(frame.loc[bad, column]):
            yield Problem(name, line, column, f"{given!r}: {expected}")
    twice = frame.duplicated(["indicator", "iso3", "partner", "period", "source"])
    for line, given in _first(frame.loc[twice, "indicator"]):
        yield Problem(name, line, "indicator", f"{given!r}: this country, partner and period stand twice")


def _unknown(name: str, frame: pd.DataFrame, column: str, valid: Iterable[str]) -> Iterator[Problem]:
    names = list(valid)
    for line, given in _first(frame.loc[~frame[column].isin(names), column]):
        yield Problem(name, line, column, f"{given!r} is not known{nearest(given, names)}")


def _first(bad: pd.Series[str], limit: int = 5) -> Iterator[tuple[int, str]]:
    """Yield line and content of the first faults; a whole broken column need not be listed."""
    for row, given in list(bad.items())[:limit]:
        yield int(str(row)) + 2, given


def _reference(tables: Tables) -> Iterator[Problem]:
    folder = tables.root / "reference"
    for file, columns, day_columns in (
        ("events.csv", ("countries",), ("date",)),
        ("status.csv", ("iso3",), ("from", "to")),
        ("memberships.csv", ("iso3",), ("from", "to")),
        ("borders.csv", ("iso3", "neighbour"), ()),
    ):
        seen: set[str] = set()
        for line, row in enumerate(read_csv(folder / file), start=2):
            name = f"data/reference/{file}"
            for column in columns:
                for code in row[column].split(";"):
                    if code not in tables.countries:
                        yield Problem(name, line, column, f"{code!r} is not known{nearest(code, tables.countries)}")
            for column in day_columns:
                yield from _day(name, line, column, row[column], needed=column == "date")
            if "id" in row and row["id"] in seen:
                yield Problem(name, line, "id", f"{row['id']!r} is used twice; identifiers are unique")
            seen.add(row.get("id", ""))


def _day(name: str, line: int, column: str, given: str, needed: bool) -> Iterator[Problem]:
    if not given and not needed:
        return
    try:
        dates.parts(given)
    except ValueError as error:
        yield Problem(name, line, column, str(error))
