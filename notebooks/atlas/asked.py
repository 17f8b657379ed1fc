"""What was asked of a report: a value that is not understood is refused, in the same words everywhere."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from atlas import dates
from atlas.errors import WrongUse, nearest


def one_of(name: str, given: str, valid: Iterable[str]) -> None:
    """Refuse a value that is not one of the valid ones.

    Parameters
    ----------
    name : str
        The parameter, as it is called where it was given.
    given : str
        Its value.
    valid : iterable of str
        What would have been understood.

    Raises
    ------
    WrongUse
        With the valid values and the nearest of them.
    """
    known = list(valid)
    if given not in known:
        raise WrongUse(f"{name}={given!r} is not known; expected one of {', '.join(known)}{nearest(given, known)}")


def day(name: str, given: str) -> date | None:
    """Return the last day that a date allows; nothing where none was given.

    Raises
    ------
    WrongUse
        If it is no date.

    Examples
    --------
    >>> day("as_of", "2020-05"), day("as_of", "")
    (datetime.date(2020, 5, 31), None)
    """
    try:
        return dates.last_day(given) if given else None
    except ValueError as error:
        raise WrongUse(f"{name}: {error}") from None
