"""Numbers, dates and lists in plain words."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

from atlas import dates, language, numerals, phrases, units
from atlas.phrases import say

NBSP = "\u00a0"
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
    currency = units.currency(unit)
    size = next((name for name in ("trillion", "billion", "million") if unit.startswith(name)), "")
    text = _scaled(value, digits) if currency and abs(value) >= 1e6 else number(value, digits)
    if size and currency:
        return units.money(scaled(text, size), currency)
    if currency:
        rest = units.currency_rest(unit)
        return units.money(text, currency) + (f" {rest}" if rest else "")
    if not units.shown(unit):
        return text
    single = text == "1" and language.english() and unit.isalpha() and unit.endswith("s")
    return f"{text}{NBSP}{units.named(unit[:-1] if single else unit)}"


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
    text = scaled(number(millions, max(0, places + 6)), "million")
    return f"{text} {units.named(unit)}" if units.shown(unit) else text


def decimals(value: float) -> int:
    """Count the decimals that a number was given with.

    >>> decimals(22.0), decimals(53.5)
    (0, 1)
    """
    return len(f"{value:.6f}".rstrip("0").partition(".")[2])


def scaled(text: str, name: str) -> str:
    """Write a number of thousands of thousands: "5.68 million"."""
    return f"{text}{NBSP}{say(f'scales.{name}', count=1 if text == '1' else 2)}"


def number(value: float, digits: int = 0) -> str:
    """Write a number with so many decimals; negative digits round to tens, hundreds, thousands.

    >>> number(-1234.56, 1), number(1234.56, -2)
    ('−1,234.6', '1,200')
    """
    rounded = round(value, digits) or 0.0
    if not language.english():
        return numerals.decimal(rounded, max(digits, 0), language.current())
    return f"{rounded:,.{max(digits, 0)}f}".replace("-", "−")


def general(value: float) -> str:
    """Write a number with no more decimals than it has: "65", "0.5"."""
    return f"{value:g}" if language.english() else numerals.decimal(value, decimals(value), language.current())


def _scaled(value: float, digits: int) -> str:
    for size, name in _SCALES:
        if abs(value) >= size:
            kept = max(0, min(1, int(math.log10(size)) + digits))
            return scaled(number(value / size, kept), name)
    return number(value, digits)


def count(size: int, noun: str = "", plural: str = "") -> str:
    """Write a count, in letters up to twelve, with its noun in the right number.

    >>> count(1, "claim"), count(0, "claim"), count(14, "state")
    ('one claim', 'no claims', '14 states')
    """
    if not noun:
        return phrases.numeral(size)
    if phrases.has(f"nouns.{noun}"):
        return say(f"nouns.{noun}", count=size)
    return f"{phrases.numeral(size)} {noun if size == 1 else plural or noun + 's'}"


def percent(share: float, digits: int = 0) -> str:
    """Write a share of one.

    >>> percent(0.464).replace(NBSP, " "), percent(0.002).replace(NBSP, " ")
    ('46 %', 'under 1 %')
    """
    if 0 < 100 * share < 0.5 * 10.0**-digits:
        return f"under {10.0**-digits:g}{NBSP}%"
    return f"{100 * share:.{digits}f}{NBSP}%"


def people(size: float) -> str:
    """Write a number of inhabitants: "9.1 million people", "12,000 people"."""
    if size >= 1e6:
        return persons(scaled(number(size / 1e6, 0 if size >= 1e8 else 1), "million"))
    return persons(number(size, -3 if size >= 10_000 else -2))


def persons(text: str) -> str:
    """Write a number that is already in words or figures as one of people.

    >>> persons("1"), persons("1,258")
    ('1 person', '1,258 people')
    """
    return say("people", number=text, count=1 if text == "1" else 2)


def ordinal(place: int) -> str:
    """Write a rank: 3 is "third", 21 is "21st".

    >>> ordinal(3), ordinal(21), ordinal(112)
    ('third', '21st', '112th')
    """
    small = phrases.words_of("numbers.ordinals")
    return small[place] if 0 <= place < len(small) else rank(place)


def rank(place: int) -> str:
    """Write a rank in figures, for tables: "3rd", "21st", "Platz 3"."""
    ending = "th" if 10 <= place % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return say("numbers.rank", place=place, ending=ending)


def nth(place: int, *, letters: bool = False) -> str:
    """Return what stands before "highest": nothing for the first, "2nd " in figures, "second " in letters.

    >>> nth(1), nth(2), nth(2, letters=True)
    ('', '2nd ', 'second ')
    """
    if place == 1:
        return ""
    if language.english():
        return f"{ordinal(place) if letters else rank(place)} "
    stems = phrases.words_of("numbers.ordinals")
    return stems[place] if place < len(stems) else f"{place}.-"


def standing(place: int, size: int) -> str:
    """Say where a rank lies, counted from the nearer end.

    >>> standing(1, 6), standing(2, 6), standing(6, 6)
    ('the highest value of 6', 'the 2nd highest value of 6', 'the lowest value of 6')
    """
    if place <= (size + 1) / 2:
        return say("numbers.highest", nth=nth(place), size=size)
    return say("numbers.lowest", nth=nth(size - place + 1), size=size)


def listing(items: Iterable[str], last: Literal["and", "or"] = "and") -> str:
    """Join a list as in a sentence.

    >>> listing(["Latvia", "Lithuania", "Poland"])
    'Latvia, Lithuania and Poland'
    """
    parts = list(items)
    if len(parts) < 2:
        return parts[0] if parts else ""
    return f"{', '.join(parts[:-1])} {say(f'listing.{last}')} {parts[-1]}"


def day(text: str | date) -> str:
    """Write a date as far as it is known.

    >>> day("2020-05"), day("2024-05-24").replace(NBSP, " ")
    ('May 2020', '24 May 2024')
    """
    year, month, number_of = dates.parts(text.isoformat() if isinstance(text, date) else text)
    if month is None:
        return str(year)
    if not language.english():
        form = f"d.'{NBSP}'MMMM y" if number_of else "MMMM y"
        return numerals.day(date(year, month, number_of or 1), form, language.current())
    name = phrases.words_of("months")[month - 1]
    return f"{number_of}{NBSP}{name} {year}" if number_of else f"{name} {year}"


def at(text: str) -> str:
    """Write a date as an adverb: "in 2019", "in May 2020", "on 24 May 2024"."""
    _, month, of = dates.parts(text)
    return say("at.day" if of else "at.month" if month else "at.year", date=day(text))


def of(text: str) -> str:
    """Write a date behind what is of that day: "of May 2020", "vom Mai 2020"."""
    return say("of.year" if dates.parts(text)[1] is None else "of.month", date=day(text))


def capital(text: str) -> str:
    """Raise the first letter and leave the rest."""
    start = 1 if language.marked(text[:1]) else 0
    return text[:start] + text[start : start + 1].upper() + text[start + 1 :]


def inside(title: str) -> str:
    """Let what stood at the head of a line stand inside a sentence: in lower case, where the language has it so.

    >>> inside("Isolation"), inside("EU visas")
    ('isolation', 'EU visas')
    """
    return title[:1].lower() + title[1:] if language.english() and not title[1:2].isupper() else title


def sentence(text: str) -> str:
    """Make a sentence: a capital first letter and one full stop."""
    text = capital(text.strip())
    return text if language.unmarked(text).endswith((".", "!", "?", "…")) else text + "."


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
    if language.marked(text):
        return language.foreign(shorten(language.unmarked(text), limit))
    return text[: limit - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def several(items: Sequence[str], limit: int = 4) -> str:
    """Join at most `limit` items and say how many more there are.

    >>> several(["a", "b", "c"], 2)
    'a, b and one more'
    """
    if len(items) <= limit:
        return listing(items)
    return listing([*items[:limit], say("listing.more", count=len(items) - limit)])
