"""The projection of the world map: Equal Earth, on which every country has its true share of the ground.

The formulas are those of Šavrič, Patterson and Jenny (2019), "The Equal Earth map projection".
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Points = NDArray[np.float64]

MIDDLE = 11.0
"""The meridian in the middle: with it the map is cut through the Bering Strait, and no country is."""
_A = (1.340264, -0.081106, 0.000893, 0.003796)


def equal_earth(points: ArrayLike) -> Points:
    """Project points.

    Parameters
    ----------
    points : array of shape (n, 2)
        Longitudes and latitudes in degrees. Longitudes may run beyond 180, so that a coast is not torn apart.

    Returns
    -------
    array of shape (n, 2)
        x to the east and y to the north, in radii of the globe; x is 0 on the meridian of the map's middle.

    Examples
    --------
    >>> equal_earth([[11, 0]]).round(3).tolist()
    [[0.0, 0.0]]
    >>> bool(equal_earth([[101, 60]])[0, 0] < equal_earth([[101, 0]])[0, 0])
    True
    """
    degrees = np.asarray(points, dtype=float)
    turn, height = np.radians(degrees[:, 0] - MIDDLE), np.radians(degrees[:, 1])
    theta = np.arcsin(np.sqrt(3) / 2 * np.sin(height))
    square, sixth = theta**2, theta**6
    slope = _A[0] + 3 * _A[1] * square + sixth * (7 * _A[2] + 9 * _A[3] * square)
    x = 2 * np.sqrt(3) * turn * np.cos(theta) / (3 * slope)
    y = theta * (_A[0] + _A[1] * square + sixth * (_A[2] + _A[3] * square))
    return np.column_stack([x, y])


def untorn(ring: ArrayLike) -> Points:
    """Return a coast with its longitudes around the middle of the map, on one side of its cut.

    >>> untorn([[179, 66], [180, 65], [-179, 66]])[:, 0].tolist()
    [179.0, 180.0, 181.0]
    """
    points = np.array(ring, dtype=float)
    points[:, 0] = (points[:, 0] - MIDDLE + 180) % 360 - 180 + MIDDLE
    if np.ptp(points[:, 0]) > 180:
        east = np.median(points[:, 0]) > MIDDLE
        far = points[:, 0] < MIDDLE if east else points[:, 0] > MIDDLE
        points[far, 0] += 360 if east else -360
    return points
