"""Acceptability: closed forms in two, three and more dimensions, a published example, and the error of the draws."""

from __future__ import annotations

import numpy as np
import pytest

from atlas.options import smaa
from atlas.options.weights import Weighing

DRAWS = 200_000


def exactly(scores: list[list[float]]) -> smaa.Sampler:
    """Scores without any range."""
    fixed = np.array([scores], dtype=float)
    return smaa.between(fixed, fixed)


def run(scores: smaa.Sampler, weighing: Weighing, draws: int = DRAWS) -> smaa.Acceptability:
    return smaa.run(scores, weighing.draw, draws, seed=7)


def test_two_options_under_two_criteria_share_the_weights_at_the_crossing() -> None:
    """A is first if 3 w > 1 - w, that is w > 1/4: three quarters of the weights, of which the mean is 5/8."""
    found = run(exactly([[3, 0], [0, 1]]), Weighing(2))
    assert found.ranks == pytest.approx(np.array([[0.75, 0.25], [0.25, 0.75]]), abs=0.004)
    assert found.central == pytest.approx(np.array([[5 / 8, 3 / 8], [1 / 8, 7 / 8]]), abs=0.004)
    assert found.wins[0, 1] == pytest.approx(0.75, abs=0.004)
    assert found.confidence.tolist() == [1, 1]


@pytest.mark.parametrize("size", [3, 4, 5])
def test_each_of_n_specialists_is_first_for_one_nth_of_the_weights(size: int) -> None:
    """Each option is best under one criterion: the largest weight decides, its mean is (1 + 1/2 + … + 1/n) / n."""
    found = run(exactly(np.eye(size).tolist()), Weighing(size))
    largest = sum(1 / k for k in range(1, size + 1)) / size
    assert found.ranks == pytest.approx(np.full((size, size), 1 / size), abs=0.006)
    assert np.diag(found.central) == pytest.approx(np.full(size, largest), abs=0.005)


@pytest.mark.parametrize("size", [3, 4, 6])
def test_against_the_sure_thing_a_specialist_wins_with_the_power_of_what_is_left(size: int) -> None:
    """One option scores 1 under the first criterion alone, the other t everywhere: P(w1 > t) = (1 - t)^(n - 1)."""
    level = 0.3
    found = run(exactly([[1] + [0] * (size - 1), [level] * size]), Weighing(size))
    assert found.first[0] == pytest.approx((1 - level) ** (size - 1), abs=0.005)


def test_a_dominated_option_is_never_first_and_a_dominating_one_always() -> None:
    low, high = np.array([[[1.0, 1.0, 1.0], [-1, -1, -1]]]), np.array([[[2.0, 2, 2], [0, 0, 0]]])
    found = run(smaa.between(low, high), Weighing(3))
    assert found.first.tolist() == [1, 0]
    assert np.isnan(found.central[1]).all() and np.isnan(found.confidence[1])


def test_options_that_are_alike_share_all_places() -> None:
    found = run(exactly([[1, 2, 0]] * 4), Weighing(3))
    assert found.ranks == pytest.approx(np.full((4, 4), 0.25), abs=0.005)


def test_ranges_alone_decide_where_the_weights_are_fixed() -> None:
    """Uniform on 0 to 1 against uniform on 0 to 2: the second wins with chance 3/4."""
    found = run(smaa.between(np.zeros((1, 2, 1)), np.array([[[1.0], [2.0]]])), Weighing(1, point=(1.0,)))
    assert found.first[1] == pytest.approx(0.75, abs=0.004)
    assert found.confidence == pytest.approx(found.first, abs=0.005)


def test_of_several_scenarios_each_is_as_likely() -> None:
    low = np.array([[[1.0], [0.0]], [[0.0], [1.0]], [[1.0], [0.0]]])
    assert run(smaa.between(low, low), Weighing(1, point=(1.0,))).first[0] == pytest.approx(2 / 3, abs=0.004)


# The thrombolytics example of the drugis project: heparin and enoxaparin, thromboses near and far, bleeding.
# Distributions: github.com/drugis/mcda-elicitation-web, examples/thrombolytics.json; results: R/test/thrombo.R, from
# ten thousand draws, which that test itself holds to within 0.02 of the shares and five per cent of the weights.
EVENTS = (((20, 116), (40, 96), (1, 135)), ((8, 121), (32, 97), (5, 124)))
SCALES = ((0.0, 0.25), (0.15, 0.4), (0.0, 0.1))
PUBLISHED = {
    "free": (frozenset(), 0.3381, (0.1976, 0.2780, 0.5244), (0.4118, 0.3578, 0.2304), (0.6389, 0.8925)),
    "ordinal": (frozenset({(0, 2), (2, 1)}), 0.1369, (0.5240, 0.1213, 0.3547), (0.6229, 0.1103, 0.2668),
                (0.1914, 0.9174)),
}


def thrombolytics(rng: np.random.Generator, number: int) -> np.ndarray:
    drawn = np.stack([np.stack([rng.beta(*one, number) for one in row], 1) for row in EVENTS], 1)
    low, high = np.array(SCALES).T
    return (high - drawn) / (high - low)


@pytest.mark.parametrize("case", PUBLISHED)
def test_the_published_thrombolytics_example_is_met(case: str) -> None:
    heavier, first, heparin, enoxaparin, factors = PUBLISHED[case]
    found = run(thrombolytics, Weighing(3, heavier=heavier))
    assert found.first[0] == pytest.approx(first, abs=0.02)
    assert found.central == pytest.approx(np.array([heparin, enoxaparin]), abs=0.02)
    assert found.confidence == pytest.approx(np.array(factors), abs=0.02)


def test_the_published_exact_trade_off_of_the_same_example_is_met() -> None:
    found = run(thrombolytics, Weighing(3, point=(4 / 7, 1 / 7, 2 / 7)))
    assert found.first[0] == pytest.approx(0.1049, abs=0.02)


def test_the_same_seed_gives_the_same_figures_and_another_one_others() -> None:
    scores = smaa.between(np.zeros((1, 3, 3)), np.ones((1, 3, 3)))
    one, same, other = (smaa.run(scores, Weighing(3).draw, 20_000, seed) for seed in (1, 1, 2))
    assert (one.ranks == same.ranks).all() and (one.central == same.central).all()
    assert (one.ranks != other.ranks).any()


def test_the_error_is_that_of_a_share_and_the_batches_agree_with_it() -> None:
    found = run(smaa.between(np.zeros((1, 4, 3)), np.ones((1, 4, 3))), Weighing(3), 100_000)
    assert found.draws == 100_000
    assert found.errors[0, 0] == pytest.approx(np.sqrt(0.25 * 0.75 / 100_000), rel=0.05)
    assert 0.6 < np.median(found.batch_errors / found.errors) < 1.5
    assert abs(found.first - 0.25).max() < 5 * found.error


def test_a_range_that_decides_moves_first_places_and_one_without_width_does_not() -> None:
    low, high = np.array([[0.0, 0.0], [0.5, 0.0]]), np.array([[1.0, 0.0], [0.5, 0.0]])
    found = smaa.swings(low, high, Weighing(2, point=(1.0, 0.0)).draw, 50_000)
    assert found[0, 0] == pytest.approx(1, abs=0.01)
    assert found[0, 1] == found[1, 0] == 0
