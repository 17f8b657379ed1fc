"""What can go wrong, said in one line that tells the reader what to do."""

from __future__ import annotations

import difflib
import itertools
from collections.abc import Iterable
from dataclasses import dataclass


class AtlasError(Exception):
    """Something failed; `exit_status` is what the command line returns for it."""

    exit_status = 1


class WrongUse(AtlasError):
    """A command, parameter or identifier that cannot be understood."""

    exit_status = 2


class Refused(AtlasError):
    """A publisher's answer that cannot be used, or none at all: what was asked, what happened, what to do.

    Parameters
    ----------
    asked, happened, todo : str
        The address, what came back, the next step.
    """

    def __init__(self, asked: str, happened: str, todo: str) -> None:
        super().__init__(" ".join(f"asked {asked}: {happened}; {todo}; nothing was written".split()))


@dataclass(frozen=True)
class Problem:
    """One fault in a data file: where it is, what was found, what was expected."""

    file: str
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.field}: {self.message}" if self.field else f"{place}: {self.message}"


class BadData(AtlasError):
    """The data folder is unsound; carries every problem found, not only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(map(str, self.problems)))


def nearest(given: str, valid: Iterable[str]) -> str:
    """Say which valid name is closest to the one given.

    Parameters
    ----------
    given : str
        What was typed.
    valid : iterable of str
        The names that would have been understood.

    Returns
    -------
    str
        `"; did you mean x?"`, or an empty string where nothing is close.

    Examples
    --------
    >>> nearest("securty", ["values", "security"])
    '; did you mean security?'
    """
    names = list(valid)
    folded = {name.casefold(): name for name in names}
    close = difflib.get_close_matches(given.casefold(), folded, n=5, cutoff=0.6)
    if not close:
        return ""
    typed = given.casefold()  # most slips of the finger come late in a word
    best = min(close, key=lambda name: (-_shared(name, typed), name if len(name) == 3 else "", close.index(name)))
    return f"; did you mean {folded[best]}?"


def _shared(one: str, other: str) -> int:
    """Count the letters that two words begin with alike."""
    return sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
