"""Regret: how much is lost in each scenario by an option that was best in another."""

from __future__ import annotations

from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]


def regrets(worth: Array) -> Array:
    """Return how far each option falls short of the best one of each scenario.

    Parameters
    ----------
    worth : array of options x scenarios

    Examples
    --------
    >>> regrets(np.array([[3.0, 0.0], [1.0, 1.0]]))
    array([[0., 1.],
           [2., 0.]])
    """
    return worth.max(axis=0) - worth


def least(worth: Array) -> list[int]:
    """Return the options whose largest regret is smallest.

    >>> least(np.array([[3.0, 0.0], [1.0, 1.0]]))
    [0]
    """
    worst = regrets(worth).max(axis=1)
    return [int(i) for i in np.flatnonzero(worst <= worst.min() + 1e-9)]
