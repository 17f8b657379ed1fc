"""Reading an options file: every fault with its file, line, field and what was expected."""

from __future__ import annotations

from pathlib import Path

import pytest

from atlas.data import Tables, tables
from atlas.errors import WrongUse
from atlas.options import file
from tinies import DATA

SOUND = (DATA / "options" / "AAA-2020.yaml").read_text(encoding="utf-8")
CRITERIA = (
    "Room for manoeuvre of Belarus", "Russian influence", "Russian military presence and risk of escalation",
    "Liberalisation", "Prisoners freed", "Instrumentalised migration", "Standing of the exiled opposition",
    "The EU's reputation", "Tightness of sanctions on Russia", "The humanitarian dimension", "The cost of waiting")


def faults(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "options" / "AAA-2020.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return [str(problem) for problem in file.problems(Tables(DATA), [path])]


def test_a_sound_file_has_no_fault(tmp_path: Path) -> None:
    assert faults(tmp_path, SOUND) == []


@pytest.mark.parametrize(("old", "new", "line", "message"), [
    ("id: AAA-2020\n", "id: AAA-2021\n", 1, "differs from the file name; expected 'AAA-2020'"),
    ("country: AAA", "country: AAX", 2, "'AAX' is no country code; did you mean AAA (Arcadia)?"),
    ("assessment: AAA-2020-security", "assessment: AAA-2020-securty", 4, "did you mean AAA-2020-security?"),
    ("horizon: two", "horizont: two", 5, "unknown key; did you mean horizon?"),
    ("short: talk, what", "short: talk, wat", 10, "unknown key; did you mean what?"),
    ("{id: trade, name", "{id: calm, name", 14, "'calm' is used twice"),
    ("order: [calm > other]", "order: [clam > other]", 18, "'clam' is no criterion of this file; did you mean calm?"),
    ("order: [calm > other]", "order: [calm > trade, trade > calm]", 18, "runs in a circle"),
    ("weights: {trade: 1}", "weights: {trade: 1}, order: [calm > other]", 19, "needs weights or order, not both"),
    ("weights: {trade: 1}", "weights: {trade: -1}", 19, "greater than or equal to 0"),
    ("options: [talk], criterion", "options: [tlak], criterion", 26, "'tlak' is no option of this file; did you mean"),
    ("direction: worse", "direction: wrose", 28, "did you mean worse?"),
    ("origin: text, locator: p, why: Nobody", "origin: text, why: Nobody", 28, "needs its place there: locator"),
    ("origin: text, locator: p, why: Nobody", "origin: txt, locator: p, why: Nobody", 28, "did you mean text?"),
    ("criterion: calm, direction: may", "criterion: clam, direction: may", 29, "did you mean calm?"),
    ("range: [0, 1]", "range: [1, 0]", 30, "range runs backwards: 1 to 0"),
    ("range: [0, 1]", "range: [0, 3]", 30, "less than or equal to 2"),
    ("range: [0, 1]", "range: [0, 1], direction: better", 30, "exactly one of direction and range"),
    ("events: [visit-2018]", "events: [visit-2081]", 30, "'visit-2081' is no event in the data; did you mean visit-20"),
    ("indicators: [arms]", "indicators: [armz]", 30, "'armz' is no indicator in the data; did you mean arms?"),
    ("pages: [page]", "pages: [pag]", 30, "'pag' is no page of this file; did you mean page?"),
    ("events: [visit-2018], indicators: [arms], pages: [page], ", "", 30, "needs one: events, indicators or pages"),
    ("origin: panel, why: Money", "origin: panel, pages: [page], why: Money", 31, "a cell of the panel cites nothing"),
    ("origin: panel, why: Money", "origin: text, locator: p, why: Money", 31, "'pay' is not in the text"),
    ("criterion: honour, direction: much", "criterion: trade, direction: much", 32, "pay under trade is given twice"),
    ("cells:", "cells: [", 0, "not valid YAML"),
])
def test_a_fault_names_file_line_field_and_what_was_expected(
        tmp_path: Path, old: str, new: str, line: int, message: str) -> None:
    assert old in SOUND
    found = faults(tmp_path, SOUND.replace(old, new, 1))
    place = f"data/options/AAA-2020.yaml:{line}:"
    assert any(message in one and (not line or one.startswith(place)) for one in found), found


def test_every_fault_is_named_at_once(tmp_path: Path) -> None:
    broken = SOUND.replace("visit-2018", "visit-2081").replace("[arms]", "[armz]").replace("country: AAA", "country: "
                                                                                                           "AAX")
    assert len(faults(tmp_path, broken)) == 3


def test_a_country_without_options_is_told_what_there_is() -> None:
    with pytest.raises(WrongUse, match="no policy options are on file for BBB; data/options has AAA-2020"):
        file.find(DATA, "BBB")
    with pytest.raises(WrongUse, match=r"file='AAA-2021' is no options file of AAA; did you mean AAA-2020\?"):
        file.find(DATA, "AAA", "AAA-2021")


def test_the_newest_file_of_a_country_counts_unless_one_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "options"
    folder.mkdir()
    for name in ("AAA-2019", "AAA-2021", "BBB-2030"):
        (folder / f"{name}.yaml").write_text("", encoding="utf-8")
    assert file.find(tmp_path, "AAA").stem == "AAA-2021"
    assert file.find(tmp_path, "AAA", "AAA-2019").stem == "AAA-2019"
    assert file.countries(tmp_path) == ["AAA", "BBB"]


def test_an_unknown_scenario_is_refused_with_those_there_are() -> None:
    found = file.read(file.find(DATA, "AAA"))
    assert [one.id for one in file.chosen_scenarios(found, "")] == ["quiet"]
    assert [one.id for one in file.chosen_scenarios(found, "all")] == ["quiet", "storm"]
    with pytest.raises(WrongUse, match=r"scenario='strom' is not in this file; did you mean storm\?"):
        file.chosen_scenarios(found, "strom")


def test_the_options_on_belarus_have_the_criteria_of_the_design_and_say_where_each_cell_comes_from() -> None:
    found = file.read(file.find(tables().root, "BLR", "BLR-2025"))
    assert tuple(one.name for one in found.criteria) == CRITERIA
    assert len(found.cells) == len(found.options) * len(CRITERIA)
    assert {one.id for one in found.options if not one.in_text} == {"easing", "tightening"}
    assert {cell.origin for cell in found.cells} == {"text", "source", "panel"}


def test_in_belarus_each_option_has_a_case_for_it_of_about_the_length_of_the_case_against() -> None:
    for one in file.read(file.find(tables().root, "BLR", "BLR-2025")).options:
        assert 0.5 < len(one.pro) / len(one.contra) < 2, one.id
