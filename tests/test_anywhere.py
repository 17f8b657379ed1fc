"""Run anywhere: the workflow, the container and JupyterLab call what the project has."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from atlas.cli import main
from atlas.paths import NOTEBOOKS, ROOT

WORKFLOW = yaml.safe_load((ROOT / ".github/workflows/atlas.yml").read_text(encoding="utf-8"))
CONTAINER = (ROOT / "Containerfile").read_text(encoding="utf-8")


def commands() -> list[str]:
    return [step["run"] for job in WORKFLOW["jobs"].values() for step in job["steps"] if "run" in step]


def test_the_workflow_tests_with_the_command_of_the_continuous_integration_and_renders_with_make() -> None:
    assert commands() == ["bash .ci/run", "make reports german"]
    assert (ROOT / ".ci/run").is_file()


def test_pages_are_published_only_from_the_main_branch_and_after_the_tests() -> None:
    publish = WORKFLOW["jobs"]["publish"]
    assert publish["needs"] == "test" and publish["if"].endswith("'refs/heads/main'")
    [uploaded] = [step["with"]["path"] for step in publish["steps"] if "upload" in step.get("uses", "")]
    assert (ROOT / uploaded).is_dir()
    assert WORKFLOW["permissions"] == {"contents": "read"}


def test_the_container_starts_a_command_that_exists_as_a_user_who_is_not_root() -> None:
    [started] = re.findall(r"^CMD (\[.*\])$", CONTAINER, re.M)
    program, command, *_ = yaml.safe_load(started)
    assert program == "atlas" and command in main.commands
    assert CONTAINER.index("USER reader") < CONTAINER.index("RUN make setup")


def test_the_container_takes_a_python_that_the_project_takes() -> None:
    [version] = re.findall(r"^FROM docker.io/library/python:3\.(\d+)-slim$", CONTAINER, re.M)
    assert int(version) >= 11


def test_lab_opens_on_the_notebooks_and_passes_other_options_on(monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[list[str]] = []
    monkeypatch.setattr(os, "execv", lambda program, words: called.append(words))
    assert CliRunner().invoke(main, ["lab", "--no-browser"]).exit_code == 0
    [words] = called
    assert f"--ServerApp.root_dir={NOTEBOOKS}" in words and words[-1] == "--no-browser"
    assert (NOTEBOOKS / "README.md").is_file()
    assert Path(words[0]).name.startswith("python")
