"""The script that selects the figures: what it takes, what it leaves out, and how it refuses."""

from __future__ import annotations

import csv
import importlib
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from atlas.paths import ROOT
from atlas.writing.rows import plain_number

SELECTION = ROOT / "data" / "selection"
FIGURE = {
    "indicator": "prisoners", "iso3": "BLR", "partner_iso3": "", "period": "2024-01-04", "value": "1430",
    "unit": "persons", "publisher": "Viasna", "source_title": "List", "url": "https://example.org/list",
    "confidence": "A", "note": "",
}
TAKEN = ("prisoners", "BLR", "2024-01-04", "1430")
ENTRY = {"title": "Prisoners", "unit": "persons", "digits": 0, "definition": "People in prison."}


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A module of the script by name, as `python data/selection` sees it."""
    monkeypatch.syspath_prepend(str(SELECTION))

    def load(name: str) -> ModuleType:
        return importlib.import_module(name)
    return load


def listed(**more: Any) -> dict[str, Any]:
    plain = {"part_year": "Jan-", "cite_only": {}, "left_out": {}, "corrections": []}
    return plain | {"indicators": {"prisoners": ENTRY}} | more


@pytest.fixture
def published(script: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """What the script takes from a table of figures that the test writes."""
    figures = script("figures")
    (tmp_path / "atlas").mkdir()

    def run(lists: dict[str, Any], *rows: dict[str, str]) -> list[tuple[str, ...]]:
        for name, content in (("atlas/figures.csv", rows), ("added.csv", ())):
            with (tmp_path / name).open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, list(FIGURE))
                writer.writeheader()
                writer.writerows(content)
        monkeypatch.setattr(figures, "ADDED", tmp_path / "added.csv")
        taken, _ = figures.select_published(lists, tmp_path)
        return [(row["indicator"], row["iso3"], row["period"], row["value"]) for row in taken]
    return run


@pytest.mark.parametrize(("value", "digits", "text"), [
    (0.0, 1, "0"), (-0.0004, 1, "0"), (1.396, 1, "1.396"), (1.23456, 0, "1.23"),
    (22568460000000.0, -7, "22568460000000"), (1e-7, 2, "0"), (-12.5, 0, "-12.5"),
    (9379952.0, -3, "9379952"), (100.0, 0, "100"),
])
def test_numbers_are_written_plain_and_short(value: float, digits: int, text: str) -> None:
    assert plain_number(value, digits) == text


def test_a_figure_of_confidence_b_is_not_taken(published: Any) -> None:
    assert published(listed(), FIGURE, FIGURE | {"period": "2025", "confidence": "B"}) == [TAKEN]


def test_a_figure_that_no_entry_takes_is_named(published: Any) -> None:
    with pytest.raises(Exception, match=r"no entry of lists/published.yaml takes:\n  prisoners BLR 2024-01-04 cells"):
        published(listed(indicators={"prisoners": ENTRY | {"unit_is": "persons"}}), FIGURE | {"unit": "cells"})


def test_part_of_a_year_goes_into_an_indicator_of_its_own(published: Any) -> None:
    entries = {"prisoners": ENTRY, "prisoners_part_year": ENTRY | {"from": "prisoners", "part_year": "only"}}
    half = FIGURE | {"period": "2024-06-30", "note": "Jan-Jun 2024"}
    assert published(listed(indicators=entries), FIGURE, half) == [
        TAKEN, ("prisoners_part_year", "BLR", "2024-06-30", "1430")]


def test_rows_of_a_publisher_who_forbids_tables_are_taken_for_named_countries_only(published: Any) -> None:
    lists = listed(cite_only={"Viasna": ["BLR"]})
    assert published(lists, FIGURE, FIGURE | {"iso3": "RUS"}) == [TAKEN]


def test_the_newest_and_the_first_edition_are_kept_apart(published: Any) -> None:
    first = ENTRY | {"from": "prisoners", "editions": "first"}
    entries = {"prisoners": ENTRY | {"editions": "newest"}, "prisoners_first": first}
    editions = [FIGURE | {"source_title": f"Edition {year}", "value": value}
                for year, value in (("2022", "2"), ("2020", "1"), ("2024", "3"))]
    assert published(listed(indicators=entries), *editions) == [
        ("prisoners", "BLR", "2024-01-04", "3"), ("prisoners_first", "BLR", "2024-01-04", "1")]


def test_a_correction_changes_the_row_it_names(published: Any) -> None:
    wrong = {"indicator": "prisoners", "iso3": "BLR", "partner": "", "period": "2024-01-04", "value": "1430",
             "becomes": {"iso3": "RUS", "partner": "BLR"}, "reason": "The sides were swapped."}
    assert published(listed(corrections=[wrong]), FIGURE) == [("prisoners", "RUS", "2024-01-04", "1430")]


def test_a_correction_that_no_longer_fits_is_refused(published: Any) -> None:
    fixed = {"indicator": "prisoners", "iso3": "BLR", "partner": "", "period": "2024-01-04", "value": "9",
             "becomes": {"iso3": "RUS", "partner": ""}, "reason": "The publisher has mended it."}
    with pytest.raises(Exception, match=r"correction no longer fits: .*'value': '9'.*; remove it from"):
        published(listed(corrections=[fixed]), FIGURE)


def test_a_share_is_left_out_only_in_the_years_flows_and_country_named(script: Any) -> None:
    case = {"iso3": "BLR", "flows": ["export"], "since": 2020}
    row = {"iso3": "BLR", "indicator": "export_share_rus_pct", "period": "2020", "partner": ""}
    is_left_out = script("series").is_left_out
    assert is_left_out(row, case)
    assert not is_left_out(row | {"iso3": "RUS"}, case)
    assert not is_left_out(row | {"indicator": "import_share_rus_pct"}, case)
    assert not is_left_out(row | {"indicator": "exports_pct_gdp"}, case)
    assert not is_left_out(row | {"period": "2019"}, case)


def test_a_second_page_moves_from_the_note_to_its_own_column(script: Any) -> None:
    header = (SELECTION / "added" / "events.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
    note = "month inferred; second source: https://example.org/a?b=1; secondary page"
    told = script("dated").event(dict.fromkeys(header, "") | {"note": note}, {})
    assert (told["second_url"], told["note"]) == ("https://example.org/a?b=1", "month inferred; secondary page")


def test_figures_that_are_newer_than_the_shared_tables_are_not_overwritten_unasked(
    script: Any, tmp_path: Path
) -> None:
    (tmp_path / "indicators").mkdir()
    sidecar = "indicators: {gdp: {refreshed: {retrieved: '2026-11-26'}}}"
    (tmp_path / "indicators" / "economy.yaml").write_text(sidecar, encoding="utf-8")
    command = [sys.executable, str(SELECTION), "--from", str(tmp_path), "--to", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 2
    assert "economy: brought up to date by `atlas refresh`; --over-newer goes back" in done.stderr
    assert [path.name for path in tmp_path.rglob("*.*")] == ["economy.yaml"]


def test_a_label_is_short_and_belongs_to_an_event(script: Any) -> None:
    dated = script("dated")
    dated.check_labels({"BLR-2021-a": "flight forced down"}, ["BLR-2021-a"])
    for labels in ({"BLR-2021-b": "flight forced down"}, {"BLR-2021-a": "a flight is forced down in Minsk"}):
        with pytest.raises(dated.DatedError, match=r"BLR-2021-"):
            dated.check_labels(labels, ["BLR-2021-a"])
