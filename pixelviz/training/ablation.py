"""What each habit of the hand is worth: the dense network, trained with one habit at a time.

    python -m pixelviz.training.ablation --pen pendigits-orig.tra [--mnist mnist.npz]

Trains without the first fold and prints how well its writers' digits, with any pen, and its fifth
of MNIST's training images are read. The dense network trains in a minute, and has no idea of what
is near to what: it needs to be shown every habit, and so shows what each is worth.
"""

from dataclasses import asdict, replace

import keras
import numpy as np

from pixelviz.training import held_out, metrics
from pixelviz.training.architectures import dense
from pixelviz.training.augmentation import PEOPLE, Habits
from pixelviz.training.cross_validation import mnist_of, pen_of
from pixelviz.training.evaluate import options_of, read_data
from pixelviz.training.examples import Examples, join, on_the_page, varied_mnist, varied_pen
from pixelviz.training.fit import BATCH
from pixelviz.training.pendigits import PenDigit
from pixelviz.training.training_set import SEED

FOLD = 0
EPOCHS = 12
TURNS = 2


def main() -> None:
    """Print the table."""
    options = options_of("Measure what each variation of the training is worth.")
    train, _, pen = read_data(options)
    left_out = mnist_of(FOLD, len(train.targets))
    strangers_too = pen_of(FOLD, pen)
    known = [digit for digit, other in zip(pen, strangers_too, strict=True) if not other]
    others = [digit for digit, other in zip(pen, strangers_too, strict=True) if other]
    asked = {
        "MNIST": train.where(left_out),
        "page's pen": on_the_page(
            others,
            heights=held_out.PAGE_HEIGHTS,
            pen_widths_px=(held_out.PAGE_PEN_PX, held_out.PAGE_PEN_PX),
            seed=SEED,
        ),
        "any pen": on_the_page(
            others,
            heights=held_out.ANY_HEIGHTS,
            pen_widths_px=held_out.ANY_PEN_PX,
            seed=SEED,
        ),
    }
    none = Habits()
    alone = {name: replace(none, **{name: value}) for name, value in asdict(PEOPLE).items()}
    print(f"{'share read':20}" + "".join(f"{name:>14}" for name in asked))
    for name, habits in {"none": none, **alone, "all": PEOPLE}.items():
        model = _trained(train.where(~left_out), known, habits)
        shares = [
            metrics.score(metrics.logits_of(model, each.grids), each.targets, threshold=0).accuracy
            for each in asked.values()
        ]
        print(f"{name:20}" + "".join(f"{share:14.2%}" for share in shares), flush=True)


def _trained(mnist: Examples, pen: list[PenDigit], habits: Habits) -> keras.Model:
    keras.utils.set_random_seed(SEED)
    model = dense()
    half = np.arange(len(mnist.targets)) % 2 == 0
    turns = [
        join(
            [
                mnist.where(~half),
                varied_mnist(mnist.where(half), seed=turn, habits=habits),
                varied_pen(pen, seed=turn, habits=habits),
            ]
        )
        for turn in range(TURNS)
    ]
    steps = EPOCHS * -(-len(turns[0].targets) // BATCH)
    model.compile(
        optimizer=keras.optimizers.Adam(keras.optimizers.schedules.CosineDecay(1e-3, steps)),
        loss=keras.losses.CategoricalCrossentropy(from_logits=True),
    )
    for epoch in range(EPOCHS):
        examples = turns[epoch % TURNS]
        model.fit(examples.features, examples.answers, batch_size=BATCH, verbose=0)
    return model


if __name__ == "__main__":
    main()
