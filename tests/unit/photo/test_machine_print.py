import numpy as np
import pytest
from numpy.typing import NDArray

from pixelviz.photo import machine_print


def row(
    heights: NDArray[np.float64], *, base: float, pitch: float, slope: float = 0.0
) -> NDArray[np.intp]:
    """Return the boxes of glyphs on a baseline."""
    left = 20 + pitch * np.arange(len(heights))
    bottom = base + slope * left
    return np.rint(np.column_stack([bottom - heights, left, bottom, left + 18])).astype(np.intp)


@pytest.mark.parametrize("slope", [-0.05, 0.0, 0.05])
@pytest.mark.parametrize("pitch", [24, 150])
def test_equally_high_glyphs_on_straight_baselines_are_printed(slope: float, pitch: float) -> None:
    lines = [row(np.full(6, 30.0), base=base, pitch=pitch, slope=slope) for base in (100, 300)]
    assert machine_print.find(np.concatenate(lines)).all()


def test_capitals_and_small_letters_are_printed() -> None:
    heights = np.array([40, 30, 30, 40, 30, 30, 30, 45, 30, 30, 40, 30], np.float64)
    assert machine_print.find(row(heights, base=100, pitch=22)).all()


@pytest.mark.parametrize("seed", range(20))
def test_digits_by_hand_are_not_printed(seed: int) -> None:
    random = np.random.default_rng(seed)
    lines = []
    for base in (100, 250, 400, 550):
        boxes = row(50 * (1 + random.normal(0, 0.1, 6)), base=base, pitch=60)
        lines.append(boxes + np.rint(random.normal(0, 5, (6, 1))).astype(np.intp) * [1, 0, 1, 0])
    assert not machine_print.find(np.concatenate(lines)).any()


def test_a_dot_beside_print_is_printed_and_a_digit_far_from_it_is_not() -> None:
    line = row(np.full(10, 30.0), base=100, pitch=24)
    dot, digit = (94, 264, 100, 270), (60, 500, 120, 540)
    found = machine_print.find(np.vstack([line, dot, digit]))
    assert found.tolist() == 11 * [True] + [False]


def test_a_few_glyphs_are_not_enough() -> None:
    assert not machine_print.find(row(np.full(5, 30.0), base=100, pitch=24)).any()
