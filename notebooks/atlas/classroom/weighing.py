"""Session three, *Weights and words*: a small table of options, and the checks on what students compute from it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np

from atlas import words
from atlas.blocks import Block, Table
from atlas.classroom import options, wording
from atlas.classroom.answers import Again, check, outcome, returned
from atlas.classroom.specimen import Specimen
from atlas.classroom.wording import Facts
from atlas.data import tables
from atlas.options import smaa

Array = np.ndarray[Any, Any]
CLOSE = 1e-6
DRAWS = 20_000
APART = 0.02
"""By how much shares of this many draws may differ by chance, generously."""
SUMS: tuple[tuple[list[float], list[float], str], ...] = (
    ([1.0, 0.0], [0.5, 0.5], "scores 1 and 0 with equal weights"),
    ([2.0, -1.0, 0.0], [0.5, 0.3, 0.2], "scores 2, -1 and 0 with weights 0.5, 0.3 and 0.2"),
    ([2.0, -1.0], [3.0, 1.0], "scores 2 and -1 with weights 3 and 1, which do not add up to one"),
)
TIES: tuple[tuple[list[float], list[float], list[float], int, str], ...] = (
    ([1.0, 0.0], [0.0, 1.0], [0.3, 0.7], 0, "options that mirror each other"),
    ([2.0, 0.0, 1.0], [0.0, 1.0, 2.0], [0.2, 0.4, 0.4], 0, "three criteria"),
    ([2.0, 1.0], [1.0, 0.0], [0.5, 0.5], 0, "an option that is better on everything"),
    ([1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.2, 0.6, 0.2], 0, "rests of unequal size"),
)


class Lesson:
    """The material of session three for a country.

    Parameters
    ----------
    country : str
        ISO 3166-1 alpha-3 code of a state; one with an options file brings its own options, others get invented ones.
    """

    def __init__(self, country: str) -> None:
        self.tables, self.country = tables(), country
        self.specimen = Specimen(self.tables, country)
        self.options = options.of(self.tables, country)

    @property
    def scores(self) -> Array:
        """The scores, options by criteria, from -2 (much worse) to 2 (much better)."""
        return self.options.scores.copy()

    def table(self) -> list[Block]:
        """Show the consequence table."""
        rows = [[name, *(f"{score:+.1f}" for score in row)]
                for name, row in zip(self.options.names, self.options.scores, strict=True)]
        right = [{"name": name, "align": "right"} for name in self.options.criteria]
        return [Table("What each option does, from −2 to +2", ["option", *right], rows, self.options.origin)]

    @check
    def check_value(self, function: Callable[..., Any]) -> str:
        """Check a function that weighs the scores of an option."""
        for scores, weights, what in SUMS:
            theirs = float(returned(function, np.array(scores), np.array(weights), what=what))
            ours = float(np.average(scores, weights=weights))
            if abs(theirs - ours) < CLOSE:
                continue
            if abs(theirs - float(np.dot(scores, weights))) < CLOSE:
                raise Again(f"For {what} your function says {theirs:g}. Double all weights: nobody has changed their "
                            "mind, yet the value doubles. What has to be done to the weights first?")
            if abs(theirs - float(np.mean(scores))) < CLOSE:
                raise Again("Your function gives every criterion the same say. Where do the weights come in?")
            raise Again(f"For {what} your function says {theirs:g}. Work the case out by hand, one product at a time.")
        return "A weight is a share of the say: only proportions count."

    @check
    def check_tipping(self, function: Callable[..., Any]) -> str:
        """Check a function that finds the weight at which two options are worth the same."""
        for first, second, weights, criterion, what in TIES:
            theirs = outcome(function, np.array(first), np.array(second), np.array(weights), criterion, what=what)
            gap = np.array(first) - np.array(second)
            rest = np.delete(weights, criterion) / np.delete(weights, criterion).sum()
            base, slope = float(np.delete(gap, criterion) @ rest), float(gap[criterion])
            ours = base / (base - slope) if base != slope else None
            if ours is None or not 0 <= ours <= 1:
                if theirs is not None:
                    raise Again(f"For {what} your function says {theirs}. Put that weight in: is it a share between "
                                "nought and one, and are the options then worth the same? If no weight does it, "
                                "say None.")
                continue
            if theirs is None:
                raise Again(f"For {what} your function gives nothing back, though the lead does change. At weight "
                            "nought one option is ahead, at weight one the other: where do they meet?")
            left = (1 - float(theirs)) * base + float(theirs) * slope
            if abs(left) > CLOSE:
                raise Again(f"For {what} your function says {float(theirs):.3f}. With that weight, and the others in "
                            "their old proportions, one option is still ahead by "
                            f"{abs(left):.2f}. Do your weights still add up to one?")
        return "At a tipping point the dispute is no longer about the facts: it is about how much one thing counts."

    @check
    def check_first(self, function: Callable[..., Any]) -> str:
        """Check a function that draws weights, and counts how often each option comes first."""
        corner = np.array([[1.0, 0.0, 0.0], [0.6, 0.6, 0.6]])
        shares = np.asarray(returned(function, corner, DRAWS, 1, what="an option that is best on one thing "
                                                                      "alone"), dtype=float)
        if shares.shape != (2,) or abs(shares.sum() - 1) > CLOSE:
            raise Again("Give back one share for each option, and let them add up to one: in every draw somebody is "
                        "first.")
        if abs(shares[0] - 0.16) > APART:
            raise Again(_uneven(shares[0]))
        if any(not np.array_equal(function(corner, DRAWS, seed), function(corner, DRAWS, seed)) for seed in range(4)):
            raise Again("Run twice, your function gives two answers. Others must be able to repeat your figures: "
                        "what did the seed do?")
        theirs, ours = np.asarray(function(self.scores, DRAWS, 1), dtype=float), self.firsts
        if np.abs(theirs - ours).max() > APART:
            raise Again("The function fits the small example but not the table of this session: does it lean on two "
                        "options?")
        shown = [f"{name} in {100 * share:.0f} per cent" for name, share in zip(self.options.names, ours, strict=True)]
        return (f"Of all ways to weigh, {words.listing(shown)} put it first. This is no winner: it says how many "
                "would agree.")

    @cached_property
    def firsts(self) -> Array:
        """How often each option comes first when all weights are as likely, by the package's own method."""
        number = self.scores.shape[1]
        found = smaa.run(smaa.between(self.scores[None], self.scores[None]),
                         lambda rng, size: rng.dirichlet(np.ones(number), size), DRAWS, 1)
        return found.ranks[:, 0]

    @cached_property
    def facts(self) -> Facts:
        """The facts that an update may use."""
        return Facts(self.tables, self.country, self.specimen)

    @check
    def check_base_rate(self, function: Callable[..., Any]) -> str:
        """Check a function that turns a series into a first guess for the coming year."""
        for values, what in (([3.0, 2.0, 1.0], "three years, falling"), ([1.0, 2.0, 3.0, 2.0], "four years with one "
                                                                                               "fall"),
                             ([1.0, 1.0], "two years without a change")):
            theirs, ours = float(returned(function, values, what=what)), wording.base_rate(values)
            if abs(theirs - ours) > CLOSE:
                raise Again(_certain(theirs, values, what))
        return (f"For {self.specimen.the} the first guess is {100 * self.facts.base:.0f} per cent. Reasons may move "
                "you from it.")

    @check
    def check_sentences(self, likelihood: str, confidence: str) -> str:
        """Check one sentence of likelihood and one of confidence."""
        return wording.judge_sentences(likelihood, confidence, self.facts)

    @check
    def check_update(self, text: str, likelihood: str, confidence: str) -> str:
        """Check an update of at most 120 words."""
        wording.judge_sentences(likelihood, confidence, self.facts)
        return wording.judge_update(text, likelihood, confidence, self.facts)


def _uneven(share: float) -> str:
    if abs(share - 2 / 27) < APART:
        return ("Nearly: three even numbers divided by their sum lie too often in the middle, so that people who "
                "care about one thing alone are missing. Which draw is even over all weights? (numpy: rng.dirichlet)")
    return (f"An option that leads only if one weight of three is above 0.6 comes first in {100 * share:.0f} per "
            "cent of your draws. Draw the triangle of all weights: which part of it lies in that corner?")


def _certain(theirs: float, values: Sequence[float], what: str) -> str:
    steps = len(values) - 1
    falls = sum(later < earlier for earlier, later in pairwise(values))
    if abs(theirs - falls / steps) < CLOSE:
        return (f"For {what} your function says {theirs:g}. That is the bare share: a few years would make you "
                "certain. What do one more fall and one more rise do to it?")
    if abs(theirs - (falls + 1) / (len(values) + 2)) < CLOSE:
        return "You count years. What can fall is a step from one year to the next: how many steps have so many years?"
    return (f"For {what} your function says {theirs:g}. Count the steps, then those that go down, and add one of each "
            "sort.")
