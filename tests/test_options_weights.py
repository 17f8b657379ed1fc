"""Weights: what may be typed, and that every weight that is allowed is drawn as often as any other."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from atlas.errors import WrongUse
from atlas.options.weights import Weighing, parse

NAMES = ["prisoners", "escalation", "sanctions", "waiting"]
SETS = {"any": "", "prisoners_first": "prisoners > other", "equal": "other=1"}


def test_sets_sizes_and_orders_are_understood() -> None:
    assert parse("any", NAMES, SETS) == Weighing(4)
    assert parse("equal", NAMES, SETS).point == (0.25,) * 4
    assert parse("prisoners=3, other=1", NAMES, SETS).point == (0.5, 1 / 6, 1 / 6, 1 / 6)
    assert parse("sanctions=2; waiting=2", NAMES, SETS).point == (0, 0, 0.5, 0.5)
    assert parse("prisoners_first", NAMES, SETS).heavier == {(0, 1), (0, 2), (0, 3)}
    assert parse("waiting > prisoners > other", NAMES, SETS).heavier == {(3, 0), (0, 1), (0, 2)}


@pytest.mark.parametrize(("text", "message"), [
    ("prisoner_first", "is no set of this file; did you mean prisoners_first?"),
    ("prisoner=3, other=1", "'prisoner' is no criterion of this file; did you mean prisoners?"),
    ("prisoners=many", "prisoners='many' is no number; expected as in prisoners=3"),
    ("prisoners=-1", "prisoners=-1 is no weight"),
    ("prisoners=inf", "prisoners=inf is no weight"),
    ("prisoners=0", "all of them are nought"),
    ("prisoners=3, waiting > other", "not both"),
    ("waiting > prisoners > waiting", "runs in a circle"),
])
def test_what_makes_no_sense_is_refused_in_one_line(text: str, message: str) -> None:
    with pytest.raises(WrongUse) as error:
        parse(text, NAMES, SETS)
    assert message in str(error.value) and "\n" not in str(error.value)


ORDERS = {
    "none": frozenset(),
    "complete": frozenset({(2, 0), (0, 3), (3, 1)}),
    "one first": frozenset({(1, 0), (1, 2), (1, 3)}),
    "two chains": frozenset({(0, 1), (2, 3)}),
    "a fork": frozenset({(0, 1), (0, 2), (1, 3)}),
    "two roots": frozenset({(0, 3), (1, 3), (1, 2)}),
}


@pytest.mark.parametrize("order", ORDERS)
def test_draws_agree_with_those_that_rejection_leaves(order: str) -> None:
    heavier, rng = ORDERS[order], np.random.default_rng(3)
    drawn = Weighing(4, heavier=heavier).draw(rng, 60_000)
    free = rng.dirichlet(np.ones(4), 60_000 * 12)
    kept = free[np.all([free[:, a] >= free[:, b] for a, b in heavier] or [np.full(len(free), True)], axis=0)]
    assert np.allclose(drawn.sum(axis=1), 1)
    assert all((drawn[:, a] >= drawn[:, b]).all() for a, b in heavier)
    assert np.allclose(drawn.mean(axis=0), kept.mean(axis=0), atol=0.004)
    assert np.allclose(np.cov(drawn.T), np.cov(kept.T), atol=0.002)
    for a, b in itertools.combinations(range(4), 2):
        assert abs((drawn[:, a] > drawn[:, b]).mean() - (kept[:, a] > kept[:, b]).mean()) < 0.012


@pytest.mark.parametrize("order", ORDERS)
def test_the_centre_is_the_mean_of_the_draws(order: str) -> None:
    weighing = Weighing(4, heavier=ORDERS[order])
    assert weighing.centre.sum() == pytest.approx(1)
    assert np.allclose(weighing.draw(np.random.default_rng(5), 100_000).mean(axis=0), weighing.centre, atol=0.002)


def test_a_complete_order_has_the_published_rank_order_centroid_weights() -> None:
    """The weights for four ranked criteria as printed in textbooks on the method: 0.52, 0.27, 0.15, 0.06."""
    centre = Weighing(4, heavier=frozenset({(0, 1), (1, 2), (2, 3)})).centre
    assert centre.round(2).tolist() == [0.52, 0.27, 0.15, 0.06]


def test_fixed_weights_are_always_the_same() -> None:
    weighing = Weighing(2, point=(0.25, 0.75))
    assert (weighing.draw(np.random.default_rng(1), 5) == [0.25, 0.75]).all()
    assert weighing.centre.tolist() == [0.25, 0.75]
