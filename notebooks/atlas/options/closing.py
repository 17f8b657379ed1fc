"""Who would choose what, which facts would move most readers, and what the page rests on."""

from __future__ import annotations

import numpy as np

from atlas import words
from atlas.blocks import Block, Prose, Run, Table, Text, link, strong
from atlas.options import smaa
from atlas.options.acceptance import TOLD
from atlas.options.subject import Array, Weighed
from atlas.options.wording import ORIGINS

MOST = 3
"""Criteria named for each option."""
CLOSE = 0.03
"""A weight that differs by less from the average is no strong concern."""
FACTS, EACH = 6, 2
"""Facts named, in all and for one option."""


def who(subject: Weighed) -> list[Block]:
    """Return the closing paragraphs: who would choose which option, and how much of it is made up."""
    paragraphs: list[Text] = []
    first, central = subject.result.first, subject.result.central
    if not subject.weighing.point:
        for i in subject.order:
            if first[i] >= TOLD:
                paragraphs.append(_preference(subject, i, central[i]))
    else:
        paragraphs.append("With the weights fixed only the scores decide: " + words.listing(
            f"{subject.name(i)} first in {words.percent(first[i])}" for i in subject.order if first[i] > 0) + ".")
    rare = [subject.name(i) for i in subject.order if first[i] < TOLD]
    if rare:
        paragraphs.append(f"For {words.listing(rare)} hardly any weights speak as long as the cells are as they are; "
                          "with other cells that may change, and no page can rule it out.")
    panel = subject.count("panel")
    moved = sum(len(one.shifts) for one in subject.file.scenarios)
    made = sum(shift.origin == "panel" for one in subject.file.scenarios for shift in one.shifts)
    if panel:
        paragraphs.append([strong(f"All this rests on a table of which {panel} of {subject.size} cells are the "
                                  "panel's, that is our own example. "),
                           f"{_also(made, moved)}The page shows how the arithmetic goes and where it tips; it does not "
                           "say what should be done."])
    return [Prose(paragraphs=paragraphs)]


def _also(made: int, moved: int) -> str:
    """Say how many shifts by scenario are made up too."""
    if not made:
        return ""
    return f"{'All' if made == moved else f'{made} of'} {moved} shifts by scenario are the panel's too. "


def _preference(subject: Weighed, option: int, central: Array) -> Text:
    centre = subject.weighing.centre
    more = central - centre
    top = [int(j) for j in np.argsort(-more, kind="stable")[:MOST] if more[j] > 0]
    low = int(np.argmin(more))
    shares = [f"{words.percent(central[j], 1)} instead of {words.percent(float(centre[j]), 1)}" for j in top]
    shares[0] = shares[0].replace(" instead", " of all weight instead")
    cares = words.listing(f"{subject.criteria[j].short} ({share})" for j, share in zip(top, shares, strict=True))
    less = f"{subject.criteria[low].short} ({words.percent(central[low], 1)})"
    how = (f"if you care more than most about {cares}, and less about {less}." if more[top[0]] >= CLOSE else
           f"if your concerns lie near the average, with perhaps a little more for {cares} and a little less for "
           f"{less}.")
    return [strong(f"You would choose {subject.name(option)} "), how]


def facts(subject: Weighed) -> list[Block]:
    """Return the facts that would move most readers: the cells whose range decides most first places."""
    low, high = (end.mean(axis=0) for end in subject.shifted(subject.bounds, subject.scenarios))
    swing = smaa.swings(low, high, subject.weighing.draw, subject.draws, subject.seed)
    chosen = _largest(np.abs(swing))
    rows: list[list[Text]] = []
    for size, i, j in chosen:
        cell = subject.cells.get((i, j))
        origin = "nobody says" if cell is None else ORIGINS[cell.origin]
        rows.append([f"{subject.options[i].name}: {subject.criteria[j].short}", f"{100 * size:.0f}",
                     strong("PANEL") if cell and cell.origin == "panel" else origin,
                     subject.criteria[j].watch])
    columns = [{"name": "If this were known", "width": 2.6}, {"name": "Points", "align": "right", "width": 0.7},
               {"name": "Known from", "width": 1.2}, {"name": "What would tell", "width": 2.8}]
    top = chosen[0]
    said = (f"The fact that would move most readers: how {subject.name(top[1])} turns out on "
            f"{subject.criteria[top[2]].short}. At the better half of its range that option comes first in "
            f"{100 * top[0]:.0f} more draws of a hundred than at the worse half. What would tell: "
            f"{subject.criteria[top[2]].watch}.")
    return [Prose(paragraphs=[said]), Table(caption="Facts that would move most readers", columns=columns, rows=rows,
                                            compact=True,
                                            note="Points: by how many per cent of the draws the option's share of "
                                                 "first places differs between the better and the worse half of the "
                                                 "range. At most two facts for each option.")]


def _largest(swing: Array) -> list[tuple[float, int, int]]:
    """Return the largest swings, the largest first, but not more than two of one option."""
    found: list[tuple[float, int, int]] = []
    for size, i, j in sorted(((float(size), *key) for key, size in np.ndenumerate(swing)), reverse=True):
        if sum(i == option for _, option, _ in found) < EACH:
            found.append((size, i, j))
    return found[:FACTS]


def sources(subject: Weighed) -> list[Block]:
    """Return the text, the method's literature and the pages behind the cells."""
    text = subject.assessment
    authors = f"{words.listing(text.authors)}: " if text.authors else ""
    place: list[Run] = [link(text.source, text.source)] if text.source.startswith("http") else ["supplied as a file"]
    paragraphs: list[Text] = [[strong(f"{text.publisher} {text.edition}. "),
                               f"{authors}{text.title}. {text.publisher}, {words.day(text.written)}, ", *place, "."]]
    paragraphs += [[strong(f"{page.publisher}. "), f"{page.title}, {words.day(page.date)}. ", link("page", page.url),
                    "."] for page in subject.file.pages]
    paragraphs.append(
        "Method: R. Lahdelma and P. Salminen, SMAA-2: stochastic multicriteria acceptability analysis for group "
        "decision making, Operations Research 49(3), 2001; T. Tervonen and J. R. Figueira, A survey on stochastic "
        "multicriteria acceptability analysis methods, Journal of Multi-Criteria Decision Analysis 15, 2008. Other "
        "methods: the library pymcdm.")
    return [Prose(paragraphs=paragraphs)]
