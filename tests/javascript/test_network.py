"""The browser's networks answer as Keras does, layer by layer and on thousands of pictures."""

import base64
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pixelviz import raster
from pixelviz.arrays import LENGTH, SIDE
from pixelviz.data.mnist import Mnist
from pixelviz.model import card, keras_file, network_file, network_layers
from pixelviz.model.classifier import MODELS
from pixelviz.shuffle import shuffle
from pixelviz.vector import unroll
from tests import oracle
from tests.javascript.test_framing import strokes
from tests.javascript.test_javascript import run
from tests.node import node

FROM_MNIST, DRAWN, NOISE, SHUFFLED = 1000, 500, 300, 300

LOOKED_INTO = 200
"""In so many of the pictures every layer is compared."""

Array = NDArray[Any]


def test_the_networks_are_those_of_keras(root: Path, tmp_path: Path, digits: Mnist) -> None:
    vectors = pictures(digits)
    (tmp_path / "pictures").write_bytes(vectors.tobytes())
    for model in card.read(MODELS).models:
        file = network_file.derive(model, MODELS)
        (tmp_path / f"{model.name}.network").write_bytes(file)
        answers = oracle.ask(model.name, vectors)
        logits = np.array([each.logits for each in answers], "<f4")
        (tmp_path / f"{model.name}.logits").write_bytes(logits.tobytes())
    (tmp_path / "layers.json").write_text(json.dumps(layers_of_keras(vectors, tmp_path)), "utf-8")
    small = [described(what, build(), tmp_path) for what, build in SMALL.items()]
    (tmp_path / "small.json").write_text(json.dumps(small), "utf-8")
    test = root / "tests/javascript/oracle/network.test.js"
    run([node(), "--test", test], root, PIXELVIZ_NETWORKS=str(tmp_path))


def layers_of_keras(vectors: Array, folder: Path) -> dict[str, object]:
    """Write Keras's output of each layer that the browser has, for some pictures of each kind."""
    import keras

    chosen = np.random.default_rng(2).choice(len(vectors), LOOKED_INTO, replace=False)
    asked = vectors[chosen].astype(np.float32) / np.float32(255)
    models = card.read(MODELS).models
    for model in models:
        whole = keras.saving.load_model(MODELS / f"{model.name}.keras", compile=False)
        stored = keras_file.read((MODELS / f"{model.name}.keras").read_bytes())
        layers = network_layers.layers_of(stored)
        after = {
            layer.name: following.output
            for layer, following in zip(whole.layers, [*whole.layers[1:], None], strict=True)
            if isinstance(following, keras.layers.BatchNormalization)
        }  # the browser computes a convolution and what normalises it as one
        outputs = [after.get(each.name, whole.get_layer(each.name).output) for each in layers]
        answers = keras.Model(whole.inputs[0], outputs).predict(asked, verbose=0)
        answers = answers if isinstance(answers, list) else [answers]
        for layer, answer in zip(layers, answers, strict=True):
            (folder / f"{model.name}.layer.{layer.name}").write_bytes(
                answer.astype("<f4").tobytes()
            )
    return {"names": [each.name for each in models], "pictures": chosen.tolist()}


def pictures(digits: Mnist) -> Array:
    """Return digits of MNIST, drawings in both framings, noise, and digits that are shuffled."""
    random = np.random.default_rng(1)
    mnist = np.concatenate([digits.x_test, digits.x_train]).reshape(-1, LENGTH)
    chosen = mnist[random.choice(len(mnist), min(FROM_MNIST, len(mnist)), replace=False)]
    drawn = [ink for ink, _ in zip(strokes(random), range(DRAWN), strict=False)]
    grids = [raster.to_grid(ink, framing=how) for ink in drawn for how in ("mnist", "drawn")]
    noise = random.integers(0, 256, (NOISE, LENGTH)) * (
        random.random((NOISE, LENGTH)) < random.random((NOISE, 1))
    )
    parts: list[Array] = [
        chosen, np.array([unroll(grid) for grid in grids]), noise, shuffle(chosen[:SHUFFLED]),
        np.array([np.zeros(LENGTH), np.full(LENGTH, 255)]),
    ]  # fmt: skip
    return np.concatenate(parts).astype(np.uint8)


# Networks of few layers

GONE = "gone"
"""So begins the name of a layer whose output in Keras is not compared, as the browser has no such
layer, or computes it together with the next one."""


