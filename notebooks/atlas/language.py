"""The language of a report, and texts of ours that exist in more than one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from pydantic_core import CoreSchema, core_schema

LANGUAGES = ("en", "de")
"""What `-P language=…` understands; the first is the one that everything exists in."""
ENGLISH = LANGUAGES[:1]
"""The languages of a report that exists in the first one alone."""

_current: ContextVar[str] = ContextVar("language", default=LANGUAGES[0])
_OPEN, _CLOSE = "\u2068", "\u2069"
"""Unicode's isolates: around a text in another language than the one that is spoken, invisible where they stand."""
_FOREIGN = re.compile(f"{_OPEN}([^{_OPEN}{_CLOSE}]*){_CLOSE}")
_lacking: dict[str, None] = {}
"""The English texts that were shown for want of a translation, since a language was chosen."""


def use(language: str) -> None:
    """Let everything that is said from now on be said in a language."""
    _current.set(language)
    _lacking.clear()


@contextmanager
def spoken(language: str) -> Iterator[None]:
    """Speak a language for as long as something lasts."""
    before = _current.set(language)
    try:
        yield
    finally:
        _current.reset(before)


def current() -> str:
    """Return the language that is spoken now."""
    return _current.get()


def english() -> bool:
    """Tell whether the language that is spoken now is the one that everything exists in."""
    return current() == LANGUAGES[0]


def foreign(text: str) -> str:
    """Mark a text as English inside of what is said in another language, so that readers see it.

    >>> with spoken("de"):
    ...     pieces(f"Titel: {foreign('A title')}.")
    [('Titel: ', False), ('A title', True), ('.', False)]
    >>> foreign("A title")
    'A title'
    """
    if not text or english():
        return text
    _lacking[text] = None
    return f"{_OPEN}{unmarked(text)}{_CLOSE}"


def pieces(text: str) -> list[tuple[str, bool]]:
    """Cut a text where its language changes: the pieces, each with whether it is marked as English."""
    if _OPEN not in text:
        return [(text, False)] if text else []
    cut = _FOREIGN.split(text)
    return [(unmarked(piece), place % 2 == 1) for place, piece in enumerate(cut) if unmarked(piece)]


def unmarked(text: str) -> str:
    """Return a text without its marks, for where there is no room to show them."""
    return text.replace(_OPEN, "").replace(_CLOSE, "") if _OPEN in text or _CLOSE in text else text


def marked(text: str) -> bool:
    """Tell whether any of a text is marked as English."""
    return _OPEN in text


def lacking() -> list[str]:
    """Return the English texts that were shown for want of a translation since a language was chosen."""
    return list(_lacking)


class Said(str):
    """A text that people wrote: English as a string, with its translations beside it.

    In a file it is a text, or one for each language: `{en: …, de: …}`.

    >>> Said.read({"en": "Three neighbours", "de": "Drei Nachbarn"}).translations
    {'de': 'Drei Nachbarn'}
    """

    translations: Mapping[str, str]

    def __new__(cls, text: str = "", translations: Mapping[str, str] | None = None) -> Said:
        """Hold a text with its translations by language."""
        made = super().__new__(cls, text)
        made.translations = dict(translations or {})
        return made

    def __getnewargs__(self) -> Any:
        """Let a copy and a process that it is sent to have the translations too."""
        return str(self), dict(self.translations)

    @classmethod
    def read(cls, given: Any) -> Said:
        """Read a text as it stands in a file.

        Raises
        ------
        ValueError
            If it is neither a text nor texts by language, English among them.
        """
        if isinstance(given, Said):
            return given
        if isinstance(given, str):
            return cls(given)
        if not isinstance(given, Mapping) or not all(isinstance(one, str) for one in given.values()):
            raise ValueError("expected a text, or one for each language: {en: …, de: …}")
        unknown = sorted(set(given) - set(LANGUAGES))
        if unknown:
            raise ValueError(f"{unknown[0]!r} is no language here; expected {' or '.join(LANGUAGES)}")
        if not given.get(LANGUAGES[0]):
            raise ValueError("the English text is missing; a translation stands beside it, as in {en: …, de: …}")
        return cls(given[LANGUAGES[0]], {name: text for name, text in given.items() if name != LANGUAGES[0]})

    @property
    def here(self) -> str:
        """The text in the language that is spoken now; in English where there is no translation."""
        return self.translations.get(current()) or str(self)

    @property
    def shown(self) -> str:
        """The text for a report: in the language that is spoken now, else in English and marked so."""
        return self.here if self.is_here else foreign(str(self))

    @property
    def is_here(self) -> bool:
        """Whether the text exists in the language that is spoken now; an empty one exists in all."""
        return not self or english() or current() in self.translations

    def told(self, change: Callable[[str], str]) -> Said:
        """Return the text with the same change made to it in every language."""
        return Said(change(str(self)), {name: change(text) for name, text in self.translations.items()})

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> CoreSchema:
        """Tell pydantic how to read one, and that it is written as the English text."""
        return core_schema.no_info_plain_validator_function(
            cls.read, serialization=core_schema.plain_serializer_function_ser_schema(str))

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: Any) -> dict[str, Any]:
        """Tell editors what may stand there."""
        texts = {name: {"type": "string"} for name in LANGUAGES}
        return {"oneOf": [{"type": "string"}, {"type": "object", "properties": texts, "required": [LANGUAGES[0]],
                                              "additionalProperties": False}]}
