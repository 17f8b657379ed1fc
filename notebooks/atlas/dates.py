"""Dates that may lack their day or month, read as the span that they allow."""

from __future__ import annotations

import calendar
import re
from datetime import date
from functools import lru_cache

_SHAPE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


def parts(text: str) -> tuple[int, int | None, int | None]:
    """Split an ISO 8601 date of reduced precision into year, month and day.

    Raises
    ------
    ValueError
        If the text is not YYYY, YYYY-MM or YYYY-MM-DD, or no day of the calendar.
    """
    found = _SHAPE.fullmatch(text.strip())
    if not found:
        raise ValueError(f"{text!r} is no date; expected YYYY, YYYY-MM or YYYY-MM-DD")
    year, month, day = (int(group) if group else None for group in found.groups())
    assert year is not None
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        raise ValueError(f"{text!r} is no day of the calendar; expected YYYY, YYYY-MM or YYYY-MM-DD") from None
    return year, month, day


def first_day(text: str) -> date:
    """Return the earliest day that the text allows.

    >>> first_day("2020-05")
    datetime.date(2020, 5, 1)
    """
    year, month, day = parts(text)
    return date(year, month or 1, day or 1)


@lru_cache(maxsize=4096)
def last_day(text: str) -> date:
    """Return the latest day that the text allows.

    >>> last_day("2020-02")
    datetime.date(2020, 2, 29)
    """
    year, month, day = parts(text)
    month = month or 12
    return date(year, month, day or calendar.monthrange(year, month)[1])


def covers(named: str, period: str) -> bool:
    """Tell whether a named period holds another one: 2018 holds 2018-12-31.

    >>> covers("2018", "2018-12-31"), covers("2018-06", "2018")
    (True, False)
    """
    return period == named or period.startswith(named + "-")
