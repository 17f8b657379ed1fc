"""The indicator card of each interest as it is declared: what is measured, which way is nearer, source and trap."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from atlas import words
from atlas.blocks import Block, Table, Text, soft
from atlas.data import Tables
from atlas.narrate.subject import licence
from atlas.phrases import say


def direction(entry: Mapping[str, Any]) -> str:
    """Say which way a figure is nearer to the interest as Germany states it: sign and word."""
    return say(f"cards.{entry['direction']}")


def declared(tables: Tables) -> list[Block]:
    """Return the card of each interest, the same for every country."""
    columns = [{"name": "Indicator", "width": 1.7, "least": 8}, {"name": "What it measures", "width": 2, "least": 8},
               {"name": say("cards.direction"), "width": 1.1, "least": 6},
               {"name": "What it does not show", "width": 2, "least": 8},
               {"name": "Source", "width": 1.6, "least": 7}]
    return [Table(caption=str(tables.interests[code]["name"]), columns=columns, compact=True,
                  rows=[_row(tables, entry) for entry in card]) for code, card in tables.cards.items()]


def _row(tables: Tables, entry: Mapping[str, Any]) -> list[Text]:
    one = tables.indicator(entry["indicator"])
    return [title(tables, entry), words.sentence(entry["measures"]), direction(entry),
            words.sentence(entry["trap"]), [one.sources[0].publisher, soft(f" {licence(one.sources[0])}")]]


def title(tables: Tables, entry: Mapping[str, Any]) -> str:
    """Name an indicator of a card for no country in particular: "Share of goods imports from Germany"."""
    name = tables.indicator(entry["indicator"]).title
    if "partner" not in entry:
        return name
    return f"{name} {'from' if 'imports' in name else 'to'} {tables.country(entry['partner']).the}"
