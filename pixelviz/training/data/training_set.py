"""The training set: digits and non-digits with augmentation, generated once and cached."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from pixelviz.arrays import SIDE
from pixelviz.training import fingerprint
from pixelviz.training.data.cross_validation import (
    CONTRIBUTORS,
    KINDS_HELD_OUT,
    held_out_images,
    held_out_pen_digits,
)
from pixelviz.training.data.examples import (
    NON_DIGIT,
    Examples,
    augment_mnist,
    augment_pen_digits,
    concatenate,
    make_non_digits,
)
from pixelviz.training.data.non_digits import KINDS, Sources
from pixelviz.training.data.pen_characters import (
    Handwriting,
    arrays_of,
    collections_of,
    targets_of,
)
from pixelviz.training.data.symbols import TRAINING_SYMBOLS

if TYPE_CHECKING:  # the examples do not depend on the architectures
    from pixelviz.training.architectures import Network

VARIATIONS = 8
"""How many variations of the training set are generated. The epochs cycle through them."""

PEN_COPIES = 2
"""How many copies of each pen-drawn digit a variation has, each augmented differently."""

NON_DIGITS_PER_KIND = 1000
"""How many non-digits of each kind a variation has."""

SEED = 7
"""The seed of all random numbers in the training."""

SOURCE_DIGITS = 1000
"""How many MNIST images, and how many pen-drawn digits, a variation's non-digits are made from."""


@dataclass(frozen=True)
class TrainingSet:
    """Everything that the models are trained on.

    Attributes:
        mnist: MNIST's training images, not augmented.
        handwriting: Pen-drawn digits, letters and signs.
        augmented_mnist: (8, 60000, 28, 28) uint8; each variation augments every other image.
        augmented_pen_digits: (8, 2, n, 28, 28) uint8, two augmented copies in each variation.
        non_digits: By kind, (8, 1000, 28, 28) uint8.
        key: The fingerprint of the data and the code that it was made from; see `key_of`.
    """

    mnist: Examples
    handwriting: Handwriting
    augmented_mnist: NDArray[np.uint8]
    augmented_pen_digits: NDArray[np.uint8]
    non_digits: dict[str, NDArray[np.uint8]]
    key: str

    def epoch(self, number: int, network: "Network", *, held_out_fold: int | None) -> Examples:
        """Return the examples of one epoch.

        Args:
            number: The epoch's number, from 0. After the last variation comes the first again.
            network: The network to train; its settings select the examples.
            held_out_fold: The cross-validation fold to leave out, or None.
        """
        variation = number % VARIATIONS
        mnist = Examples(
            self.augmented_mnist[variation] if network.augmented else self.mnist.grids,
            self.mnist.targets,
        )
        targets = targets_of(self.handwriting.digits)
        pen = [
            Examples(copy, targets)
            for copy in self.augmented_pen_digits[variation, : network.pen_copies]
        ]
        kinds = set(KINDS if network.augmented else ())
        if held_out_fold is not None:
            mnist = mnist.where(~held_out_images(held_out_fold, len(mnist.targets)))
            kept = ~held_out_pen_digits(held_out_fold, self.handwriting.digits)
            pen = [examples.where(kept) for examples in pen]
            kinds -= set(KINDS_HELD_OUT[held_out_fold])
        no_digit = np.full(NON_DIGITS_PER_KIND, NON_DIGIT, np.uint8)
        non_digits = [
            Examples(self.non_digits[kind][variation], no_digit) for kind in sorted(kinds)
        ]
        return concatenate([mnist, *pen, *non_digits])


def prepare_training_set(mnist: Examples, handwriting: Handwriting, *, folder: Path) -> TrainingSet:
    """Return the training set; it is generated unless the folder has it from an earlier call.

    Args:
        mnist: MNIST's training images.
        handwriting: Pen-drawn digits, letters and signs.
        folder: Where the training set is cached, about 690 MB.
    """
    key = key_of(mnist, handwriting)
    path = folder / f"training-set-{key}.npz"
    if not path.exists():
        generated = _generate(mnist, handwriting)
        np.savez(path.with_suffix(".part.npz"), allow_pickle=False, **generated)
        path.with_suffix(".part.npz").rename(path)
    with np.load(path, allow_pickle=False) as stored:
        return TrainingSet(
            mnist,
            handwriting,
            stored["mnist"],
            stored["pen"],
            {kind: stored[kind] for kind in KINDS},
            key,
        )


def key_of(mnist: Examples, handwriting: Handwriting) -> str:
    """Return a short hash of the data and of the code that makes the training set from it."""
    characters = handwriting.digits + handwriting.letters_and_signs
    data = fingerprint.of_arrays([mnist.grids, mnist.targets, *arrays_of(characters)])
    code = fingerprint.of_code(__name__)
    return fingerprint.of_settings({"data": data, "code": code})[: fingerprint.KEY_LENGTH]


def make_sources(mnist: Examples, handwriting: Handwriting, *, seed: int) -> Sources:
    """Return what non-digits are made from: random digits, letters, signs, symbols."""
    random = np.random.default_rng(seed)
    grids = mnist.grids[random.permutation(len(mnist.grids))[:SOURCE_DIGITS]]
    chosen = random.permutation(len(handwriting.digits))[:SOURCE_DIGITS]
    collections = collections_of(handwriting.letters_and_signs)
    letters_and_signs = {
        contributor: [
            handwriting.letters_and_signs[number]
            for number in np.flatnonzero(collections == contributor)
        ]
        for contributor in CONTRIBUTORS
    }
    return Sources(
        grids,
        [handwriting.digits[number] for number in chosen],
        letters_and_signs,
        TRAINING_SYMBOLS,
    )


def _generate(mnist: Examples, handwriting: Handwriting) -> dict[str, NDArray[np.uint8]]:
    augmented_mnist = np.empty((VARIATIONS, *mnist.grids.shape), np.uint8)
    augmented_pen = np.empty(
        (VARIATIONS, PEN_COPIES, len(handwriting.digits), SIDE, SIDE), np.uint8
    )
    non_digits = {
        kind: np.empty((VARIATIONS, NON_DIGITS_PER_KIND, SIDE, SIDE), np.uint8) for kind in KINDS
    }
    for variation in range(VARIATIONS):
        print(f"Generating variation {variation + 1} of {VARIATIONS}", flush=True)
        seed = 1000 * SEED + 100 * variation
        augmented_mnist[variation] = mnist.grids
        half = slice(variation % 2, None, 2)  # the other half stays as it is
        images = Examples(mnist.grids[half], mnist.targets[half])
        augmented_mnist[variation, half] = augment_mnist(images, seed=seed).grids
        for copy in range(PEN_COPIES):
            augmented_pen[variation, copy] = augment_pen_digits(
                handwriting.digits, seed=seed + 1 + copy
            ).grids
        sources = make_sources(mnist, handwriting, seed=seed)
        for number, kind in enumerate(KINDS):
            made = make_non_digits(
                kind, sources, count=NON_DIGITS_PER_KIND, seed=seed + 10 + number
            )
            non_digits[kind][variation] = made.grids
    return {"mnist": augmented_mnist, "pen": augmented_pen, **non_digits}
