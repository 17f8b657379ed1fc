"""Reading an assessment: every fault with its file, line, field and what was expected."""

from __future__ import annotations

from pathlib import Path

import pytest

from atlas import assessment_file, library
from atlas.data import Tables
from atlas.errors import BadData

TINY = Path(__file__).parent / "tiny"
SOUND = (TINY / "assessments" / "AAA-2020-security.yaml").read_text(encoding="utf-8")


def faults(tmp_path: Path, text: str, name: str = "AAA-2020-security") -> list[str]:
    path = tmp_path / "assessments" / f"{name}.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    library._read.cache_clear()
    return [str(problem) for problem in library.problems(Tables(TINY), [path])]


def test_a_sound_file_has_no_fault(tmp_path: Path) -> None:
    assert faults(tmp_path, SOUND) == []


@pytest.mark.parametrize(("old", "new", "line", "message"), [
    ("kind: fact", "kind: fakt", 12, "did you mean fact?"),
    ("    short:", "    shrot:", 14, "did you mean short?"),
    ("written: 2020-05", "written: May 2020", 7, "'May 2020' is no date; expected YYYY, YYYY-MM or YYYY-MM-DD"),
    ("written: 2020-05", "written: 2020-13", 7, "no day of the calendar"),
    ("interest: security", "interest: safety", 3, "'safety' is not known"),
    ("country: AAA", "country: Arcadia", 2, "no ISO 3166-1 alpha-3 code"),
    ("country: AAA", "country: AAX", 2, "'AAX' is no country code; did you mean AAA (Arcadia)?"),
    ("id: AAA-2020-security\n", "id: AAA-2021-security\n", 1, "differs from the file name"),
    ("indicator: arms", "indicator: armz", 15, "did you mean arms?"),
    ("among: four", "among: five", 15, "is no peer set in the data"),
    ("rule: lowest_in", "rule: lowest", 15, "did you mean lowest_in?"),
    ("among: four", "amongst: four", 15, "did you mean among?"),
    ("    check:", "    not_checkable: Too vague.\n    check:", 10, "needs exactly one of check, not_checkable"),
    ("    check: {rule: lowest_in, indicator: arms, among: four}", "    locator: p", 10, "needs exactly one of check"),
    ("    kind: fact", "    kind: forecast", 10, "a forecast is settled by outcomes or unresolvable"),
    ("country: AAA", "country: AAA\ncountry: BBB", 3, "given twice; keep one"),
    ("claims:", "claims: [", 0, "not valid YAML"),
])
def test_a_fault_names_file_line_field_and_what_was_expected(
        tmp_path: Path, old: str, new: str, line: int, message: str) -> None:
    assert old in SOUND
    found = faults(tmp_path, SOUND.replace(old, new, 1))
    assert any(message in one for one in found), found
    place = f"data/assessments/AAA-2020-security.yaml:{line}:"
    assert not line or any(one.startswith(place) and message in one for one in found), found


def test_every_fault_is_named_at_once(tmp_path: Path) -> None:
    broken = SOUND.replace("kind: fact", "kind: fakt").replace("  short", "  sort")
    broken = broken.replace("written: 2020-05", "written: spring")
    assert len(faults(tmp_path, broken)) >= 4  # kind, date, unknown key, missing key


def test_identifiers_are_unique_and_begin_with_their_assessment(tmp_path: Path) -> None:
    claim = SOUND[SOUND.index("  - id:"):]
    assert any("is used twice" in one for one in faults(tmp_path, SOUND + claim))
    assert any("must begin with 'AAA-2020-security-'" in one
               for one in faults(tmp_path, SOUND.replace("AAA-2020-security-R01", "BBB-R01")))


@pytest.mark.parametrize(("extra", "message"), [
    ("outcomes: [{verdict: followed, when: {rule: event, event: visit-2018}}]\n    by: 2021",
     "a forecast cannot end as followed"),
    ("outcomes: [{verdict: occurred, when: {rule: event, event: visit-2018}}]", "outcomes need a deadline"),
    ("check: {rule: event, event: visit-2018}", "settled by outcomes or unresolvable"),
    ("locator: p", "needs outcomes, or unresolvable"),
])
def test_a_forecast_must_be_settled_in_a_declared_way(tmp_path: Path, extra: str, message: str) -> None:
    text = SOUND.replace("kind: fact", "kind: forecast").replace(
        "check: {rule: lowest_in, indicator: arms, among: four}", extra)
    assert any(message in one for one in faults(tmp_path, text)), faults(tmp_path, text)


def test_several_checks_need_a_scope_each(tmp_path: Path) -> None:
    twice = "check: [{rule: at_least, indicator: arms, value: 1}, {rule: at_most, indicator: arms, value: 2}]"
    text = SOUND.replace("check: {rule: lowest_in, indicator: arms, among: four}", twice)
    assert any("several checks need a different scope each" in one for one in faults(tmp_path, text))


def test_words_that_other_readers_of_yaml_turn_into_values_stay_words(tmp_path: Path) -> None:
    text = SOUND.replace("edition: \"2020\"", "edition: 2020")
    text = text.replace("country: AAA", "country: AAA\nauthors: [No, Yes]")
    path = tmp_path / "AAA-2020-security.yaml"
    path.write_text(text, encoding="utf-8")
    read = assessment_file.read(path)
    assert (read.edition, read.authors, read.written) == ("2020", ["No", "Yes"], "2020-05")


def test_a_file_with_faults_raises_all_of_them(tmp_path: Path) -> None:
    path = tmp_path / "AAA-2020-security.yaml"
    path.write_text(SOUND.replace("kind: fact", "kind: fakt"), encoding="utf-8")
    with pytest.raises(BadData, match="kind: 'fakt' is not known"):
        assessment_file.read(path)
