"""Train the three networks and write them, with their card, into `models/`.

    python -m pixelviz.training.train [--pen pendigits-orig.tra] [--mnist mnist.npz]

The networks learn from MNIST's training images and from pen-drawn digits, both in variations. First
they are trained without the digits of every fifth writer, to see how well they read people they
have never met; then, with all writers, for the page. MNIST's test images are looked at once, after
training, for the card.
"""

import argparse
from itertools import cycle, islice
from pathlib import Path

import keras
import numpy as np
from numpy.typing import NDArray

from pixelviz import card, mnist
from pixelviz.errors import PixelvizError
from pixelviz.training import strokes
from pixelviz.training.examples import Examples, join, on_the_page, varied_mnist, varied_pen
from pixelviz.training.networks import NETWORKS, Network
from pixelviz.training.strokes import PenDigit

BATCH = 128
VARIATIONS = 6
"""How many variations of each digit are made; the epochs take them in turn."""

LEFT_OUT = slice(None, None, 5)
"""Every fifth writer is left out to measure with."""

MODELS = Path(__file__).parents[2] / "models"


def train(network: Network, sets: list[Examples], *, seed: int) -> keras.Model:
    """Return the trained network, ready to be saved: without the optimizer's own numbers.

    Args:
        network: Which network, and for how long.
        sets: What to learn from: the first epoch takes the first set, the next the next, in turn.
        seed: Where the random numbers start: weights, order of the digits, dropout.
    """
    keras.utils.set_random_seed(seed)
    model = network.build()
    steps = network.epochs * -(-len(sets[0].targets) // BATCH)
    model.compile(
        optimizer=keras.optimizers.Adam(
            keras.optimizers.schedules.CosineDecay(network.learning_rate, steps)
        ),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    for epoch, examples in enumerate(islice(cycle(sets), network.epochs), start=1):
        print(f"{network.title}, epoch {epoch} of {network.epochs}: ", end="", flush=True)
        model.fit(examples.features, examples.targets, batch_size=BATCH, verbose=2)
    trained = network.build()
    trained.set_weights(model.get_weights())
    return trained


def accuracy(model: keras.Model, examples: Examples) -> float:
    """Return the share of the examples whose largest logit is the target, 0 to 1."""
    logits = model.predict(examples.features, batch_size=1000, verbose=0)
    return float((logits.argmax(axis=1) == examples.targets).mean())


def main() -> None:
    """Train all networks, print what they reach, write models and card."""
    options = _options()
    try:
        data = mnist.load(options.mnist)
        digits = strokes.read(options.pen) if options.pen else []
    except PixelvizError as error:
        raise SystemExit(str(error)) from error
    plain = Examples(data.x_train, data.y_train)
    test = Examples(data.x_test, data.y_test)

    writers = np.array([digit.writer for digit in digits], np.int64)
    left_out = np.unique(writers)[LEFT_OUT]
    known = ~np.isin(writers, left_out)
    strangers = [digit for digit, is_known in zip(digits, known, strict=True) if not is_known]

    print(f"Making {VARIATIONS} variations of {len(plain.targets) + 2 * len(digits)} digits …")
    of_mnist = [plain] + [varied_mnist(plain, seed=number) for number in range(1, VARIATIONS)]
    of_pen = [varied_pen(digits, seed=number) for number in range(2 * VARIATIONS)]

    def sets_for(network: Network, kept: NDArray[np.bool_]) -> list[Examples]:
        if not network.variations:
            return [plain]
        pen = [Examples(each.grids[kept], each.targets[kept]) for each in of_pen]
        return [join(parts) for parts in zip(of_mnist, pen[::2], pen[1::2], strict=True)]

    options.models.mkdir(parents=True, exist_ok=True)
    cards = []
    for network in NETWORKS:
        page_pen = any_pen = None
        if strangers:
            print(f"\n{network.title}, without {len(left_out)} of the writers", flush=True)
            model = train(network, sets_for(network, known), seed=options.seed)
            page_pen, any_pen = read_by_strangers(model, strangers)
            print(f"Their digits: {page_pen:.2%} with the page's pen, {any_pen:.2%} with any")

        print(f"\n{network.title}, with all there is", flush=True)
        model = train(network, sets_for(network, np.ones_like(known)), seed=options.seed)
        path = options.models / f"{network.name}.keras"
        model.save(path)
        cards.append(
            card.ModelCard(
                name=network.name,
                title=network.title,
                file=path.name,
                sha256=card.hash_of(path),
                parameters=model.count_params(),
                epochs=network.epochs,
                seed=options.seed,
                test_accuracy=accuracy(model, test),
                page_pen_accuracy=page_pen,
                any_pen_accuracy=any_pen,
            )
        )
        print(f"{network.title}: {cards[-1].test_accuracy:.2%} of MNIST's test images", flush=True)
    sources = dict(mnist.SHA256)
    if options.pen:
        sources[options.pen.name] = card.hash_of(options.pen)
    names = tuple(int(writer) for writer in left_out)
    card.write(card.Card(NETWORKS[-1].name, sources, names, tuple(cards)), options.models)


def read_by_strangers(model: keras.Model, digits: list[PenDigit]) -> tuple[float, float]:
    """Return which share of people's digits is read, with the page's pen and with any pen.

    Args:
        model: One that has not seen these people's digits.
        digits: Theirs.
    """
    page_pen = on_the_page(digits, heights=(0.4, 0.8), pen_widths_px=(24, 24), seed=1)
    any_pen = on_the_page(digits, heights=(0.25, 0.9), pen_widths_px=(12, 32), seed=2)
    return accuracy(model, page_pen), accuracy(model, any_pen)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Train the models.")
    parser.add_argument(
        "--pen",
        type=Path,
        help="pendigits-orig.tra of UCI data set 81; without it, only MNIST is learned from",
    )
    parser.add_argument("--mnist", type=Path, help="an mnist.npz; without it, Keras fetches MNIST")
    parser.add_argument("--models", type=Path, default=MODELS, help="where the models go")
    parser.add_argument("--seed", type=int, default=28, help="where the random numbers start")
    return parser.parse_args()


if __name__ == "__main__":
    main()
