"""Habits are added to what has none, and do not change which digit it is."""

import numpy as np
import pytest

from pixelviz.ink import Points
from pixelviz.training.data.habits import with_habit
from pixelviz.training.data.pen_characters import PenCharacter

CIRCLE = np.array([(np.cos(a), np.sin(a)) for a in np.linspace(0, 2 * np.pi, 30)])
STEM = np.linspace((0, 0), (0, 10), 12)
SEVEN = np.concatenate([np.linspace((0, 0), (6, 0), 8), np.linspace((6, 0), (2, 10), 12)])


def one_stroke(label: str, stroke: Points) -> PenCharacter:
    return PenCharacter(label, "pendigits", "1", (stroke,))


@pytest.fixture(params=range(20))
def random(request: pytest.FixtureRequest) -> np.random.Generator:
    return np.random.default_rng(request.param)


def test_a_slash_goes_through_the_middle_of_a_zero(random: np.random.Generator) -> None:
    zero, slash = with_habit(one_stroke("0", CIRCLE), random)
    assert np.array_equal(zero, CIRCLE)
    assert (slash.min(axis=0) < 0).all()
    assert (slash.max(axis=0) > 0).all()
    assert np.ptp(slash[:, 1]) > 0.7


def test_slashes_lean_to_both_sides_and_reach_beyond_the_rim_or_not() -> None:
    slashes = [
        with_habit(one_stroke("0", CIRCLE), np.random.default_rng(seed))[1] for seed in range(60)
    ]
    leans = {bool(np.prod(slash[-1] - slash[0]) > 0) for slash in slashes}
    beyond = {bool(np.hypot(*(slash[-1] - slash[0])) > 2) for slash in slashes}
    assert leans == beyond == {True, False}


def test_the_upstroke_of_a_one_comes_from_below_on_the_left_and_is_steep(
    random: np.random.Generator,
) -> None:
    stroke, *foot = with_habit(one_stroke("1", STEM), random)
    start, top = stroke[0], stroke[stroke[:, 1].argmin()]
    across, down = start - top
    assert across < 0
    assert 2 < down < 9
    assert down >= 0.9 * -across
    assert np.allclose(stroke[-1], STEM[-1])
    assert all(np.allclose(line[:, 1], 10) for line in foot)


def test_the_bar_of_a_seven_crosses_its_stem(random: np.random.Generator) -> None:
    seven, bar = with_habit(one_stroke("7", SEVEN), random)
    assert np.array_equal(seven, SEVEN)
    middle = bar.mean(axis=0)
    assert 3 < middle[1] < 8
    assert np.hypot(*(SEVEN - middle).T).min() < 0.6
    assert bar[0, 0] < middle[0] < bar[-1, 0]


@pytest.mark.parametrize(
    "digit",
    [
        one_stroke("3", CIRCLE),
        PenCharacter("0", "gmd", "ann", (CIRCLE, STEM)),
        PenCharacter("1", "gmd", "ann", (STEM[:2],)),
    ],
    ids=["another digit", "several strokes", "a dot"],
)
def test_what_has_a_habit_of_its_own_or_none_stays(
    digit: PenCharacter, random: np.random.Generator
) -> None:
    assert with_habit(digit, random) is digit.strokes
