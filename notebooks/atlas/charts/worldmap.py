"""World map: which countries belong to which kinds, by colour, pattern and letter, each of them a link."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from atlas import words
from atlas.blocks import Chart, Note
from atlas.charts.caption import Caption, finish, missing
from atlas.charts.projection import Points, equal_earth, untorn
from atlas.charts.sheet import LINE, WIDTH, Box, Sheet
from atlas.charts.style import house

Rings = Sequence[Sequence[Sequence[float]]]

LOOKS = (("hue3", ""), ("hue2", "-----"), ("accent", "/////"), ("hue4", "|||||"), ("soft", "xxxx"))
"""Colour and pattern of each kind in the order given: four hues and a grey, told apart by pattern in a grey copy."""
SOUTH = -56.0
"""The latitude at which the map ends."""
FINEST = 0.35
"""Points between two corners of a coast, at least."""
DISC = 5.4
"""Radius of the disc with the letter, in points."""
BAND = 4.0
"""Width of the stripes that show a second kind, in points."""
ROW = 17.0


@dataclass(frozen=True)
class Place:
    """A country on the map: the kinds it belongs to, a point within, and where a click leads."""

    iso3: str
    name: str
    kinds: Sequence[str]
    longitude: float
    latitude: float
    href: str = ""
    said: str = ""


@house()
def world(shapes: Mapping[str, Rings], places: Sequence[Place], caption: Caption, kinds: Mapping[str, str], *,
          dots: Sequence[tuple[float, float]] = ()) -> Chart | Note:
    """Draw the countries of the world, those that belong to a kind in its colour and pattern, with its letter.

    Parameters
    ----------
    shapes : mapping
        The outlines of each country by code: rings of longitude and latitude.
    places : sequence of Place
        The countries that belong to a kind. Those without an outline are found by their disc.
    caption : Caption
    kinds : mapping
        The name of each kind by its code, at most five, no two with the same first letter.
    dots : sequence of (longitude, latitude)
        Other countries that are too small for an outline.

    Returns
    -------
    Chart or Note
        A note in words if no country belongs to a kind.
    """
    if not places:
        return missing(caption, "any country", "the assessments")
    sheet, ground = Sheet(), _Ground(shapes)
    looks = dict(zip(kinds, LOOKS, strict=False))
    assessed = {one.iso3: one for one in places}
    for iso3, rings in shapes.items():
        if iso3 not in assessed:
            sheet.shape(ground.outline(rings), "rule", layer=1)
    if dots:
        points = ground.on_sheet([untorn([dot])[0] for dot in dots])
        sheet.marks(points[:, 0].tolist(), points[:, 1].tolist(), "peer", scale=0.22, layer=1.1)
    for one in places:
        if one.iso3 in shapes:
            with sheet.group(f"shape-{one.iso3}", 1.5):
                _fill(sheet, ground.outline(shapes[one.iso3]), [looks[kind] for kind in one.kinds])
    _discs(sheet, ground, places, looks, kinds)
    height = _key(sheet, ground.height + 14, places, looks, kinds)
    links = {f"{part}-{one.iso3}": {"href": one.href, "text": one.said if part == "disc" else ""}
             for one in places if one.href for part in ("shape", "disc") if part == "disc" or one.iso3 in shapes}
    drawn = finish(
        sheet, height, caption, subtitle=caption.subtitle(""), kind=caption.kind("World map"),
        parts=[f"{name}: {words.several([one.name for one in places if kind in one.kinds], 5)}"
               for kind, name in kinds.items() if any(kind in one.kinds for one in places)],
        columns=["Country", "Code", *caption.measure.split("; ")[:1]],
        rows=[[one.name, one.iso3, words.listing(kinds[kind] for kind in one.kinds)] for one in places])
    return replace(drawn, links=links)


class _Ground:
    """Where the globe lies on the sheet."""

    def __init__(self, shapes: Mapping[str, Rings]) -> None:
        coasts = [untorn(ring) for rings in shapes.values() for ring in rings]
        land = equal_earth(np.concatenate([ring for ring in coasts if ring[:, 1].max() > SOUTH]))
        self.left, self.top = float(land[:, 0].min()), float(land[:, 1].max())
        self.scale = WIDTH / float(np.ptp(land[:, 0]))
        self.height = float(np.ptp(land[:, 1])) * self.scale

    def on_sheet(self, degrees: Any) -> Points:
        """Return where points of the globe lie on the sheet."""
        found = equal_earth(degrees)
        return np.column_stack([(found[:, 0] - self.left) * self.scale, (self.top - found[:, 1]) * self.scale])

    def outline(self, rings: Rings) -> list[Points]:
        """Return the coasts of a country on the sheet, but for those beyond the edge of the map."""
        return [_thinned(self.on_sheet(untorn(ring))) for ring in rings if max(point[1] for point in ring) > SOUTH]


def _thinned(ring: Points) -> Points:
    """Leave out points that no eye tells from the one before; the first and the last stay."""
    kept = [ring[0]]
    for point in ring[1:-1]:
        if np.abs(point - kept[-1]).max() > FINEST:
            kept.append(point)
    return np.array([*kept, ring[-1]])


def _fill(sheet: Sheet, outline: Sequence[Points], looks: Sequence[tuple[str, str]]) -> None:
    """Fill a country with its kind; a second kind runs over it in stripes."""
    tone, pattern = looks[0]
    ground = sheet.shape(outline, tone, pattern=pattern)
    for tone, pattern in looks[1:2]:
        points = np.concatenate(outline)
        (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
        slant = bottom - top
        bands = [np.array([(x, top), (x + BAND, top), (x + BAND - slant, bottom), (x - slant, bottom), (x, top)])
                 for x in np.arange(left, right + slant, 2 * BAND)]
        sheet.shape(bands, tone, pattern=pattern, within=ground)


def _discs(sheet: Sheet, ground: _Ground, places: Sequence[Place], looks: Mapping[str, tuple[str, str]],
           kinds: Mapping[str, str]) -> None:
    """Set the letters of each country on discs that do not lie on one another."""
    home = ground.on_sheet([(one.longitude, one.latitude) for one in places])
    wide = np.array([DISC * (1 + 0.85 * (len(one.kinds) - 1)) for one in places])
    for one, (x, y), (home_x, home_y), half in zip(places, _apart(home, wide), home, wide, strict=True):
        if np.hypot(x - home_x, y - home_y) > 3:
            sheet.line([home_x, x], [home_y, y], "ink", width=0.7, layer=2.9)
        with sheet.group(f"disc-{one.iso3}", 3):
            for number, kind in enumerate(one.kinds):
                _disc(sheet, x - half + DISC + 1.7 * DISC * number, y, looks[kind][0], kinds[kind])


def _disc(sheet: Sheet, x: float, y: float, tone: str, name: str) -> None:
    sheet.marks([x], [y], tone, scale=DISC / 3.25, edge="paper", layer=3)
    sheet.text(x, y, name[0], "paper", align="center", bold=True, small=True)


def _apart(home: Points, wide: Points) -> Points:
    """Move discs from one another until none touches, as little as that takes."""
    found = home.copy()
    pairs = [(i, j) for i in range(len(home)) for j in range(i)]
    for _ in range(300):
        moved = False
        for i, j in pairs:
            step = found[i] - found[j]
            reach = np.array([wide[i] + wide[j] + 1, 2 * DISC + 1])
            short = 1 - float(np.hypot(*(step / reach)))
            if short > 0:
                away = step / (np.hypot(*step) or 1) if step.any() else np.array([0.0, 1.0])
                found[i] += away * short * DISC / 2
                found[j] -= away * short * DISC / 2
                moved = True
        if not moved:
            break
        found += (home - found) * 0.02
    return found


def _key(sheet: Sheet, top: float, places: Sequence[Place], looks: Mapping[str, tuple[str, str]],
         kinds: Mapping[str, str]) -> float:
    """Name every kind beside its pattern, with the countries that belong to it, and return where that ends."""
    left = max(sheet.reach(name, bold=True) for name in kinds.values()) + 52
    for kind, name in kinds.items():
        tone, pattern = looks[kind]
        _swatch(sheet, top, [(tone, pattern)])
        _disc(sheet, 32, top, tone, name)
        sheet.text(43, top, name, bold=True)
        members = sorted(one.name for one in places if kind in one.kinds)
        for line in sheet.wrapped(", ".join(members) or "no chapter on file", WIDTH - left):
            sheet.text(left, top, line, "ink" if members else "soft")
            top += LINE
        top += ROW - LINE
    two = [one for one in places if len(one.kinds) > 1]
    if two:
        _swatch(sheet, top, [looks[kind] for kind in two[0].kinds])
        sheet.text(43, top, "Stripes of two: chapters on two interests; where a stripe lies means nothing", "soft")
        top += ROW
    sheet.bar(Box(2, top - 5, 24, top + 5), "rule")
    sheet.text(43, top, "No chapter on file; small dots are states too small for an outline", "soft")
    return top + 10


def _swatch(sheet: Sheet, middle: float, looks: Sequence[tuple[str, str]]) -> None:
    corners = np.array([(2, middle - 5), (24, middle - 5), (24, middle + 5), (2, middle + 5), (2, middle - 5)])
    _fill(sheet, [corners], looks)
