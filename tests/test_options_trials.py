"""Tipping points, regret and other methods, against cases that can be worked out by hand."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from atlas.options import regret, robust, tipping


def test_a_tipping_point_stands_where_two_values_cross() -> None:
    """0.2 + 0.8 t against 1 - t: they cross at t = 4/9."""
    parts = tipping.stretches(np.array([[1.0, 0.2], [0.0, 1.0]]), np.array([0.5, 0.5]), 0)
    assert [(one.option, round(one.end, 6)) for one in parts] == [(1, round(4 / 9, 6)), (0, 1.0)]
    found = tipping.tip(parts, 0.5)
    assert found.leader == 0 and found.above is None
    assert found.below == (pytest.approx(4 / 9), 1) and found.distance == pytest.approx(0.5 - 4 / 9)


def test_every_leader_along_a_strip_is_the_best_option_there() -> None:
    rng = np.random.default_rng(4)
    for _ in range(200):
        scores, weights = rng.uniform(-2, 2, (5, 4)).round(1), rng.dirichlet(np.ones(4))
        parts = tipping.stretches(scores, weights, 2)
        assert parts[0].start == 0 and parts[-1].end == 1
        assert all(one.end == other.start for one, other in itertools.pairwise(parts))
        for part in parts:
            at = (part.start + part.end) / 2
            rest = np.delete(weights, 2)
            moved = np.insert(rest / rest.sum() * (1 - at), 2, at)
            assert scores[part.option] @ moved == pytest.approx((scores @ moved).max(), abs=1e-9)


def test_an_option_that_dominates_has_no_tipping_point() -> None:
    parts = tipping.stretches(np.array([[2.0, 2.0], [1.0, 1.0]]), np.array([0.3, 0.7]), 1)
    assert len(parts) == 1 and tipping.tip(parts, 0.7).distance == float("inf")


def test_weights_that_lie_on_one_criterion_alone_leave_the_others_alike() -> None:
    parts = tipping.stretches(np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]), np.array([1.0, 0.0, 0.0]), 0)
    assert [round(one.end, 6) for one in parts] == [round(1 / 3, 6), 1.0]


def test_the_smallest_largest_regret_need_not_belong_to_a_best_option() -> None:
    worth = np.array([[10.0, 0.0], [0.0, 10.0], [6.0, 6.0]])
    assert regret.regrets(worth).tolist() == [[0, 10], [10, 0], [4, 4]]
    assert regret.least(worth) == [2]


def test_the_libraries_methods_agree_with_their_definitions() -> None:
    scores, weights = np.array([[4.0, 3, 2], [3, 2, 4], [5, 1, 3]]), np.array([0.5, 0.3, 0.2])
    assert robust.promethee(scores, weights) == pytest.approx([0.1, -0.3, 0.2])  # the library's own example
    scaled = (scores - scores.min(axis=0)) / np.ptp(scores, axis=0) * weights
    far, near = (np.sqrt(((scaled - end) ** 2).sum(axis=1)) for end in (scaled.min(axis=0), scaled.max(axis=0)))
    assert robust.topsis(scores, weights) == pytest.approx(far / (far + near))


def test_a_criterion_that_tells_nobody_apart_changes_nothing() -> None:
    scores, weights = np.array([[1.0, 0.0], [0.0, 1.0]]), np.array([0.6, 0.4])
    wider = np.column_stack([scores, [1.5, 1.5]])
    for method in robust.METHODS.values():
        with_it = method(wider, np.array([0.3, 0.2, 0.5]))
        assert np.argsort(method(scores, weights)).tolist() == np.argsort(with_it).tolist()
    assert robust.topsis(np.ones((3, 2)), np.array([0.5, 0.5])).tolist() == [0, 0, 0]


def test_rank_reversal_is_found_where_it_happens_and_never_in_a_weighted_mean() -> None:
    rng = np.random.default_rng(6)
    turned = 0
    for _ in range(200):
        scores, weights = rng.uniform(-2, 2, (5, 4)), rng.dirichlet(np.ones(4))
        assert robust.reversals(robust.weighted_mean, scores, weights, [0, 1, 2, 3]) == []
        turned += bool(robust.reversals(robust.topsis, scores, weights, [0, 1, 2, 3]))
    assert turned


def test_a_method_agrees_with_itself() -> None:
    rng = np.random.default_rng(8)
    scores, weights = rng.uniform(-2, 2, (50, 4, 3)), rng.dirichlet(np.ones(3), 50)
    assert robust.agreement(robust.weighted_mean, scores, weights) == 1
    assert 0.3 < robust.agreement(robust.topsis, scores, weights) < 1
