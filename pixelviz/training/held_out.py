"""Digits of people a model has never met, and what is no digit, as the models of the folds answer.

Each fold's model is asked about what it was trained without: six writers, a fifth of MNIST's
training images, one or two kinds of non-digits, and letters that no model ever learns.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import compress

import keras
import numpy as np
from numpy.typing import NDArray

from pixelviz.arrays import Logits
from pixelviz.model.card import HeldOut, Score
from pixelviz.training import metrics
from pixelviz.training.cross_validation import FOLDS, KINDS_LEFT_OUT, mnist_of, pen_of
from pixelviz.training.examples import Examples, nondigits, on_the_page
from pixelviz.training.nondigits import KINDS
from pixelviz.training.pendigits import PenDigit
from pixelviz.training.signs import NEVER_LEARNED
from pixelviz.training.training_set import sources

PAGE_PEN_PX = 12.0
PAGE_HEIGHTS = (0.4, 0.8)
ANY_PEN_PX = (12.0, 32.0)
ANY_HEIGHTS = (0.25, 0.9)
PEN_WIDTHS_PX = range(8, 49, 4)

NEW_SIGNS = "letter or symbol, never trained on"
MEASURED = 2000
"""How many non-digits of each kind are measured on."""

SEED = 81


@dataclass(frozen=True)
class Answers:
    """What a model answered to real digits.

    Attributes:
        logits: (n, 10) float32.
        targets: (n,) uint8, 0 to 9.
    """

    logits: Logits
    targets: NDArray[np.uint8]

    def score(self, temperature: float, threshold: float) -> Score:
        """Return how well they were read, once the logits are divided by the temperature."""
        return metrics.score(self.logits / temperature, self.targets, threshold=threshold)


@dataclass(frozen=True)
class Strangers:
    """What the five models of one network answered to what they were trained without.

    Attributes:
        mnist: By fold, to a fifth of MNIST's training images.
        page_pen: By fold, to six writers' digits drawn with the page's pen.
        any_pen: By fold, to the same with pens of any width, at any size.
        pen_widths: By width of the pen in px, to all writers' digits.
        kinds: By kind of non-digits, the logits, (n, 10).
    """

    mnist: list[Answers]
    page_pen: list[Answers]
    any_pen: list[Answers]
    pen_widths: dict[int, Answers]
    kinds: dict[str, Logits]

    def doubt(self) -> tuple[float, float]:
        """Return the temperature, and the confidence from which the network is sure."""
        sets = [_all(answers) for answers in (self.mnist, self.page_pen, self.any_pen)]
        bounds = [metrics.CALIBRATION_BOUNDS[name] for name in ("mnist", "pen", "pen")]
        temperature = metrics.temperature_for(
            [(each.logits, each.targets) for each in sets], bounds=bounds
        )
        return temperature, metrics.threshold_for([each.logits / temperature for each in sets])

    def scored(self, answers: list[Answers]) -> HeldOut:
        """Return how well some of the answers are, with the network's temperature and doubt."""
        doubt = self.doubt()
        return HeldOut(
            overall=_all(answers).score(*doubt),
            folds=tuple(each.score(*doubt) for each in answers),
        )

    def noticed(self) -> dict[str, float]:
        """Return which share of each kind of non-digits was called "not sure", 0 to 1."""
        temperature, threshold = self.doubt()
        return {
            kind: metrics.noticed(logits / temperature, threshold=threshold)
            for kind, logits in self.kinds.items()
        }


@dataclass(frozen=True)
class Drawn:
    """All writers' digits drawn on the page in the ways that are measured, and non-digits.

    Attributes:
        page_pen: With the page's pen.
        any_pen: With any pen, at any size.
        pen_widths: By width of the pen in px.
        kinds: By kind of non-digits, (n, 28, 28).
    """

    page_pen: Examples
    any_pen: Examples
    pen_widths: Mapping[int, Examples]
    kinds: Mapping[str, NDArray[np.uint8]]


def drawn(digits: Examples, pen: list[PenDigit]) -> Drawn:
    """Return what the models are measured on, besides MNIST itself.

    Args:
        digits: MNIST images to make non-digits from: ones that training has not seen.
        pen: All pen-drawn digits.
    """
    learned = sources(digits, pen, seed=SEED)
    kinds = {
        kind: nondigits(kind, learned, count=MEASURED, seed=SEED + number).grids
        for number, kind in enumerate(KINDS)
    }
    new = type(learned)(learned.grids, learned.pen, NEVER_LEARNED)
    kinds[NEW_SIGNS] = nondigits("letter or symbol", new, count=MEASURED, seed=SEED).grids

    def on_page(heights: tuple[float, float], widths_px: tuple[float, float]) -> Examples:
        return on_the_page(pen, heights=heights, pen_widths_px=widths_px, seed=SEED)

    return Drawn(
        on_page(PAGE_HEIGHTS, (PAGE_PEN_PX, PAGE_PEN_PX)),
        on_page(ANY_HEIGHTS, ANY_PEN_PX),
        {width: on_page(PAGE_HEIGHTS, (width, width)) for width in PEN_WIDTHS_PX},
        kinds,
    )


def asked(
    models: Sequence[keras.Model], mnist: Examples, pen: list[PenDigit], shown: Drawn
) -> Strangers:
    """Return what the models of the folds answer to what they were trained without.

    Args:
        models: One for each fold, in order.
        mnist: All of MNIST's training images.
        pen: All pen-drawn digits.
        shown: What is drawn for them.
    """

    def answers(fold: int, examples: Examples, kept: NDArray[np.bool_]) -> Answers:
        left_out = examples.where(kept)
        return Answers(metrics.logits_of(models[fold], left_out.grids), left_out.targets)

    def by_fold(examples: Examples) -> list[Answers]:
        return [answers(fold, examples, pen_of(fold, pen)) for fold in FOLDS]

    kinds = {
        kind: metrics.logits_of(models[fold], shown.kinds[kind])
        for fold in FOLDS
        for kind in KINDS_LEFT_OUT[fold]
    }
    new_signs = [metrics.logits_of(model, shown.kinds[NEW_SIGNS]) for model in models]
    knows_others = ["letter or symbol" not in kinds for kinds in KINDS_LEFT_OUT]
    return Strangers(
        mnist=[answers(fold, mnist, mnist_of(fold, len(mnist.targets))) for fold in FOLDS],
        page_pen=by_fold(shown.page_pen),
        any_pen=by_fold(shown.any_pen),
        pen_widths={width: _all(by_fold(each)) for width, each in shown.pen_widths.items()},
        kinds={**kinds, NEW_SIGNS: np.concatenate(list(compress(new_signs, knows_others)))},
    )


def _all(answers: Sequence[Answers]) -> Answers:
    return Answers(
        np.concatenate([each.logits for each in answers]),
        np.concatenate([each.targets for each in answers]),
    )
