"""How often each option comes first, and whose weights those are."""

from __future__ import annotations

import numpy as np
import pandas as pd

from atlas import charts, words
from atlas.blocks import Block, Prose, Table, Text
from atlas.options import file, smaa
from atlas.options.subject import Weighed
from atlas.options.wording import confidence, often

TOLD = 0.02
"""The share of first places from which on central weights rest on enough draws to be told."""


def told(subject: Weighed) -> list[Block]:
    """Return a sentence on the first places, their error, and the table of all indices."""
    result = subject.result
    said = (f"{result.draws:,} draws, in {smaa.BATCHES} batches. The standard error of a share is at most "
            f"{words.percent(float(result.errors.max()), 2)} by the formula and "
            f"{words.percent(float(result.batch_errors.max()), 2)} by how much the batches differ, so differences of "
            f"less than about {words.percent(max(0.001, 3 * result.error), 1)} mean nothing here.")
    rows: list[list[Text]] = [
        [subject.options[i].name, words.percent(result.first[i], 1), f"± {words.percent(result.errors[i, 0], 2)}",
         words.rank(int(np.argmax(result.ranks[i])) + 1), _factor(float(result.confidence[i]))] for i in subject.order]
    columns = [{"name": "Option", "width": 2.6}, {"name": "First place", "align": "right", "width": 1.1},
               {"name": "Error", "align": "right", "width": 1},
               {"name": "Place most often", "align": "right", "width": 1},
               {"name": "Confidence", "width": 1.5}]
    note = ("First place: share of the draws (rank acceptability); error: its standard error. Confidence: how often "
            "the option is first for those who hold its central weights, when only the scores vary (the confidence "
            "factor); from 80 % on high, from 50 % on moderate, below low. The shares of all places stand behind the "
            "chart on the first page.")
    return [Prose(paragraphs=[said]), Table(caption="First places and how sure they are", columns=columns, rows=rows,
                                            compact=True, note=note)]


def _factor(value: float) -> str:
    return "–" if np.isnan(value) else f"{confidence(value)}, {words.percent(value)}"


def wins(subject: Weighed) -> list[Block]:
    """Return the grid of pairwise wins."""
    order = subject.order
    shown = pd.DataFrame(100 * subject.result.wins[np.ix_(order, order)], index=[subject.shorts[i] for i in order],
                         columns=[subject.shorts[i] for i in order])
    shown = shown.mask(np.eye(len(order), dtype=bool))
    a, b = order[:2]
    share = subject.result.wins[a, b]
    title = (f"Put side by side, {subject.shorts[a]} beats {subject.shorts[b]} {often(share)}, in "
             f"{words.percent(share)} of the draws")
    caption = subject.caption(title, "Share of draws in which the option of the row beats that of the column", "wins",
                              "% of draws")
    return [charts.grid(shown, caption, down="option", across="beats the option below")]


def profiles(subject: Weighed) -> list[Block]:
    """Return the chart of central weights."""
    chosen = [i for i in subject.order if subject.result.first[i] >= TOLD]
    if subject.weighing.point or not chosen:
        return [Prose(paragraphs=["With fixed weights there are no central weights to show: everybody is taken to "
                                  "care in the same way."])]
    table = pd.DataFrame(subject.result.central[chosen].T, index=[one.short for one in subject.criteria],
                         columns=[subject.shorts[i] for i in chosen])
    average = pd.Series(subject.weighing.centre, index=table.index)
    last = chosen[-1]
    top = int(np.argmax(subject.result.central[last] - subject.weighing.centre))
    title = (f"Those who would put {subject.shorts[last]} first care above all about {subject.criteria[top].short}")
    caption = subject.caption(title, "Central weights: the mean of the weights that put an option first", "weights",
                              "% of all weight",
                              note="The short line is the mean of all weights that are allowed. Options that come "
                                   "first in fewer than two draws of a hundred are left out.")
    return [charts.profiles(table, average, caption)]


def by_set(subject: Weighed) -> list[Block]:
    """Return the grid of first places by set of weights."""
    rows = {}
    for one in subject.file.weight_sets:
        rows[one.name] = subject.run(subject.bounds, subject.scenarios, file.chosen_weights(subject.file, one.id),
                                     subject.side).first
    table = pd.DataFrame(rows, index=subject.shorts).T * 100
    leaders = [str(name) for name in table.idxmax(axis=1)]
    title = (f"{words.capital(leaders[0])} leads under every set of weights, by different margins"
             if len(set(leaders)) == 1 else
             f"The lead changes with the weights: {words.listing(dict.fromkeys(leaders))} each lead somewhere")
    caption = subject.caption(title, "Share of first places by set of weights", "sets", "% of draws")
    sets: list[list[Text]] = [[one.name, one.what] for one in subject.file.weight_sets]
    columns = [{"name": "Set", "width": 1}, {"name": "Who weighs like that", "width": 3}]
    return [Table(caption="The sets of weights", columns=columns, rows=sets, compact=True),
            charts.grid(table, caption, down="weights", across="comes first")]
