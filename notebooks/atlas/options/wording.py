"""The words of an options report: scores, shares of draws, and how sure a reader may be."""

from __future__ import annotations

OFTEN = ((0.0005, "never"), (0.05, "hardly ever"), (0.2, "seldom"), (0.4, "sometimes"), (0.6, "about every other time"),
         (0.8, "mostly"), (0.95, "nearly always"), (1.01, "always or as good as always"))
"""Words for a share of the draws, each up to a bound; the number always stands beside the word."""
ORIGINS = {"text": "text", "source": "other source", "panel": "panel: our example"}


def score(value: float) -> str:
    """Write a score with its sign.

    >>> score(-1.5), score(0), score(2)
    ('−1.5', '0', '+2')
    """
    return f"{value:+g}".replace("-", "−") if value else "0"


def span(low: float, high: float) -> str:
    """Write a range of scores.

    >>> span(-1, 0.5)
    '−1…+0.5'
    """
    return score(low) if low == high else f"{score(low)}…{score(high)}"


def often(share: float) -> str:
    """Say how often something is so.

    >>> often(0.46), often(0.01)
    ('about every other time', 'hardly ever')
    """
    return next(word for bound, word in OFTEN if share < bound)


def confidence(factor: float) -> str:
    """Say how far the scores are known well enough for those who share an option's weights.

    >>> confidence(0.85), confidence(0.6), confidence(0.3)
    ('high', 'moderate', 'low')
    """
    return "high" if factor >= 0.8 else "moderate" if factor >= 0.5 else "low"


def grounds(panel: int, cells: int) -> str:
    """Say how sure a table is of which some cells are made up.

    >>> grounds(27, 66), grounds(5, 66), grounds(0, 66)
    ('low', 'moderate', 'as high as its sources')
    """
    return "as high as its sources" if not panel else "low" if panel > cells / 4 else "moderate"
