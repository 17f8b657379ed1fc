"""Which weights are allowed: named sets, weights of one's own, orders of importance, and even draws from them."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from atlas.errors import WrongUse, nearest

OTHER = "other"
"""Stands for every criterion that is not named."""
Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Weighing:
    """The weights that are allowed: one point, or all that respect an order of importance.

    Every weight that is allowed is as likely as any other: the draws are uniform on the simplex as far as the order
    permits. No draw is rejected. All complete orders that agree with a partial one cut pieces of the same size from
    the simplex; so one of them is drawn evenly, by counting, and a sorted flat Dirichlet sample is dealt out along it.

    Attributes
    ----------
    point : tuple of float
        The weights, if they are fixed; they add up to one.
    heavier : frozenset of (int, int)
        Pairs of criteria of which the first weighs at least as much as the second.
    """

    size: int
    point: tuple[float, ...] = ()
    heavier: frozenset[tuple[int, int]] = frozenset()

    @cached_property
    def _counts(self) -> Array:
        """In how many ways the order can be completed, by which criteria were placed already (a number of bits)."""
        above = [sum(1 << a for a, b in self.heavier if b == j) for j in range(self.size)]
        full = (1 << self.size) - 1
        counts = np.zeros(full + 1)
        counts[full] = 1
        for placed in range(full - 1, -1, -1):
            counts[placed] = sum(counts[placed | 1 << j] for j in range(self.size)
                                 if not placed >> j & 1 and above[j] & placed == above[j])
        return counts

    @cached_property
    def _chances(self) -> Array:
        """The chance of each criterion to come next, by which were placed already."""
        masks = np.arange(1 << self.size)
        found = np.zeros((len(masks), self.size))
        above = [sum(1 << a for a, b in self.heavier if b == j) for j in range(self.size)]
        for j in range(self.size):
            free = (masks >> j & 1 == 0) & (masks & above[j] == above[j])
            found[free, j] = self._counts[masks[free] | 1 << j]
        return found / np.maximum(self._counts, 1)[:, None]

    @property
    def possible(self) -> bool:
        """Whether any weights satisfy the order."""
        return bool(self.point) or self._counts[0] > 0

    def draw(self, rng: np.random.Generator, number: int) -> Array:
        """Draw weights evenly from all that are allowed: an array of `number` by criteria."""
        if self.point:
            return np.tile(self.point, (number, 1))
        drawn = rng.standard_exponential((number, self.size))
        drawn /= drawn.sum(axis=1, keepdims=True)
        if not self.heavier:
            return drawn
        drawn = -np.sort(-drawn, axis=1)
        found = np.empty_like(drawn)
        steps = np.cumsum(self._chances, axis=1)
        steps /= np.maximum(steps[:, -1:], 1e-300)
        placed = np.zeros(number, dtype=int)
        for rank in range(self.size):
            chosen = (rng.random(number)[:, None] >= steps[placed]).sum(axis=1)
            found[np.arange(number), chosen] = drawn[:, rank]
            placed |= 1 << chosen
        return found

    @cached_property
    def centre(self) -> Array:
        """The mean of all allowed weights, exactly; for a complete order these are the rank-order centroid weights.

        >>> Weighing(3, heavier=frozenset({(0, 1), (1, 2)})).centre.round(4)
        array([0.6111, 0.2778, 0.1111])
        """
        if self.point:
            return np.array(self.point)
        ranked = np.array([sum(1 / i for i in range(k, self.size + 1)) / self.size for k in range(1, self.size + 1)])
        reached = np.zeros(1 << self.size)
        reached[0] = 1.0
        found = np.zeros(self.size)
        for placed in range(len(reached) - 1):
            if reached[placed]:
                found += reached[placed] * self._chances[placed] * ranked[placed.bit_count()]
                for j in np.flatnonzero(self._chances[placed]):
                    reached[placed | 1 << int(j)] += reached[placed] * self._chances[placed, j]
        return found


def parse(text: str, names: Sequence[str], sets: Mapping[str, str]) -> Weighing:
    """Read the parameter `weights`: the name of a set, weights, or an order of importance.

    Parameters
    ----------
    text : str
        `any`, `prisoners=3, other=1` or `prisoners > escalation, escalation > other`.
    names : sequence of str
        The criteria.
    sets : mapping
        The named sets, each as it would be typed.

    Raises
    ------
    WrongUse
        For an unknown name, a size that is no number, or an order that runs in a circle.

    Examples
    --------
    >>> parse("a=3, other=1", ["a", "b", "c"], {}).point
    (0.6, 0.2, 0.2)
    >>> sorted(parse("b > other", ["a", "b", "c"], {}).heavier)
    [(1, 0), (1, 2)]
    """
    said = text.strip()
    if said in sets:
        said = sets[said]
    elif not re.search(r"[=>]", said):
        raise WrongUse(f"weights={said!r} is no set of this file{nearest(said, sets)}; there are {', '.join(sets)}, "
                       f"or your own as in {names[0]}=3, other=1 or {names[0]} > other")
    parts = [part.strip() for part in re.split(r"[,;\n]", said) if part.strip()]
    if not parts:
        return Weighing(len(names))
    if all("=" in part for part in parts):
        return _point(parts, names)
    if all(">" in part for part in parts):
        return _order(parts, names)
    raise WrongUse(f"weights={text!r}: give either sizes (a=3, other=1) or an order (a > b), not both")


def _known(name: str, names: Sequence[str]) -> None:
    if name not in names and name != OTHER:
        raise WrongUse(f"weights: {name!r} is no criterion of this file{nearest(name, names)}; "
                       f"there are {', '.join(names)}, and other")


def _point(parts: Sequence[str], names: Sequence[str]) -> Weighing:
    given: dict[str, float] = {}
    for part in parts:
        name, _, size = (one.strip() for one in part.partition("="))
        _known(name, names)
        try:
            given[name] = float(size)
        except ValueError:
            raise WrongUse(f"weights: {name}={size!r} is no number; expected as in {name}=3") from None
        if not 0 <= given[name] < math.inf:
            raise WrongUse(f"weights: {name}={size} is no weight; expected nought or more")
    sizes = [given.get(name, given.get(OTHER, 0.0)) for name in names]
    if not sum(sizes):
        raise WrongUse("weights: all of them are nought; give at least one criterion a weight")
    return Weighing(len(names), tuple(size / sum(sizes) for size in sizes))


def _order(parts: Sequence[str], names: Sequence[str]) -> Weighing:
    chains = [[name.strip() for name in part.split(">")] for part in parts]
    named = {name for chain in chains for name in chain}
    pairs: set[tuple[int, int]] = set()
    for chain in chains:
        for name in chain:
            _known(name, names)
        for one, other in itertools.pairwise(chain):
            pairs |= {(names.index(a), names.index(b)) for a in _meant(one, names, named)
                      for b in _meant(other, names, named) if a != b}
    found = Weighing(len(names), heavier=frozenset(pairs))
    if not found.possible:
        raise WrongUse(f"weights: the order {', '.join(parts)} runs in a circle; no weights satisfy it")
    return found


def _meant(name: str, names: Sequence[str], named: set[str]) -> list[str]:
    return [one for one in names if one not in named] if name == OTHER else [name]
