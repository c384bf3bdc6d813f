"""Fitting one network: epoch by epoch, kept after each, so that it can be stopped at any time."""

from pathlib import Path

import keras

from pixelviz.training.architectures import Network
from pixelviz.training.training_set import SEED, Material

BATCH = 256


def trained(
    network: Network,
    learned: Material,
    folder: Path,
    *,
    without: int | None = None,
    shuffled: bool = False,
) -> keras.Model:
    """Return a trained network; one that a folder already holds is only opened.

    After each epoch the half-trained network is kept in the folder, and a later call goes on from
    there, with the same random numbers as if nothing had happened.

    Args:
        network: Which network, and for how long.
        learned: What it learns from.
        folder: Where trained and half-trained networks are kept.
        without: The fold that is left out, or None.
        shuffled: Whether it learns from shuffled pixels.
    """
    path = folder / file_name(network, without=without, shuffled=shuffled)
    if path.exists():
        return keras.saving.load_model(path, compile=False)
    begun = path.with_suffix(".begun.keras")
    if begun.exists():
        model = keras.saving.load_model(begun)
    else:
        keras.utils.set_random_seed(SEED)
        model = _compiled(network, learned, without)
    for turn in range(_epochs_done(model, network), network.epochs):
        examples = learned.turn(turn, network, without=without)
        if shuffled:
            examples = examples.shuffled()
        print(f"{path.stem}, epoch {turn + 1} of {network.epochs}: ", end="", flush=True)
        keras.utils.set_random_seed(SEED + 1 + turn)  # so that going on is like never stopping
        model.fit(examples.features, examples.answers, batch_size=BATCH, verbose=2)
        model.save(begun)
    finished = network.build()  # without the optimizer's own numbers
    finished.set_weights(model.get_weights())
    finished.save(path)
    begun.unlink(missing_ok=True)
    return finished


def file_name(network: Network, *, without: int | None = None, shuffled: bool = False) -> str:
    """Return the name of the file of one of a network's seven trainings."""
    fold = "" if without is None else f"-without-{without + 1}"
    return f"{network.name}{fold}{'-shuffled' if shuffled else ''}.keras"


def _compiled(network: Network, learned: Material, without: int | None) -> keras.Model:
    examples = len(learned.turn(0, network, without=without).targets)
    steps = network.epochs * -(-examples // BATCH)
    model = network.build()
    model.compile(
        optimizer=keras.optimizers.Adam(
            keras.optimizers.schedules.CosineDecay(network.learning_rate, steps)
        ),
        loss=keras.losses.CategoricalCrossentropy(from_logits=True),
    )
    return model


def _epochs_done(model: keras.Model, network: Network) -> int:
    """Return how many epochs a model has behind it: its optimizer counts the steps."""
    steps = model.optimizer.get_config()["learning_rate"]["config"]["decay_steps"]
    done: int = round(int(model.optimizer.iterations) / steps * network.epochs)
    return done
