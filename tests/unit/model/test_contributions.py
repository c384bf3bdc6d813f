import numpy as np
import pytest

from pixelviz import raster, vector
from pixelviz.arrays import DIGITS, LENGTH, Features
from pixelviz.errors import ArrayError
from pixelviz.features import rescale
from pixelviz.model import card, classifier
from pixelviz.model.classifier import MODELS, Classifier, Linear
from pixelviz.model.contributions import Evidence, round_to_add_up, weigh
from tests.drawings import CROSSED_SEVEN, SCRIBBLE, SEVEN, drawn

STROKES = [CROSSED_SEVEN, SEVEN, SCRIBBLE]


@pytest.fixture(scope="module")
def model() -> Classifier:
    (found,) = [each for each in card.read(MODELS).models if each.name == "softmax"]
    return classifier.load(found)


@pytest.fixture(params=STROKES, ids=["crossed seven", "seven", "scribble"])
def features(request: pytest.FixtureRequest) -> Features:
    return rescale(vector.unroll(raster.to_grid(drawn(request.param))))


def test_sum_and_bias_are_the_logits_that_keras_gives(
    model: Classifier, features: Features
) -> None:
    answer = model.predict(features)
    weighed = weigh(features, model.linear)
    assert weighed.logits == pytest.approx(answer.logits, rel=1e-5, abs=1e-5)
    assert weighed.probabilities == pytest.approx(answer.probabilities, rel=1e-4, abs=1e-7)


def test_contributions_add_up_to_each_logit(model: Classifier, features: Features) -> None:
    weighed = weigh(features, model.linear)
    for digit in DIGITS:
        total = sum(
            float(model.linear.weights[index, digit]) * float(features[index])
            for index in range(LENGTH)
        )
        assert weighed.contributions[digit].sum() == pytest.approx(total)
        assert weighed.logits[digit] == pytest.approx(total + float(model.linear.bias[digit]))


def test_paper_says_nothing_for_or_against_a_digit(model: Classifier, features: Features) -> None:
    weighed = weigh(features, model.linear)
    assert not weighed.contributions[:, features == 0].any()
    assert weighed.contributions[:, features > 0].any()
    nothing = weigh(np.zeros(LENGTH, np.float32), model.linear)
    assert nothing.logits == pytest.approx(model.linear.bias)


def test_exponentials_stand_logits_too_large_and_too_small_for_them() -> None:
    for bias in (1000.0, -1000.0):
        weighed = Evidence(np.zeros((10, LENGTH)), np.arange(10, dtype=np.float64) + bias)
        assert weighed.exponentials == pytest.approx(np.exp(np.arange(10) - 9.0))
        assert weighed.exponentials[9] == 1
        assert weighed.probabilities.sum() == pytest.approx(1)


def test_weighing_changes_neither_features_nor_weights() -> None:
    features = np.full(LENGTH, 0.5, np.float32)
    linear = Linear(np.ones((LENGTH, 10), np.float32), np.ones(10, np.float32))
    weighed = weigh(features, linear)
    weighed.contributions[:] = weighed.bias[:] = 7
    assert (features == 0.5).all()
    assert (linear.weights == 1).all()
    assert (linear.bias == 1).all()


@pytest.mark.parametrize("wrong", [np.zeros((1, LENGTH), np.float32), np.zeros(LENGTH)])
def test_what_are_no_features_is_refused(model: Classifier, wrong: np.ndarray) -> None:
    with pytest.raises(ArrayError, match="Expected features of shape"):
        weigh(wrong, model.linear)


@pytest.mark.parametrize("count", [1, 2, 10])
@pytest.mark.parametrize("decimals", [0, 3])
def test_rounded_parts_add_up_to_their_rounded_sum(count: int, decimals: int) -> None:
    random = np.random.default_rng(count)
    for _ in range(200):
        parts = random.normal(0, 5, count)
        units = round_to_add_up(parts, decimals=decimals)
        assert units.sum() == round(parts.sum() * 10**decimals)
        assert (np.abs(units - parts * 10**decimals) < 1).all()


def test_parts_that_need_no_rounding_stay_as_they_are() -> None:
    parts = np.array([0.25, -3.5, 0, 12])
    assert round_to_add_up(parts, decimals=2).tolist() == [25, -350, 0, 1200]


def test_what_loses_most_by_rounding_is_raised_first() -> None:
    assert round_to_add_up(np.array([0.4, 0.8, 0.8]), decimals=0).tolist() == [0, 1, 1]
    assert round_to_add_up(np.array([0.3, 0.7, 0.4]), decimals=0).tolist() == [0, 1, 0]
