"""Measure the models in `models/`, and say where they fail.

    python -m pixelviz.training.evaluate --pen pendigits-orig.tra [--mnist mnist.npz]

Prints every number of the card, measured anew, and a confusion matrix for each model; draws the
default model's mistakes, on MNIST's test images and on writers left out, into two pictures. What
concerns writers left out needs the models that were trained without them, which training keeps in
its folder (`--work`). Where they are missing, those numbers are the card's, and the table says so.
"""

import argparse
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import keras
import numpy as np

from pixelviz.data import mnist
from pixelviz.errors import PixelvizError
from pixelviz.model import card
from pixelviz.model.card import HeldOut, OodAbstention, Score
from pixelviz.model.classifier import MODELS
from pixelviz.training import contact_sheet, held_out, metrics, pendigits
from pixelviz.training.architectures import NETWORKS, Network
from pixelviz.training.cross_validation import FOLDS, pen_of
from pixelviz.training.examples import Examples
from pixelviz.training.fit import file_name
from pixelviz.training.held_out import Drawn, Strangers
from pixelviz.training.pendigits import PenDigit

MNIST_SHEET, PEN_SHEET = "mistakes-mnist.png", "mistakes-pen.png"
"""The pictures of the mistakes, in the folder of the models."""

WRONG_LABELS = {2130: "a 9", 4740: "a 5", 5654: "a 2", 9729: "a 6"}
"""MNIST's test images whose label is not what people see, by number, and what people see."""


def main() -> None:
    """Print what the models reach, and write their mistakes."""
    options = options_of("Measure the models.")
    train, test, pen = read_data(options)
    try:
        models = card.read(options.models)
    except PixelvizError as error:
        raise SystemExit(str(error)) from error
    shown = held_out.drawn(test, pen)
    for network, entry in zip(NETWORKS, models.models, strict=True):
        answers = _strangers(network, train, pen, shown, options.work)
        model = keras.saving.load_model(options.models / entry.file, compile=False)
        logits = metrics.logits_of(model, test.grids)
        score = metrics.score(logits, test.targets, threshold=entry.threshold)
        print(f"\n{entry.title}, not sure below a confidence of {entry.threshold:.1%}")
        if answers is None:
            print(f"No models of the folds in {options.work}: [card] marks numbers of the card.")
            mark, page_pen, any_pen = " [card]", entry.page_pen, entry.any_pen
            left_out = {kind: shares.held_out for kind, shares in entry.out_of_distribution.items()}
        else:
            mark, page_pen, any_pen = (
                "",
                answers.scored(answers.page_pen),
                answers.scored(answers.any_pen),
            )
            left_out = answers.noticed()
        _print_scores(score, {"page's pen": page_pen, "any pen": any_pen}, mark)
        _print_noticed(noticed(model, shown, left_out, entry.threshold), mark)
        print("Rows: the digit; columns: what was read, of MNIST test")
        print(metrics.confusion(logits, test.targets))
        if entry.name == models.default:
            _print_mistakes(contact_sheet.mistakes(logits, test), options.models / MNIST_SHEET)
            if answers:
                _print_pen_widths(answers)
                wrong = _strangers_mistakes(answers, shown, pen)
                contact_sheet.draw(wrong, options.models / PEN_SHEET)
                print(f"{len(wrong)} mistakes with the page's pen: {options.models / PEN_SHEET}")
    for entry in models.shuffled:
        model = keras.saving.load_model(options.models / entry.file, compile=False)
        logits = metrics.logits_of(model, test.shuffled().grids)
        accuracy = metrics.score(logits, test.targets, threshold=0).accuracy
        print(f"{entry.title}, trained on shuffled pixels: {accuracy:.2%} of MNIST test, shuffled")


def noticed(
    model: keras.Model, shown: Drawn, left_out: Mapping[str, float], threshold: float
) -> dict[str, OodAbstention]:
    """Return which share of each kind of non-digits is called "not sure".

    Args:
        model: The finished model, with the temperature inside.
        shown: The non-digits.
        left_out: What the models of the folds reached on the kinds they were trained without.
        threshold: The confidence from which the network is sure.
    """
    return {
        kind: OodAbstention(
            final_model=metrics.noticed(metrics.logits_of(model, grids), threshold=threshold),
            held_out=left_out[kind],
        )
        for kind, grids in shown.kinds.items()
    }


