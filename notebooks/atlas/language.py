"""The language of a report, and texts of ours that exist in more than one."""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar
from typing import Any

from pydantic_core import CoreSchema, core_schema

LANGUAGES = ("en", "de")
"""What `-P language=…` understands; the first is the one that everything exists in."""

_current: ContextVar[str] = ContextVar("language", default=LANGUAGES[0])


def use(language: str) -> None:
    """Let everything that is said from now on be said in a language."""
    _current.set(language)


def current() -> str:
    """Return the language that is spoken now."""
    return _current.get()


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
        return self.translations.get(current(), str(self))

    @property
    def is_here(self) -> bool:
        """Whether the text exists in the language that is spoken now; an empty one exists in all."""
        return not self or current() == LANGUAGES[0] or current() in self.translations

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
