"""From an instructor's notebook to the editions for a class: student, solution, and masters for two graders."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from atlas import paths
from atlas.errors import WrongUse, nearest

STUB = "# your code here"
"""What stands in a student's notebook where the solution was; dots before it keep a function's body valid."""
BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
HIDDEN = ("### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS")
SILENTLY = "import contextlib, io\nwith contextlib.redirect_stdout(io.StringIO()):"
"""What otter needs before a check: its tests compare what is printed, and praise is no error."""
INSTRUCTOR = "instructor"
"""The tag of cells that students never see."""


def sessions() -> list[Path]:
    """Return the instructor's notebooks in order."""
    return sorted((paths.NOTEBOOKS / "class").glob("*.ipynb"))


def chosen(name: str) -> list[Path]:
    """Return the sessions that a number or a name means; all of them for an empty one."""
    found = [path for path in sessions() if not name or name in (path.stem, path.stem.partition("-")[0])]
    if not found:
        names = [path.stem for path in sessions()]
        raise WrongUse(f"there is no session {name!r}{nearest(name, names)}; there are {', '.join(names)}")
    return found


def read(path: Path, country: str) -> NotebookNode:
    """Read an instructor's notebook and set its country; what it printed is left behind."""
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
        if "parameters" in cell.metadata.get("tags", []):
            cell.source = _for_country(cell.source, country)
    return notebook


def student(notebook: NotebookNode) -> NotebookNode:
    """Return the edition for students: starting code and checks, no solutions, nothing for the instructor."""
    made = _for_students(notebook)
    for cell in made.cells:
        cell.source = without(cell.source, BEGIN, END, STUB)
        cell.source = without(cell.source, *HIDDEN, "").rstrip()
        cell.metadata = _kept(cell.metadata, "tags", "nbgrader")
    made.metadata = _kept(made.metadata, "kernelspec", "language_info", "title")
    return made


def solution(notebook: NotebookNode) -> NotebookNode:
    """Return the edition with solutions, without the marks around them."""
    made = copy.deepcopy(notebook)
    for cell in made.cells:
        balanced(cell.source)
        cell.source = "\n".join(line for line in cell.source.split("\n") if line.strip() not in (BEGIN, END, *HIDDEN))
    return made


def nbgrader(notebook: NotebookNode) -> NotebookNode:
    """Return a source notebook for `nbgrader generate_assignment`: solutions marked, nothing for the instructor."""
    made = _for_students(notebook)
    for cell in made.cells:
        balanced(cell.source)
    return made


def otter(notebook: NotebookNode) -> NotebookNode:
    """Return a master notebook for `otter assign`: the same cells between the raw cells of its grammar."""
    made = _for_students(notebook)
    name = made.metadata.get("title", "session").lower().replace(" ", "-")
    title = f"# ASSIGNMENT CONFIG\nname: {name}\ngenerate: true"
    made.cells = [nbformat.v4.new_raw_cell(title), *_in_blocks(made.cells)]
    for cell in made.cells:
        cell.metadata = _kept(cell.metadata, "tags")
    return made


EDITIONS: dict[str, Callable[[NotebookNode], NotebookNode]] = {
    "student": student, "solution": solution, "nbgrader": nbgrader, "otter": otter}


def text(path: Path, country: str, edition: str) -> str:
    """Return one edition of a session as the text of a notebook file."""
    return f"{nbformat.writes(EDITIONS[edition](read(path, country)))}\n"


def without(source: str, begin: str, end: str, stub: str) -> str:
    """Return a cell's source with every region between two marks replaced by a stub at the same indent."""
    balanced(source, begin, end)
    pattern = rf"^([ \t]*){re.escape(begin)}[ \t]*\n.*?^[ \t]*{re.escape(end)}[ \t]*(?:\n|\Z)"
    return re.sub(pattern, lambda found: _starting(found[1], stub), source, flags=re.M | re.S).rstrip("\n")


def _starting(indent: str, stub: str) -> str:
    return f"{indent}{'...  ' if indent else ''}{stub}\n" if stub else ""


def balanced(source: str, begin: str = BEGIN, end: str = END) -> None:
    """Refuse a cell in which a region is not closed, since a half-open one would give its solution away."""
    opened = False
    for line in source.split("\n"):
        words = line.strip()
        if words in (begin, end):
            if opened == (words == begin):
                raise WrongUse(f"a cell has {words!r} where the other mark was due: {source[:60]!r} …")
            opened = not opened
        elif begin.strip("# ") in words or end.strip("# ") in words:
            raise WrongUse(f"{words!r} must stand on a line of its own, written {begin!r} or {end!r}")
    if opened:
        raise WrongUse(f"a cell opens {begin!r} and does not close it: {source[:60]!r} …")


def _for_country(source: str, country: str) -> str:
    """Set the country of a parameters cell; where the homework had it, the homework takes the one replaced."""
    before = re.search(r'^country = "([A-Z]{3})"', source, flags=re.M)
    source = re.sub(r'^country = "[A-Z]{3}"', f'country = "{country}"', source, flags=re.M)
    return source.replace(f'homework = "{country}"', f'homework = "{before[1]}"') if before else source


def _for_students(notebook: NotebookNode) -> NotebookNode:
    made = copy.deepcopy(notebook)
    made.cells = [cell for cell in made.cells if INSTRUCTOR not in cell.metadata.get("tags", [])]
    return made


def _kept(metadata: NotebookNode, *names: str) -> NotebookNode:
    return NotebookNode({name: metadata[name] for name in names if name in metadata})


def _in_blocks(cells: list[NotebookNode]) -> Iterator[NotebookNode]:
    """Yield cells with otter's raw cells around every exercise and its check."""
    raw = nbformat.v4.new_raw_cell
    for cell in cells:
        graded = cell.metadata.get("nbgrader", {})
        if graded.get("solution"):
            yield raw(f"# BEGIN QUESTION\nname: {graded['grade_id'].replace('-', '_')}\npoints: 1")
            yield raw("# BEGIN SOLUTION")
            yield _with_source(cell, cell.source.replace(BEGIN, BEGIN[2:]).replace(END, END[2:]))
            yield raw("# END SOLUTION")
        elif graded.get("grade"):
            yield raw("# BEGIN TESTS")
            yield _with_source(cell, f"{SILENTLY}\n    {cell.source}")
            yield raw("# END TESTS")
            yield raw("# END QUESTION")
        else:
            yield cell


def _with_source(cell: NotebookNode, source: str) -> NotebookNode:
    made = copy.deepcopy(cell)
    made.source = source
    return made
