"""Numbers, dates and lists as plain English."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date

from atlas import dates

NBSP = "\u00a0"
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_ORDINALS = (
    "zeroth",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
)
_UNITS = {
    "constant 2021 international $ per person": "international dollars",
    "constant 2021 intl $ per person": "international dollars",
    "current international $": "international dollars",
    "applications per million persons": "per million people",
    "kg CO2 per 2021 PPP $": "kg of CO₂ per dollar",
    "kg oil equivalent per person": "kg of oil equivalent",
}
"""Units as they stand in the codebook, and shorter in a sentence."""
_SCALES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))


def amount(value: float, unit: str = "", digits: int = 0) -> str:
    """Write a value with its unit, no more precise than its source deserves.

    Parameters
    ----------
    value : float
    unit : str
        As in the codebook: "% of GDP", "persons", "US$", "index 0-1" ...
    digits : int
        Decimals to keep; negative numbers round to tens, hundreds, thousands.

    Examples
    --------
    >>> amount(1.387, "% of GDP", 1).replace(NBSP, " ")
    '1.4 % of GDP'
    >>> amount(9379952, "persons", -3)
    '9,380,000'
    >>> amount(6.2e10, "current US$", -8).replace(NBSP, " ")
    'USD 62.0 billion'
    >>> amount(90, "billion EUR", 0).replace(NBSP, " ")
    'EUR 90 billion'
    >>> amount(9, "rank")
    '9th'
    >>> amount(1, "states").replace(NBSP, " "), amount(1, "persons")
    ('1 state', '1')
    """
    if unit.startswith("rank"):
        return rank(round(value))
    currency = _currency(unit)
    scale = next((name for name in ("trillion", "billion", "million") if unit.startswith(name)), "")
    text = _scaled(value, digits) if currency and abs(value) >= 1e6 else _plain(value, digits)
    if scale and currency:
        return f"{currency}{NBSP}{text}{NBSP}{scale}"
    if currency:
        return f"{currency}{NBSP}{text}" + (f" {currency_rest(unit)}" if currency_rest(unit) else "")
    unit = _UNITS.get(unit, unit)
    if not _shown(unit):
        return text
    single = text == "1" and unit.isalpha() and unit.endswith("s")
    return f"{text}{NBSP}{unit[:-1] if single else unit}"


def estimate(value: float, unit: str = "", digits: int = 0) -> str:
    """Write an observed value; counts of people keep three figures, however many the table prints.

    >>> estimate(5684177, "persons").replace(NBSP, " "), estimate(68099, "deaths").replace(NBSP, " ")
    ('5.68 million', '68,100 deaths')
    >>> estimate(1.387, "% of GDP", 1).replace(NBSP, " ")
    '1.4 % of GDP'
    """
    if unit not in ("persons", "deaths", "detections") or abs(value) < 10_000:
        return amount(value, unit, digits)
    places = 2 - math.floor(math.log10(abs(value)))
    if abs(value) < 1e6:
        return amount(value, unit, min(places, digits))
    millions = round(value, places) / 1e6
    text = f"{millions:,.{max(0, places + 6)}f}{NBSP}million"
    return f"{text} {unit}" if _shown(unit) else text


def decimals(value: float) -> int:
    """Count the decimals that a number was given with.

    >>> decimals(22.0), decimals(53.5)
    (0, 1)
    """
    return len(f"{value:.6f}".rstrip("0").partition(".")[2])


def _currency(unit: str) -> str:
    for mark, code in (("US$", "USD"), ("EUR", "EUR"), ("CHF", "CHF"), ("RUB", "RUB"), ("USD", "USD")):
        if mark in unit:
            return code
    return ""


def currency_rest(unit: str) -> str:
    """Return what a currency unit says beyond the currency: "current US$ per person" gives "per person"."""
    return "per person" if "per person" in unit else ""


def _shown(unit: str) -> bool:
    return bool(unit) and not unit.startswith(
        (
            "index",
            "category",
            "standard",
            "persons",
            "rank",
            "ideal-point",
            "0/1",
            "event",
            "detections",
            "SIPRI",
            "score",
        )
    )


def _plain(value: float, digits: int) -> str:
    rounded = round(value, digits)
    if rounded == 0:
        rounded = 0.0
    return f"{rounded:,.{max(digits, 0)}f}".replace("-", "−")


def _scaled(value: float, digits: int) -> str:
    for size, name in _SCALES:
        if abs(value) >= size:
            kept = max(0, min(1, int(math.log10(size)) + digits))
            return f"{value / size:,.{kept}f}{NBSP}{name}".replace("-", "−")
    return _plain(value, digits)


def count(number: int, noun: str = "", plural: str = "") -> str:
    """Write a count, in letters up to twelve, with its noun in the right number.

    >>> count(1, "claim"), count(0, "claim"), count(14, "state")
    ('one claim', 'no claims', '14 states')
    """
    text = _SMALL[number] if 0 <= number < len(_SMALL) else f"{number:,}"
    if not noun:
        return text
    return f"{text} {noun if number == 1 else plural or noun + 's'}"


def percent(share: float, digits: int = 0) -> str:
    """Write a share of one.

    >>> percent(0.464).replace(NBSP, " "), percent(0.002).replace(NBSP, " ")
    ('46 %', 'under 1 %')
    """
    if 0 < 100 * share < 0.5 * 10.0**-digits:
        return f"under {10.0**-digits:g}{NBSP}%"
    return f"{100 * share:.{digits}f}{NBSP}%"


def people(number: float) -> str:
    """Write a number of inhabitants: "9.1 million people", "12,000 people"."""
    if number >= 1e6:
        return f"{number / 1e6:,.{0 if number >= 1e8 else 1}f}{NBSP}million people"
    return f"{round(number, -3 if number >= 10_000 else -2):,.0f} people"


def ordinal(number: int) -> str:
    """Write a rank: 3 is "third", 21 is "21st".

    >>> ordinal(3), ordinal(21), ordinal(112)
    ('third', '21st', '112th')
    """
    if 0 <= number < len(_ORDINALS):
        return _ORDINALS[number]
    return rank(number)


def rank(number: int) -> str:
    """Write a rank in figures, for tables: "3rd", "21st"."""
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def standing(place: int, size: int) -> str:
    """Say where a rank lies, counted from the nearer end.

    >>> standing(1, 6), standing(2, 6), standing(6, 6)
    ('the highest value of 6', 'the 2nd highest value of 6', 'the lowest value of 6')
    """
    if place <= (size + 1) / 2:
        return f"the {rank(place) + ' ' if place > 1 else ''}highest value of {size}"
    return f"the {rank(size - place + 1) + ' ' if place < size else ''}lowest value of {size}"


def listing(items: Iterable[str], last: str = "and") -> str:
    """Join a list as in a sentence.

    >>> listing(["Latvia", "Lithuania", "Poland"])
    'Latvia, Lithuania and Poland'
    """
    parts = list(items)
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {last} {parts[-1]}" if parts else ""


def day(text: str | date) -> str:
    """Write a date as far as it is known.

    >>> day("2020-05"), day("2024-05-24").replace(NBSP, " ")
    ('May 2020', '24 May 2024')
    """
    year, month, number = dates.parts(text.isoformat() if isinstance(text, date) else text)
    if month is None:
        return str(year)
    return f"{number}{NBSP}{MONTHS[month - 1]} {year}" if number else f"{MONTHS[month - 1]} {year}"


def at(text: str) -> str:
    """Write a date as an adverb: "in 2019", "in May 2020", "on 24 May 2024"."""
    return f"{'on' if dates.parts(text)[2] else 'in'} {day(text)}"


def capital(text: str) -> str:
    """Raise the first letter and leave the rest."""
    return text[:1].upper() + text[1:]


def inside(title: str) -> str:
    """Write a title inside a sentence.

    >>> inside("Isolation"), inside("EU visas")
    ('isolation', 'EU visas')
    """
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def sentence(text: str) -> str:
    """Make a sentence: a capital first letter and one full stop."""
    text = capital(text.strip())
    return text if text.endswith((".", "!", "?", "…")) else text + "."


def possessive(name: str) -> str:
    """Write the genitive of a name.

    >>> possessive("Belarus"), possessive("the Netherlands"), possessive("Chile")
    ("Belarus's", "the Netherlands'", "Chile's")
    """
    return name + ("'" if name.endswith("s") and name.startswith("the ") else "'s")


def shorten(text: str, limit: int) -> str:
    """Cut a text at a word so that it stays within a limit, with an ellipsis."""
    if len(text) <= limit:
        return text
    return text[: limit - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def several(items: Sequence[str], limit: int = 4) -> str:
    """Join at most `limit` items and say how many more there are.

    >>> several(["a", "b", "c"], 2)
    'a, b and one more'
    """
    if len(items) <= limit:
        return listing(items)
    return listing([*items[:limit], f"{count(len(items) - limit)} more"])
