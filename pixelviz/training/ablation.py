"""Ablation: train the dense network with one kind of augmentation at a time, and compare.

    python -m pixelviz.training.ablation --pen pendigits-orig.tra --unipen train_r01_v07

Trains without the first fold and prints the accuracy on what it holds out: its writers' digits,
drawn with the page's pen and with any pen, and its sixth of MNIST's training images. The dense
network trains in a minute. It does not know which pixels are neighbours, so it can only learn a
variation from examples, and shows what each kind of augmentation adds.
"""

from dataclasses import asdict, replace

import keras
import numpy as np

from pixelviz.training import held_out, metrics
from pixelviz.training.architectures import dense
from pixelviz.training.data.augmentation import DEFAULT_AUGMENTATION, Augmentation
from pixelviz.training.data.cross_validation import held_out_images, held_out_pen_digits
from pixelviz.training.data.examples import (
    Examples,
    augment_mnist,
    augment_pen_digits,
    concatenate,
    draw_pen_characters,
)
from pixelviz.training.data.pen_characters import PenCharacter, targets_of
from pixelviz.training.data.training_set import SEED
from pixelviz.training.fit import BATCH_SIZE
from pixelviz.training.options import load_data, parse

FOLD = 0
EPOCHS = 12
VARIATIONS = 2


def main() -> None:
    """Print the table."""
    options = parse("Measure what each kind of augmentation adds.")
    train, _, handwriting = load_data(options)
    pen_digits = handwriting.digits
    images = held_out_images(FOLD, len(train.targets))
    writers = held_out_pen_digits(FOLD, pen_digits)
    known = [digit for digit, out in zip(pen_digits, writers, strict=True) if not out]
    unknown = [digit for digit, out in zip(pen_digits, writers, strict=True) if out]
    targets = targets_of(unknown)
    test_sets = {"MNIST": train.where(images)}
    for name, heights, pen_widths_px in (
        ("page's pen", held_out.PAGE_HEIGHTS, (held_out.PAGE_PEN_PX, held_out.PAGE_PEN_PX)),
        ("any pen", held_out.ANY_HEIGHTS, held_out.ANY_PEN_PX),
    ):
        grids = draw_pen_characters(
            unknown, heights=heights, pen_widths_px=pen_widths_px, seed=SEED
        )
        test_sets[name] = Examples(grids, targets)
    none = Augmentation()
    single = {
        name: replace(none, **{name: value}) for name, value in asdict(DEFAULT_AUGMENTATION).items()
    }
    print(f"{'accuracy':20}" + "".join(f"{name:>14}" for name in test_sets))
    for name, augmentation in {"none": none, **single, "all": DEFAULT_AUGMENTATION}.items():
        model = _train(train.where(~images), known, augmentation)
        accuracies = [
            metrics.accuracy(metrics.logits_of(model, examples.grids), examples.targets)
            for examples in test_sets.values()
        ]
        print(f"{name:20}" + "".join(f"{share:14.2%}" for share in accuracies), flush=True)


def _train(
    mnist: Examples, pen_digits: list[PenCharacter], augmentation: Augmentation
) -> keras.Model:
    keras.utils.set_random_seed(SEED)
    model = dense()
    half = np.arange(len(mnist.targets)) % 2 == 0
    variations = [
        concatenate(
            [
                mnist.where(~half),
                augment_mnist(mnist.where(half), seed=number, augmentation=augmentation),
                augment_pen_digits(pen_digits, seed=number, augmentation=augmentation),
            ]
        )
        for number in range(VARIATIONS)
    ]
    steps = EPOCHS * -(-len(variations[0].targets) // BATCH_SIZE)
    model.compile(
        optimizer=keras.optimizers.Adam(keras.optimizers.schedules.CosineDecay(1e-3, steps)),
        loss=keras.losses.CategoricalCrossentropy(from_logits=True),
    )
    for epoch in range(EPOCHS):
        examples = variations[epoch % VARIATIONS]
        model.fit(
            examples.features, examples.target_probabilities, batch_size=BATCH_SIZE, verbose=0
        )
    return model


if __name__ == "__main__":
    main()
