"""Held-out predictions: what each cross-validation model predicts for what it was not trained on.

Each fold's model is measured on the people, the sixth of MNIST's training images and the kinds of
non-digits that were held out of its training, and on letters and symbols that no model is trained
on.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import compress, groupby
from operator import itemgetter

import keras
import numpy as np
from numpy.typing import NDArray

from pixelviz.arrays import DIGITS, Logits
from pixelviz.model.card import HeldOut, OodAbstention, Score
from pixelviz.training import metrics
from pixelviz.training.data import pendigits
from pixelviz.training.data.cross_validation import (
    CONTRIBUTORS,
    FOLDS,
    KINDS_HELD_OUT,
    held_out_contributor,
    held_out_images,
    held_out_writers,
)
from pixelviz.training.data.examples import Examples, draw_pen_characters, make_non_digits
from pixelviz.training.data.non_digits import DRAWN_KINDS
from pixelviz.training.data.pen_characters import (
    Handwriting,
    PenCharacter,
    collections_of,
    targets_of,
)
from pixelviz.training.data.symbols import HELD_OUT_SYMBOLS, OTHER_SCRIPTS, Symbols
from pixelviz.training.data.training_set import make_sources

PAGE_PEN_PX = 12.0
PAGE_HEIGHTS = (0.4, 0.8)
ANY_PEN_PX = (8.0, 48.0)
ANY_HEIGHTS = (0.25, 0.9)
PEN_WIDTHS_PX = range(8, 49, 4)

MNIST = "MNIST"
PAGE_PEN = "30 writers, page's pen"
ANY_PEN = "30 writers, any pen"
OTHER_CONTRIBUTORS = "UNIPEN, contributor held out"
OTHER_WRITERS = "UNIPEN, writer held out"
ZEROS = "UNIPEN's zeros, writer held out"

LETTERS_AND_SIGNS = "letter or sign that people wrote"
"""The kind of non-digits by UNIPEN's writers, each read by the model without its contributor."""

NEVER_TRAINED_ON = "letter or symbol, never trained on"
PEOPLES_NEVER_TRAINED_ON = "N, V, e, ? and % that people wrote, never trained on"
OTHER_SCRIPT = "character of another script, never trained on"
"""The kinds of non-digits that no model is trained on."""

NON_DIGITS_PER_KIND = 2000
"""How many of the generated non-digits of each kind the models are measured on."""

HARDEST_WRITERS = 8
"""How many of the writers who are read worst are named."""

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

    def half(self, number: int) -> "LabelledLogits":
        """Return every other digit, from the first (0) or the second (1)."""
        return LabelledLogits(self.logits[number::2], self.targets[number::2])


@dataclass(frozen=True)
class HeldOutPredictions:
    """The predictions of one network's six models for what was held out of their training.

    Attributes:
        digits: By the name of the set, by fold.
        pen_widths: By width of the pen in px, for all held-out writers' digits.
        non_digits: By kind of non-digits, the logits, (n, 10).
    """

    digits: Mapping[str, Sequence[LabelledLogits]]
    pen_widths: Mapping[int, LabelledLogits]
    non_digits: Mapping[str, Logits]

    def temperature(self, half: int | None = None) -> float:
        """Return the temperature for the network.

        Args:
            half: On which half of the predictions it is chosen, 0 or 1; None for all.
        """
        sets = [concatenate(self.digits[name]) for name in CHOSEN_ON if name in self.digits]
        if half is not None:
            sets = [each.half(half) for each in sets]
        return metrics.temperature_for([(each.logits, each.targets) for each in sets])

    @cached_property
    def _of_other_half(self) -> NDArray[np.float32]:
        """By half, the temperature that was chosen on the other one, (2,)."""
        return np.array([self.temperature(1), self.temperature(0)], np.float32)

    def score(self, name: str) -> HeldOut:
        """Return the score on one of the sets, overall and by fold.

        Each half of the digits is scored with the temperature that was chosen on the other half.
        """

        def score(each: LabelledLogits) -> Score:
            halves = np.arange(len(each.targets)) % 2
            temperatures = self._of_other_half[halves, np.newaxis]
            return metrics.score(each.logits / temperatures, each.targets)

        names = CONTRIBUTORS if name == OTHER_CONTRIBUTORS else [f"fold {n + 1}" for n in FOLDS]
        folds = self.digits[name]
        return HeldOut(
            overall=score(concatenate(folds)),
            parts={
                part: score(fold)
                for part, fold in zip(names, folds, strict=True)
                if len(fold.targets)
            },
        )

    def scores(self) -> dict[str, HeldOut]:
        """Return the scores on all sets, by name."""
        return {name: self.score(name) for name in self.digits}

    def abstention_rates(self) -> dict[str, float]:
        """Return the abstention rate on each kind of non-digits, 0 to 1."""
        temperature = np.float32(self.temperature())
        return {
            kind: metrics.abstention_rate(logits / temperature)
            for kind, logits in self.non_digits.items()
        }


CHOSEN_ON = (MNIST, PAGE_PEN, ANY_PEN, OTHER_CONTRIBUTORS)
"""The sets that the temperature is chosen on."""


