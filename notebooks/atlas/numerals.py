"""Numbers and dates in the languages other than English, as Babel writes them."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any


@cache
def _babel() -> tuple[Any, Any]:
    """Import Babel when a report first needs it; in English none does, and it takes as long as half the package."""
    from babel.dates import format_date
    from babel.numbers import format_decimal

    return format_date, format_decimal


def decimal(value: float, digits: int, language: str) -> str:
    """Write a number with so many decimals and its thousands apart.

    >>> decimal(-1234.56, 1, "de")
    '−1.234,6'
    """
    written = _babel()[1](value, f"#,##0.{'0' * digits}" if digits else "#,##0", locale=language)
    return str(written).replace("-", "−")


def day(day: date, form: str, language: str) -> str:
    """Write a date in one of the forms of Unicode: "d. MMMM y".

    >>> day(date(2024, 5, 24), "d. MMMM y", "de")
    '24. Mai 2024'
    """
    return str(_babel()[0](day, form, locale=language))
