"""A cluster: a real scheduler and two real workers on this machine give the reports that this machine gives alone."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tinies import DATA, Room, contents, until

pytest.importorskip("distributed", reason="dask is an extra: pip install 'living-partner-atlas[cluster]'")
pytestmark = pytest.mark.slow


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(tmp_path)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The data of the workers, in a folder of their own as on another machine."""
    return Path(shutil.copytree(DATA, tmp_path / "far" / "data"))


@pytest.fixture
def scheduler(tmp_path: Path, data: Path) -> Iterator[str]:
    """The address of a scheduler with two workers, all on the loopback interface; one worker has a nanny."""
    about = tmp_path / "scheduler.json"
    options = {"env": {**os.environ, "ATLAS_DATA": str(data)}, "cwd": tmp_path / "far", "stderr": subprocess.DEVNULL}
    dask = [sys.executable, "-m", "distributed.cli.dask_scheduler"]
    started = [subprocess.Popen([*dask, "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--no-show",
                                 "--scheduler-file", str(about)], **options)]
    try:
        assert until(about.exists)
        address = json.loads(about.read_text())["address"]
        worker = [sys.executable, "-m", "distributed.cli.dask_worker", address, "--host", "127.0.0.1",
                  "--nthreads", "1", "--no-dashboard", "--local-directory", str(tmp_path / "far")]
        started += [subprocess.Popen([*worker, nanny], **options) for nanny in ("--nanny", "--no-nanny")]
        assert until(lambda: workers(address) == 2)
        yield address
    finally:
        for process in reversed(started):
            process.terminate()
        until(lambda: all(process.poll() is not None for process in started), 10)
        for process in started:
            process.kill()


def workers(address: str) -> int:
    from distributed import Client

    with Client(address, timeout=10, set_as_default=False) as client:
        return len(client.scheduler_info(n_workers=-1)["workers"])


def test_a_cluster_makes_the_same_reports(room: Room, scheduler: str, data: Path) -> None:
    room.moods(CCC="error")
    status, said, errors = room.render("AAA", "BBB", "CCC", "--cluster", scheduler)
    assert (status, said) == (1, "2 reports rendered, 0 unchanged\n"), errors
    assert errors.splitlines() == [errors.splitlines()[0], "atlas: 1 of 3 reports failed"]
    assert errors.startswith("atlas: CCC: cell ") and "ValueError: no figure for CCC" in errors
    far = contents(room.out)
    shutil.rmtree(room.out)
    assert room.render("AAA", "BBB", "CCC", "--jobs", "2")[0] == 1
    assert contents(room.out) == far

    with (data / "indicators/things.csv").open("a", encoding="utf-8") as file:
        file.write("\n")
    status, _, errors = room.render("BBB", "--force", "--cluster", scheduler)
    assert status == 1
    assert "atlas: BBB: the worker on the cluster differs from this machine in indicator things" in errors


def test_a_scheduler_that_does_not_answer_is_said(room: Room) -> None:
    status, said, errors = room.render("BBB", "--cluster", "tcp://127.0.0.1:9")
    assert (status, said) == (1, "")
    assert errors.startswith("atlas: no scheduler answers at tcp://127.0.0.1:9") and len(errors.splitlines()) == 1
    assert not (room.out / "BBB").exists()
