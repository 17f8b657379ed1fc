"""What several tests need: the root of the project, a browser, the atlas run as a command, one rendered report."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from atlas.paths import ROOT

signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell has what runs in its background ignore Ctrl-C
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's top folder."""
    return ROOT


@pytest.fixture(scope="session")
def atlas() -> Callable[..., subprocess.CompletedProcess[str]]:
    """The command line, as a reader would call it: `atlas("render", "CHE").returncode`."""

    def run(*arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "atlas", *arguments], capture_output=True, text=True, timeout=300, **options
        )

    return run


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where a Chromium is; tests that need one are skipped without it."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if not found:
        leave = pytest.fail if os.environ.get("CI") else pytest.skip
        leave("no Chromium found: apt-get install chromium, or name one in the variable CHROMIUM")
    return found


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Any]:
    """A headless browser that reaches no network."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        shown = playwright.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
        )
        yield shown
        shown.close()


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all workers of this run of the tests."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base


@pytest.fixture(scope="session")
def rendered(shared_folder: Path, atlas: Callable[..., subprocess.CompletedProcess[str]]) -> Callable[[str], Path]:
    """The folder of a country's report, rendered once for all workers: `rendered("BLR") / "country.html"`."""

    def folder(country: str) -> Path:
        out = shared_folder / "rendered"
        out.mkdir(exist_ok=True)
        with (out / f"{country}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (out / country / "claims.csv").exists():
                done = atlas("render", country, "--out", str(out))
                assert done.returncode == 0, done.stderr
        return out / country

    return folder
