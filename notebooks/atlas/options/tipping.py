"""Tipping points: how far one weight must move before another option comes first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Stretch:
    """A stretch of the weight of one criterion in which one option leads."""

    option: int
    start: float
    end: float


def stretches(scores: Array, weights: Array, criterion: int) -> list[Stretch]:
    """Return which option leads as one weight runs from nought to one, the others keeping their proportions.

    The value of every option changes in a straight line with the weight, so the crossings are exact.

    Parameters
    ----------
    scores : array of options x criteria
    weights : array
        The weights from which the others take their proportions.
    criterion : int

    Examples
    --------
    >>> stretches(np.array([[1.0, 0.0], [0.0, 1.0]]), np.array([0.3, 0.7]), 0)
    [Stretch(option=1, start=0.0, end=0.5), Stretch(option=0, start=0.5, end=1.0)]
    """
    rest = np.delete(weights, criterion)
    rest = rest / rest.sum() if rest.sum() > 0 else np.full(len(rest), 1 / len(rest))
    base = np.delete(scores, criterion, axis=1) @ rest
    slope = scores[:, criterion] - base
    found: list[Stretch] = []
    at = 0.0
    leader = _ahead(base, slope)
    while True:
        with np.errstate(divide="ignore", invalid="ignore"):
            meets = (base[leader] - base) / (slope - slope[leader])
        later = [(float(meets[i]), -float(slope[i]), i) for i in range(len(base))
                 if slope[i] > slope[leader] + 1e-12 and at - 1e-12 <= meets[i] < 1]
        if not later:
            return [*found, Stretch(leader, at, 1.0)]
        crossing, _, following = min(later)
        if crossing > at + 1e-12:
            found.append(Stretch(leader, at, crossing))
            at = crossing
        leader = following


def _ahead(base: Array, slope: Array) -> int:
    """Return who leads at a weight of nought; of several the one that gains most."""
    best = np.flatnonzero(base >= base.max() - 1e-12)
    return int(best[np.argmax(slope[best])])


@dataclass(frozen=True)
class Tip:
    """The nearest weights of one criterion at which the lead changes; none where it does not on that side."""

    weight: float
    leader: int
    below: tuple[float, int] | None
    above: tuple[float, int] | None

    @property
    def distance(self) -> float:
        """How far the nearest change is, in shares of the whole weight; infinite if there is none."""
        return min((abs(side[0] - self.weight) for side in (self.below, self.above) if side), default=float("inf"))


def tip(parts: Sequence[Stretch], weight: float) -> Tip:
    """Return the nearest changes of the lead around a weight."""
    here = next(i for i, part in enumerate(parts) if weight <= part.end + 1e-12)
    return Tip(weight, parts[here].option,
               (parts[here].start, parts[here - 1].option) if here else None,
               (parts[here].end, parts[here + 1].option) if here + 1 < len(parts) else None)
