"""Whether the order survives another method, and another set of options."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]
Method = Callable[[Array, Array], Array]
"""Takes scores (options x criteria) and weights, returns the standing of each option, the larger the better."""


def weighted_mean(scores: Array, weights: Array) -> Array:
    """Return the weighted mean of the scores, which the rest of the report rests on."""
    return scores @ weights


def topsis(scores: Array, weights: Array) -> Array:
    """Return the closeness to the best and distance from the worst values at hand (TOPSIS)."""
    from pymcdm.methods import TOPSIS  # takes more than a second, and only this section needs it

    return _of(TOPSIS(), scores, weights)


def promethee(scores: Array, weights: Array) -> Array:
    """Return the net flow of pairwise preferences, each counted whatever its size (PROMETHEE II)."""
    from pymcdm.methods import PROMETHEE_II  # as above

    return _of(PROMETHEE_II("usual"), scores, weights)


METHODS: dict[str, Method] = {"Weighted mean": weighted_mean, "TOPSIS": topsis, "PROMETHEE II": promethee}


def _of(method: Any, scores: Array, weights: Array) -> Array:
    """Apply a method to the criteria that tell the options apart: the others have no scale to be set on."""
    telling = (np.ptp(scores, axis=0) > 1e-12) & (weights > 0)
    if not telling.any():
        return np.zeros(len(scores))
    kept = weights[telling] / weights[telling].sum()
    return np.asarray(method(scores[:, telling], kept, np.ones(int(telling.sum())), validation=False), dtype=float)


def places(standing: Array) -> list[int]:
    """Return the place of each option, the best first; options that stand alike share a place.

    >>> places(np.array([0.2, 0.9, 0.2]))
    [2, 1, 2]
    """
    return [1 + int((standing > one + 1e-9).sum()) for one in standing]


def agreement(method: Method, scores: Array, weights: Array) -> float:
    """Return in which share of some draws a method puts the same option first as the weighted mean does.

    Parameters
    ----------
    scores : array of draws x options x criteria
    weights : array of draws x criteria
    """
    same = [int(np.argmax(method(one, by))) == int(np.argmax(one @ by)) for one, by in
            zip(scores, weights, strict=True)]
    return float(np.mean(same))


def reversals(method: Method, scores: Array, weights: Array, kept: Sequence[int]) -> list[tuple[int, int]]:
    """Return the pairs of options that change sides when only some options are compared.

    Parameters
    ----------
    kept : sequence of int
        The options that stay.

    Returns
    -------
    list of (int, int)
        Pairs of which the first was ahead with all options and is behind without the others.
    """
    whole, part = method(scores, weights), method(scores[list(kept)], weights)
    return [(a, b) for i, a in enumerate(kept) for j, b in enumerate(kept)
            if whole[a] > whole[b] + 1e-9 and part[i] < part[j] - 1e-9]
