"""The notebooks: prose and calls, no outputs, no programs, no numbers typed into sentences."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import nbformat
import pytest

from atlas.paths import NOTEBOOKS, ROOT

PATHS = sorted(NOTEBOOKS.glob("*.ipynb"))
READERS = {"open", "read_csv", "read_json", "read_text", "read_excel", "read_bytes", "safe_load", "load", "Path"}
WRITERS = {"to_csv", "to_json", "savefig", "write_text", "write_bytes", "dump"}


@pytest.fixture(params=PATHS, ids=lambda path: path.name)
def path(request: pytest.FixtureRequest) -> Path:
    """Each notebook in turn."""
    return Path(request.param)


@pytest.fixture
def cells(path: Path) -> list[nbformat.NotebookNode]:
    """Its cells."""
    return list(nbformat.read(path, as_version=4).cells)


def code(cells: list[nbformat.NotebookNode]) -> list[str]:
    return [cell.source for cell in cells if cell.cell_type == "code"]


def prose(cells: list[nbformat.NotebookNode]) -> list[str]:
    return [cell.source for cell in cells if cell.cell_type == "markdown"]


def parameters(cells: list[nbformat.NotebookNode]) -> list[str]:
    return [cell.source for cell in cells if "parameters" in cell.metadata.get("tags", [])]


def test_there_is_a_notebook() -> None:
    assert PATHS


def test_a_notebook_is_valid(path: Path) -> None:
    nbformat.validate(nbformat.read(path, as_version=4))


def test_outputs_are_stripped(cells: list[nbformat.NotebookNode]) -> None:
    made = [cell for cell in cells if cell.cell_type == "code" and (cell.outputs or cell.execution_count)]
    assert not made, "jupyter nbconvert --clear-output --inplace"


def test_a_notebook_names_no_machine(path: Path) -> None:
    metadata = nbformat.read(path, as_version=4).metadata
    assert metadata.kernelspec.name == "python3"
    assert "version" not in metadata.get("language_info", {})
    assert set(metadata) <= {"kernelspec", "language_info", "atlas", "title"}


def test_it_opens_with_its_title_and_its_question(cells: list[nbformat.NotebookNode]) -> None:
    assert cells[0].cell_type == "markdown"
    assert cells[0].source.startswith("# ")
    assert "?" in cells[0].source


def test_the_parameters_come_second(cells: list[nbformat.NotebookNode]) -> None:
    assert len(parameters(cells)) == 1
    assert code(cells)[0] == parameters(cells)[0]


def test_each_parameter_has_a_type_a_default_and_help(cells: list[nbformat.NotebookNode]) -> None:
    for line in parameters(cells)[0].splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        assert re.match(r"\w+(: \w+)? = (\"[^\"]*\"|'[^']*'|-?[\d.]+|True|False|None) +# ", line), line
        typed = re.match(r"\w+: \w+ =", line) or re.search(r"# (type: )?(str|int|float|bool)\b", line)
        assert typed, f"{line}: of which type?"
        assert len(line.partition("#")[2].split()) >= 4, f"{line}: what is it for?"


def test_a_code_cell_is_short(cells: list[nbformat.NotebookNode]) -> None:
    assert not [source for source in code(cells) if source not in parameters(cells) and len(source.splitlines()) > 8]


def test_a_code_cell_calls_and_defines_nothing(cells: list[nbformat.NotebookNode]) -> None:
    for source in code(cells):
        tree = ast.parse(re.sub(r"^%.*$", "", source, flags=re.M))
        kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, ast.For, ast.While, ast.With, ast.Try)
        assert not [node for node in ast.walk(tree) if isinstance(node, kinds)], source


def test_a_code_cell_reads_and_writes_no_file(cells: list[nbformat.NotebookNode]) -> None:
    for source in code(cells):
        names = {node.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)}
        names |= {node.attr for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Attribute)}
        assert not names & (READERS | WRITERS), source


def test_no_list_of_countries_stands_in_a_cell(cells: list[nbformat.NotebookNode]) -> None:
    for source in code(cells):
        lists = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.List | ast.Tuple | ast.Set)]
        held = [item.value for node in lists for item in node.elts if isinstance(item, ast.Constant)]
        assert not [item for item in held if re.fullmatch(r"[A-Z]{3}", str(item))], source


def test_there_is_as_much_prose_as_code(cells: list[nbformat.NotebookNode]) -> None:
    spoken, called = (sum(len(source.split()) for source in part) for part in (prose(cells), code(cells)))
    assert spoken >= called


def test_prose_holds_no_numbers_but_the_years_of_editions(cells: list[nbformat.NotebookNode]) -> None:
    for source in prose(cells):
        text = re.sub(r"`[^`]*`|\]\([^)]*\)|https?://\S+", " ", source)
        text = re.sub(r"^\d+\. ", " ", text, flags=re.M)
        assert not re.findall(r"\d+", re.sub(r"\b20[12]\d\b", " ", text)), source


def test_headings_do_not_vary_by_country(cells: list[nbformat.NotebookNode]) -> None:
    names = (ROOT / "data/reference/countries.csv").read_text(encoding="utf-8").splitlines()[1:]
    known = {line.split(",")[2] for line in names if line.endswith(",state")}
    headings = [line for source in prose(cells) for line in source.splitlines() if line.startswith("##")]
    assert headings
    assert not [line for line in headings if any(re.search(rf"\b{re.escape(name)}\b", line) for name in known)]
