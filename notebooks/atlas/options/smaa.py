"""Stochastic multicriteria acceptability: how often each option comes first, second … when weights and scores vary.

SMAA-2 after Lahdelma and Salminen (2001): weights drawn evenly from all that are allowed, scores from their ranges, the
value of an option is the weighted mean of its scores. A hundred thousand draws of six options under eleven criteria
take about half a second on one core (`python tests/benchmarks/options.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]
Sampler = Callable[[np.random.Generator, int], Array]
"""Draws a number of samples: weights (samples x criteria), or scores (samples x options x criteria)."""
BATCHES = 20
_TIE = 1e-9
"""Options of the same value take turns: a shift too small to change any other order decides."""


@dataclass(frozen=True)
class Acceptability:
    """What the draws say.

    Attributes
    ----------
    ranks : array of options x ranks
        Rank acceptability indices: in which share of the draws an option takes a rank.
    errors, batch_errors : array of options x ranks
        Their standard errors: by the formula for a share, and from how much the batches differ.
    central : array of options x criteria
        Central weights: the mean of those weights that put an option first; not a number for one that is never first.
    wins : array of options x options
        In which share of the draws the option of the row beats the one of the column.
    confidence : array
        How often an option is first with its own central weights when only the scores vary.
    """

    draws: int
    ranks: Array
    errors: Array
    batch_errors: Array
    central: Array
    wins: Array
    confidence: Array

    @property
    def first(self) -> Array:
        """In which share of the draws each option comes first."""
        return self.ranks[:, 0]

    @property
    def error(self) -> float:
        """The largest standard error of any share, by either reckoning."""
        return float(max(self.errors.max(), self.batch_errors.max()))


def between(low: Array, high: Array) -> Sampler:
    """Return a sampler of scores, evenly and independently between bounds.

    Parameters
    ----------
    low, high : array of scenarios x options x criteria
        With several scenarios each draw takes place in one of them, all as likely.
    """
    low, wide = np.asarray(low, dtype=float), np.asarray(high, dtype=float) - low

    def draw(rng: np.random.Generator, number: int) -> Array:
        scores = rng.random((number, *low.shape[1:]))
        if len(low) == 1:
            scores *= wide[0]
            scores += low[0]
            return scores
        where = rng.integers(len(low), size=number)
        return scores * wide[where] + low[where]

    return draw


def values(scores: Array, weights: Array) -> Array:
    """Return the value of every option in every draw: the weighted mean of its scores."""
    return np.matmul(scores, weights[:, :, None])[:, :, 0]


def run(scores: Sampler, weights: Sampler, draws: int = 100_000, seed: int = 1) -> Acceptability:
    """Draw, rank and count.

    Parameters
    ----------
    scores, weights : Sampler
    draws : int
        Rounded up to a whole number of batches.
    seed : int
        The same seed gives the same figures.
    """
    size = -(-draws // BATCHES)
    streams = np.random.default_rng(seed).spawn(2 * BATCHES)
    batches = [_batch(scores, weights, rng, size) for rng in streams[:BATCHES]]
    each = np.array([one[0] for one in batches])
    ranks = each.mean(axis=0)
    firsts = ranks[:, 0] * size * BATCHES
    with np.errstate(invalid="ignore", divide="ignore"):
        central = sum(one[1] for one in batches) / firsts[:, None]
    return Acceptability(
        draws=size * BATCHES, ranks=ranks, errors=np.sqrt(ranks * (1 - ranks) / (size * BATCHES)),
        batch_errors=each.std(axis=0, ddof=1) / np.sqrt(BATCHES), central=central,
        wins=np.mean([one[2] for one in batches], axis=0),
        confidence=np.mean([_confidence(scores, central, rng, size) for rng in streams[BATCHES:]], axis=0))


def _batch(scores: Sampler, weights: Sampler, rng: np.random.Generator, size: int) -> tuple[Array, Array, Array]:
    """Return the shares of ranks, the sums of the weights that put each option first, and the pairwise wins."""
    drawn = weights(rng, size)
    worth = values(scores(rng, size), drawn)
    worth += _TIE * rng.random(worth.shape)
    options = worth.shape[1]
    beaten = worth[:, :, None] > worth[:, None, :]
    places = options - 1 - beaten.sum(axis=2)
    ranks = np.array([np.bincount(places[:, i], minlength=options) for i in range(options)]) / size
    first = np.eye(options)[places.argmin(axis=1)]
    return ranks, first.T @ drawn, beaten.mean(axis=0)


def _confidence(scores: Sampler, central: Array, rng: np.random.Generator, size: int) -> Array:
    """Return how often each option is first under its own central weights."""
    worth = scores(rng, size) @ np.nan_to_num(central).T  # draws x options x whose weights
    best = worth.argmax(axis=1)
    shares = (best == np.arange(len(central))).mean(axis=0)
    return np.where(np.isnan(central[:, 0]), np.nan, shares)


def swings(low: Array, high: Array, weights: Sampler, draws: int = 100_000, seed: int = 1) -> Array:
    """Return how much an option's share of first places rises from the poor to the good half of each of its ranges.

    Parameters
    ----------
    low, high : array of options x criteria

    Returns
    -------
    array of options x criteria
        Differences of shares; nought where there is no range.
    """
    rng = np.random.default_rng(seed)
    size = max(1, draws // BATCHES)
    good, seen, first_good, first = (np.zeros(low.shape) for _ in range(4))
    for _ in range(BATCHES):
        drawn = rng.random((size, *low.shape))
        worth = values(low + drawn * (high - low), weights(rng, size))
        best = np.eye(len(low))[(worth + _TIE * rng.random(worth.shape)).argmax(axis=1)]
        upper = drawn > 0.5
        good += upper.sum(axis=0)
        seen += size
        first_good += (upper & (best > 0)[:, :, None]).sum(axis=0)
        first += best.sum(axis=0)[:, None]
    found = first_good / np.maximum(good, 1) - (first - first_good) / np.maximum(seen - good, 1)
    return np.where(high > low, found, 0.0)
