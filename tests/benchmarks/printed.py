"""How a benchmark tells what it found: a Markdown table, and what it was measured on."""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib import metadata
from pathlib import Path

import psutil

LIBRARIES = ("papermill", "nbconvert", "pandas", "matplotlib", "typst")


@dataclass(frozen=True)
class Row:
    """One bar: what it asks for, ours, the plain loop beside it, and whether it is met."""

    bar: str
    ours: str
    plain: str
    found: str
    asked: str
    met: bool | None


def machine(browser: str) -> str:
    """Return versions and machine in one sentence."""
    versions = [f"{name} {metadata.version(name)}" for name in LIBRARIES]
    shown = subprocess.run([browser, "--version"], capture_output=True, text=True, check=False).stdout.split()
    versions.append(" ".join(shown[:2]))
    gigabytes = psutil.virtual_memory().total / 2**30
    return (f"{date.today():%-d %B %Y}, {os.cpu_count()} cores ({_processor()}), {gigabytes:.0f} GB, "
            f"{platform.system()}, Python {platform.python_version()}, {', '.join(versions)}")


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.machine()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def table(found: Sequence[Row]) -> str:
    """Return the rows as a Markdown table."""
    signs = {True: "yes", False: "**no**", None: "–"}
    lines = ["| | atlas | plain loop | found | bar | met |", "|---|--:|--:|--:|--:|---|"]
    lines += [f"| {one.bar} | {one.ours} | {one.plain} | {one.found} | {one.asked} | {signs[one.met]} |"
              for one in found]
    return "\n".join(lines)
