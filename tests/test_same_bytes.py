"""The same inputs give the same bytes: in another process, folder, time zone and order of hashing."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tinies import contents


@pytest.mark.slow
def test_a_report_is_the_same_bytes_wherever_it_is_made(rendered: Callable[[str], Path], tmp_path: Path,
                                                        atlas: Callable[..., subprocess.CompletedProcess[str]]) -> None:
    elsewhere = tmp_path / "another folder"
    elsewhere.mkdir()
    with TemporaryDirectory() as short:
        other = {**os.environ, "PYTHONHASHSEED": "1", "TZ": "Pacific/Auckland", "LC_ALL": "C", "TMPDIR": short,
                 "OMP_NUM_THREADS": "2"}
        done = atlas("render", "BLR", "--out", str(elsewhere / "out"), cwd=elsewhere, env=other)
    assert done.returncode == 0, done.stderr
    once, twice = contents(rendered("BLR")), contents(elsewhere / "out" / "BLR")
    assert sorted(once) == ["claims.csv", "country.html", "country.ipynb", "country.pdf"]
    assert [name for name in once if once[name] != twice[name]] == []
