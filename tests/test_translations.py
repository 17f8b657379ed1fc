"""Translations as people type them: of texts in assessments, and of what the tables say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from atlas.data import tables
from atlas.paths import data

TRANSLATED = data() / "translations"


def pairs(part: Any) -> Iterator[tuple[str, str]]:
    """Every text of a file that exists in both languages."""
    if isinstance(part, dict) and set(part) == {"en", "de"}:
        yield part["en"], part["de"]
    elif isinstance(part, dict | list):
        for inner in part.values() if isinstance(part, dict) else part:
            yield from pairs(inner)


def figures(text: str) -> list[str]:
    """The numbers of a text, without what groups their digits."""
    return sorted(re.findall(r"\d+", re.sub(r"(?<=\d)[.,](?=\d)", "", text)))


@pytest.mark.parametrize("path", [path for path in sorted((data() / "assessments").glob("*.yaml"))
                                  if "\n  de: " in path.read_text(encoding="utf-8")], ids=lambda path: path.stem)
def test_a_translation_has_the_numbers_of_its_original_and_is_none_of_its_copy(path: Path) -> None:
    found = list(pairs(yaml.safe_load(path.read_text(encoding="utf-8"))))
    assert found and not [both for both in found if figures(both[0]) != figures(both[1])]
    copied = {english for english, german in found if english == german and " " in english}
    assert copied <= {"Global Innovation Index"}


@pytest.mark.parametrize("path", sorted(TRANSLATED.glob("*.yaml")), ids=lambda path: path.name)
def test_every_key_of_a_translation_exists_in_the_tables(path: Path) -> None:
    given = yaml.safe_load(path.read_text(encoding="utf-8"))
    known = tables()
    partners = {part for one in known.events.values() for part in one.partner.split(";")}
    valid: dict[str, Any] = {
        "indicators": known.indicators, "definitions": known.indicators, "events": known.events,
        "instruments": known.instruments, "peer_sets": known.peer_set_names,
        "organisations": known.organisations | partners, "kinds": {one.kind for one in known.events.values()},
        "cards": yaml.safe_load((data() / "reference/cards.yaml").read_text(encoding="utf-8"))}
    unknown = [f"{section}: {key}" for section, keys in valid.items() for key in given.get(section, {})
               if key not in keys]
    assert not unknown