def convolution(padding: str, kernel: tuple[int, int], **settings: object) -> list[Any]:
    from keras import layers

    return [
        layers.Reshape((SIDE, SIDE, 1)),
        layers.Conv2D(3, kernel, padding=padding, **settings),
        layers.Conv2D(5, kernel, padding=padding, activation="relu"),
        layers.Flatten(),
    ]


def picture(*shape: int) -> list[Any]:
    from keras import layers

    return [layers.Reshape(shape)]


def normalised(**settings: object) -> list[Any]:
    from keras import layers

    return [
        layers.Reshape((14, 28, 2)),
        layers.BatchNormalization(**settings),
        layers.Conv2D(4, 3, activation="relu"),
        layers.BatchNormalization(**settings),
        layers.MaxPooling2D(2),
        layers.BatchNormalization(**settings),
        layers.Flatten(),
    ]


def folded(**settings: object) -> list[Any]:
    from keras import layers

    return [
        layers.Reshape((28, 7, 4)),
        layers.Conv2D(6, 3, name=f"{GONE}_1", use_bias=True),
        layers.BatchNormalization(**settings),
        layers.ReLU(),
        layers.Conv2D(2, (1, 4), name=f"{GONE}_2", use_bias=False, padding="same"),
        layers.BatchNormalization(epsilon=0.1, **settings),
        layers.Activation("relu"),
        layers.Flatten(),
        layers.Dropout(0.5, name=f"{GONE}_3"),
        layers.Dense(9, name=f"{GONE}_4"),
        layers.BatchNormalization(**settings),
    ]


def pooled(window: tuple[int, int], strides: tuple[int, int] | None) -> list[Any]:
    from keras import layers

    return [
        layers.Reshape((28, 14, 2)),
        layers.BatchNormalization(),  # so that there are values below 0
        layers.MaxPooling2D(window, strides=strides),
        layers.Flatten(),
    ]


def dense() -> list[Any]:
    from keras import layers

    return [layers.Dense(7, activation="relu"), layers.Dense(5, use_bias=False), layers.ReLU()]


SMALL: dict[str, Callable[[], list[Any]]] = {
    "valid": lambda: convolution("valid", (3, 3)),
    "valid, not square": lambda: convolution("valid", (2, 5)),
    "same": lambda: convolution("same", (3, 3)),
    "same, even": lambda: convolution("same", (4, 2)),
    "same, not square, no bias": lambda: convolution("same", (5, 3), use_bias=False),
    "same, larger than the picture": lambda: [
        *picture(4, 196, 1), *convolution("same", (9, 1))[1:]
    ],
    "one point": lambda: convolution("valid", (1, 1)),
    "not folded": normalised,
    "not folded, without centre": lambda: normalised(center=False),
    "not folded, without scale": lambda: normalised(scale=False),
    "folded": folded,
    "folded, with neither": lambda: folded(center=False, scale=False),
    "pooled": lambda: pooled((2, 2), None),
    "pooled, with a rest": lambda: pooled((3, 4), None),
    "pooled, overlapping": lambda: pooled((3, 2), (2, 1)),
    "dense": dense,
}  # fmt: skip


def described(what: str, layers: list[Any], folder: Path) -> dict[str, object]:
    """Return a network with random weights, and Keras's output of each layer for one picture."""
    import keras

    random = np.random.default_rng(len(what))
    model = keras.Sequential([keras.Input((LENGTH,)), *layers, keras.layers.Dense(10)])
    for layer in model.layers:
        values = [random.normal(0, 0.3, each.shape) for each in layer.get_weights()]
        if isinstance(layer, keras.layers.BatchNormalization):
            values[-1] = random.uniform(0.1, 2, values[-1].shape)  # the variance
        layer.set_weights(values)
    model.save(folder / "small.keras")
    stored = keras_file.read((folder / "small.keras").read_bytes())
    file = network_file.encode(card.read(MODELS).models[0], network_layers.layers_of(stored))
    vector = random.integers(0, 256, LENGTH) * (random.random(LENGTH) < 0.5)
    kept = [layer for layer in model.layers if not layer.name.startswith(GONE)]
    outputs = keras.Model(model.inputs[0], [layer.output for layer in kept])(
        vector[np.newaxis].astype(np.float32) / np.float32(255), training=False
    )
    return {
        "what": what,
        "network": base64.b64encode(file).decode("ascii"),
        "vector": vector.tolist(),
        "outputs": [np.asarray(each).ravel().tolist() for each in outputs],
        "shapes": [list(each.shape[1:]) for each in outputs],
    }
