"""Flips: which verdicts an edit or newer figures turn, with the numbers that turned them."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from atlas import flips
from atlas.data import Tables
from atlas.errors import AtlasError, WrongUse
from tinies import DATA


def git(folder: Path, *words: str, **environment: str) -> None:
    named = {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@b", "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@b"}
    subprocess.run(["git", "-C", str(folder), *words], check=True, capture_output=True, env={**named, **environment})


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder, committed on the last day of 2024."""
    shutil.copytree(DATA, tmp_path / "data")
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", "data")
    git(tmp_path, "commit", "--quiet", "-m", "x", GIT_COMMITTER_DATE="2024-12-31T12:00:00")
    return tmp_path / "data"


def edit(data: Path, place: str, old: str, new: str) -> None:
    path = data / place
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def compared(data: Path, against: str = "HEAD") -> flips.Comparison:
    with flips.earlier(against, data) as (_, old):
        return flips.between(old, Tables(data))


def test_what_is_as_committed_flips_nothing(data: Path) -> None:
    found = compared(data)
    assert (found.flips, found.same, found.unread) == ([], 1, [])
    assert flips.plain(found, "HEAD").startswith("No verdict would flip against HEAD")


def test_a_newer_figure_flips_a_verdict_and_shows_the_numbers(data: Path) -> None:
    edit(data, "indicators/things.csv", "arms,BBB,,2019,0.5", "arms,BBB,,2019,5.5")
    [flip] = compared(data).flips
    assert flip.turn == "contradicted at the time → holds" or flip.before.verdict != flip.after.verdict  # type: ignore
    assert flip.row.claim.id == "AAA-2020-security-R01"
    assert "0.5" in flip.numbers and "then:" in flip.numbers
    table = flips.markdown(compared(data), "HEAD")
    assert table.startswith("### One verdict would flip against HEAD")
    assert "| AAA-2020-security-R01 | " in table


def test_new_and_vanished_claims_are_counted_apart(data: Path) -> None:
    edit(data, "assessments/AAA-2020-security.yaml", "AAA-2020-security-R01", "AAA-2020-security-R02")
    found = compared(data)
    assert sorted(one.turn.startswith("not there") for one in found.flips) == [False, True]
    assert "No verdict would flip against HEAD, one claim would be new and one claim would be gone" in flips.plain(
        found, "HEAD")


def test_a_date_stands_for_the_last_commit_before_its_end(data: Path) -> None:
    edit(data, "assessments/AAA-2020-security.yaml", "AAA-2020-security-R01", "AAA-2020-security-R02")
    assert len(compared(data, "2025-01").flips) == 2
    with pytest.raises(WrongUse, match="nothing was committed by 31\u00a0December 2019; name a later day"):
        compared(data, "2019")
    with pytest.raises(WrongUse, match="'HAED' is no revision and no date; expected one such as HEAD"):
        compared(data, "HAED")


def test_files_that_the_present_rules_cannot_read_are_named(data: Path) -> None:
    edit(data, "assessments/AAA-2020-security.yaml", "question: relevance", "qestion: relevance")
    git(data.parent, "commit", "--quiet", "-am", "y")
    edit(data, "assessments/AAA-2020-security.yaml", "qestion: relevance", "question: relevance")
    assert compared(data).unread == ["AAA"]


def test_a_folder_outside_a_repository_is_said(tmp_path: Path) -> None:
    with pytest.raises(AtlasError, match="is in no git repository"), flips.earlier("HEAD", tmp_path):
        pass


def test_the_command_prints_either_form(atlas: Callable[..., CompletedProcess[str]], data: Path) -> None:
    import os

    here = {**os.environ, "ATLAS_DATA": str(data)}
    edit(data, "indicators/things.csv", "arms,BBB,,2019,0.5", "arms,BBB,,2019,5.5")
    assert "One verdict would flip" in atlas("diff", env=here).stdout
    assert atlas("diff", "--markdown", env=here).stdout.startswith("### One verdict")
    assert atlas("diff", "HAED", env=here).returncode == 2
