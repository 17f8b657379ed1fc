"""The small table that a class weighs: from a country's options file, or invented where there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from atlas import words
from atlas.data import Tables
from atlas.options import file
from atlas.options.wording import inside

Array = np.ndarray[Any, Any]
OPTIONS, CRITERIA = 3, 4
"""How many options and criteria fit on a blackboard."""


@dataclass(frozen=True)
class Small:
    """Options by criteria, with where the scores come from."""

    names: list[str]
    criteria: list[str]
    scores: Array
    origin: str


INVENTED = Small(
    ["carry on", "offer more", "ask for more"], ["cost", "trust", "influence", "example to others"],
    np.array([[1.0, 0.0, -1.0, 0.0], [-1.0, 2.0, 1.0, -1.0], [0.5, -1.5, 0.5, 1.5]]),
    "Invented for class: nobody has proposed or scored this. Replace the scores by your own.")


def of(tables: Tables, country: str) -> Small:
    """Return the first options of a country's file and the criteria that tell them apart most, or invented ones."""
    paths = file.of_country(tables.root, country)
    if not paths:
        return INVENTED
    found = file.read(paths[0])
    chosen = found.options[:OPTIONS]
    cells = [[found.cell(option.id, one.id) for one in found.criteria] for option in chosen]
    middle = np.array([[sum(cell.span) / 2 if cell else 0.0 for cell in row] for row in cells])
    kept = sorted(np.argsort(-np.ptp(middle, axis=0), kind="stable")[:CRITERIA])
    return Small([inside(option.name) for option in chosen], [found.criteria[i].short for i in kept], middle[:, kept],
                 f"The middle of each range in {paths[0].name}, {words.count(CRITERIA)} criteria that differ most. "
                 "An example to be weighed, not a finding: see the notebook on options.")