@dataclass(frozen=True)
class EvaluationSets:
    """What the models are measured on besides MNIST: drawings of people's digits, non-digits.

    Attributes:
        digits: Who drew which digit.
        page_pen: The digits, drawn with the page's pen.
        any_pen: Drawn with pens of any width, at any size.
        pen_widths: By width of the pen in px.
        non_digits: By kind, (n, 28, 28) uint8.
        peoples_non_digits: By kind, by contributor, (n, 28, 28) uint8.
    """

    digits: Sequence[PenCharacter]
    page_pen: Examples
    any_pen: Examples
    pen_widths: Mapping[int, Examples]
    non_digits: Mapping[str, NDArray[np.uint8]]
    peoples_non_digits: Mapping[str, Mapping[str, NDArray[np.uint8]]]

    def of_kind(self, kind: str) -> NDArray[np.uint8]:
        """Return all non-digits of a kind, (n, 28, 28) uint8."""
        if kind in self.non_digits:
            return self.non_digits[kind]
        return np.concatenate(list(self.peoples_non_digits[kind].values()))

    @property
    def kinds(self) -> tuple[str, ...]:
        """The names of all kinds of non-digits."""
        return (*self.non_digits, *self.peoples_non_digits)


def make_evaluation_sets(mnist: Examples, handwriting: Handwriting) -> EvaluationSets:
    """Return the sets that the models are measured on besides MNIST itself.

    Args:
        mnist: MNIST images to make non-digits from, none of them in the training set.
        handwriting: All that people drew.
    """
    digits, targets = handwriting.digits, targets_of(handwriting.digits)

    def draw(heights: tuple[float, float], pen_widths_px: tuple[float, float]) -> Examples:
        grids = draw_pen_characters(digits, heights=heights, pen_widths_px=pen_widths_px, seed=SEED)
        return Examples(grids, targets)

    return EvaluationSets(
        digits,
        draw(PAGE_HEIGHTS, (PAGE_PEN_PX, PAGE_PEN_PX)),
        draw(ANY_HEIGHTS, ANY_PEN_PX),
        {width: draw(PAGE_HEIGHTS, (width, width)) for width in PEN_WIDTHS_PX},
        _generated_non_digits(mnist, handwriting),
        {
            LETTERS_AND_SIGNS: _drawn_by_people(handwriting.letters_and_signs),
            PEOPLES_NEVER_TRAINED_ON: _drawn_by_people(handwriting.never_trained_on),
        },
    )


def _generated_non_digits(
    mnist: Examples, handwriting: Handwriting
) -> dict[str, NDArray[np.uint8]]:
    sources = make_sources(mnist, handwriting, seed=SEED)

    def make(kind: str, symbols: Symbols, seed: int) -> NDArray[np.uint8]:
        changed = replace(sources, symbols=symbols)
        return make_non_digits(kind, changed, count=NON_DIGITS_PER_KIND, seed=seed).grids

    generated = {
        kind: make(kind, sources.symbols, SEED + number) for number, kind in enumerate(DRAWN_KINDS)
    }
    generated[NEVER_TRAINED_ON] = make("letter or symbol", HELD_OUT_SYMBOLS, SEED)
    generated[OTHER_SCRIPT] = make("letter or symbol", OTHER_SCRIPTS, SEED)
    return generated


def _drawn_by_people(characters: Sequence[PenCharacter]) -> dict[str, NDArray[np.uint8]]:
    """Return characters drawn with the page's pen, by contributor."""
    drawn = draw_pen_characters(
        characters, heights=PAGE_HEIGHTS, pen_widths_px=(PAGE_PEN_PX, PAGE_PEN_PX), seed=SEED
    )
    collections = collections_of(characters)
    return {contributor: drawn[collections == contributor] for contributor in CONTRIBUTORS}


def predict_held_out(
    models: Sequence[keras.Model], mnist: Examples, evaluation_sets: EvaluationSets
) -> HeldOutPredictions:
    """Return what each fold's model predicts for what was held out of its training.

    Args:
        models: One for each fold, in order.
        mnist: All of MNIST's training images.
        evaluation_sets: The other sets to measure on.
    """
    digits = evaluation_sets.digits
    is_pendigits = collections_of(digits) == pendigits.COLLECTION
    writers = [held_out_writers(fold, digits) for fold in FOLDS]
    zeros = targets_of(digits) == DIGITS[0]

    def predict(fold: int, examples: Examples, held_out: NDArray[np.bool_]) -> LabelledLogits:
        measured = examples.where(held_out)
        logits = (
            metrics.logits_of(models[fold], measured.grids)
            if len(measured.targets)
            else np.empty((0, len(DIGITS)), np.float32)
        )
        return LabelledLogits(logits, measured.targets)

    page_pen, any_pen = evaluation_sets.page_pen, evaluation_sets.any_pen
    images = len(mnist.targets)
    return HeldOutPredictions(
        digits={
            MNIST: [predict(fold, mnist, held_out_images(fold, images)) for fold in FOLDS],
            PAGE_PEN: [predict(fold, page_pen, writers[fold] & is_pendigits) for fold in FOLDS],
            ANY_PEN: [predict(fold, any_pen, writers[fold] & is_pendigits) for fold in FOLDS],
            OTHER_CONTRIBUTORS: [
                predict(fold, page_pen, held_out_contributor(fold, digits)) for fold in FOLDS
            ],
            OTHER_WRITERS: [
                predict(fold, page_pen, writers[fold] & ~is_pendigits) for fold in FOLDS
            ],
            ZEROS: [
                predict(fold, page_pen, writers[fold] & ~is_pendigits & zeros) for fold in FOLDS
            ],
        },
        pen_widths={
            width: concatenate([predict(fold, drawn, writers[fold]) for fold in FOLDS])
            for width, drawn in evaluation_sets.pen_widths.items()
        },
        non_digits=_predict_non_digits(models, evaluation_sets),
    )


