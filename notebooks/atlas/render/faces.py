"""The typefaces of the reports: where they are, and a page's own copy cut to the letters of its charts."""

from __future__ import annotations

import base64
import importlib.util
import io
import re
from functools import lru_cache
from pathlib import Path

from fontTools import subset  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from atlas.errors import AtlasError

_LETTERS = re.compile(r"<text[^>]*>(.*?)</text>", re.DOTALL)
_INNER = re.compile(r"<[^>]*>")


def folders() -> list[Path]:
    """Return the folders of Roboto and of matplotlib's own fonts, without importing either."""
    return [_folder("font_roboto", "files"), _folder("matplotlib", "mpl-data/fonts/ttf")]


def _folder(package: str, inside: str) -> Path:
    found = importlib.util.find_spec(package)
    if not found or not found.origin:
        raise AtlasError(f"the package {package} brings the report's typefaces and is missing; run make setup")
    return Path(found.origin).parent / inside


def style(drawings: str) -> str:
    """Return font faces that hold the letters of some drawings, so that text is as wide as it was measured.

    Parameters
    ----------
    drawings : str
        HTML with the drawings in it.
    """
    letters = "".join(sorted(set(_INNER.sub("", "".join(_LETTERS.findall(drawings))))))
    if not letters:
        return ""
    faces = (("400", "Roboto-Regular.ttf"), ("700", "Roboto-Bold.ttf"))
    return "".join(f'@font-face{{font-family:"Atlas Charts";font-weight:{weight};'
                   f"src:url(data:font/woff;base64,{_cut(name, letters)}) format('woff')}}\n" for weight, name in faces)


@lru_cache(maxsize=64)
def _cut(name: str, letters: str) -> str:
    font = TTFont(folders()[0] / name, recalcTimestamp=False)
    for table in ("GDEF", "GPOS", "GSUB"):  # kerning: hardly seen at this size, and nine tenths of the time
        if table in font:
            del font[table]
    options = subset.Options(hinting=False, name_IDs=[], notdef_outline=True)
    cutter = subset.Subsetter(options)
    cutter.populate(text=letters)
    cutter.subset(font)
    font.flavor = "woff"
    made = io.BytesIO()
    font.save(made)
    return base64.b64encode(made.getvalue()).decode()
