"""The frame: three lists of the same packages, commands that exist, a map that is the tree, one version."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
import yaml

from atlas import __version__
from atlas.paths import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
README = (ROOT / "README.md").read_text()
FIVE = {"jupyterlab", "pandas", "matplotlib", "papermill", "nbconvert"}


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def declared() -> dict[str, str]:
    """The packages of pyproject.toml with their lowest version."""
    groups = [PROJECT["dependencies"], *PROJECT["optional-dependencies"].values()]
    pairs = [re.fullmatch(r"([\w.-]+)>=([\d.]+)", line) for group in groups for line in group]
    assert all(pairs), "each dependency reads name>=version"
    return {plain(pair[1]): pair[2] for pair in pairs if pair}


def locked() -> dict[str, str]:
    """The packages of the lock, in the version for the oldest Python that we take."""
    lines = re.findall(r"^([\w.-]+)==(\S+)(?: ; (.*?))? \\$", (ROOT / "requirements.lock").read_text(), re.M)
    found: dict[str, str] = {}
    for name, version, _ in lines:
        found.setdefault(plain(name), version)
    return found


def conda() -> tuple[dict[str, str], dict[str, str]]:
    """The packages of environment.yml: those from conda-forge, those from pip."""
    listed = yaml.safe_load((ROOT / "environment.yml").read_text())["dependencies"]
    names = [one for one in listed if isinstance(one, str)]
    pip = next(one["pip"] for one in listed if isinstance(one, dict))
    return (
        {plain(name): version for name, _, version in (one.partition("=") for one in names)},
        {plain(name): version for name, _, version in (one.partition("==") for one in pip if "==" in one)},
    )


def number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def tracked() -> list[str]:
    done = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        pytest.skip("not a git checkout")
    return done.stdout.splitlines()


def test_the_project_names_its_five_packages() -> None:
    assert set(declared()) >= FIVE


def test_every_dependency_says_what_it_is_for() -> None:
    text = (ROOT / "pyproject.toml").read_text()
    lines = re.findall(r'^    "[\w.-]+>=[\d.]+",(.*)$', text, re.M)
    assert len(lines) == len(declared())
    assert all(re.match(r" +# \w", rest) for rest in lines)


def test_the_lock_holds_every_dependency_in_a_version_that_the_project_takes() -> None:
    lock = locked()
    assert set(declared()) <= set(lock)
    assert not {name: lock[name] for name, lowest in declared().items() if number(lock[name]) < number(lowest)}


def test_the_lock_has_checksums_and_names_no_host() -> None:
    text = (ROOT / "requirements.lock").read_text()
    assert "://" not in text
    assert all("--hash=sha256:" in entry for entry in re.split(r"^(?=[\w.-]+==)", text, flags=re.M)[1:])


def test_conda_users_get_the_packages_of_the_project() -> None:
    forge, pip = conda()
    assert (set(forge) | set(pip)) - {"python", "pip"} == set(declared())
    assert set(forge) >= FIVE
    assert not set(forge) & set(pip)


def test_conda_users_get_the_locked_versions() -> None:
    forge, pip = conda()
    lock = locked()
    assert not {name: version for name, version in pip.items() if lock[name] != version}
    short = {name: version for name, version in forge.items() if name not in ("python", "pip")}
    assert not {name: version for name, version in short.items() if number(version) != number(lock[name])[:2]}


def test_conda_users_get_a_python_that_the_project_takes() -> None:
    assert number(conda()[0]["python"]) >= number(PROJECT["requires-python"].removeprefix(">="))


def test_the_installed_package_has_the_entry_points_of_the_project() -> None:
    found = {(point.group, point.name, point.value) for point in metadata.distribution(PROJECT["name"]).entry_points}
    wanted = {("console_scripts", name, value) for name, value in PROJECT["scripts"].items()}
    for group, points in PROJECT["entry-points"].items():
        wanted |= {(group, name, value) for name, value in points.items()}
    assert wanted <= found, "run make setup"


def test_every_entry_point_leads_somewhere() -> None:
    for point in metadata.distribution(PROJECT["name"]).entry_points:
        assert callable(point.load()), point


def test_the_version_stands_in_one_place_and_the_others_agree() -> None:
    assert "version" not in PROJECT
    assert yaml.safe_load((ROOT / "CITATION.cff").read_text())["version"] == __version__
    newest = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(), re.M)
    assert newest
    assert newest[1] == __version__
    assert metadata.version(PROJECT["name"]) == __version__, "run make setup"


def test_the_readme_is_short() -> None:
    assert len(README.splitlines()) <= 120


def shell_lines(text: str) -> list[list[str]]:
    blocks = re.findall(r"```sh\n(.*?)```", text, re.S)
    return [line.partition("#")[0].split() for block in blocks for line in block.splitlines() if line.strip()]


def test_every_command_of_the_readme_exists() -> None:
    from atlas.cli import main

    scripts = {
        point.name
        for dist in metadata.distributions()
        for point in dist.entry_points
        if point.group == "console_scripts"
    }
    lines = shell_lines(README)
    assert ["make", "reports"] in lines
    assert ["make", "test"] in lines
    for words in lines:
        if words[0] == "make":
            assert words[1] in targets(), words
        else:
            assert words[0].startswith(".venv/bin/"), f"{words}: works only in a prepared shell"
            assert words[0].removeprefix(".venv/bin/") in scripts, words
        if words[0].endswith("/atlas"):
            assert words[1] in main.commands, words


def test_every_option_of_the_readme_exists() -> None:
    from atlas.cli import main

    for words in shell_lines(README):
        if words[0].endswith("/atlas"):
            known = {flag for parameter in main.commands[words[1]].params for flag in parameter.opts}
            assert {word for word in words if word.startswith("--")} <= known, words


def test_every_link_of_the_pages_leads_somewhere() -> None:
    pages = [name for name in tracked() if name.endswith(".md")]
    links = [
        (page, link)
        for page in pages
        for link in re.findall(r"\]\(([^)#]+)", (ROOT / page).read_text())
        if "://" not in link and not link.startswith("mailto:")
    ]
    assert links
    assert not [(page, link) for page, link in links if not (ROOT / page).parent.joinpath(link).exists()]


def test_the_licence_of_the_data_names_files_that_exist() -> None:
    names = re.findall(r"\b\w+\.(?:csv|geojson|yaml|cff)\b", (ROOT / "LICENSE-data").read_text())
    assert names
    assert {name for name in names if name != "yaml"} <= {Path(name).name for name in tracked()}


def test_the_map_of_the_readme_is_the_tree() -> None:
    block = README.partition("## The map")[2].partition("```\n")[2].partition("```")[0]
    drawn = {line.split()[0].rstrip("/") for line in block.splitlines() if line.strip()}
    tree = {name.partition("/")[0] for name in tracked()}
    assert {name for name in tree if not name.startswith(".")} == drawn


def test_the_map_of_the_notebooks_is_the_folder() -> None:
    page = (ROOT / "notebooks/README.md").read_text()
    listed = set(re.findall(r"\]\((\w+\.ipynb)\)", page))
    assert listed == {path.name for path in (ROOT / "notebooks").glob("*.ipynb")}


def targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.M))


def test_every_target_of_the_makefile_is_explained_by_make_alone() -> None:
    done = subprocess.run(["make", "--no-print-directory"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert set(re.findall(r"^make (\w+)", done.stdout, re.M)) == targets() - {"help"}


def bare_path(folder: Path, python: str | None) -> str:
    """A PATH with the few tools that make needs and, if given, a stand-in for python3."""
    for tool in ("sh", "make", "grep", "tail", "head", "rm", "mkdir", "touch", "cp"):
        found = subprocess.run(["which", tool], capture_output=True, text=True, check=True).stdout.strip()
        (folder / tool).symlink_to(found)
    if python is not None:
        (folder / "python3").write_text("#!/bin/sh\n" + python)
        (folder / "python3").chmod(0o755)
    return str(folder)


@pytest.mark.parametrize(
    ("python", "said"),
    [
        (
            None,
            "Python 3.11 or newer is needed, found no Python at all. On Debian: apt-get install python3 python3-venv",
        ),
        (
            '[ "$1" = --version ] && echo Python 3.9.2 && exit; exit 1',
            "Python 3.11 or newer is needed, found Python 3.9.2",
        ),
        (
            'case "$*" in *venv*) exit 1;; esac',
            "python3 lacks its venv module. On Debian: apt-get install python3-venv",
        ),
        ('case "$*" in *"-m venv"*) echo no room; exit 1;; esac', "could not make .venv: no room"),
        (
            'case "$*" in *"-m venv"*) mkdir -p .venv/bin; cp "$0" .venv/bin/python;; *requirements.lock*) '
            "echo NameResolutionError; exit 1;; esac",
            "no connection to the Python package index",
        ),
        (
            'case "$*" in *"-m venv"*) mkdir -p .venv/bin; cp "$0" .venv/bin/python;; *requirements.lock*) '
            "echo 'ERROR: No space left on device'; exit 1;; esac",
            "setting up failed: ERROR: No space left on device",
        ),
    ],
    ids=["no python", "old python", "no venv", "venv fails", "no network", "full disk"],
)
def test_a_bare_machine_is_told_what_it_lacks(tmp_path: Path, python: str | None, said: str) -> None:
    project, tools = tmp_path / "project", tmp_path / "tools"
    project.mkdir()
    tools.mkdir()
    for name in ("Makefile", "pyproject.toml", "requirements.lock"):
        (project / name).write_text((ROOT / name).read_text())
    path = bare_path(tools, python)
    done = subprocess.run(
        [str(tools / "make"), "reports"], cwd=project, env={"PATH": path}, capture_output=True, text=True
    )
    assert done.returncode != 0
    told = [line for line in done.stderr.splitlines() if line.startswith("make: ") and "***" not in line]
    assert len(told) == 1
    assert said in told[0]
    assert not (project / ".venv/.ready").exists()


def test_setting_up_is_done_once_and_again_when_the_lock_changed(tmp_path: Path) -> None:
    project, tools = tmp_path / "project", tmp_path / "tools"
    project.mkdir()
    tools.mkdir()
    for name in ("Makefile", "pyproject.toml", "requirements.lock"):
        (project / name).write_text((ROOT / name).read_text())
    works = 'case "$*" in *"-m venv"*) mkdir -p .venv/bin; cp "$0" .venv/bin/python;; esac'
    path = bare_path(tools, works)

    def set_up() -> bool:
        done = subprocess.run(
            [str(tools / "make"), "setup"], cwd=project, env={"PATH": path}, capture_output=True, text=True, check=True
        )
        return "Setting up" in done.stderr

    assert set_up()
    assert not set_up()
    later = (project / ".venv/.ready").stat().st_mtime + 10
    os.utime(project / "requirements.lock", (later, later))
    assert set_up()


def imported(folder: str) -> set[str]:
    """The packages of others that the modules of a folder import, by the names that pip knows."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in (ROOT / folder).rglob("*.py")]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    own = {"atlas", *(path.stem for path in (ROOT / folder).rglob("*"))}
    tops = {name.partition(".")[0] for name in names} - set(sys.stdlib_module_names) - own
    known = metadata.packages_distributions()
    return {plain(known.get(top, [top])[0]) for top in tops}


def listed(group: list[str]) -> set[str]:
    return {plain(line.partition(">=")[0]) for line in group}


def test_what_the_package_imports_is_declared() -> None:
    extra = listed(PROJECT["optional-dependencies"]["cluster"])
    assert imported("notebooks/atlas") - extra <= listed(PROJECT["dependencies"])


def test_what_the_tests_and_the_data_scripts_import_is_declared() -> None:
    assert imported("tests") | imported("data") <= set(declared())


def test_what_is_declared_is_used() -> None:
    used_otherwise = {"jupyterlab", "ipykernel", "font-roboto"}  # a program, a kernel, a typeface
    used = imported("notebooks/atlas") | imported("data") | imported("tests")
    assert listed(PROJECT["dependencies"]) - used <= used_otherwise
