import doctest

import pytest

from pixelviz.page import prediction


def test_the_examples_in_the_docstrings_are_correct() -> None:
    # pytest's own search would import the whole package, and the canvas needs a running page.
    assert doctest.testmod(prediction).failed == 0


@pytest.mark.parametrize("probability", [0.99951, 0.9999999, 1.0])
def test_no_probability_is_shown_as_100_percent(probability: float) -> None:
    assert prediction.percent(probability).startswith(">")


@pytest.mark.parametrize("probability", [0.0005, 0.123, 0.5, 0.9994])
def test_the_percentage_shown_is_close_to_the_probability(probability: float) -> None:
    shown = float(prediction.percent(probability).removesuffix("\u202f%"))
    assert shown == pytest.approx(100 * probability, abs=0.05)
