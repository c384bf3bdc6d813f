import keras
import numpy as np
import pytest

from pixelviz import raster
from pixelviz.training import held_out, metrics
from pixelviz.training.architectures import softmax
from pixelviz.training.data.cross_validation import CONTRIBUTORS, FOLDS
from pixelviz.training.data.examples import Examples
from pixelviz.training.data.non_digits import DRAWN_KINDS
from pixelviz.training.held_out import (
    ANY_PEN,
    LETTERS_AND_SIGNS,
    MNIST,
    NEVER_TRAINED_ON,
    OTHER_CONTRIBUTORS,
    OTHER_SCRIPT,
    OTHER_WRITERS,
    PAGE_PEN,
    PEOPLES_NEVER_TRAINED_ON,
    ZEROS,
    EvaluationSets,
    HeldOutPredictions,
    LabelledLogits,
)
from tests.drawings import SEVEN, drawn
from tests.unit.training.handwritten import handwriting, written

PEOPLE = 12
DIGITS = [written(str(digit), writer=writer) for writer in range(PEOPLE) for digit in range(10)] + [
    written(str(digit), collection=contributor, writer=writer)
    for contributor in CONTRIBUTORS
    for writer in range(2)
    for digit in range(10)
]
UNIPEN = 10 * 2 * len(CONTRIBUTORS)
IMAGES = Examples(np.stack([raster.to_grid(drawn(SEVEN))] * 12), np.array([7] * 11 + [1], np.uint8))


@pytest.fixture(scope="module")
def evaluation_sets() -> EvaluationSets:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(held_out, "NON_DIGITS_PER_KIND", 5)
        patched.setattr(held_out, "PEN_WIDTHS_PX", (8, 24))
        return held_out.make_evaluation_sets(IMAGES, handwriting(DIGITS))


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
    return held_out.predict_held_out(models, IMAGES, evaluation_sets)


def test_each_digit_is_read_once_by_the_model_of_the_fold_that_holds_it_out(
    predictions: HeldOutPredictions,
) -> None:
    counts = {
        name: sum(len(fold.targets) for fold in folds) for name, folds in predictions.digits.items()
    }
    assert counts == {
        MNIST: len(IMAGES.targets),
        PAGE_PEN: 10 * PEOPLE,
        ANY_PEN: 10 * PEOPLE,
        OTHER_CONTRIBUTORS: UNIPEN,
        OTHER_WRITERS: UNIPEN,
        ZEROS: UNIPEN // 10,
    }
    for folds in predictions.digits.values():
        for fold, labelled in enumerate(folds):
            assert set(labelled.logits.argmax(axis=1)) <= {fold}
    assert all(set(fold.targets) <= {0} for fold in predictions.digits[ZEROS])
    assert {len(each.targets) for each in predictions.pen_widths.values()} == {len(DIGITS)}


def test_each_kind_of_non_digits_is_read_by_models_not_trained_on_it(
    predictions: HeldOutPredictions,
) -> None:
    read = {
        kind: set(logits.argmax(axis=1).tolist()) for kind, logits in predictions.non_digits.items()
    }
    assert read["scribble"] == {0}
    assert read["letter or symbol"] == {4}
    # The held-out symbols are read by the models that were trained on other symbols.
    assert read[NEVER_TRAINED_ON] == read[OTHER_SCRIPT] == {0, 1, 2, 3, 5}
    # What people wrote is read by the model that does not know its contributor.
    assert predictions.non_digits[LETTERS_AND_SIGNS].argmax(axis=1).tolist() == list(FOLDS)
    assert set(read) == {
        *DRAWN_KINDS,
        NEVER_TRAINED_ON,
        OTHER_SCRIPT,
        LETTERS_AND_SIGNS,
        PEOPLES_NEVER_TRAINED_ON,
    }


def test_scores_are_computed_overall_and_by_fold(predictions: HeldOutPredictions) -> None:
    scores = predictions.scores()
    assert scores[PAGE_PEN].overall.accuracy == pytest.approx(0.1)
    assert list(scores[PAGE_PEN].parts) == [f"fold {number}" for number in range(1, 7)]
    contributors = scores[OTHER_CONTRIBUTORS].parts
    assert list(contributors) == list(CONTRIBUTORS)
    assert [part.accuracy for part in contributors.values()] == pytest.approx([0.1] * 6)


def random_predictions(count: int) -> tuple[HeldOutPredictions, LabelledLogits]:
    """Return predictions of a model that is right as often as it says, and all of them as one."""
    random = np.random.default_rng(1)
    logits = random.normal(0, 3, (count, 10)).astype(np.float32)
    chances = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    targets = np.array([random.choice(10, p=row / row.sum()) for row in chances], np.uint8)
    folds = [LabelledLogits(logits[fold::6], targets[fold::6]) for fold in FOLDS]
    return HeldOutPredictions({MNIST: folds}, {}, {}), held_out.concatenate(folds)


def test_the_temperature_is_chosen_on_all_folds_together() -> None:
    predictions, every = random_predictions(3000)
    assert predictions.temperature() == metrics.temperature_for([(every.logits, every.targets)])


def test_each_half_is_scored_with_the_temperature_that_was_chosen_on_the_other() -> None:
    predictions, every = random_predictions(3000)
    wrong = 0.0
    for half in (0, 1):
        temperature = np.float32(predictions.temperature(1 - half))
        assert temperature != np.float32(predictions.temperature(half))
        measured = every.half(half)
        wrong += metrics.score(measured.logits / temperature, measured.targets).sure_and_wrong / 2
    assert predictions.score(MNIST).overall.sure_and_wrong == pytest.approx(wrong)


def test_ood_abstention_combines_the_final_model_with_the_held_out_rates(
    models: list[keras.Model], evaluation_sets: EvaluationSets
) -> None:
    held_out_rates = dict.fromkeys(evaluation_sets.kinds, 0.25)
    found = held_out.ood_abstention(models[0], evaluation_sets, held_out_rates)
    assert all(each.final_model == 0 and each.held_out == 0.25 for each in found.values())
    unsure = softmax()
    unsure.set_weights([np.zeros((784, 10), np.float32), np.zeros(10, np.float32)])
    found = held_out.ood_abstention(unsure, evaluation_sets, held_out_rates)
    assert all(each.final_model == 1 for each in found.values())


def test_the_hardest_people_and_digits_are_found(predictions: HeldOutPredictions) -> None:
    by_digit = held_out.accuracy_of_contributors(predictions)
    for fold, contributor in enumerate(CONTRIBUTORS):
        expected = {str(digit): float(digit == fold) for digit in range(10)}
        assert by_digit[contributor] == expected
    models_right_about_no_zero = {
        **predictions.digits,
        OTHER_CONTRIBUTORS: [
            LabelledLogits(np.roll(fold.logits, 5 - number, axis=1), fold.targets * 0)
            for number, fold in enumerate(predictions.digits[OTHER_CONTRIBUTORS])
        ],
    }
    changed = HeldOutPredictions(models_right_about_no_zero, {}, {})
    hardest = held_out.hardest_writers(changed, DIGITS)
    assert len(hardest) == held_out.HARDEST_WRITERS
    assert set(hardest.values()) == {0.0}
    expected_names = {
        f"{contributor}, writer {number}" for contributor in CONTRIBUTORS for number in (1, 2)
    }
    assert set(hardest) <= expected_names
