"""Where labels go so that none lies on another."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Move positions apart as little as possible, keeping their order and a gap.

    Parameters
    ----------
    wanted : sequence of float
        Where each label would like to be.
    gap : float
        Smallest distance between neighbours.
    low, high : float
        Bounds; if all cannot fit, the gap gives way.

    Examples
    --------
    >>> spread([10, 11, 40], 10, 0, 100)
    [5.5, 15.5, 40.0]
    """
    if len(wanted) > 1:
        gap = min(gap, (high - low) / (len(wanted) - 1))
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    groups: list[list[float]] = []  # [sum of wanted starts, members]
    for rank, i in enumerate(order):
        groups.append([wanted[i] - rank * gap, 1])
        while len(groups) > 1 and groups[-2][0] / groups[-2][1] > groups[-1][0] / groups[-1][1]:
            total, members = groups.pop()
            groups[-1] = [groups[-1][0] + total, groups[-1][1] + members]
    starts = [total / members for total, members in groups for _ in range(int(members))]
    room = high - gap * (len(wanted) - 1)
    placed = [min(max(start, low), room) + rank * gap for rank, start in enumerate(starts)]
    found = [0.0] * len(wanted)
    for rank, i in enumerate(order):
        found[i] = placed[rank]
    return found


def lanes(spans: Sequence[tuple[float, float]], gap: float = 6.0) -> list[int]:
    """Give each span the lowest lane where it is free of those before it.

    >>> lanes([(0, 10), (5, 15), (20, 30)])
    [0, 1, 0]
    """
    ends: list[float] = []
    found = [0] * len(spans)
    for i in sorted(range(len(spans)), key=lambda i: spans[i]):
        start, end = spans[i]
        lane = next((k for k, taken in enumerate(ends) if taken + gap <= start), len(ends))
        ends[lane:lane + 1] = [end]
        found[i] = lane
    return found


def callouts(points: Sequence[float], widths: Sequence[float], left: float, right: float) -> list[tuple[int, str]]:
    """Place a label above each point of a line, with a stalk that crosses no other label.

    Parameters
    ----------
    points, widths : sequence of float
        Where each stalk stands, and how wide its label is.
    left, right : float
        Edges of the sheet.

    Returns
    -------
    list of (int, str)
        Per label its lane, 0 nearest to the line, and whether its text runs from the stalk (`left`) or ends there
        (`right`), as in an alignment.

    Examples
    --------
    >>> callouts([10, 20], [40, 40], 0, 100)
    [(1, 'left'), (0, 'left')]
    """
    def off(chosen: Sequence[str]) -> int:
        """Count the labels that would leave the sheet."""
        return sum(x + wide > right if side == "left" else x - wide < left
                   for x, wide, side in zip(points, widths, chosen, strict=True))

    every = len(points)
    fitting = ["left" if x + wide <= right or x - wide < left else "right"
               for x, wide in zip(points, widths, strict=True)]
    best: tuple[int, int, list[int], list[str]] | None = None
    order = sorted(range(every), key=lambda i: points[i])
    starts = [fitting] + [[side if order.index(i) < cut else other for i in range(every)] for cut in range(every + 1)
                          for side, other in (("left", "right"), ("right", "left"))]
    for start in starts:
        stacked = _stack(points, widths, start)
        if stacked is not None and (best is None or (off(start), sum(stacked)) < best[:2]):
            best = (off(start), sum(stacked), stacked, [*start])
    assert best is not None  # labels that all run to the same side can always be stacked
    for turns in [*combinations(range(every), 1), *combinations(range(every), 2)] * 2:
        turned = [{"left": "right", "right": "left"}[side] if i in turns else side for i, side in enumerate(best[3])]
        if off(turned) > best[0] or not any(best[:2]):
            continue
        stacked = _stack(points, widths, turned)
        if stacked is not None and (off(turned), sum(stacked)) < best[:2]:
            best = (off(turned), sum(stacked), stacked, turned)
    return list(zip(best[2], best[3], strict=True))


def _stack(points: Sequence[float], widths: Sequence[float], sides: Sequence[str],
           gap: float = 5.0) -> list[int] | None:
    """Give each label the lowest lane above all labels whose stalks it spans; None if two span each other's."""
    every = range(len(points))
    ends = [(x - gap, x + wide + gap) if side == "left" else (x - wide - gap, x + gap)
            for x, wide, side in zip(points, widths, sides, strict=True)]

    def spans(j: int, i: int) -> bool:
        before = (points[j], j) < (points[i], i)
        return i != j and before == (sides[j] == "left") and ends[j][0] < points[i] < ends[j][1]

    below = {j: {i for i in every if spans(j, i)} for j in every}
    found: dict[int, int] = {}
    while len(found) < len(points):
        ready = [j for j in every if j not in found and below[j] <= found.keys()]
        if not ready:
            return None
        j = ready[0]
        lowest = 1 + max((found[i] for i in below[j]), default=-1)
        taken = {lane for i, lane in found.items() if ends[j][0] + gap < ends[i][1] and ends[i][0] + gap < ends[j][1]}
        found[j] = next(lane for lane in range(lowest, len(points) + 1) if lane not in taken)
    return [found[j] for j in every]
