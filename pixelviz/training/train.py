"""Train the three networks on MNIST and write them, with their card, into `models/`.

    python -m pixelviz.training.train [--mnist PATH] [--models FOLDER] [--seed NUMBER]

Plain training: the 60,000 training images as they are, no augmentation. The 10,000 test images
are looked at once, after training, for the card.
"""

import argparse
from pathlib import Path

import keras
import numpy as np
from numpy.typing import NDArray

from pixelviz import card, mnist
from pixelviz.errors import PixelvizError
from pixelviz.features import rescale
from pixelviz.spec import LENGTH, Features
from pixelviz.training.networks import NETWORKS, Network

BATCH = 128
MODELS = Path(__file__).parents[2] / "models"


def train(
    network: Network, features: Features, targets: NDArray[np.uint8], *, seed: int
) -> keras.Model:
    """Return the trained network, ready to be saved: without the optimizer's own numbers.

    Args:
        network: Which network, and for how long.
        features: (n, 784) float32, 0 to 1.
        targets: (n,) uint8, 0 to 9.
        seed: Where the random numbers start: weights, order of the images, dropout.
    """
    keras.utils.set_random_seed(seed)
    model = network.build()
    steps = network.epochs * -(-len(features) // BATCH)
    model.compile(
        optimizer=keras.optimizers.Adam(
            keras.optimizers.schedules.CosineDecay(network.learning_rate, steps)
        ),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    model.fit(features, targets, batch_size=BATCH, epochs=network.epochs, verbose=2)
    trained = network.build()
    trained.set_weights(model.get_weights())
    return trained


def accuracy(model: keras.Model, features: Features, targets: NDArray[np.uint8]) -> float:
    """Return the share of the features' rows whose largest logit is the target, 0 to 1."""
    logits = model.predict(features, batch_size=1000, verbose=0)
    return float((logits.argmax(axis=1) == targets).mean())


def main() -> None:
    """Train all networks, print what they reach, write models and card."""
    options = _options()
    try:
        data = mnist.load(options.mnist)
    except PixelvizError as error:
        raise SystemExit(str(error)) from error
    x_train = rescale(data.x_train.reshape(-1, LENGTH))  # (60000, 28, 28) -> (60000, 784)
    x_test = rescale(data.x_test.reshape(-1, LENGTH))
    options.models.mkdir(parents=True, exist_ok=True)

    cards = []
    for network in NETWORKS:
        print(f"\n{network.title}: {network.epochs} epochs", flush=True)
        model = train(network, x_train, data.y_train, seed=options.seed)
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
                test_accuracy=accuracy(model, x_test, data.y_test),
            )
        )
        print(f"{network.title}: {cards[-1].test_accuracy:.2%} of the test images", flush=True)
    card.write(card.Card(NETWORKS[-1].name, mnist.SHA256, tuple(cards)), options.models)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Train the models on MNIST.")
    parser.add_argument("--mnist", type=Path, help="an mnist.npz; without it, Keras fetches MNIST")
    parser.add_argument("--models", type=Path, default=MODELS, help="where the models go")
    parser.add_argument("--seed", type=int, default=28, help="where the random numbers start")
    return parser.parse_args()


if __name__ == "__main__":
    main()
