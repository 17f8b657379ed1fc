"""The build: every report whole or not at all, one failure stopping none of the others."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbformat import v4

from atlas import paths
from atlas.errors import WrongUse
from atlas.render import build

PARAMETERS = """\
country = "BLR"  # type: str  ISO 3166-1 alpha-3 code
as_of = ""  # type: str  a day
"""

SETUP = """\
from atlas.blocks import Masthead, Note, Stamp
from IPython.display import display
display(Stamp({"title": country, "country": country, "language": "en", "data_as_of": "2025-01-31"}))
display(Masthead(country, "A tiny report"))
"""


def notebook(*sources: str) -> nbformat.NotebookNode:
    cells = [v4.new_markdown_cell("# Tiny"), v4.new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]}),
             *(v4.new_code_cell(source) for source in (SETUP, *sources))]
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number}"
    return v4.new_notebook(cells=cells, metadata={
        "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}})


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of notebooks: one that works, one that fails for Belarus."""
    nbformat.write(notebook("display(Note(f'About {country}.'))"), tmp_path / "tiny.ipynb")
    nbformat.write(notebook("assert country != 'BLR', 'no figure for ' + country"), tmp_path / "fails.ipynb")
    nbformat.write(notebook("import os; os._exit(1)"), tmp_path / "dies.ipynb")
    monkeypatch.setattr(paths, "NOTEBOOKS", tmp_path)
    return tmp_path


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.mark.slow
def test_a_report_is_a_page_a_print_and_the_notebook_as_run(room: Path) -> None:
    [outcome] = build.render(["CHE"], notebook="tiny", out=room / "out", jobs=1)
    assert outcome.error == "" and outcome.seconds > 0
    assert sorted(contents(room / "out")) == ["CHE/tiny.html", "CHE/tiny.ipynb", "CHE/tiny.pdf"]
    assert "About CHE." in (room / "out/CHE/tiny.html").read_text(encoding="utf-8")
    assert (room / "out/CHE/tiny.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.slow
def test_the_same_report_is_the_same_bytes(room: Path) -> None:
    build.render(["CHE"], notebook="tiny", out=room / "one", jobs=1)
    build.render(["CHE"], notebook="tiny", out=room / "two", jobs=1)
    assert contents(room / "one") == contents(room / "two")


@pytest.mark.slow
def test_one_failure_leaves_the_old_report_and_the_others_new(room: Path) -> None:
    old = room / "out" / "BLR" / "fails.html"
    old.parent.mkdir(parents=True)
    old.write_text("old", encoding="utf-8")
    bad, good = build.render(["BLR", "CHE"], notebook="fails", formats={"html"}, out=room / "out", jobs=2)
    assert bad.error.endswith("AssertionError: no figure for BLR")
    assert bad.error.startswith("cell ") and "\n" not in bad.error
    assert good.error == "" and (room / "out/CHE/fails.html").exists()
    assert old.read_text(encoding="utf-8") == "old"
    assert not list((room / "out").rglob(".*"))


@pytest.mark.slow
def test_a_kernel_that_dies_is_one_line(room: Path) -> None:
    [outcome] = build.render(["CHE"], notebook="dies", out=room / "out", jobs=1)
    assert outcome.error.startswith("the kernel died")
    assert not (room / "out").exists()


@pytest.mark.parametrize(("arguments", "message"), [
    ({"countries": ["BLX"]}, "'BLX' is no country code"),
    ({"countries": ["../../etc"]}, "'../../etc' is no country code"),
    ({"countries": ["CHE"], "notebook": "tinny"}, "'tinny' is no notebook; did you mean tiny?"),
    ({"countries": ["CHE"], "notebook": "../tiny"}, "'../tiny' is no notebook"),
    ({"countries": ["CHE"], "parameters": {"contry": "BLR"}}, "'contry' is no parameter of this notebook; did"),
    ({"countries": ["CHE"], "parameters": {"as_of": "2025-13-01"}}, "as_of: '2025-13-01' is no day of the calendar"),
])
def test_wrong_use_is_refused_before_a_kernel_starts(room: Path, monkeypatch: pytest.MonkeyPatch,
                                                     arguments: dict[str, object], message: str) -> None:
    monkeypatch.setattr(build.execute, "execute", lambda *_: pytest.fail("a kernel was started"))
    given = {"notebook": "tiny", "out": room / "out", "jobs": 1, **arguments}
    with pytest.raises(WrongUse) as error:
        build.render(given.pop("countries"), **given)  # type: ignore[arg-type]
    assert str(error.value).startswith(message)
    assert not (room / "out").exists()


def test_a_folder_that_cannot_be_written_is_said(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (room / "file").write_text("", encoding="utf-8")
    monkeypatch.setattr(build, "produce", lambda order: ({"tiny.html": b"x"}, 0.1))
    [outcome] = build.render(["CHE"], notebook="tiny", out=room / "file", jobs=1)
    assert outcome.error.startswith(f"cannot write to {room / 'file' / 'CHE'}: ")


def test_a_disk_that_fills_up_leaves_the_old_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build.write(tmp_path, {"a.html": b"old", "a.pdf": b"old"})
    honest = Path.write_bytes

    def full(place: Path, data: bytes) -> int:
        if ".a.pdf" in place.name:
            raise OSError(28, "No space left on device")
        return honest(place, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space left"):
        build.write(tmp_path, {"a.html": b"new", "a.pdf": b"new"})
    assert contents(tmp_path) == {"a.html": b"old", "a.pdf": b"old"}
