"""Measure the models in `models/`, and show where they fail.

    python -m pixelviz.training.evaluate --pen pendigits-orig.tra --unipen train_r01_v07

Measures every number on the card again and prints it, with a confusion matrix for each model. Draws
the default model's mistakes into three pictures: on MNIST's test images, and on the digits of
people held out of the training. The held-out numbers need the cross-validation models, which
training keeps in its working folder (`--work`). Without them, the card's numbers are printed and
marked as such.
"""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import keras
import numpy as np
from numpy.typing import NDArray

from pixelviz.errors import PixelvizError
from pixelviz.model import card
from pixelviz.model.card import HeldOut, OodAbstention, Score
from pixelviz.training import contact_sheet, held_out, metrics
from pixelviz.training.architectures import NETWORKS, Network
from pixelviz.training.data import pendigits
from pixelviz.training.data.cross_validation import FOLDS, held_out_contributor, held_out_writers
from pixelviz.training.data.examples import Examples
from pixelviz.training.data.pen_characters import Handwriting, collections_of
from pixelviz.training.data.training_set import key_of
from pixelviz.training.fit import cached_path
from pixelviz.training.held_out import (
    OTHER_CONTRIBUTORS,
    PAGE_PEN,
    EvaluationSets,
    HeldOutPredictions,
)
from pixelviz.training.options import load_data, parse

MNIST_SHEET = "mistakes-mnist.png"

PEN_SHEETS = {PAGE_PEN: "mistakes-pen.png", OTHER_CONTRIBUTORS: "mistakes-unipen.png"}
"""By set, the picture of the mistakes on people held out, in the folder of the models."""

MISTAKES_DRAWN = 96
"""How many mistakes a picture shows at most, the most confident."""

WRONG_LABELS = {2130: "a 9", 4740: "a 5", 5654: "a 2", 9729: "a 6"}
"""MNIST's test images with a wrong label, by number, and the digit that people see."""


def main() -> None:
    """Print the measurements, and draw the mistakes."""
    options = parse("Measure the models.")
    train, test, handwriting = load_data(options)
    try:
        models = card.read(options.models)
    except PixelvizError as error:
        raise SystemExit(str(error)) from error
    evaluation_sets = held_out.make_evaluation_sets(test, handwriting)
    for network, entry in zip(NETWORKS, models.models, strict=True):
        predictions = _predict_held_out(network, train, handwriting, evaluation_sets, options.work)
        model = keras.saving.load_model(options.models / entry.file, compile=False)
        logits = metrics.logits_of(model, test.grids)
        score = metrics.score(logits, test.targets, threshold=entry.threshold)
        print(f"\n{entry.title}, abstains below a confidence of {entry.threshold:.1%}")
        if predictions is None:
            print(
                f"The cross-validation models are not in {options.work}: "
                "numbers marked [card] are copied from the card."
            )
            mark, scores = " [card]", entry.held_out
            held_out_rates = {
                kind: rates.held_out for kind, rates in entry.out_of_distribution.items()
            }
        else:
            mark, scores = "", predictions.scores()
            held_out_rates = predictions.abstention_rates()
        _print_scores(score, scores, mark)
        _print_out_of_distribution(
            held_out.ood_abstention(model, evaluation_sets, held_out_rates), mark
        )
        print("Confusion matrix on MNIST test: a row for each digit, a column for each prediction")
        print(metrics.confusion_matrix(logits, test.targets))
        if entry.name == models.default:
            _draw_mistakes(contact_sheet.mistakes(logits, test), options.models / MNIST_SHEET)
            if predictions:
                _print_worst(predictions, evaluation_sets)
                for name, sheet in PEN_SHEETS.items():
                    mistakes = _held_out_mistakes(predictions, evaluation_sets, name)
                    contact_sheet.draw(mistakes[:MISTAKES_DRAWN], options.models / sheet)
                    print(f"{name}: {len(mistakes)} mistakes, drawn in {options.models / sheet}.")
    for entry in models.shuffled:
        model = keras.saving.load_model(options.models / entry.file, compile=False)
        logits = metrics.logits_of(model, test.shuffled().grids)
        accuracy = metrics.accuracy(logits, test.targets)
        print(f"{entry.title}, trained and tested on shuffled pixels: {accuracy:.2%} of MNIST test")