def _predict_non_digits(
    models: Sequence[keras.Model], evaluation_sets: EvaluationSets
) -> dict[str, Logits]:
    generated, by_people = evaluation_sets.non_digits, evaluation_sets.peoples_non_digits
    non_digits = {
        kind: metrics.logits_of(models[fold], generated[kind])
        for fold in FOLDS
        for kind in KINDS_HELD_OUT[fold]
        if kind in generated
    }
    # The model trained without letters and symbols is not comparable, so it does not count here.
    knows_symbols = ["letter or symbol" not in kinds for kinds in KINDS_HELD_OUT]
    for kind in (NEVER_TRAINED_ON, OTHER_SCRIPT):
        non_digits[kind] = np.concatenate(
            [metrics.logits_of(model, generated[kind]) for model in compress(models, knows_symbols)]
        )
    for kind, grids in by_people.items():
        non_digits[kind] = np.concatenate(
            [
                metrics.logits_of(model, grids[contributor])
                for model, contributor in zip(models, CONTRIBUTORS, strict=True)
                if len(grids[contributor])
            ]
        )
    return non_digits


def ood_abstention(
    model: keras.Model,
    evaluation_sets: EvaluationSets,
    held_out_rates: Mapping[str, float],
) -> dict[str, OodAbstention]:
    """Return the abstention rates on each kind of non-digits.

    Args:
        model: The final model, whose weights contain the temperature.
        evaluation_sets: The non-digits.
        held_out_rates: By kind, the abstention rate of the model trained without it.
    """
    return {
        kind: OodAbstention(
            final_model=metrics.abstention_rate(
                metrics.logits_of(model, evaluation_sets.of_kind(kind))
            ),
            held_out=held_out_rates[kind],
        )
        for kind in evaluation_sets.kinds
    }


def accuracy_of_contributors(predictions: HeldOutPredictions) -> dict[str, dict[str, float]]:
    """Return the accuracy on each held-out contributor's digits, by contributor, by digit."""
    return {
        contributor: {
            str(digit): float((fold.logits.argmax(axis=1) == digit)[fold.targets == digit].mean())
            for digit in DIGITS
            if (fold.targets == digit).any()
        }
        for contributor, fold in zip(
            CONTRIBUTORS, predictions.digits[OTHER_CONTRIBUTORS], strict=True
        )
    }


def hardest_writers(
    predictions: HeldOutPredictions, digits: Sequence[PenCharacter]
) -> dict[str, float]:
    """Return the accuracy on the digits of the held-out writers who are read worst.

    UNIPEN's writers are held out with their contributor, the others alone. They are numbered within
    their collection: the names in the files are those of people.
    """
    names = _numbered(digits)
    is_pendigits = collections_of(digits) == pendigits.COLLECTION
    is_right: dict[str, list[NDArray[np.bool_]]] = {}
    for fold in FOLDS:
        for name, mask in (
            (OTHER_CONTRIBUTORS, held_out_contributor(fold, digits)),
            (PAGE_PEN, held_out_writers(fold, digits) & is_pendigits),
        ):
            measured = predictions.digits[name][fold]
            right = measured.logits.argmax(axis=1) == measured.targets
            for digit, correct in zip(compress(digits, mask), right, strict=True):
                is_right.setdefault(names[digit.collection, digit.writer], []).append(correct)
    shares = {name: float(np.mean(correct)) for name, correct in is_right.items()}
    return dict(sorted(shares.items(), key=lambda item: item[1])[:HARDEST_WRITERS])


def _numbered(digits: Sequence[PenCharacter]) -> dict[tuple[str, str], str]:
    """Return what each writer is called, by collection and name."""
    names = {}
    for collection, people in groupby(
        sorted({(digit.collection, digit.writer) for digit in digits}), key=itemgetter(0)
    ):
        for number, writer in enumerate(people, start=1):
            names[writer] = f"{collection}, writer {number}"
    return names


def concatenate(folds: Sequence[LabelledLogits]) -> LabelledLogits:
    """Return several folds' predictions as one."""
    return LabelledLogits(
        np.concatenate([each.logits for each in folds]),
        np.concatenate([each.targets for each in folds]),
    )
