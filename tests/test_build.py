"""The build: every report whole or not at all, one failure stopping none of the others."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from atlas import paths
from atlas.errors import WrongUse
from atlas.render import build, press, report, run
from atlas.render.report import Made
from tinies import contents, notebook


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of notebooks: one that works, one that fails for Belarus."""
    nbformat.write(notebook("display(Note(f'About {country}.'))"), tmp_path / "tiny.ipynb")
    nbformat.write(notebook("assert country != 'BLR', 'no figure for ' + country"), tmp_path / "fails.ipynb")
    nbformat.write(notebook("import os; os._exit(1)"), tmp_path / "dies.ipynb")
    monkeypatch.setattr(paths, "NOTEBOOKS", tmp_path)
    return tmp_path


@pytest.mark.slow
def test_a_report_is_a_page_a_print_and_the_notebook_as_run(room: Path) -> None:
    [outcome] = build.render(["CHE"], notebook="tiny", out=room / "out", jobs=1)
    assert outcome.error == "" and outcome.seconds > 0
    assert sorted(contents(room / "out")) == ["CHE/tiny.html", "CHE/tiny.ipynb", "CHE/tiny.pdf", "manifest.json"]
    assert "About CHE." in (room / "out/CHE/tiny.html").read_text(encoding="utf-8")
    assert (room / "out/CHE/tiny.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.slow
def test_the_same_report_is_the_same_bytes(room: Path) -> None:
    build.render(["CHE"], notebook="tiny", out=room / "one", jobs=1)
    build.render(["CHE"], notebook="tiny", out=room / "two", jobs=1)
    assert contents(room / "one") == contents(room / "two")


@pytest.mark.slow
def test_one_failure_says_so_and_leaves_the_others_new(room: Path) -> None:
    old = room / "out" / "BLR" / "fails.pdf"
    old.parent.mkdir(parents=True)
    old.write_text("old", encoding="utf-8")
    bad, good = build.render(["BLR", "CHE"], notebook="fails", out=room / "out", jobs=2)
    assert bad.error.endswith("AssertionError: no figure for BLR")
    assert bad.error.startswith("cell ") and "\n" not in bad.error
    assert good.error == "" and (room / "out/CHE/fails.html").exists()
    page = (room / "out/BLR/fails.html").read_text(encoding="utf-8")
    assert "The report on Belarus could not be made" in page and "from an earlier run" in page
    assert old.read_text(encoding="utf-8") == "old"


@pytest.mark.slow
def test_a_kernel_that_dies_is_one_line(room: Path) -> None:
    [outcome] = build.render(["CHE"], notebook="dies", out=room / "out", jobs=1)
    assert outcome.error.startswith("the kernel died")
    assert "The report on Switzerland could not be made" in (room / "out/CHE/dies.html").read_text(encoding="utf-8")


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
    monkeypatch.setattr(report.execute, "execute", lambda *_: pytest.fail("a kernel was started"))
    given = {"notebook": "tiny", "out": room / "out", "jobs": 1, **arguments}
    with pytest.raises(WrongUse) as error:
        build.render(given.pop("countries"), **given)  # type: ignore[arg-type]
    assert str(error.value).startswith(message)
    assert not (room / "out").exists()


def test_a_folder_that_cannot_be_written_is_said(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (room / "file").write_text("", encoding="utf-8")
    monkeypatch.setattr(run, "produce", lambda order: Made({"tiny.html": b"x"}))
    [outcome] = build.render(["CHE"], notebook="tiny", out=room / "file", jobs=1)
    assert outcome.error == f"cannot write to {room / 'file' / 'CHE'}: File exists"


def test_a_disk_that_fills_up_leaves_the_old_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    press.write(tmp_path, {"a.html": b"old", "a.pdf": b"old"})
    honest = Path.write_bytes

    def full(place: Path, data: bytes) -> int:
        if ".a.pdf" in place.name:
            raise OSError(28, "No space left on device")
        return honest(place, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space left"):
        press.write(tmp_path, {"a.html": b"new", "a.pdf": b"new"})
    assert contents(tmp_path) == {"a.html": b"old", "a.pdf": b"old"}
