"""Two invented coders, and the checks on what students compute from their codes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from atlas import agreement
from atlas.classroom.answers import Again, returned

UNITS = 16
"""How many claims on file are coded beside those of the paragraph."""
Codes = Sequence[str | None]
SWAPPED = {"judgement": "fact", "fact": "judgement", "causal": "judgement", "attribution": "fact",
           "norm": "recommendation", "forecast": "judgement", "recommendation": "norm"}
"""What the second coder writes now and then: the mistakes that beginners make."""
EXAMPLES: tuple[tuple[Codes, Codes, str], ...] = (
    (["fact", "norm", "norm"], ["fact", "norm", "norm"], "two coders who agree on everything"),
    (["fact", "fact", "norm", "norm"], ["fact", "norm", "norm", "norm"], "four claims with one disagreement"),
    (["fact", "norm"], ["norm", "fact"], "two coders who never agree"),
    (["fact", "fact", "norm", None, "causal"], ["fact", "norm", "norm", "fact", None],
     "five claims, two of them coded by one coder alone"),
)


def two(kinds: Sequence[str]) -> tuple[list[str | None], list[str | None]]:
    """Return two rows of codes: the kinds as they are, and as a second coder might have written them."""
    second: list[str | None] = [SWAPPED[kind] if number % 5 == 2 else kind for number, kind in enumerate(kinds)]
    second[-1] = None
    return list(kinds), second


def shared(first: Codes, second: Codes) -> list[tuple[str, str]]:
    """Return the pairs of codes of the claims that both coded."""
    return [(one, other) for one, other in zip(first, second, strict=True) if one is not None and other is not None]


def most_mixed(first: Codes, second: Codes) -> list[frozenset[str]]:
    """Return the pairs of kinds that are taken for each other most often."""
    found = Counter(frozenset(pair) for pair in shared(first, second) if pair[0] != pair[1])
    return [pair for pair, number in found.items() if number == max(found.values())]


def judge(function: Callable[..., Any]) -> None:
    """Raise `Again` with what is wrong in a function that computes alpha for two coders."""
    for first, second, what in EXAMPLES:
        ours, theirs = agreement.alpha([first, second]), returned(function, first, second, what=what)
        if abs(float(theirs) - ours) > 1e-6:
            raise Again(_why(first, second, float(theirs), what))


def _why(first: Codes, second: Codes, theirs: float, what: str) -> str:
    pairs = shared(first, second)
    equal = sum(one == other for one, other in pairs) / len(pairs)
    if None in (*first, *second):
        return (f"For {what} the result is off, though it is right where nothing is missing. A claim that one coder "
                "left out has no partner to be compared with: does it still count somewhere, in the totals perhaps?")
    if abs(theirs - equal) < 1e-6:
        return ("That is the share of equal codes. Two coders who throw dice agree now and then as well: "
                "how much of the agreement would chance alone have given?")
    if abs(theirs - _with_replacement(pairs, equal)) < 1e-6:
        return ("Nearly: chance is reckoned as if a code could be paired with itself. Of n codes, how many others "
                "are left to be paired with one of them?")
    return (f"For {what} the result is off. Work that case out by hand: observed disagreement first, then the "
            "expected one.")


def _with_replacement(pairs: Sequence[tuple[str, str]], equal: float) -> float:
    """Return the agreement beyond chance for very many claims, which is a little less than alpha for a few."""
    totals = Counter(code for pair in pairs for code in pair)
    chance = sum((number / (2 * len(pairs))) ** 2 for number in totals.values())
    return (equal - chance) / (1 - chance) if chance < 1 else equal
