"""The conventions: imports go one way, importing does nothing, every name explains itself."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from atlas.paths import PACKAGE, ROOT

# Bottom to top; a room imports only from the rows below its own. notebooks/README.md draws the same map.
ROWS = (
    {"errors", "paths", "dates", "language", "numerals", "cases"},
    {"phrases"},
    {"asked", "units"},
    {"words", "vocabulary", "model", "writing"},
    {"blocks", "typed_file"},
    {"assessment_file"},
    {"data"},
    {"checks"},
    {"library"},
    {"verdicts", "charts", "chosen"},
    {"ledger_text", "survey", "advice", "grammar", "flips", "changes", "agreement", "refresh"},
    {"narrate", "draft", "options"},
    {"classroom"},
    {"render"},
    {"cli"},
    {"__main__"},
)
LEVEL = {room: level for level, row in enumerate(ROWS) for room in row}
HEAVY = {"papermill", "nbconvert"}
PATHS = sorted(PACKAGE.rglob("*.py"))
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in PATHS}


def dotted(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {dotted(path): path for path in PATHS}


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """The modules that a file imports anywhere in it, in functions too, with the line."""
    for node in ast.walk(TREES[path]):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{named(path)}:{node.lineno}: name the module in full"
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield node.lineno, inner if inner in MODULES else str(node.module)


def room(module: str) -> str:
    """The room of a module; empty for the package itself, which holds only the version."""
    return [*module.split("."), ""][1]


def test_every_module_has_a_place_on_the_map() -> None:
    assert {room(module) for module in MODULES} - {""} == set(LEVEL)


def test_the_page_on_the_notebooks_draws_the_same_map() -> None:
    page = (ROOT / "notebooks/README.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1] for line in page.splitlines() if line.startswith("| `")]
    drawn = [name for row in rows for name in row.replace("`", "").replace(",", " ").split() if "." not in name]
    assert set(drawn) == set(LEVEL) - {"__main__"}
    assert sorted(drawn, key=LEVEL.__getitem__) == drawn


@pytest.mark.parametrize("path", PATHS, ids=named)
def test_imports_go_one_way(path: Path) -> None:
    own = room(dotted(path))
    wrong = [
        f"{named(path)}:{line}: {own} imports {module}"
        for line, module in imports(path)
        if module.startswith("atlas.") and room(module) != own and LEVEL[room(module)] >= LEVEL.get(own, -1)
    ]
    assert not wrong


def test_no_two_modules_import_each_other() -> None:
    graph = {module: {name for _, name in imports(path)} & set(MODULES) - {module} for module, path in MODULES.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


@pytest.mark.parametrize("path", PATHS, ids=named)
def test_only_render_imports_papermill_and_nbconvert(path: Path) -> None:
    if room(dotted(path)) != "render":
        assert not {module.partition(".")[0] for _, module in imports(path)} & HEAVY


# Imports the modules named on the command line; its last line says which files of the project other than modules
# were opened on the way, and which modules are loaded in the end.
WATCH = f"""
import json, os, sys
opened = []
def watch(event, arguments):
    if event == "open" and str(arguments[0]).startswith({str(ROOT)!r}) and "/.venv/" not in str(arguments[0]):
        opened.append(str(arguments[0]))
sys.addaudithook(watch)
for name in sys.argv[1:]:
    __import__(name)
opened = [name for name in opened if os.path.isfile(name) and not name.endswith((".py", ".pyc"))]
print(json.dumps([opened, sorted(sys.modules)]))
"""


def imported(*modules: str) -> tuple[str, list[str], set[str]]:
    """What is said, which files are opened and which modules are loaded by importing these."""
    done = subprocess.run([sys.executable, "-c", WATCH, *modules], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    *said, last = done.stdout.splitlines()
    opened, loaded = json.loads(last)
    return "\n".join(said) + done.stderr, opened, set(loaded)


def test_importing_reads_nothing_and_prints_nothing() -> None:
    said, opened, _ = imported(*MODULES)
    assert said == ""
    assert opened == []


def test_a_kernel_that_imports_the_atlas_loads_neither_papermill_nor_nbconvert() -> None:
    loaded = imported(*(module for module in MODULES if room(module) not in {"render", "cli", "__main__"}))[2]
    assert not loaded & HEAVY


@pytest.mark.parametrize("command", ["", "render", "claims", "list", "check", "refresh"])
def test_help_comes_at_once_and_loads_nothing_heavy(command: str) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "atlas", *command.split(), "--help"],
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.splitlines()}
    assert "atlas" in loaded
    assert not loaded & {"pandas", "matplotlib", "papermill", "nbconvert", "typst", "pydantic", "requests"}
    assert "Example: atlas" in done.stdout


def public(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef]:
    """The functions and classes at the top of a module that others may use."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
            yield node


@pytest.mark.parametrize("path", PATHS, ids=named)
def test_every_public_name_explains_itself(path: Path) -> None:
    silent = [
        f"{named(path)}:{node.lineno}: {node.name}" for node in public(TREES[path]) if not ast.get_docstring(node)
    ]
    assert not silent


@pytest.mark.parametrize("path", PATHS, ids=named)
def test_a_module_opens_with_one_sentence(path: Path) -> None:
    said = ast.get_docstring(TREES[path])
    assert said, f"{named(path)}: what does it own?"
    first = said.partition("\n\n")[0]
    assert first.endswith(".")


@pytest.mark.parametrize("path", PATHS, ids=named)
def test_a_module_is_short_enough_to_read(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines <= 300, "one file, one noun: what could have a module of its own?"


@pytest.mark.parametrize("path", PATHS, ids=named)
def test_nothing_is_left_for_later(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not [word for word in ("TODO", "FIXME", "XXX", "NotImplementedError") if word in text]
