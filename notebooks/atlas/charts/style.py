"""The house style, read once and worn while a chart is drawn."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib
from matplotlib import font_manager
from matplotlib.ft2font import LoadFlags

from atlas import paths

SHEET = paths.PACKAGE / "house.mplstyle"
FACES = ("Regular", "Bold")
LEFT_ALONE = ("backend", "backend_fallback", "interactive", "toolbar", "webagg", "keymap", "timezone")
"""Settings of matplotlib that are about the session, not about the look."""
SCREEN_FONTS = "Roboto, system-ui, Arial, sans-serif"
"""What an SVG asks for: the face that was measured, then what a reader's machine has."""

_NAMED = re.compile(r"^#:\s+(\w+)\s+(#[0-9a-f]{6})\b", re.MULTILINE)


@cache
def palette() -> dict[str, str]:
    """Return the colours of the house by name.

    >>> palette()["accent"]
    '#0b5cad'
    """
    return dict(_NAMED.findall(SHEET.read_text(encoding="utf-8")))


@cache
def _font_files() -> dict[str, str]:
    """Find the files of Roboto by face without importing their package, and make them known to matplotlib."""
    spec = importlib.util.find_spec("font_roboto")
    folder = Path(spec.origin).parent / "files" if spec and spec.origin else Path()
    files = {face: folder / f"Roboto-{face}.ttf" for face in FACES}
    if not all(file.is_file() for file in files.values()):
        names = {face: font_manager.FontProperties(family="DejaVu Sans", weight=face.lower()) for face in FACES}
        return {face: str(font_manager.findfont(name)) for face, name in names.items()}
    for file in files.values():
        font_manager.fontManager.addfont(str(file))
    return {face: str(file) for face, file in files.items()}


@cache
def _parameters() -> Any:
    """Read the style sheet over matplotlib's own defaults, so that a user's settings change nothing."""
    given = matplotlib.rc_params_from_file(SHEET, use_default_template=True)
    found: dict[Any, Any] = {name: given[name] for name in given if name.split(".")[0] not in LEFT_ALONE}
    if "Roboto" not in _font_files()["Regular"]:
        found["font.family"] = ["DejaVu Sans"]
    return found


@contextmanager
def house() -> Iterator[None]:
    """Wear the house style for as long as a chart is drawn; works as a decorator too."""
    with matplotlib.rc_context(_parameters()):
        yield


def width(text: str, size: float, bold: bool = False) -> float:
    """Return the width of a text in points, as set in the house's face, without kerning.

    Letters are measured one by one and remembered: matplotlib's own layout of a line takes a hundred times as long.

    >>> 30 < width("Belarus", 9) < 36
    True
    """
    return sum(_advance(letter, size, bold) for letter in text)


@cache
def _advance(letter: str, size: float, bold: bool) -> float:
    font = font_manager.get_font(_font_files()["Bold" if bold else "Regular"])
    font.set_size(size, 72)
    return float(font.load_char(ord(letter), flags=LoadFlags.FORCE_AUTOHINT).horiAdvance) / 64
