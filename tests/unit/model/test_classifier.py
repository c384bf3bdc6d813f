import numpy as np
import pytest

from pixelviz.model import classifier
from pixelviz.model.classifier import Prediction


def test_softmax_gives_each_exponentials_share_of_the_total() -> None:
    logits = np.array([1, 2, 3, 4, 0, 0, 0, 0, 0, -5], np.float32)
    expected = np.exp(logits) / np.exp(logits).sum()
    assert classifier.softmax(logits) == pytest.approx(expected)


def test_softmax_does_not_overflow_on_large_logits() -> None:
    assert classifier.softmax(np.array([1000, 0], np.float32)) == pytest.approx([1, 0])


def _prediction(given: dict[int, float]) -> Prediction:
    """Return a prediction with some digits' probabilities; the other digits share the rest."""
    rest = (1 - sum(given.values())) / (10 - len(given))
    probabilities = np.array([given.get(digit, rest) for digit in range(10)], np.float32)
    return Prediction(np.log(probabilities), probabilities)


def test_a_prediction_is_sure_from_one_confidence_up_whatever_the_model() -> None:
    assert _prediction({7: 0.80}).is_sure
    assert not _prediction({7: 0.78}).is_sure


def test_a_digit_is_probable_if_it_is_twice_as_probable_as_any_other() -> None:
    assert _prediction({8: 0.46, 3: 0.22}).is_probable
    assert not _prediction({8: 0.46, 3: 0.24}).is_probable
    assert not _prediction({8: 0.3}).is_probable


@pytest.mark.parametrize(
    ("given", "candidates"),
    [
        ({4: 0.5, 9: 0.4}, (4, 9)),
        ({9: 0.5, 4: 0.31}, (9, 4)),
        ({1: 0.3, 7: 0.3, 4: 0.3}, (1, 7, 4)),
        ({8: 0.6}, ()),
        ({}, ()),
    ],
)
def test_candidates_are_the_two_or_three_digits_with_most_of_the_probability(
    given: dict[int, float], candidates: tuple[int, ...]
) -> None:
    found = _prediction(given).candidates
    assert sorted(found) == sorted(candidates)
    assert len(candidates) != 2 or found == candidates
