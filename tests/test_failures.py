"""Whole or not at all: each way to fail ends in a clear line, leaves no process, and is mended by the next run."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tinies import Room, contents, until

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name != "posix", reason="signals and mounts as POSIX has them")]


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(tmp_path)


def gone(room: Room) -> bool:
    return until(lambda: not room.left(), 10) or bool(pytest.fail(f"still running: {room.left()}"))


@pytest.fixture(scope="module")
def troubled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Room, tuple[int, str, str]]:
    """One build in which reports fail in three ways and two are fine; Dalmonia had a report before."""
    room = Room(tmp_path_factory.mktemp("troubled"))
    assert room.render("AAA", "DDD")[0] == 0
    room.moods(AAA="error", CCC="die", EEE="sleep")
    return room, room.render("AAA", "BBB", "CCC", "DDD", "EEE", "--jobs", "2", "--force", "--cell-seconds", "3")


def test_the_rest_goes_on_and_the_exit_status_says_that_something_failed(
        troubled: tuple[Room, tuple[int, str, str]]) -> None:
    room, (status, said, errors) = troubled
    assert status == 1, errors
    assert said == "2 reports rendered, 0 unchanged\n"
    assert errors.splitlines()[-1] == "atlas: 3 of 5 reports failed"
    assert "About BBB." in room.page("BBB") and "About DDD." in room.page("DDD")
    assert room.row("BBB")["state"] == "done"
    assert not room.drafts() and gone(room)


@pytest.mark.parametrize(("country", "name", "line"), [
    ("AAA", "Arcadia", "ValueError: no figure for AAA"),
    ("CCC", "the Cascades", "the kernel died"),
    ("EEE", "Elbonia", "took longer than 3 seconds"),
], ids=["cell error", "kernel killed", "cell too slow"])
def test_a_failed_report_says_so_where_it_would_be_read(troubled: tuple[Room, tuple[int, str, str]], country: str,
                                                        name: str, line: str) -> None:
    room, (_, _, errors) = troubled
    [said] = [one for one in errors.splitlines() if one.startswith(f"atlas: {country}: ")]
    assert line in said
    page = room.page(country)
    assert f"<h1>The report on {name} could not be made</h1>" in page and line in page
    assert f"<dd>{country}</dd>" in page and f"atlas render {country} --notebook moody" in page
    assert (room.row(country)["state"], line in room.row(country)["error"]) == ("failed", True)


def test_the_page_of_a_failed_report_shows_the_cell(troubled: tuple[Room, tuple[int, str, str]]) -> None:
    assert "raise ValueError(&#34;no figure for &#34; + country)" in troubled[0].page("AAA")


def test_the_next_run_makes_what_failed_and_nothing_else(troubled: tuple[Room, tuple[int, str, str]]) -> None:
    room, _ = troubled
    room.moods()
    assert room.render("AAA", "BBB", "CCC", "DDD", "EEE", "--jobs", "2")[:2] == (0, "3 reports rendered, 2 unchanged\n")
    assert all(f"About {iso3}." in room.page(iso3) for iso3 in ("AAA", "CCC", "EEE"))


def test_a_notebook_that_takes_too_long_as_a_whole_is_stopped(room: Room) -> None:
    room.moods(BBB="sleep")
    status, _, errors = room.render("BBB", "--notebook-seconds", "2")
    assert status == 1 and "longer than 2 seconds" in errors
    assert gone(room)


def test_who_brings_workers_down_fails_alone(room: Room) -> None:
    room.moods(AAA="kill the workers")
    status, said, errors = room.render("AAA", "BBB", "CCC", "--jobs", "2")
    assert (status, said) == (1, "2 reports rendered, 0 unchanged\n"), errors
    assert "atlas: AAA: the worker was killed, perhaps for want of memory" in errors
    assert gone(room)
    room.moods()
    assert room.render("AAA", "BBB", "CCC")[:2] == (0, "1 reports rendered, 2 unchanged\n")


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_leaves_finished_reports_and_no_process(room: Room, jobs: str) -> None:
    room.moods(DDD="sleep")
    build = room.start("BBB", "DDD", "--jobs", jobs)
    assert until(lambda: (room.out / "manifest.json").exists() and room.asleep("DDD"))
    build.send_signal(signal.SIGINT)
    said, errors = build.communicate(timeout=30)
    assert (build.returncode, said) == (130, "")
    assert errors.strip("\n") == "atlas: stopped; finished reports are complete, the others are as they were"
    assert "About BBB." in room.page("BBB") and not (room.out / "DDD").exists()
    assert not room.drafts() and gone(room)
    room.moods()
    assert room.render("BBB", "DDD")[:2] == (0, "1 reports rendered, 1 unchanged\n")


def test_a_build_that_is_killed_leaves_finished_reports_and_no_process(room: Room) -> None:
    room.moods(DDD="sleep")
    build = room.start("BBB", "DDD", "--jobs", "2")
    assert until(lambda: (room.out / "manifest.json").exists() and room.asleep("DDD"))
    build.kill()
    build.communicate(timeout=30)
    assert gone(room)
    assert "About BBB." in room.page("BBB") and not (room.out / "DDD").exists()
    room.moods()
    assert room.render("BBB", "DDD")[:2] == (0, "1 reports rendered, 1 unchanged\n")


def test_a_build_that_is_killed_while_it_writes_is_mended_by_the_next(room: Room) -> None:
    at_once = ("import os; honest = Path.replace; done = []; "
               "Path.replace = lambda *two: os.kill(os.getpid(), 9) if done else done.append(honest(*two)); ")
    assert room.render("BBB", before=at_once)[0] == -signal.SIGKILL
    assert len(room.drafts()) == 1 and gone(room)
    assert room.render("BBB")[:2] == (0, "1 reports rendered, 0 unchanged\n")
    assert not room.drafts() and room.render("BBB")[1] == "0 reports rendered, 1 unchanged\n"


def test_two_builds_at_once_do_not_corrupt_each_other(room: Room) -> None:
    builds = [room.start("BBB", "DDD", "--jobs", "1") for _ in range(2)]
    assert [(build.communicate(timeout=120), build.returncode)[1] for build in builds] == [0, 0]
    assert sorted(contents(room.out)) == ["BBB/moody.html", "BBB/moody.ipynb", "DDD/moody.html", "DDD/moody.ipynb",
                                          "manifest.json"]
    assert room.render("BBB", "DDD")[:2] == (0, "0 reports rendered, 2 unchanged\n")
    assert gone(room)


@pytest.fixture
def small_disk(room: Room) -> Iterator[Path]:
    """A disk of its own under the output folder, with little room."""
    room.out.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(room.out)]
    if subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("mounting a small disk takes root")
    yield room.out
    subprocess.run(["umount", str(room.out)], check=True)


def test_a_full_disk_leaves_the_old_report(room: Room, small_disk: Path) -> None:
    assert room.render("BBB")[0] == 0
    before = contents(small_disk / "BBB")
    with (small_disk / "filler").open("wb", buffering=0) as filler, pytest.raises(OSError, match="No space left"):
        while True:
            filler.write(bytes(4096))
    status, _, errors = room.render("BBB", "--force")
    assert status == 1 and "No space left on device" in errors.splitlines()[0]
    assert contents(small_disk / "BBB") == before and not room.drafts()
    (small_disk / "filler").unlink()
    assert room.render("BBB", "--force")[:2] == (0, "1 reports rendered, 0 unchanged\n")
    assert contents(small_disk / "BBB") == before


def test_a_folder_that_cannot_be_written_is_said(room: Room, small_disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    status, said, errors = room.render("BBB")
    assert (status, said) == (1, "0 reports rendered, 0 unchanged\n")
    assert errors.splitlines()[0] == f"atlas: BBB: cannot write to {small_disk / 'BBB'}: Read-only file system"
    subprocess.run(["mount", "-o", "remount,rw", str(small_disk)], check=True)
    assert room.render("BBB")[0] == 0 and gone(room)


def test_a_file_in_the_place_of_the_folder_is_said(room: Room) -> None:
    room.out.mkdir()
    (room.out / "BBB").write_text("in the way", encoding="utf-8")
    status, _, errors = room.render("BBB", "DDD", "--jobs", "1")
    assert status == 1 and errors.splitlines()[0] == f"atlas: BBB: cannot write to {room.out / 'BBB'}: File exists"
    assert "About DDD." in room.page("DDD")
    (room.out / "BBB").unlink()
    assert room.render("BBB", "DDD")[:2] == (0, "1 reports rendered, 1 unchanged\n")
