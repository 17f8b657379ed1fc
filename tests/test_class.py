"""The class: students are stopped by a sentence, solutions pass, wrong answers are told why, and nothing leaks."""

from __future__ import annotations

import base64
import contextlib
import io
import itertools
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
import pytest
import yaml
from click.testing import CliRunner

from atlas import cli, library, paths
from atlas.classroom import editions
from atlas.classroom.answers import Again
from atlas.errors import WrongUse
from atlas.paths import NOTEBOOKS, ROOT

SESSIONS = editions.sessions()
COUNTRIES = ("BLR", "UKR", "CHE", "SRB", "RUS")
WRONG = yaml.safe_load(Path(__file__).with_name("class_wrong_answers.yaml").read_text(encoding="utf-8"))
RIGHT = yaml.safe_load(Path(__file__).with_name("class_right_answers.yaml").read_text(encoding="utf-8"))
STEMS = [path.stem for path in SESSIONS]


@pytest.fixture(params=SESSIONS, ids=STEMS)
def path(request: pytest.FixtureRequest) -> Path:
    """Each session in turn."""
    return Path(request.param)


def graded(cell: Any) -> bool:
    """Whether a cell is a check."""
    return bool(cell.metadata.get("nbgrader", {}).get("grade")) and cell.cell_type == "code"


