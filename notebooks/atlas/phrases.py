"""The words of the interface: one catalogue a language, from which everything that a report says is taken."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import yaml

from atlas import language, paths

FORMS = frozenset(("zero", "one", "other"))
"""The forms that a phrase may have, by the number called `count`."""


@cache
def catalogue(name: str) -> dict[str, Any]:
    """Read the catalogue of a language: texts, texts by form and lists of words by dotted key."""
    text = (paths.PACKAGE / "catalogue" / f"{name}.yaml").read_text(encoding="utf-8")
    return dict(_flat(yaml.load(text, Loader=yaml.CSafeLoader), ""))


def _flat(part: Any, key: str) -> Any:
    if isinstance(part, Mapping) and not set(part) <= FORMS:
        for name, inner in part.items():
            yield from _flat(inner, f"{key}.{name}" if key else str(name))
    else:
        yield key, part


def say(key: str, **values: Any) -> str:
    """Return a phrase in the language that is spoken now.

    Parameters
    ----------
    key : str
        Where the phrase stands in the catalogue: "board.none".
    **values
        What fills the places of the phrase. A whole number called `count` chooses its form too, and stands in it in
        letters as `{count}`, in figures as `{number}`. A country declines as the phrase asks: `{country:dative}`.

    Examples
    --------
    >>> say("nouns.claim", count=2)
    'two claims'
    """
    phrase = catalogue(language.current())[key]
    if "count" in values:
        count = int(values["count"])
        values = {"number": count} | values | {"count": numeral(count)}
        if isinstance(phrase, Mapping):
            phrase = phrase.get({0: "zero", 1: "one"}.get(count, "other")) or phrase["other"]
    return str(phrase.format(**values)) if values else str(phrase)


def has(key: str) -> bool:
    """Tell whether the language that is spoken now has a phrase."""
    return key in catalogue(language.current())


def words_of(key: str) -> list[Any]:
    """Return a list of words: the months, the first numbers."""
    return list(catalogue(language.current())[key])


def numeral(number: int) -> str:
    """Write a number in letters as far as the language does so, beyond that in figures.

    >>> numeral(12), numeral(13)
    ('twelve', '13')
    """
    small = catalogue(language.current())["numbers.small"]
    return small[number] if 0 <= number < len(small) else grouped(number)


def grouped(number: int) -> str:
    """Write a whole number with its thousands apart.

    >>> grouped(12345)
    '12,345'
    """
    return f"{number:,}".replace(",", catalogue(language.current())["numbers.group"])
