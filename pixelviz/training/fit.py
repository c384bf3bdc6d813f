"""Fitting a network epoch by epoch, with a checkpoint after each, so that it can be interrupted."""

from pathlib import Path

import keras

from pixelviz.training import fingerprint
from pixelviz.training.architectures import Network
from pixelviz.training.data.training_set import SEED, TrainingSet

BATCH_SIZE = 256

COMPUTED_IN = "mixed_bfloat16"
"""Layers multiply in bfloat16, which takes two thirds of the time where the processor knows it.

Weights and logits stay float32, and a trained network computes in float32 only.
"""


def train_or_load(
    network: Network,
    training_set: TrainingSet,
    folder: Path,
    *,
    held_out_fold: int | None = None,
    shuffled: bool = False,
) -> keras.Model:
    """Return a trained network; it is only loaded if the folder has it from an earlier call.

    After each epoch a checkpoint is saved. A later call resumes from it, with the same random
    numbers as if the training had not been interrupted.

    Args:
        network: Which network to train, and for how long.
        training_set: What to train it on.
        folder: Where trained networks and checkpoints are kept, see `cached_path`.
        held_out_fold: The cross-validation fold to leave out, or None.
        shuffled: Whether to train on shuffled pixels.
    """
    path = cached_path(
        folder, network, training_set.key, held_out_fold=held_out_fold, shuffled=shuffled
    )
    if path.exists():
        return keras.saving.load_model(path, compile=False)
    checkpoint = path.with_suffix(".checkpoint.keras")
    if checkpoint.exists():
        model = keras.saving.load_model(checkpoint)
    else:
        keras.utils.set_random_seed(SEED)
        model = _compiled(network, training_set, held_out_fold)
    for epoch in range(_epochs_done(model, network), network.epochs):
        examples = training_set.epoch(epoch, network, held_out_fold=held_out_fold)
        if shuffled:
            examples = examples.shuffled()
        print(f"{path.stem}, epoch {epoch + 1} of {network.epochs}: ", end="", flush=True)
        keras.utils.set_random_seed(SEED + 1 + epoch)  # the same numbers after an interruption
        model.fit(
            examples.features, examples.target_probabilities, batch_size=BATCH_SIZE, verbose=2
        )
        model.save(checkpoint)
    trained = network.build()  # a new model, to save it without the optimizer's state
    trained.set_weights(model.get_weights())
    trained.save(path)
    checkpoint.unlink(missing_ok=True)
    return trained


def file_name(network: Network, *, held_out_fold: int | None = None, shuffled: bool = False) -> str:
    """Return the file name of one of a network's seven trainings."""
    fold = "" if held_out_fold is None else f"-without-{held_out_fold + 1}"
    return f"{network.name}{fold}{'-shuffled' if shuffled else ''}.keras"


def cached_path(
    folder: Path,
    network: Network,
    key: str,
    *,
    held_out_fold: int | None = None,
    shuffled: bool = False,
) -> Path:
    """Return where a trained network is kept.

    The name has a hash of all that the weights depend on: architecture, settings, training set, and
    the code of this module. A network that was trained in another way has another name.

    Args:
        folder: Where trained networks are kept.
        network: Which network.
        key: The key of the training set; see `training_set.key_of`.
        held_out_fold: The cross-validation fold that was left out, or None.
        shuffled: Whether it was trained on shuffled pixels.
    """
    layers = [  # without their names, which Keras numbers anew in each process
        [type(layer).__name__, layer.get_config() | {"name": None}]
        for layer in network.build().layers
    ]
    settings = {name: value for name, value in vars(network).items() if name != "build"}
    hashed = fingerprint.of_settings(
        settings
        | {"layers": layers, "training_set": key, "code": fingerprint.of_file(Path(__file__))}
    )
    plain = Path(file_name(network, held_out_fold=held_out_fold, shuffled=shuffled))
    return folder / f"{plain.stem}-{hashed[: fingerprint.KEY_LENGTH]}{plain.suffix}"


def _compiled(
    network: Network, training_set: TrainingSet, held_out_fold: int | None
) -> keras.Model:
    examples = len(training_set.epoch(0, network, held_out_fold=held_out_fold).targets)
    steps = network.epochs * -(-examples // BATCH_SIZE)
    keras.config.set_dtype_policy(COMPUTED_IN)
    try:
        model = network.build()
    finally:
        keras.config.set_dtype_policy("float32")
    model.compile(
        optimizer=keras.optimizers.Adam(
            keras.optimizers.schedules.CosineDecay(network.learning_rate, steps)
        ),
        loss=keras.losses.CategoricalCrossentropy(from_logits=True),
    )
    return model


def _epochs_done(model: keras.Model, network: Network) -> int:
    """Return how many epochs a model has been trained for, from its optimizer's count of steps."""
    steps = model.optimizer.get_config()["learning_rate"]["config"]["decay_steps"]
    done: int = round(int(model.optimizer.iterations) / steps * network.epochs)
    return done
