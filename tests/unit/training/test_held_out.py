import keras
import numpy as np
import pytest

from pixelviz import raster
from pixelviz.data.sample_digits import strokes_of
from pixelviz.training import evaluate, held_out, metrics
from pixelviz.training.architectures import softmax
from pixelviz.training.cross_validation import FOLDS
from pixelviz.training.examples import Examples
from pixelviz.training.held_out import Answers, Drawn, Strangers
from pixelviz.training.nondigits import KINDS
from pixelviz.training.pendigits import PenDigit
from tests.drawings import SEVEN, drawn

PEN = [
    PenDigit(digit, writer, tuple(500 * np.array(stroke) for stroke in strokes_of(digit)))
    for writer in range(10)
    for digit in range(10)
]
MNIST = Examples(np.stack([raster.to_grid(drawn(SEVEN))] * 10), np.array([7] * 9 + [1], np.uint8))


@pytest.fixture(scope="module")
def shown() -> Drawn:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(held_out, "MEASURED", 5)
        patched.setattr(held_out, "PEN_WIDTHS_PX", (8, 24))
        return held_out.drawn(MNIST, PEN)


@pytest.fixture(scope="module")
def models() -> list[keras.Model]:
    """Return a model for each fold that always reads the number of its fold."""
    built = []
    for fold in FOLDS:
        model = softmax()
        bias = np.zeros(10, np.float32)
        bias[fold] = 5
        model.set_weights([np.zeros((784, 10), np.float32), bias])
        built.append(model)
    return built


@pytest.fixture(scope="module")
def answers(models: list[keras.Model], shown: Drawn) -> Strangers:
    return held_out.asked(models, MNIST, PEN, shown)


def test_each_digit_is_read_once_by_the_model_that_never_met_it(answers: Strangers) -> None:
    assert sum(len(each.targets) for each in answers.page_pen) == len(PEN)
    assert sum(len(each.targets) for each in answers.mnist) == len(MNIST.targets)
    for fold, each in enumerate(answers.any_pen):
        assert set(each.logits.argmax(axis=1)) == {fold}


def test_every_kind_is_asked_of_a_model_that_never_met_it(answers: Strangers) -> None:
    assert set(answers.kinds) == {*KINDS, held_out.NEW_SIGNS}
    assert set(answers.kinds["scribble"].argmax(axis=1)) == {0}
    assert set(answers.kinds["letter or symbol"].argmax(axis=1)) == {1}
    # The new signs are asked of the four that know other signs.
    assert set(answers.kinds[held_out.NEW_SIGNS].argmax(axis=1)) == {0, 2, 3, 4}


def test_the_scores_are_those_of_the_answers(answers: Strangers) -> None:
    left_out = answers.scored(answers.page_pen)
    assert left_out.overall.accuracy == pytest.approx(0.1)
    assert [fold.accuracy for fold in left_out.folds] == pytest.approx([0.1] * 5)


def test_the_doubt_of_answers_is_that_of_all_folds_together() -> None:
    random = np.random.default_rng(1)
    logits = random.normal(0, 2, (2000, 10)).astype(np.float32)
    targets = logits.argmax(axis=1).astype(np.uint8)
    each = [Answers(logits[fold::5], targets[fold::5]) for fold in FOLDS]
    temperature, threshold = Strangers(each, each, each, {}, {}).doubt()
    assert temperature == metrics.temperature_for([(logits, targets)], bounds=[0.01])
    assert threshold == pytest.approx(metrics.threshold_for([logits / temperature]), abs=0.01)


def test_what_is_noticed_comes_from_the_model_and_from_the_folds(
    models: list[keras.Model], shown: Drawn
) -> None:
    left_out = dict.fromkeys(shown.kinds, 0.25)
    found = evaluate.noticed(models[0], shown, left_out, 0.999)
    assert all(each.final_model == 1 and each.held_out == 0.25 for each in found.values())
    found = evaluate.noticed(models[0], shown, left_out, 0.5)
    assert all(each.final_model == 0 for each in found.values())
