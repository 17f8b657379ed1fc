"""Krippendorff's alpha, against the values that its author and others print."""

from __future__ import annotations

import math

import pytest

from atlas import agreement

# Klaus Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), University of Pennsylvania, sections A to C.
BINARY = [[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]]
LETTERS = [list("aabbdcccedda"), list("babbbccceddd")]
FOUR = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
]
# The example of the encyclopedia's article on the coefficient, three coders and fifteen units.
THREE = [
    [None if code == "*" else int(code) for code in row]
    for row in ("*****34121133*3", "1*213343*******", "**21344*21133*4")
]


@pytest.mark.parametrize(("codes", "level", "printed"), [
    (BINARY, "nominal", 0.095),
    (LETTERS, "nominal", 0.692),
    (FOUR, "nominal", 0.743),
    (FOUR, "ordinal", 0.815),
    (FOUR, "interval", 0.849),
    (THREE, "nominal", 0.691),
    (THREE, "interval", 0.811),
])
def test_alpha_is_the_one_in_print(codes: list[list[object]], level: agreement.Level, printed: float) -> None:
    assert round(agreement.alpha(codes, level), 3) == printed  # type: ignore[arg-type]


def test_a_unit_of_one_coder_does_not_count() -> None:
    assert agreement.alpha([[1, 2, 1, None], [1, 2, 2, None]]) == agreement.alpha([[1, 2, 1, 3], [1, 2, 2, None]])


def test_full_agreement_is_one_and_agreement_on_a_single_code_says_nothing() -> None:
    assert agreement.alpha([["a", "b", "b"], ["a", "b", "b"]]) == 1
    assert math.isnan(agreement.alpha([["a", "a"], ["a", "a"]]))
    assert math.isnan(agreement.alpha([["a", None], [None, "b"]]))


def test_agreement_worse_than_chance_is_below_nought() -> None:
    assert agreement.alpha([["a", "b"], ["b", "a"]]) < 0


def test_rows_of_different_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="same length"):
        agreement.alpha([["a"], ["a", "b"]])


def test_an_unknown_level_is_refused() -> None:
    with pytest.raises(ValueError, match="nominal, ordinal or interval"):
        agreement.alpha([["a", "b"], ["a", "b"]], "ratio")  # type: ignore[arg-type]
