"""The two ways from notebook to report, each as the commands that somebody would type."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOK = ROOT / "notebooks" / "country.ipynb"
HERE = Path(__file__).parent
BIN = Path(sys.executable).parent

# Pages that nbconvert makes ask other hosts for scripts; here they are told at once that there are none, which favours
# the plain way. The first two flags are what root needs.
BROWSER = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
           "--disable-component-update", "--disable-sync", "--no-first-run", "--no-pdf-header-footer",
           "--host-resolver-rules=MAP * ~NOTFOUND"]


def timed(command: Sequence[str | Path]) -> float:
    """Run a command and return how many seconds it took; a benchmark of something that fails is none."""
    start = time.perf_counter()
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - start
    if done.returncode:
        raise SystemExit(f"{' '.join(map(str, command))}\n{done.stderr.strip()[-2000:]}")
    return seconds


def executing(country: str, folder: Path) -> list[str | Path]:
    """The plain way's first command: a notebook with its parameters, run in a kernel of its own."""
    return [BIN / "papermill", "--no-progress-bar", NOTEBOOK, folder / f"{country}.ipynb", "-p", "country", country]


def paging(country: str, folder: Path) -> list[str | Path]:
    """The second command: the page by nbconvert's own exporter."""
    return [BIN / "jupyter", "nbconvert", "--to", "html", folder / f"{country}.ipynb"]


def printing(country: str, folder: Path, browser: str) -> list[str | Path]:
    """The third command: the page printed by a browser without a window."""
    return [browser, *BROWSER, f"--user-data-dir={folder / 'browser'}", f"--print-to-pdf={folder / f'{country}.pdf'}",
            f"file://{folder / f'{country}.html'}"]


def plain(country: str, folder: Path, browser: str) -> dict[str, float]:
    """Make one report the plain way and return the seconds of each step."""
    return {"papermill": timed(executing(country, folder)), "nbconvert": timed(paging(country, folder)),
            "Chromium": timed(printing(country, folder, browser))}


def atlas(countries: Sequence[str], folder: Path, *options: str) -> list[str | Path]:
    """The command that makes reports our way."""
    return [sys.executable, "-m", "atlas", "render", *countries, "--out", folder, *options]


def environment() -> None:
    """Leave out settings of this terminal that would change what a report costs."""
    for name in ("ATLAS_DATA", "PYTHONPROFILEIMPORTTIME", "PYTHONDONTWRITEBYTECODE", "MPLBACKEND"):
        os.environ.pop(name, None)
