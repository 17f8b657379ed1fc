"""Which countries are compared: those named, those of a region, or those of an interest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from atlas import asked, library
from atlas.data import Tables
from atlas.errors import WrongUse
from atlas.model import Assessment, Interest

INTERESTS = get_args(Interest)
FEWEST, MOST = 2, 40
"""How many countries make a comparison that can be read."""


@dataclass(frozen=True)
class Chosen:
    """The countries of a comparison, and how they were chosen: by `countries`, `region` or `interest`."""

    codes: tuple[str, ...]
    by: str
    interest: str
    region: str = ""


def choose(tables: Tables, countries: str = "", interest: str = "security", region: str = "") -> Chosen:
    """Return the countries to compare.

    Parameters
    ----------
    countries : str
        Codes with commas between them; they are compared whatever their interest and region.
    interest : str
        Whose indicators are drawn. Alone it also chooses the countries: those that the atlas of 2020 gave this
        interest, and those with a text on it.
    region : str
        One of the five regions: the countries of the atlas of 2020 in it, and those with a chapter placed there.

    Raises
    ------
    WrongUse
        For an unknown code, interest or region, for countries and a region at once, or for too few or too many.
    """
    asked.one_of("interest", interest, INTERESTS)
    named = list(dict.fromkeys(filter(None, (one.strip() for one in countries.split(",")))))
    if named and region:
        raise WrongUse(f"countries {' '.join(named)} and region={region!r} exclude each other; give one of them")
    if named:
        for iso3 in named:
            tables.country(iso3)
        return _counted(Chosen(tuple(named), "countries", interest))
    if region:
        full = region_named(tables, region)
        return _counted(Chosen(_of(tables, "region", full), "region", interest, full))
    return _counted(Chosen(_of(tables, "interest", interest), "interest", interest))


def region_named(tables: Tables, region: str) -> str:
    """Return the official name of a region, however it is capitalised, or say which name is nearest."""
    known = {name.casefold(): name for name in regions(tables)}
    official = known.get(region.casefold(), region)
    asked.one_of("region", official, known.values())
    return official


def regions(tables: Tables) -> list[str]:
    """Return the five regions of the atlas, as its grid names them."""
    return list(dict.fromkeys(row["region"] for row in tables.grid))


def region_of(tables: Tables, iso3: str, texts: list[Assessment]) -> str:
    """Return the region in which the atlas places a country; empty where it does not."""
    placed = [row["region"] for row in tables.grid if row["iso3"] == iso3]
    return next(iter([*placed, *(one.region for one in texts if one.region)]), "")


def _of(tables: Tables, column: str, value: str) -> tuple[str, ...]:
    found = {row["iso3"] for row in tables.grid if row[column] == value}
    for iso3 in library.assessed(tables.root):
        if any(getattr(one, column) == value for one in library.assessments(tables, iso3)):
            found.add(iso3)
    return tuple(sorted(found))


def _counted(found: Chosen) -> Chosen:
    if len(found.codes) < FEWEST:
        raise WrongUse(f"a comparison needs at least two countries, got {' '.join(found.codes) or 'none'}; "
                       "as in atlas render BLR UKR --notebook compare")
    if len(found.codes) > MOST:
        raise WrongUse(f"{len(found.codes)} countries are too many to compare on one page; expected at most {MOST}")
    return found
