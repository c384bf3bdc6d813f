"""Held-out predictions: what each cross-validation model predicts for what it was not trained on.

Each fold's model is measured on the six writers, the fifth of MNIST's training images and the kinds
of non-digits that were held out of its training, and on letters and symbols that no model is
trained on.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import compress

import keras
import numpy as np
from numpy.typing import NDArray

from pixelviz.arrays import Logits
from pixelviz.model.card import HeldOut, OodAbstention, Score
from pixelviz.training import metrics
from pixelviz.training.data.cross_validation import (
    FOLDS,
    KINDS_HELD_OUT,
    held_out_images,
    held_out_pen_digits,
)
from pixelviz.training.data.examples import Examples, draw_pen_digits, make_non_digits
from pixelviz.training.data.non_digits import KINDS
from pixelviz.training.data.pendigits import PenDigit
from pixelviz.training.data.symbols import HELD_OUT_SYMBOLS
from pixelviz.training.data.training_set import make_sources

PAGE_PEN_PX = 12.0
PAGE_HEIGHTS = (0.4, 0.8)
ANY_PEN_PX = (12.0, 32.0)
ANY_HEIGHTS = (0.25, 0.9)
PEN_WIDTHS_PX = range(8, 49, 4)

NEVER_TRAINED_ON = "letter or symbol, never trained on"
"""The kind of non-digits that no model is trained on."""

NON_DIGITS_PER_KIND = 2000
"""How many non-digits of each kind the models are measured on."""

SEED = 81
"""The seed of all random numbers in the evaluation sets."""


@dataclass(frozen=True)
class LabelledLogits:
    """A model's logits for real digits, with their targets.

    Attributes:
        logits: (n, 10) float32.
        targets: (n,) uint8, 0 to 9.
    """

    logits: Logits
    targets: NDArray[np.uint8]

    def score(self, temperature: float, threshold: float) -> Score:
        """Return the score after dividing the logits by a temperature."""
        return metrics.score(self.logits / temperature, self.targets, threshold=threshold)


@dataclass(frozen=True)
class HeldOutPredictions:
    """The predictions of one network's five models for what was held out of their training.

    Attributes:
        mnist: By fold, for a fifth of MNIST's training images.
        page_pen: By fold, for six writers' digits drawn with the page's pen.
        any_pen: By fold, for the same digits drawn with pens of any width, at any size.
        pen_widths: By width of the pen in px, for all writers' digits.
        non_digits: By kind of non-digits, the logits, (n, 10).
    """

    mnist: list[LabelledLogits]
    page_pen: list[LabelledLogits]
    any_pen: list[LabelledLogits]
    pen_widths: dict[int, LabelledLogits]
    non_digits: dict[str, Logits]

    def temperature_and_threshold(self) -> tuple[float, float]:
        """Return the temperature and the threshold for the network, chosen on these predictions."""
        sets = [_concatenate(folds) for folds in (self.mnist, self.page_pen, self.any_pen)]
        bounds = [metrics.CALIBRATION_BOUNDS[name] for name in ("mnist", "pen", "pen")]
        temperature = metrics.temperature_for(
            [(each.logits, each.targets) for each in sets], bounds=bounds
        )
        return temperature, metrics.threshold_for([each.logits / temperature for each in sets])

    def score(self, folds: list[LabelledLogits]) -> HeldOut:
        """Return the score of one of the sets, overall and by fold.

        The temperature and the threshold were chosen on the same predictions, so the calibration
        error and the abstention rate are slightly optimistic. The accuracy depends on neither.
        """
        chosen = self.temperature_and_threshold()
        return HeldOut(
            overall=_concatenate(folds).score(*chosen),
            folds=tuple(each.score(*chosen) for each in folds),
        )

    def abstention_rates(self) -> dict[str, float]:
        """Return the abstention rate on each kind of non-digits, 0 to 1."""
        temperature, threshold = self.temperature_and_threshold()
        return {
            kind: metrics.abstention_rate(logits / temperature, threshold=threshold)
            for kind, logits in self.non_digits.items()
        }


@dataclass(frozen=True)
class EvaluationSets:
    """What the models are measured on besides MNIST: drawings of all writers' digits, non-digits.

    Attributes:
        page_pen: Drawn with the page's pen.
        any_pen: Drawn with pens of any width, at any size.
        pen_widths: By width of the pen in px.
        non_digits: By kind, (n, 28, 28) uint8.
    """

    page_pen: Examples
    any_pen: Examples
    pen_widths: Mapping[int, Examples]
    non_digits: Mapping[str, NDArray[np.uint8]]


def make_evaluation_sets(mnist: Examples, pen_digits: list[PenDigit]) -> EvaluationSets:
    """Return the sets that the models are measured on besides MNIST itself.

    Args:
        mnist: MNIST images to make non-digits from, none of them in the training set.
        pen_digits: All pen-drawn digits.
    """
    sources = make_sources(mnist, pen_digits, seed=SEED)
    non_digits = {
        kind: make_non_digits(kind, sources, count=NON_DIGITS_PER_KIND, seed=SEED + number).grids
        for number, kind in enumerate(KINDS)
    }
    non_digits[NEVER_TRAINED_ON] = make_non_digits(
        "letter or symbol",
        replace(sources, symbols=HELD_OUT_SYMBOLS),
        count=NON_DIGITS_PER_KIND,
        seed=SEED,
    ).grids

    def draw(heights: tuple[float, float], pen_widths_px: tuple[float, float]) -> Examples:
        return draw_pen_digits(pen_digits, heights=heights, pen_widths_px=pen_widths_px, seed=SEED)

    return EvaluationSets(
        draw(PAGE_HEIGHTS, (PAGE_PEN_PX, PAGE_PEN_PX)),
        draw(ANY_HEIGHTS, ANY_PEN_PX),
        {width: draw(PAGE_HEIGHTS, (width, width)) for width in PEN_WIDTHS_PX},
        non_digits,
    )


def predict_held_out(
    models: Sequence[keras.Model],
    mnist: Examples,
    pen_digits: list[PenDigit],
    evaluation_sets: EvaluationSets,
) -> HeldOutPredictions:
    """Return what each fold's model predicts for what was held out of its training.

    Args:
        models: One for each fold, in order.
        mnist: All of MNIST's training images.
        pen_digits: All pen-drawn digits.
        evaluation_sets: The other sets to measure on.
    """

    def predict(fold: int, examples: Examples, held_out: NDArray[np.bool_]) -> LabelledLogits:
        measured = examples.where(held_out)
        return LabelledLogits(metrics.logits_of(models[fold], measured.grids), measured.targets)

    def by_fold(drawn: Examples) -> list[LabelledLogits]:
        return [predict(fold, drawn, held_out_pen_digits(fold, pen_digits)) for fold in FOLDS]

    non_digits = {
        kind: metrics.logits_of(models[fold], evaluation_sets.non_digits[kind])
        for fold in FOLDS
        for kind in KINDS_HELD_OUT[fold]
    }
    never_trained_on = [
        metrics.logits_of(model, evaluation_sets.non_digits[NEVER_TRAINED_ON]) for model in models
    ]
    # The model trained without letters and symbols is not comparable, so it does not count here.
    knows_symbols = ["letter or symbol" not in kinds for kinds in KINDS_HELD_OUT]
    non_digits[NEVER_TRAINED_ON] = np.concatenate(list(compress(never_trained_on, knows_symbols)))
    return HeldOutPredictions(
        mnist=[predict(fold, mnist, held_out_images(fold, len(mnist.targets))) for fold in FOLDS],
        page_pen=by_fold(evaluation_sets.page_pen),
        any_pen=by_fold(evaluation_sets.any_pen),
        pen_widths={
            width: _concatenate(by_fold(drawn))
            for width, drawn in evaluation_sets.pen_widths.items()
        },
        non_digits=non_digits,
    )


def ood_abstention(
    model: keras.Model,
    evaluation_sets: EvaluationSets,
    held_out_rates: Mapping[str, float],
    *,
    threshold: float,
) -> dict[str, OodAbstention]:
    """Return the abstention rates on each kind of non-digits.

    Args:
        model: The final model, whose weights contain the temperature.
        evaluation_sets: The non-digits.
        held_out_rates: By kind, the abstention rate of the model trained without it.
        threshold: The confidence below which the model abstains, 0 to 1.
    """
    return {
        kind: OodAbstention(
            final_model=metrics.abstention_rate(
                metrics.logits_of(model, grids), threshold=threshold
            ),
            held_out=held_out_rates[kind],
        )
        for kind, grids in evaluation_sets.non_digits.items()
    }


def _concatenate(folds: Sequence[LabelledLogits]) -> LabelledLogits:
    return LabelledLogits(
        np.concatenate([each.logits for each in folds]),
        np.concatenate([each.targets for each in folds]),
    )
