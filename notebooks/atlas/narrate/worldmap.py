"""The world map of the landing page: which countries have a chapter, and on which interest."""

from __future__ import annotations

from collections.abc import Sequence

from atlas import charts, words
from atlas.blocks import Block
from atlas.charts import Caption, Place
from atlas.data import Tables
from atlas.narrate.standing import Standing


def drawn(tables: Tables, standings: Sequence[Standing]) -> list[Block]:
    """Draw the countries with a chapter by its interest, each a link to its report."""
    shown = sorted((one for one in standings if one.chapters), key=lambda one: (one.region, one.country.name))
    kinds = {code: str(names["short"]) for code, names in tables.interests.items()}
    twice = sum(len(one.interests) > 1 for one in shown)
    title = (f"{words.capital(words.count(len(shown), 'country', 'countries'))} "
             f"{'has' if len(shown) == 1 else 'have'} a chapter on file"
             + (f", {words.count(twice)} of them on more than one interest" if twice else ""))
    caption = Caption(
        title=title, measure="Interest of each chapter", unit="", digits=0, name="atlas-map",
        source="Outlines: Natural Earth, 1:110 million (public domain), on the Equal Earth projection. Borders are "
               "those of this source with two corrections: Crimea is shown as Ukraine’s, as international law has it, "
               "and Kosovo on its own, as Germany recognises it. The lines say no more than that.",
        note="Every country with a letter leads to its report")
    small = [one for one in tables.countries.values() if one.kind == "state" and one.iso3 not in tables.shapes]
    dots = [(float(one.longitude), float(one.latitude)) for one in small if one.longitude and one.latitude]
    return [charts.world(tables.shapes, [_place(one, kinds) for one in shown], caption, kinds, dots=dots)]


def _place(one: Standing, kinds: dict[str, str]) -> Place:
    on = words.listing(kinds[code].lower() for code in one.interests)
    state = f", report {one.state.word}" if one.state.word in ("stale", "failed") else ""
    return Place(one.iso3, one.country.name, one.interests, float(one.country.longitude), float(one.country.latitude),
                 one.page, f"{one.country.name}: {on}{state}")
