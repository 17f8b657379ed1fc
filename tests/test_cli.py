"""The command line as a person meets it: one line of help or trouble, and an exit status."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Atlas = Callable[..., "CompletedProcess[str]"]
KEYS = ["id", "country", "edition", "publisher", "interest", "question", "kind", "statement", "written", "verdict",
        "then", "now", "check", "sources", "note"]
"""What `atlas claims --json` promises of every claim, in this order."""


@pytest.fixture
def broken(root: Path, tmp_path: Path) -> Path:
    """A copy of the data folder with faults in two places."""
    shutil.copytree(root / "data", tmp_path / "data")
    text = tmp_path / "data" / "assessments" / "CHE-2020-trade.yaml"
    text.write_text(text.read_text(encoding="utf-8").replace("kind: fact", "kind: fakt", 1), encoding="utf-8")
    figures = tmp_path / "data" / "indicators" / "innovation.csv"
    figures.write_text(figures.read_text(encoding="utf-8").replace("patent_applications_by_origin", "patents", 1),
                       encoding="utf-8")
    return tmp_path / "data"


@pytest.mark.parametrize(("given", "message"), [
    (["render", "BLX"], "'BLX' is no country code; did you mean BLR (Belarus)?"),
    (["render", "../../etc"], "'../../etc' is no country code"),
    (["render", "CHE", "-P", "contry=CHE"], "contry"),
    (["render", "CHE", "-P", "detail=long"], "detail"),
    (["render", "CHE", "-P", "detail"], "expected name=value"),
    (["render", "CHE", "-P", "country=BLR"], "name the country as an argument"),
    (["render", "CHE", "--as-of", "May 2020"], "'May 2020' is no date"),
    (["render", "CHE", "--edition", "2019"], "edition '2019' of CHE is not on file"),
    (["render", "CHE", "--to", "docx"], "expected one or more of html, pdf"),
    (["render", "CHE", "--notebook", "contry"], "contry"),
    (["render", "CHE", "--notebook", "../country"], "country"),
    (["claims", "BLX"], "did you mean BLR"),
    (["claims", "CHE", "--as-of", "2020-13"], "no day of the calendar"),
    (["rendr"], "rendr"),
])
def test_wrong_use_is_one_line_status_two_and_nothing_written(
        atlas: Atlas, tmp_path: Path, given: list[str], message: str) -> None:
    out = ["--out", str(tmp_path)] if given[0] == "render" else []
    run = atlas(*given, *out)
    assert (run.returncode, len(run.stderr.splitlines())) == (2, 1), run.stderr
    assert message in run.stderr
    assert list(tmp_path.iterdir()) == []


def test_check_says_that_the_data_are_sound(atlas: Atlas) -> None:
    run = atlas("check")
    assert run.returncode == 0 and "are sound" in run.stdout, run.stderr


def test_faults_of_the_data_are_named_all_at_once(atlas: Atlas, broken: Path, tmp_path: Path) -> None:
    run = atlas("check", env={"ATLAS_DATA": str(broken), "PATH": ""})
    assert run.returncode == 1
    assert "data/assessments/CHE-2020-trade.yaml:" in run.stderr and "did you mean fact?" in run.stderr
    assert "data/indicators/innovation.csv:" in run.stderr and "'patents' is not known" in run.stderr
    run = atlas("render", "CHE", "--out", str(tmp_path / "out"), env={"ATLAS_DATA": str(broken), "PATH": ""})
    assert run.returncode == 1 and "did you mean fact?" in run.stderr
    assert not (tmp_path / "out").exists()


def test_claims_come_as_json_with_the_promised_keys(atlas: Atlas) -> None:
    rows = json.loads(atlas("claims", "BLR", "--json").stdout)
    assert all(list(row) == KEYS for row in rows)
    assert {row["country"] for row in rows} == {"BLR"} and len(rows) > 100


def test_claims_come_as_csv_equal_to_the_committed_file(atlas: Atlas, root: Path) -> None:
    for folder in sorted(path for path in (root / "reports").iterdir() if path.is_dir()):
        fresh = atlas("claims", folder.name, "--csv").stdout
        assert fresh == (folder / "claims.csv").read_text(encoding="utf-8"), f"make reports: {folder.name} is not fresh"
        assert list(csv.DictReader(io.StringIO(fresh)))


def test_a_country_without_assessment_has_an_empty_ledger(atlas: Atlas) -> None:
    assert json.loads(atlas("claims", "NOR", "--json").stdout) == []
    assert "No assessment of NOR is on file" in atlas("claims", "NOR").stdout


def test_list_names_what_can_be_rendered(atlas: Atlas) -> None:
    text = atlas("list").stdout
    assert all(iso3 in text for iso3 in ("BLR", "CHE", "RUS", "SRB", "UKR")) and "other countries" in text


@pytest.mark.parametrize("command", [[], ["render"], ["claims"], ["list"], ["check"], ["new"], ["diff"], ["lab"],
                                     ["class"]])
def test_every_command_has_help_with_an_example(atlas: Atlas, command: list[str]) -> None:
    run = atlas(*command, "--help")
    assert run.returncode == 0 and "Example: atlas" in run.stdout
