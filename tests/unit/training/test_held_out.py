import keras
import numpy as np
import pytest

from pixelviz import raster
from pixelviz.data.sample_digits import strokes_of
from pixelviz.training import held_out, metrics
from pixelviz.training.architectures import softmax
from pixelviz.training.data.cross_validation import FOLDS
from pixelviz.training.data.examples import Examples
from pixelviz.training.data.non_digits import KINDS
from pixelviz.training.data.pendigits import PenDigit
from pixelviz.training.held_out import EvaluationSets, HeldOutPredictions, LabelledLogits
from tests.drawings import SEVEN, drawn

PEN_DIGITS = [
    PenDigit(digit, writer, tuple(500 * np.array(stroke) for stroke in strokes_of(digit)))
    for writer in range(10)
    for digit in range(10)
]
MNIST = Examples(np.stack([raster.to_grid(drawn(SEVEN))] * 10), np.array([7] * 9 + [1], np.uint8))


@pytest.fixture(scope="module")
def evaluation_sets() -> EvaluationSets:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(held_out, "NON_DIGITS_PER_KIND", 5)
        patched.setattr(held_out, "PEN_WIDTHS_PX", (8, 24))
        return held_out.make_evaluation_sets(MNIST, PEN_DIGITS)


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
def predictions(models: list[keras.Model], evaluation_sets: EvaluationSets) -> HeldOutPredictions:
    return held_out.predict_held_out(models, MNIST, PEN_DIGITS, evaluation_sets)


def test_each_digit_is_read_once_by_the_model_of_the_fold_that_holds_it_out(
    predictions: HeldOutPredictions,
) -> None:
    assert sum(len(fold.targets) for fold in predictions.page_pen) == len(PEN_DIGITS)
    assert sum(len(fold.targets) for fold in predictions.mnist) == len(MNIST.targets)
    for fold, labelled in enumerate(predictions.any_pen):
        assert set(labelled.logits.argmax(axis=1)) == {fold}


def test_each_kind_of_non_digits_is_read_by_models_not_trained_on_it(
    predictions: HeldOutPredictions,
) -> None:
    assert set(predictions.non_digits) == {*KINDS, held_out.NEVER_TRAINED_ON}
    assert set(predictions.non_digits["scribble"].argmax(axis=1)) == {0}
    assert set(predictions.non_digits["letter or symbol"].argmax(axis=1)) == {1}
    # The held-out symbols are read by the four models that were trained on other symbols.
    never_trained_on = predictions.non_digits[held_out.NEVER_TRAINED_ON]
    assert set(never_trained_on.argmax(axis=1)) == {0, 2, 3, 4}


def test_scores_are_computed_overall_and_by_fold(predictions: HeldOutPredictions) -> None:
    scores = predictions.score(predictions.page_pen)
    assert scores.overall.accuracy == pytest.approx(0.1)
    assert [fold.accuracy for fold in scores.folds] == pytest.approx([0.1] * 5)


def test_temperature_and_threshold_are_chosen_on_all_folds_together() -> None:
    random = np.random.default_rng(1)
    logits = random.normal(0, 2, (2000, 10)).astype(np.float32)
    targets = logits.argmax(axis=1).astype(np.uint8)
    folds = [LabelledLogits(logits[fold::5], targets[fold::5]) for fold in FOLDS]
    predictions = HeldOutPredictions(folds, folds, folds, {}, {})
    temperature, threshold = predictions.temperature_and_threshold()
    assert temperature == metrics.temperature_for([(logits, targets)], bounds=[0.01])
    assert threshold == pytest.approx(metrics.threshold_for([logits / temperature]), abs=0.01)


def test_ood_abstention_combines_the_final_model_with_the_held_out_rates(
    models: list[keras.Model], evaluation_sets: EvaluationSets
) -> None:
    held_out_rates = dict.fromkeys(evaluation_sets.non_digits, 0.25)
    found = held_out.ood_abstention(models[0], evaluation_sets, held_out_rates, threshold=0.999)
    assert all(each.final_model == 1 and each.held_out == 0.25 for each in found.values())
    found = held_out.ood_abstention(models[0], evaluation_sets, held_out_rates, threshold=0.5)
    assert all(each.final_model == 0 for each in found.values())
