"""Texts in more than one language: English first, translations beside it, a missing one seen."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Iterator

import pytest

from atlas import language
from atlas.language import Said
from atlas.model import Claim

GIVEN = {"id": "X-R01", "question": "relevance", "kind": "fact", "short": {"en": "short", "de": "kurz"},
         "statement": "A sentence.", "no_data": "nobody keeps a table", "rival": {"en": "Another.", "de": "Andere."}}


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    """Whatever a test speaks, the next one begins in English."""
    yield
    language.use("en")


def test_a_text_is_its_english_and_knows_its_translations() -> None:
    claim = Claim.model_validate(GIVEN)
    assert claim.short == "short" and claim.short.here == "short"
    language.use("de")
    assert claim.short.here == "kurz" and claim.short.is_here
    assert claim.rival and claim.rival.text.here == "Andere."


def test_a_missing_translation_is_english_and_says_so() -> None:
    claim = Claim.model_validate(GIVEN)
    assert claim.statement.is_here
    language.use("de")
    assert claim.statement.here == "A sentence." and not claim.statement.is_here
    assert claim.note.is_here  # nothing to say is the same in every language


@pytest.mark.parametrize(("given", "message"), [
    ({"de": "nur deutsch"}, "the English text is missing"),
    ({"en": "a", "fr": "b"}, "'fr' is no language here; expected en or de"),
    (["a"], "expected a text, or one for each language"),
])
def test_what_is_no_text_is_refused_with_what_was_expected(given: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Said.read(given)


def test_translations_survive_a_copy_and_another_process() -> None:
    text = Said.read({"en": "a", "de": "b"})
    for other in (copy.deepcopy(text), pickle.loads(pickle.dumps(text))):
        assert (other, other.translations) == ("a", {"de": "b"})


def test_what_is_written_out_is_the_english_text() -> None:
    assert Claim.model_validate(GIVEN).model_dump(exclude_defaults=True)["short"] == "short"