def options_of(what: str) -> argparse.Namespace:
    """Return the options of a command of this room."""
    parser = argparse.ArgumentParser(description=what)
    parser.add_argument(
        "--pen", type=Path, required=True, help="pendigits-orig.tra of UCI data set 81"
    )
    parser.add_argument("--mnist", type=Path, help="an mnist.npz; without it, Keras fetches MNIST")
    parser.add_argument("--models", type=Path, default=MODELS, help="the folder of the models")
    parser.add_argument(
        "--work", type=Path, default=Path(".training"), help="where training keeps what it made"
    )
    return parser.parse_args()


def read_data(options: argparse.Namespace) -> tuple[Examples, Examples, list[PenDigit]]:
    """Return MNIST's training and test images and the pen-drawn digits, or end the command."""
    try:
        data = mnist.load(options.mnist)
        pen = pendigits.read(options.pen)
    except PixelvizError as error:
        raise SystemExit(str(error)) from error
    return Examples(data.x_train, data.y_train), Examples(data.x_test, data.y_test), pen


def _strangers(
    network: Network, train: Examples, pen: list[PenDigit], shown: Drawn, work: Path
) -> Strangers | None:
    """Return what the models of the folds answer, or None where they are not."""
    paths = [work / file_name(network, without=fold) for fold in FOLDS]
    if not all(path.exists() for path in paths):
        return None
    models = [keras.saving.load_model(path, compile=False) for path in paths]
    return held_out.asked(models, train, pen, shown)


def _print_scores(test: Score, sets: Mapping[str, HeldOut | None], mark: str) -> None:
    print(f"{'':40}{'read':>8}{'calibration error':>20}{'turned away':>14}")
    _print_row("MNIST test", test)
    for name, left_out in sets.items():
        if left_out:
            _print_row(f"{name}, writers left out{mark}", left_out.overall)
            for fold, score in enumerate(left_out.folds, start=1):
                _print_row(f"    fold {fold}", score)


def _print_row(name: str, score: Score) -> None:
    print(
        f"{name:40}{score.accuracy:8.2%}{score.calibration_error:20.2%}{score.abstention_rate:14.2%}"
    )


def _print_noticed(kinds: Mapping[str, OodAbstention], mark: str) -> None:
    print(f"{'called not sure':40}{'learned':>8}{'left out' + mark:>20}")
    for kind, shares in kinds.items():
        print(f"{kind:40}{shares.final_model:8.1%}{shares.held_out:20.1%}")


def _print_mistakes(wrong: list[contact_sheet.Mistake], sheet: Path) -> None:
    for mistake in wrong:
        if mistake.index in WRONG_LABELS:
            print(
                f"Test image {mistake.index} is labelled {mistake.target}, which is wrong: people "
                f"see {WRONG_LABELS[mistake.index]}, the model read {mistake.read}."
            )
    contact_sheet.draw(wrong, sheet)
    print(f"The {len(wrong)} mistakes are drawn in {sheet}.")


def _strangers_mistakes(
    answers: Strangers, shown: Drawn, pen: list[PenDigit]
) -> list[contact_sheet.Mistake]:
    """Return what was read wrongly of the page's pen, numbered as in the file of the strokes."""
    temperature, _ = answers.doubt()
    wrong = []
    for fold in FOLDS:
        left_out = pen_of(fold, pen)
        numbers = np.flatnonzero(left_out)
        logits = answers.page_pen[fold].logits / temperature
        wrong += [
            replace(mistake, index=int(numbers[mistake.index]))
            for mistake in contact_sheet.mistakes(logits, shown.page_pen.where(left_out))
        ]
    return sorted(wrong, key=lambda mistake: -mistake.confidence)


def _print_pen_widths(answers: Strangers) -> None:
    print("Share of strangers' digits read, by the width of the page's pen")
    for width, each in answers.pen_widths.items():
        print(f"{width:4} px {each.score(1, 0).accuracy:8.2%}")


if __name__ == "__main__":
    main()
