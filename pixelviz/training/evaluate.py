"""Measure the models in `models/`, and show where they fail.

    python -m pixelviz.training.evaluate --pen pendigits-orig.tra [--mnist mnist.npz]

Measures every number on the card again and prints it, with a confusion matrix for each model. Draws
the default model's mistakes on MNIST's test images and on held-out writers' digits into two
pictures. The held-out numbers need the cross-validation models, which training keeps in its working
folder (`--work`). Without them, the card's numbers are printed and marked as such.
"""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import keras
import numpy as np

from pixelviz.errors import PixelvizError
from pixelviz.model import card
from pixelviz.model.card import HeldOut, OodAbstention, Score
from pixelviz.training import contact_sheet, held_out, metrics
from pixelviz.training.architectures import NETWORKS, Network
from pixelviz.training.data.cross_validation import FOLDS, held_out_pen_digits
from pixelviz.training.data.examples import Examples
from pixelviz.training.data.pendigits import PenDigit
from pixelviz.training.data.training_set import key_of
from pixelviz.training.fit import cached_path
from pixelviz.training.held_out import EvaluationSets, HeldOutPredictions
from pixelviz.training.options import load_data, parse

MNIST_SHEET, PEN_SHEET = "mistakes-mnist.png", "mistakes-pen.png"
"""The pictures of the mistakes, in the folder of the models."""

WRONG_LABELS = {2130: "a 9", 4740: "a 5", 5654: "a 2", 9729: "a 6"}
"""MNIST's test images with a wrong label, by number, and the digit that people see."""


def main() -> None:
    """Print the measurements, and draw the mistakes."""
    options = parse("Measure the models.")
    train, test, pen_digits = load_data(options)
    try:
        models = card.read(options.models)
    except PixelvizError as error:
        raise SystemExit(str(error)) from error
    evaluation_sets = held_out.make_evaluation_sets(test, pen_digits)
    for network, entry in zip(NETWORKS, models.models, strict=True):
        predictions = _predict_held_out(network, train, pen_digits, evaluation_sets, options.work)
        model = keras.saving.load_model(options.models / entry.file, compile=False)
        logits = metrics.logits_of(model, test.grids)
        score = metrics.score(logits, test.targets, threshold=entry.threshold)
        print(f"\n{entry.title}, abstains below a confidence of {entry.threshold:.1%}")
        if predictions is None:
            print(
                f"The cross-validation models are not in {options.work}: "
                "numbers marked [card] are copied from the card."
            )
            mark, page_pen, any_pen = " [card]", entry.page_pen, entry.any_pen
            held_out_rates = {
                kind: rates.held_out for kind, rates in entry.out_of_distribution.items()
            }
        else:
            mark = ""
            page_pen = predictions.score(predictions.page_pen)
            any_pen = predictions.score(predictions.any_pen)
            held_out_rates = predictions.abstention_rates()
        _print_scores(score, {"page's pen": page_pen, "any pen": any_pen}, mark)
        _print_out_of_distribution(
            held_out.ood_abstention(
                model, evaluation_sets, held_out_rates, threshold=entry.threshold
            ),
            mark,
        )
        print("Confusion matrix on MNIST test: a row for each digit, a column for each prediction")
        print(metrics.confusion_matrix(logits, test.targets))
        if entry.name == models.default:
            _draw_mistakes(contact_sheet.mistakes(logits, test), options.models / MNIST_SHEET)
            if predictions:
                _print_pen_widths(predictions)
                mistakes = _held_out_mistakes(predictions, evaluation_sets, pen_digits)
                contact_sheet.draw(mistakes, options.models / PEN_SHEET)
                print(
                    f"The {len(mistakes)} mistakes with the page's pen are drawn in "
                    f"{options.models / PEN_SHEET}."
                )
    for entry in models.shuffled:
        model = keras.saving.load_model(options.models / entry.file, compile=False)
        logits = metrics.logits_of(model, test.shuffled().grids)
        accuracy = metrics.score(logits, test.targets, threshold=0).accuracy
        print(f"{entry.title}, trained and tested on shuffled pixels: {accuracy:.2%} of MNIST test")


def _predict_held_out(
    network: Network,
    train: Examples,
    pen_digits: list[PenDigit],
    evaluation_sets: EvaluationSets,
    work: Path,
) -> HeldOutPredictions | None:
    """Return the cross-validation models' predictions, or None if a model is missing."""
    key = key_of(train, pen_digits)
    paths = [cached_path(work, network, key, held_out_fold=fold) for fold in FOLDS]
    if not all(path.exists() for path in paths):
        return None
    models = [keras.saving.load_model(path, compile=False) for path in paths]
    return held_out.predict_held_out(models, train, pen_digits, evaluation_sets)


def _print_scores(test: Score, sets: Mapping[str, HeldOut | None], mark: str) -> None:
    print(f"{'':40}{'accuracy':>10}{'calibration error':>20}{'abstention rate':>18}")
    _print_row("MNIST test", test)
    for name, scores in sets.items():
        if scores:
            _print_row(f"{name}, held-out writers{mark}", scores.overall)
            for fold, score in enumerate(scores.folds, start=1):
                _print_row(f"    fold {fold}", score)


def _print_row(name: str, score: Score) -> None:
    print(
        f"{name:40}{score.accuracy:10.2%}{score.calibration_error:20.2%}"
        f"{score.abstention_rate:18.2%}"
    )


def _print_out_of_distribution(kinds: Mapping[str, OodAbstention], mark: str) -> None:
    print(f"{'abstention rate on non-digits':40}{'final model':>12}{'held out' + mark:>20}")
    for kind, rates in kinds.items():
        print(f"{kind:40}{rates.final_model:12.1%}{rates.held_out:20.1%}")


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
    predictions: HeldOutPredictions, evaluation_sets: EvaluationSets, pen_digits: list[PenDigit]
) -> list[contact_sheet.Mistake]:
    """Return the mistakes with the page's pen, numbered as in the file of pen strokes."""
    temperature, _ = predictions.temperature_and_threshold()
    mistakes = []
    for fold in FOLDS:
        writers = held_out_pen_digits(fold, pen_digits)
        numbers = np.flatnonzero(writers)
        logits = predictions.page_pen[fold].logits / temperature
        mistakes += [
            replace(mistake, index=int(numbers[mistake.index]))
            for mistake in contact_sheet.mistakes(logits, evaluation_sets.page_pen.where(writers))
        ]
    return sorted(mistakes, key=lambda mistake: -mistake.confidence)


def _print_pen_widths(predictions: HeldOutPredictions) -> None:
    print("Accuracy on held-out writers' digits, by width of the page's pen")
    for width, logits in predictions.pen_widths.items():
        print(f"{width:4} px {logits.score(1, 0).accuracy:8.2%}")


if __name__ == "__main__":
    main()