def _predict_held_out(
    network: Network,
    train: Examples,
    handwriting: Handwriting,
    evaluation_sets: EvaluationSets,
    work: Path,
) -> HeldOutPredictions | None:
    """Return the cross-validation models' predictions, or None if a model is missing."""
    key = key_of(train, handwriting)
    paths = [cached_path(work, network, key, held_out_fold=fold) for fold in FOLDS]
    if not all(path.exists() for path in paths):
        return None
    models = [keras.saving.load_model(path, compile=False) for path in paths]
    return held_out.predict_held_out(models, train, evaluation_sets)


def _print_scores(test: Score, sets: Mapping[str, HeldOut], mark: str) -> None:
    heads = ("read", "sure and right", "sure and wrong", "not sure", "calibration error")
    print(f"{'':40}" + "".join(f"{head:>19}" for head in heads))
    _print_row("MNIST test", test)
    for name, scores in sets.items():
        _print_row(f"{name}{mark}", scores.overall)
        for part, score in scores.parts.items():
            _print_row(f"    {part}", score)


def _print_row(name: str, score: Score) -> None:
    shares = (
        score.accuracy,
        score.sure_and_right,
        score.sure_and_wrong,
        score.abstention_rate,
        score.calibration_error,
    )
    print(f"{name:40}" + "".join(f"{share:19.2%}" for share in shares))


def _print_out_of_distribution(kinds: Mapping[str, OodAbstention], mark: str) -> None:
    print(f"{'abstention rate on non-digits':60}{'final model':>12}{'held out' + mark:>20}")
    for kind, rates in kinds.items():
        print(f"{kind:60}{rates.final_model:12.1%}{rates.held_out:20.1%}")


def _draw_mistakes(mistakes: list[contact_sheet.Mistake], sheet: Path) -> None:
    for mistake in mistakes:
        if mistake.index in WRONG_LABELS:
            print(
                f"Test image {mistake.index} has the wrong label {mistake.target}: people see "
                f"{WRONG_LABELS[mistake.index]}, the model read {mistake.read}."
            )
    contact_sheet.draw(mistakes, sheet)
    print(f"The {len(mistakes)} mistakes on MNIST test are drawn in {sheet}.")


def _held_out_mistakes(
    predictions: HeldOutPredictions, evaluation_sets: EvaluationSets, name: str
) -> list[contact_sheet.Mistake]:
    """Return the mistakes with the page's pen, numbered in the order of the pen strokes' files."""
    temperature = np.float32(predictions.temperature())
    mistakes = []
    for fold in FOLDS:
        measured = _held_out_people(fold, evaluation_sets, name)
        numbers = np.flatnonzero(measured)
        logits = predictions.digits[name][fold].logits / temperature
        mistakes += [
            replace(mistake, index=int(numbers[mistake.index]))
            for mistake in contact_sheet.mistakes(logits, evaluation_sets.page_pen.where(measured))
        ]
    return sorted(mistakes, key=lambda mistake: -mistake.confidence)


def _held_out_people(fold: int, evaluation_sets: EvaluationSets, name: str) -> NDArray[np.bool_]:
    """Return which pen-drawn digits a fold is measured on in one of the sets, (n,) bool."""
    digits = evaluation_sets.digits
    if name == OTHER_CONTRIBUTORS:
        return held_out_contributor(fold, digits)
    is_pendigits = collections_of(digits) == pendigits.COLLECTION
    people: NDArray[np.bool_] = held_out_writers(fold, digits) & is_pendigits
    return people


def _print_worst(predictions: HeldOutPredictions, evaluation_sets: EvaluationSets) -> None:
    print("Accuracy on held-out writers' digits, by width of the page's pen")
    for width, each in predictions.pen_widths.items():
        print(f"{width:4} px {metrics.accuracy(each.logits, each.targets):8.2%}")
    print("Accuracy on held-out contributors' digits, by digit")
    for contributor, shares in held_out.accuracy_of_contributors(predictions).items():
        print(f"{contributor:8}" + "".join(f"{share:8.1%}" for share in shares.values()))
    print("The writers who are read worst")
    for writer, share in held_out.hardest_writers(predictions, evaluation_sets.digits).items():
        print(f"{writer:24}{share:8.1%}")


if __name__ == "__main__":
    main()
