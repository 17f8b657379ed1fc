"""What the tables say in English, in other languages: the files of `data/translations/`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from atlas import language
from atlas.language import Said
from atlas.writing.rows import read_yaml


@lru_cache(maxsize=8)
def _read(file: Path) -> Mapping[str, Any]:
    if not file.is_file():
        return {}
    return read_yaml(file) or {}


def said(root: Path, english: str, *path: str) -> str:
    """Return a text of the tables in the language that is spoken now; in English, and marked so, if it lacks there.

    Nothing is read for a report in English.

    Parameters
    ----------
    root : Path
        The data folder.
    english : str
        The text as it stands in the tables.
    *path : str
        Where its translation stands: "events", "BLR-2020-08-09-election", "label".
    """
    if language.english() or not english:
        return english
    return found(root, *path) or language.foreign(english)


def found(root: Path, *path: str) -> str:
    """Return the translation that stands at a place, or nothing."""
    part: Any = _read(root / "translations" / f"{language.current()}.yaml")
    for step in path:
        part = part.get(step) if isinstance(part, Mapping) else None
    return part if isinstance(part, str) else ""


def unit(root: Path, english: str, indicator: str) -> str:
    """Return a unit that is English for those who reckon with it, and knows how it is said now."""
    here = "" if language.english() else found(root, "indicators", indicator, "unit")
    return Said(english, {language.current(): here}) if here else english
