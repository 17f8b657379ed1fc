"""What may not be compared: territory, definitions, closed statistics, texts that are known in part."""

from __future__ import annotations

from atlas import words
from atlas.blocks import Block, Note, Prose, Text, strong
from atlas.narrate import axes, shares
from atlas.narrate.group import Group


def territory(group: Group) -> list[str]:
    """Return what is to be known about disputed lines on the map among these countries."""
    codes = set(group.chosen.codes)
    return [one["text"] for one in group.tables.territories.values() if codes & set(one["among"])]


def definitions(group: Group) -> list[str]:
    """Return what each indicator does not show."""
    return [f"{group.title(entry)}: {entry['trap']}" for entry in group.card]


def all_of(group: Group) -> dict[str, list[str]]:
    """Return every caveat by what it is about; empty ones are left out."""
    found = {"Territory": territory(group), "Gaps and closed statistics": axes.lacking(group),
             "Texts and claims": shares.uneven(group), "Definitions": definitions(group)}
    return {head: lines for head, lines in found.items() if lines}


def brief(group: Group) -> list[Block]:
    """Name in one remark for the first page what may not be compared."""
    codes = set(group.chosen.codes)
    lines = [one["short"] for one in group.tables.territories.values() if codes & set(one["among"])]
    gaps, uneven = axes.lacking(group), shares.uneven(group)
    told = [f"Disputed territory: {words.listing(lines)}" if lines else "",
            f"Missing or older figures on {words.count(len(gaps), 'indicator')}" if gaps else "",
            uneven[0].split(";")[0] if uneven else "", "No indicator measures a partner as such"]
    return [Note(text=[strong("What may not be compared. "), " ".join(map(words.sentence, filter(None, told)))],
                 tone="warn")]


def told(group: Group) -> list[Block]:
    """Return every caveat, one paragraph each, under a few words."""
    paragraphs: list[Text] = []
    for head, lines in all_of(group).items():
        paragraphs.append([strong(f"{head}. "), " ".join(map(words.sentence, lines))])
    return [Prose(paragraphs=paragraphs)]
