import numpy as np
import pytest

from pixelviz import raster, vector
from pixelviz.arrays import DIGITS, LENGTH, Features
from pixelviz.errors import ArrayError
from pixelviz.features import rescale
from pixelviz.model import card, keras_classifier
from pixelviz.model.classifier import MODELS, Classifier, Linear
from pixelviz.model.contributions import Contributions, contributions_of, round_to_add_up
from tests.drawings import CROSSED_SEVEN, SCRIBBLE, SEVEN, drawn

STROKES = [CROSSED_SEVEN, SEVEN, SCRIBBLE]


@pytest.fixture(scope="module")
def model() -> Classifier:
    (found,) = [each for each in card.read(MODELS).models if each.name == "softmax"]
    return keras_classifier.load(found)


@pytest.fixture(params=STROKES, ids=["crossed seven", "seven", "scribble"])
def features(request: pytest.FixtureRequest) -> Features:
    return rescale(vector.unroll(raster.to_grid(drawn(request.param))))


def test_sum_and_bias_equal_the_logits_of_keras(model: Classifier, features: Features) -> None:
    prediction = model.predict(features)
    contributions = contributions_of(features, model.linear)
    assert contributions.logits == pytest.approx(prediction.logits, rel=1e-5, abs=1e-5)
    assert contributions.probabilities == pytest.approx(
        prediction.probabilities, rel=1e-4, abs=1e-7
    )


def test_contributions_add_up_to_each_logit(model: Classifier, features: Features) -> None:
    contributions = contributions_of(features, model.linear)
    for digit in DIGITS:
        total = sum(
            float(model.linear.weights[index, digit]) * float(features[index])
            for index in range(LENGTH)
        )
        assert contributions.weighted_features[digit].sum() == pytest.approx(total)
        assert contributions.logits[digit] == pytest.approx(total + float(model.linear.bias[digit]))


def test_pixels_without_ink_contribute_nothing(model: Classifier, features: Features) -> None:
    contributions = contributions_of(features, model.linear)
    assert not contributions.weighted_features[:, features == 0].any()
    assert contributions.weighted_features[:, features > 0].any()
    nothing = contributions_of(np.zeros(LENGTH, np.float32), model.linear)
    assert nothing.logits == pytest.approx(model.linear.bias)


def test_exponentials_neither_overflow_nor_underflow() -> None:
    for bias in (1000.0, -1000.0):
        contributions = Contributions(
            np.zeros((10, LENGTH)), np.arange(10, dtype=np.float64) + bias
        )
        assert contributions.exponentials == pytest.approx(np.exp(np.arange(10) - 9.0))
        assert contributions.exponentials[9] == 1
        assert contributions.probabilities.sum() == pytest.approx(1)


def test_features_and_weights_are_not_modified() -> None:
    features = np.full(LENGTH, 0.5, np.float32)
    linear = Linear(np.ones((LENGTH, 10), np.float32), np.ones(10, np.float32))
    contributions = contributions_of(features, linear)
    contributions.weighted_features[:] = contributions.bias[:] = 7
    assert (features == 0.5).all()
    assert (linear.weights == 1).all()
    assert (linear.bias == 1).all()


@pytest.mark.parametrize("wrong", [np.zeros((1, LENGTH), np.float32), np.zeros(LENGTH)])
def test_features_of_the_wrong_shape_or_type_are_refused(
    model: Classifier, wrong: np.ndarray
) -> None:
    with pytest.raises(ArrayError, match="Expected features of shape"):
        contributions_of(wrong, model.linear)


@pytest.mark.parametrize("count", [1, 2, 10])
@pytest.mark.parametrize("decimals", [0, 3])
def test_rounded_terms_add_up_to_the_rounded_sum(count: int, decimals: int) -> None:
    random = np.random.default_rng(count)
    for _ in range(200):
        terms = random.normal(0, 5, count)
        units = round_to_add_up(terms, decimals=decimals)
        assert units.sum() == round(terms.sum() * 10**decimals)
        assert (np.abs(units - terms * 10**decimals) < 1).all()


def test_terms_that_need_no_rounding_are_unchanged() -> None:
    terms = np.array([0.25, -3.5, 0, 12])
    assert round_to_add_up(terms, decimals=2).tolist() == [25, -350, 0, 1200]


def test_terms_with_the_largest_remainders_are_rounded_up() -> None:
    assert round_to_add_up(np.array([0.4, 0.8, 0.8]), decimals=0).tolist() == [0, 1, 1]
    assert round_to_add_up(np.array([0.3, 0.7, 0.4]), decimals=0).tolist() == [0, 1, 0]
