"""Where the folders of the project are."""

from __future__ import annotations

import os
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
NOTEBOOKS = PACKAGE.parent
ROOT = NOTEBOOKS.parent


def data() -> Path:
    """Return the data folder; the environment variable ATLAS_DATA names another one."""
    return Path(os.environ.get("ATLAS_DATA") or ROOT / "data")


def reports() -> Path:
    """Return the folder that reports are written to by default."""
    return ROOT / "reports"


def cache() -> Path:
    """Return the folder for what can be fetched again; the environment variable ATLAS_CACHE names another one."""
    return Path(os.environ.get("ATLAS_CACHE") or ROOT / ".cache")
