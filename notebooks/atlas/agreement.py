"""How far coders agree: Krippendorff's alpha for codes without order, with order, and on a scale."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from itertools import permutations
from typing import Any, Literal

Level = Literal["nominal", "ordinal", "interval"]
Distance = Callable[[Any, Any], float]


def alpha(codes: Sequence[Sequence[Hashable | None]], level: Level = "nominal") -> float:
    """Return Krippendorff's alpha: one is full agreement, nought is what chance would give.

    Parameters
    ----------
    codes : sequence of sequences
        One row a coder, one column a unit; None where a coder left a unit out. A unit that fewer than two coders
        coded cannot be compared and does not count.
    level : str
        `nominal`: codes differ or not. `ordinal`: codes have an order. `interval`: codes are numbers on a scale.

    Returns
    -------
    float
        NaN where nothing can be compared, or where every code is the same, so that agreement says nothing.

    Raises
    ------
    ValueError
        If the coders have rows of different lengths, or the level is unknown.

    Notes
    -----
    After Klaus Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011): one minus the observed disagreement
    over the expected one, both from the matrix of coincidences.

    Examples
    --------
    >>> round(alpha([["fact", "fact", "norm", "fact"], ["fact", "norm", "norm", None]]), 3)
    0.444
    """
    together = coincidences(codes)
    totals: Counter[Hashable] = Counter()
    for (one, _), weight in together.items():
        totals[one] += weight  # type: ignore[assignment]
    apart = _distance(level, totals)
    count = sum(totals.values())
    observed = sum(weight * apart(one, other) for (one, other), weight in together.items())
    expected = sum(totals[one] * totals[other] * apart(one, other) for one in totals for other in totals)
    return 1 - (count - 1) * observed / expected if expected else float("nan")


def coincidences(codes: Sequence[Sequence[Hashable | None]]) -> dict[tuple[Hashable, Hashable], float]:
    """Return how often two codes meet in one unit, each pair of coders weighed so that a unit counts once a coder."""
    if len({len(row) for row in codes}) > 1:
        raise ValueError("every coder needs a row of the same length; write None where a unit was left out")
    found: dict[tuple[Hashable, Hashable], float] = {}
    for column in zip(*codes, strict=True):
        given = [code for code in column if code is not None]
        for pair in permutations(given, 2):
            found[pair] = found.get(pair, 0) + 1 / (len(given) - 1)
    return found


def _distance(level: str, totals: Counter[Hashable]) -> Distance:
    """Return the squared distance between two codes at a level of measurement."""
    if level == "nominal":
        return lambda one, other: float(one != other)
    if level == "interval":
        return lambda one, other: float((one - other) ** 2)
    if level == "ordinal":
        order = sorted(totals)  # type: ignore[type-var]
        return lambda one, other: _steps(order, totals, one, other) ** 2
    raise ValueError(f"{level!r} is no level of measurement; expected nominal, ordinal or interval")


def _steps(order: Sequence[Hashable], totals: Counter[Hashable], one: Any, other: Any) -> float:
    """Count the codes given from one to another, both ends by half."""
    low, high = sorted((order.index(one), order.index(other)))
    between = sum(totals[code] for code in order[low : high + 1])
    return between - (totals[one] + totals[other]) / 2