def run(source: str, names: dict[str, Any]) -> str:
    """Run a cell in this process, and return what it prints."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(compile(source, "<cell>", "exec"), names)
    return said.getvalue()


@cache
def solved(path: Path, country: str) -> tuple[dict[str, Any], dict[str, str]]:
    """Run a solution edition to its end: the names that it leaves, and what each check says."""
    names: dict[str, Any] = {}
    said = {}
    for cell in editions.solution(editions.read(path, country)).cells:
        if cell.cell_type == "code":
            printed = run(cell.source, names)
            if graded(cell):
                said[cell.id] = printed
    return names, said


def inside(source: str) -> list[str]:
    """The lines between the marks of a solution."""
    found = re.findall(rf"{editions.BEGIN}\n(.*?){editions.END}", source, re.S)
    return [line.strip() for region in found for line in region.splitlines()]


def test_there_are_three_sessions() -> None:
    assert [stem[0] for stem in STEMS] == ["1", "2", "3"]


@pytest.mark.parametrize("country", COUNTRIES)
def test_the_solution_edition_runs_to_its_end_with_every_check_passing(path: Path, country: str) -> None:
    said = solved(path, country)[1]
    assert len(said) >= 5
    assert all(text.startswith("That will do.") for text in said.values())


@pytest.mark.parametrize("country", ["JPN", "ISR", "PER", "MWI", "COD"])
def test_a_session_works_for_an_island_and_for_countries_of_few_claims(path: Path, country: str) -> None:
    assert country in library.assessed()
    assert solved(path, country)[1]


@pytest.mark.parametrize("country", ["UKR", "CHE"])
def test_the_student_edition_runs_to_the_first_exercise_and_stops_with_a_sentence(path: Path, country: str) -> None:
    names: dict[str, Any] = {}
    cells = [cell for cell in editions.student(editions.read(path, country)).cells if cell.cell_type == "code"]
    first = next(number for number, cell in enumerate(cells) if graded(cell))
    for cell in cells[:first]:
        run(cell.source, names)
    with pytest.raises(Again) as stopped:
        run(cells[first].source, names)
    assert str(stopped.value).endswith((".", "?"))
    assert stopped.value._render_traceback_() == [f"Not yet. {stopped.value}"]


def test_unanswered_exercises_each_stop_with_a_sentence(path: Path) -> None:
    """Whatever was solved before, an exercise left alone is answered in words."""
    names = dict(solved(path, "UKR")[0])
    cells = [cell for cell in editions.student(editions.read(path, "UKR")).cells if cell.cell_type == "code"]
    for answer, check in itertools.pairwise(cells):
        if answer.metadata.get("nbgrader", {}).get("solution"):
            assert graded(check), f"{answer.id}: a check follows every exercise"
            left = dict(names)
            run(answer.source, left)
            with pytest.raises(Again):
                run(check.source, left)


@pytest.mark.parametrize("wrong", WRONG, ids=lambda one: f"{one['session']}-{one['check']}-{one['says'][:20]}")
def test_a_typical_wrong_answer_is_told_what_is_wrong(wrong: dict[str, Any]) -> None:
    path = editions.chosen(wrong["session"])[0]
    check = next(cell for cell in nbformat.read(path, as_version=4).cells if cell.id == wrong["check"])
    for country in wrong.get("for", COUNTRIES):
        names = dict(solved(path, country)[0])
        run(wrong["answer"], names)
        with pytest.raises(Again, match=re.compile(wrong["says"], re.S)) as answered:
            run(check.source, names)
        assert str(answered.value)[-1] in ".?!)”…", "a whole sentence"
        assert "Error" not in str(answered.value) or "stops with" in wrong["says"] or "form" in wrong["says"]


@pytest.mark.parametrize("right", RIGHT, ids=lambda one: f"{one['session']}-{one['check']}-{one['name']}")
def test_a_right_answer_in_other_words_will_do(right: dict[str, Any]) -> None:
    """A check that refuses what is right teaches students to guess what it wants to hear."""
    path = editions.chosen(right["session"])[0]
    check = next(cell for cell in nbformat.read(path, as_version=4).cells if cell.id == right["check"])
    for country in right.get("for", COUNTRIES):
        names = dict(solved(path, country)[0])
        run(right["answer"], names)
        assert run(check.source, names).startswith("That will do.")


def test_the_folder_in_which_the_page_opens_jupyter_is_the_one_that_is_built() -> None:
    page = (NOTEBOOKS / "class/README.md").read_text(encoding="utf-8")
    folder = re.search(r"jupyter lab (\S+?)`", page)
    assert folder
    assert ROOT / folder[1] == paths.reports() / "class"


def test_every_check_has_a_wrong_answer(path: Path) -> None:
    checks = {cell.id for cell in nbformat.read(path, as_version=4).cells if graded(cell)}
    assert checks == {one["check"] for one in WRONG if one["session"] == path.stem[0]}


@pytest.mark.parametrize("country", ["BLR", "CHE"])
def test_nothing_of_a_solution_is_in_the_student_edition(path: Path, country: str) -> None:
    whole = editions.read(path, country)
    made = editions.student(whole)
    given = "\n".join(editions.without(cell.source, editions.BEGIN, editions.END, "") for cell in whole.cells)
    secret = {line for cell in whole.cells for line in inside(cell.source) if len(line) > 11 and line not in given}
    secret |= {cell.source for cell in whole.cells if "instructor" in cell.metadata.get("tags", [])}
    assert len(secret) > 10
    said = "\n".join(strings(made))
    shown = "\n".join([said, *(decoded(found) for found in re.findall(r"[A-Za-z0-9+/=]{24,}", said))])
    assert not [line for line in secret if line in shown]
    assert not [word for word in ("BEGIN", "SOLUTION", "instructor") if word in shown]
    assert not [cell for cell in made.cells if cell.cell_type == "code" and (cell.outputs or cell.execution_count)]


def strings(held: Any) -> list[str]:
    """Every text in a notebook: sources, outputs, metadata, their names."""
    if isinstance(held, dict):
        return [one for pair in held.items() for part in pair for one in strings(part)]
    return [one for part in held for one in strings(part)] if isinstance(held, list) else [str(held)]


def decoded(token: str) -> str:
    """What a token says if it is text in base64."""
    with contextlib.suppress(ValueError):
        return base64.b64decode(token).decode("utf-8", "ignore")
    return ""


def test_a_leak_would_be_found() -> None:
    hidden = base64.b64encode(b"expected = 1 - sum(k * k)").decode()
    assert "expected = 1" in decoded(hidden)


def test_outputs_of_an_instructor_do_not_reach_students(tmp_path: Path) -> None:
    whole = nbformat.read(SESSIONS[0], as_version=4)
    next(cell for cell in whole.cells if cell.cell_type == "code").outputs = [
        nbformat.v4.new_output("stream", text="printed before class")]
    nbformat.write(whole, tmp_path / "1-claims.ipynb")
    built = editions.text(tmp_path / "1-claims.ipynb", "UKR", "student")
    assert "printed before class" in (tmp_path / "1-claims.ipynb").read_text(encoding="utf-8")
    assert "printed before class" not in built


@pytest.mark.parametrize("source", [
    "### BEGIN SOLUTION\nx = 1", "x = 1\n### END SOLUTION", "### BEGIN SOLUTION\n### BEGIN SOLUTION\n### END SOLUTION",
    "# BEGIN SOLUTION\nx = 1\n# END SOLUTION"])
def test_marks_that_do_not_pair_are_refused(source: str) -> None:
    with pytest.raises(WrongUse):
        editions.without(source, editions.BEGIN, editions.END, editions.STUB)


def test_a_region_becomes_starting_code_at_the_same_indent() -> None:
    source = "def f():\n    ### BEGIN SOLUTION\n    return 1\n    ### END SOLUTION\nf()"
    made = editions.without(source, editions.BEGIN, editions.END, editions.STUB)
    assert made == f"def f():\n    ...  {editions.STUB}\nf()"
    source = "x = 0\n### BEGIN SOLUTION\nx = 1\n### END SOLUTION"
    top = editions.without(source, editions.BEGIN, editions.END, editions.STUB)
    assert top == f"x = 0\n{editions.STUB}"


def test_the_homework_is_never_on_the_country_of_the_class(path: Path) -> None:
    for country in COUNTRIES:
        names: dict[str, Any] = {}
        run(next(cell.source for cell in editions.read(path, country).cells if cell.cell_type == "code"), names)
        assert names["country"] == country != names["homework"]


def test_minutes_add_up_to_ninety(path: Path) -> None:
    cells = nbformat.read(path, as_version=4).cells
    table = next(cell.source for cell in cells if "| part | minutes |" in cell.source)
    assert sum(map(int, re.findall(r"\| (\d+) \|", table))) == 90


def test_a_class_notebook_has_conventions_of_its_own(path: Path) -> None:
    """Functions and longer cells are welcome here; outputs, unmarked cells and machine names are not."""
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    assert notebook.cells[0].source.startswith("# ")
    assert "?" in notebook.cells[0].source
    assert set(notebook.metadata) == {"kernelspec", "language_info", "title"}
    for cell in notebook.cells:
        assert cell.metadata.slideshow.slide_type in {"slide", "subslide", "fragment", "skip", "notes"}
        assert not cell.get("outputs")
    assert {"goals", "opening", "closing", "homework-title"} <= {cell.id for cell in notebook.cells}


def test_each_exercise_has_a_hint_and_the_guide_has_its_answer_and_mistakes(path: Path) -> None:
    guide = (path.parent / f"guide-{path.stem}.md").read_text(encoding="utf-8")
    exercises = [cell for cell in nbformat.read(path, as_version=4).cells if cell.source.startswith("## Exercise")]
    assert len(exercises) >= 4
    assert guide.count("**Expected.**") == guide.count("**Common mistakes.**") == len(exercises)
    for cell in exercises:
        assert "*Hint:" in cell.source
        assert f"## {cell.source.splitlines()[0].partition(': ')[2].capitalize()}" in guide


def test_grader_metadata_follow_the_schema(path: Path) -> None:
    notebook = editions.nbgrader(editions.read(path, "UKR"))
    marked = [cell.metadata.nbgrader for cell in notebook.cells if "nbgrader" in cell.metadata]
    keys = {"grade", "grade_id", "locked", "schema_version", "solution", "task"}
    assert all(set(one) - {"points"} == keys and one.schema_version == 3 and not one.task for one in marked)
    assert all(("points" in one) == one.grade for one in marked)
    assert len({one.grade_id for one in marked}) == len(marked)
    assert all(cell.metadata.nbgrader.solution for cell in notebook.cells if editions.BEGIN in cell.source)


def test_the_master_for_otter_has_its_grammar(path: Path) -> None:
    made = editions.otter(editions.read(path, "UKR"))
    raw = [cell.source.splitlines()[0] for cell in made.cells if cell.cell_type == "raw"]
    block = ["# BEGIN QUESTION", "# BEGIN SOLUTION", "# END SOLUTION", "# BEGIN TESTS", "# END TESTS", "# END QUESTION"]
    assert raw == ["# ASSIGNMENT CONFIG", *block * ((len(raw) - 1) // len(block))]
    assert not [cell for cell in made.cells if editions.BEGIN in cell.source]


def test_the_command_builds_the_editions_and_the_slides(atlas: Any, tmp_path: Path) -> None:
    done = atlas("class", "--country", "UKR", "--out", str(tmp_path))
    assert done.returncode == 0, done.stderr
    endings = ("student.ipynb", "solution.ipynb", "slides.html")
    wanted = {f"{stem}-UKR-{ending}" for stem in STEMS for ending in endings}
    assert {one.name for one in tmp_path.iterdir()} == wanted
    for page in tmp_path.glob("*.html"):
        assert_offline(page.read_text(encoding="utf-8"))


def test_notes_belong_to_the_slide_before_them(path: Path) -> None:
    """Slides show a note beside the slide that it follows, so `split-notes` must come after `split`."""
    shown = ""
    for cell in nbformat.read(path, as_version=4).cells:
        kind = cell.metadata.slideshow.slide_type
        shown = cell.id if kind in {"slide", "subslide"} else shown
        assert kind != "notes" or cell.id == f"{shown}-notes"


def test_nbconvert_makes_the_same_slides_with_the_settings_of_the_folder() -> None:
    settings = json.loads((NOTEBOOKS / "class/slides.json").read_text(encoding="utf-8"))["SlidesExporter"]
    assert settings["template_name"] == "slides"
    folder = NOTEBOOKS / "class" / settings["extra_template_basedirs"][0] / "slides"
    assert {"index.html.j2", "conf.json"} <= {one.name for one in folder.iterdir()}
    assert "Permission is hereby granted" in (folder / "static/LICENSE").read_text(encoding="utf-8")


def assert_offline(page: str) -> None:
    """Fail if a page would ask another host, or another file, for anything."""
    tags = re.sub(r"<script\b[^>]*>.*?</script>", lambda found: found[0][: found[0].index(">")], page, flags=re.S)
    assert not re.findall(r"<(?:script|link|img|iframe)\b[^>]*\b(?:src|href)=[\"'](?!data:)", tags)
    assert "@import" not in tags
    assert not re.findall(r"url\((?![\"']?data:)[^)]+\)", tags)
    assert "default-src 'none'" in page


@pytest.mark.parametrize(("arguments", "said"), [
    (["--country", "ZZZ"], "no country code"), (["--country", "UKR", "--session", "9"], "there is no session '9'"),
    (["--country", "EUU"], "no state")])
def test_what_cannot_be_built_is_said_in_a_line(tmp_path: Path, arguments: list[str], said: str) -> None:
    done = CliRunner().invoke(cli.main, ["class", *arguments, "--out", str(tmp_path)])
    assert done.exit_code == 2
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_the_page_on_the_class_names_every_file_and_the_notebooks_page_names_the_class() -> None:
    page = (NOTEBOOKS / "class/README.md").read_text(encoding="utf-8")
    assert not [one.name for one in (NOTEBOOKS / "class").iterdir()
                if one.name not in page and one.name != "README.md" and not one.name.startswith(".")]
    assert "(class/README.md)" in (NOTEBOOKS / "README.md").read_text(encoding="utf-8")
    assert "reports/class/" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()


def test_in_a_kernel_a_student_reads_the_sentence_and_no_traceback(tmp_path: Path) -> None:
    from nbclient import NotebookClient

    made = editions.student(editions.read(SESSIONS[0], "UKR"))
    NotebookClient(made, allow_errors=True, timeout=60, kernel_name="python3").execute()
    failed = [out for cell in made.cells for out in cell.get("outputs", []) if out.output_type == "error"]
    assert failed[0].ename == "Again"
    assert failed[0].traceback == [f"Not yet. {failed[0].evalue}"]
