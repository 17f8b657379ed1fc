"""The description of a chart for those who do not see it, from the numbers that it draws."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from atlas import language, words

LIMIT = 300


Part = str | Sequence[str]
"""A finding, or the same finding in several lengths, the longest first."""


def describe(kind: str, parts: Iterable[Part], limit: int = LIMIT) -> str:
    """Join sentences, the most telling first, as far as a screen reader's patience goes.

    Parameters
    ----------
    kind : str
        What is drawn, of what: "Dot plot of military spending".
    parts : iterable of Part
        Findings in order of weight; one that no longer fits is left out, a shorter later one may still fit.

    Examples
    --------
    >>> describe("Dot plot", ["Belarus: 1.4 % in 2019", "x" * 300, "Highest: Russia"])
    'Dot plot. Belarus: 1.4 % in 2019. Highest: Russia.'
    """
    text = words.sentence(words.shorten(language.unmarked(kind), limit - 1))
    for part in parts:
        lengths = [language.unmarked(one) for one in ([part] if isinstance(part, str) else part)]
        fitting = [said for said in map(words.sentence, filter(None, lengths)) if len(text) + 1 + len(said) <= limit]
        text = " ".join([text, *fitting[:1]])
    return text
