"""A draft: sound as soon as it is written, full of help, and never over another file."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from atlas import assessment_file, checks, draft, library
from atlas.checks.registry import RULES
from atlas.data import Tables, tables
from atlas.errors import WrongUse
from atlas.model import Check
from atlas.paths import ROOT

TODAY = date(2026, 3, 1)


@pytest.fixture
def data(tmp_path: Path) -> Tables:
    """The project's data in a folder of their own, so that nothing is written beside them."""
    for name in ("indicators", "reference"):
        (tmp_path / name).symlink_to(ROOT / "data" / name)
    (tmp_path / "assessments").mkdir()
    return Tables(tmp_path)


@pytest.mark.parametrize(("country", "interest"), [("KAZ", "security"), ("CIV", "trade"), ("NRU", "climate"),
                                                   ("COD", "migration"), ("VAT", "values")])
def test_a_draft_is_sound_at_once(data: Tables, country: str, interest: str) -> None:
    path = draft.write(data, country, interest, "2026", TODAY)
    assert path.name == f"{country}-2026-{interest}.yaml"
    assert library.problems(data, [path]) == []
    assert assessment_file.read(path).claims == [] and assessment_file.read(path).written == "2026-03"
    assert max(map(len, path.read_text(encoding="utf-8").splitlines())) <= 140


def test_a_draft_holds_questions_figures_and_an_example_of_each_rule(data: Tables) -> None:
    text = draft.write(data, "KAZ", "security", "2026", TODAY).read_text(encoding="utf-8")
    assert "To what extent is Kazakhstan willing to work with Germany" in text
    assert "#   military_expenditure_pct_gdp: 0.4 % of GDP, 2024" in text
    assert all(f"{{rule: {name}," in text for name in RULES)


@pytest.mark.parametrize("country", ["KAZ", "DEU", "NRU"])
def test_every_example_of_a_rule_would_be_accepted(country: str) -> None:
    import yaml

    for name, text in draft.examples(tables(), country, "security").items():
        given = yaml.load(f"{{rule: {name}, {text}}}", Loader=yaml.BaseLoader)
        assert checks.problems(Check.model_validate(given), tables(), country) == [], text


def test_a_file_that_is_there_is_left_as_it_is(data: Tables) -> None:
    path = draft.write(data, "KAZ", "security", "2026", TODAY)
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(WrongUse, match=r"KAZ-2026-security.yaml is there already and is left as it is"):
        draft.write(data, "KAZ", "security", "2026", TODAY)
    assert path.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(("given", "message"), [
    (["KAZ", "--interest", "securty", "--edition", "2026"], "migration; did you mean security?"),
    (["KAX", "--interest", "security", "--edition", "2026"], "'KAX' is no country code; did you mean KAZ"),
    (["KAZ", "--interest", "security", "--edition", "../x"], "edition '../x' is no year; expected one such as 2026"),
    (["KAZ", "--interest", "security"], "--edition"),
])
def test_wrong_use_is_one_line_and_writes_nothing(atlas: Callable[..., CompletedProcess[str]], given: list[str],
                                                 message: str) -> None:
    before = sorted((ROOT / "data" / "assessments").iterdir())
    run = atlas("new", *given)
    assert (run.returncode, len(run.stderr.splitlines())) == (2, 1), run.stderr
    assert message in run.stderr
    assert sorted((ROOT / "data" / "assessments").iterdir()) == before


def test_the_command_writes_a_file_that_check_accepts(
        atlas: Callable[..., CompletedProcess[str]], tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    here = {"ATLAS_DATA": str(tmp_path / "data"), "PATH": ""}
    assert atlas("new", "NOR", "--interest", "climate", "--edition", "2026", env=here).returncode == 0
    run = atlas("check", env=here)
    assert run.returncode == 0, run.stderr
    assert "NOR-2026-climate.yaml" in run.stdout and "no claims yet" in run.stdout
