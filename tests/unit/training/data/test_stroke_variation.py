"""Strokes vary as hands do, and stay the strokes of the same digit."""

import numpy as np
import pytest

from pixelviz.ink import Points
from pixelviz.training.data import stroke_variation

LINE: Points = np.column_stack([np.zeros(21), np.arange(21.0)])
"""Twenty long, from the top straight down."""


def length_of(stroke: Points) -> float:
    return float(np.hypot(*np.diff(stroke, axis=0).T).sum())


def test_nothing_happens_with_probability_0() -> None:
    (stroke,) = stroke_variation.varied(
        (LINE,), np.random.default_rng(0), subsampling=0, cut=0, hook=0, gap=0
    )
    assert stroke is LINE


def test_a_stroke_is_cut_short_at_its_end_only() -> None:
    lengths = []
    for seed in range(50):
        stroke = stroke_variation.cut_short(LINE, np.random.default_rng(seed))
        assert np.array_equal(stroke[0], LINE[0])
        assert np.array_equal(stroke[:-1], LINE[: len(stroke) - 1])
        assert not stroke[:, 0].any()  # the end lies on the line too
        lengths.append(length_of(stroke))
    assert 17 <= min(lengths) < 17.3
    assert 19.1 < max(lengths) <= 19.4


def test_a_hook_is_added_at_either_end_and_turns_away() -> None:
    at_the_start: list[float] = []
    at_the_end: list[float] = []
    for seed in range(100):
        (stroke,) = stroke_variation.hooked((LINE,), np.random.default_rng(seed))
        extra = len(stroke) - len(LINE)
        is_at_the_end = np.array_equal(stroke[0], LINE[0])
        kept = stroke[:-extra] if is_at_the_end else stroke[extra:]
        assert np.array_equal(kept, LINE)
        hook = stroke[-extra - 1 :] if is_at_the_end else stroke[extra::-1]
        (at_the_end if is_at_the_end else at_the_start).append(length_of(hook))
        forward = 1 if is_at_the_end else -1
        direction = (hook[-1] - hook[0]) / length_of(hook) @ np.array([0, forward])
        assert np.arccos(direction) > 0.49
    assert len(at_the_end) > len(at_the_start) > 20
    for lengths in (at_the_start, at_the_end):
        assert 0.06 * 20 <= min(lengths) < max(lengths) <= 0.28 * 20 + 1e-9


def test_of_several_strokes_one_has_the_hook() -> None:
    other = LINE + np.array([5, 0])
    first, second = stroke_variation.hooked((LINE, other), np.random.default_rng(1))
    assert (len(first) > len(LINE)) != (len(second) > len(LINE))


@pytest.mark.parametrize("count", [1, 2, 3, 5, 7])
def test_a_short_stroke_becomes_no_empty_one(count: int) -> None:
    random = np.random.default_rng(count)
    for _ in range(30):
        strokes = stroke_variation.varied(
            (LINE[:count],), random, subsampling=1, cut=1, hook=1, gap=1
        )
        assert all(len(stroke) > 0 for stroke in strokes)


def test_a_dot_has_no_hook() -> None:
    dot = np.zeros((5, 2))
    assert stroke_variation.hooked((dot,), np.random.default_rng(0))[0] is dot
