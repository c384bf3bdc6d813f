import doctest

import numpy as np
import pytest

from pixelviz.model.classifier import Prediction
from pixelviz.page import wording


def test_the_examples_in_the_docstrings_are_correct() -> None:
    # pytest's own search would import the whole package, and the canvas needs a running page.
    assert doctest.testmod(wording).failed == 0


@pytest.mark.parametrize("probability", [0.99951, 0.9999999, 1.0])
def test_no_probability_is_shown_as_100_percent(probability: float) -> None:
    assert wording.percent(probability).startswith(">")


@pytest.mark.parametrize("probability", [0.0005, 0.123, 0.5, 0.9994])
def test_the_percentage_shown_is_close_to_the_probability(probability: float) -> None:
    shown = float(wording.percent(probability).removesuffix("\u202f%"))
    assert shown == pytest.approx(100 * probability, abs=0.05)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({7: 0.97}, "97.0\u202f% sure"),
        ({8: 0.78}, "probably 8, 78.0\u202f%"),
        ({8: 0.462, 3: 0.2}, "probably 8, 46.2\u202f%"),
        ({4: 0.5, 9: 0.4}, "looks like 4 or 9"),
        ({8: 0.3, 3: 0.2}, "cannot tell; perhaps not a digit"),
        ({}, "cannot tell; perhaps not a digit"),
    ],
)
def test_sure_means_the_same_for_every_model(given: dict[int, float], said: str) -> None:
    rest = (1 - sum(given.values())) / (10 - len(given))
    probabilities = np.array([given.get(digit, rest) for digit in range(10)], np.float32)
    assert wording.reason(Prediction(np.log(probabilities), probabilities)) == said
