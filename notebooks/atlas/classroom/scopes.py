"""“The lowest in the region”: one claim under several scopes and sources, and the function that decides it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from atlas.checks.ranks import COVERAGE
from atlas.classroom.answers import Again, outcome
from atlas.data import Tables
from atlas.data.tables import REACH

SPENDING = {"SIPRI": "military_expenditure_pct_gdp", "World Factbook": "military_expenditure_share_of_gdp_factbook"}
REGIONS = {"all post-Soviet states": "post_soviet", "without the Baltic states": "post_soviet_without_baltics",
           "the neighbours and itself": "neighbours"}
OWN = {"its region": "region", "its neighbours and itself": "neighbours", "the world": "world"}
DAY = date(2020, 5, 31)
"""When the Belarusian chapter was written."""
EXAMPLES: tuple[tuple[dict[str, float | None], str, str], ...] = (
    ({"AAA": 1.0, "BBB": 2.0, "CCC": 3.0}, "AAA", "three figures of which the first is the lowest"),
    ({"AAA": 2.0, "BBB": 1.0, "CCC": 3.0}, "AAA", "three figures of which the second is the lowest"),
    ({"AAA": 1.0, "BBB": None, "CCC": 3.0, "DDD": 2.0}, "AAA", "four countries of which one has no figure"),
    ({"AAA": 1.0, "BBB": None, "CCC": None, "DDD": 2.0}, "AAA", "four countries of which two have no figure"),
    ({"AAA": None, "BBB": 2.0, "CCC": 3.0, "DDD": 4.0}, "AAA", "a country that has no figure itself"),
    ({"AAA": 1.0, "BBB": 1.0, "CCC": 3.0}, "AAA", "two countries that share the lowest figure"),
)

Figures = dict[str, float | None]


def lowest(figures: Mapping[str, float | None], code: str) -> bool | None:
    """Tell whether no other country of a set has a smaller figure; None where too little is known."""
    known = {one: value for one, value in figures.items() if value is not None}
    if code not in known or len(known) < COVERAGE * len(figures):
        return None
    return known[code] <= min(known.values())


def cases(tables: Tables, country: str) -> dict[str, tuple[Figures, str]]:
    """Return the six cases for Belarus, and three for another country."""
    found = {f"Belarus, {name}, {source}": (_figures(tables, "BLR", peers, indicator), "BLR")
             for source, indicator in SPENDING.items() for name, peers in REGIONS.items()}
    if country == "BLR":
        return found
    name = tables.country(country).name
    own = {f"{name}, {scope}, SIPRI": (_figures(tables, country, peers, SPENDING["SIPRI"]), country)
           for scope, peers in OWN.items() if peers != "neighbours" or tables.neighbours(country)}
    return found | own


def _figures(tables: Tables, country: str, peers: str, indicator: str) -> Figures:
    members = {country, *tables.peers(peers, country, DAY).members}
    seen = {code: tables.values_by(indicator, code, "", DAY, REACH) for code in sorted(members)}
    return {code: values[0].value if values else None for code, values in seen.items()}


def judge(function: Callable[..., Any]) -> None:
    """Raise `Again` with what is wrong in a function that says whether a country has the lowest figure."""
    for figures, code, what in EXAMPLES:
        theirs, ours = outcome(function, dict(figures), code, what=what), lowest(figures, code)
        if theirs is ours or (theirs == ours and theirs is not None):
            continue
        if theirs is None:
            raise Again(f"For {what} your function gives nothing back, though enough is known. Does it end with "
                        "return?")
        if ours is None:
            raise Again(f"For {what} your function says {theirs}. A missing figure is not nought, and too many "
                        "missing ones leave the question open: what share of the set has a figure?")
        if None in figures.values():
            raise Again(f"For {what} your function says {theirs}. What does it put in the place of the figure that "
                        "is missing?")
        if len(set(figures.values())) < len(figures):
            raise Again(f"For {what} your function says {theirs}. “No other spends less” is the claim: does a tie "
                        "break it?")
        raise Again(f"For {what} your function says {theirs}. Compare the country's figure with all the others.")
