"""What is trained in the browser is what Keras trains, and Keras reads what is taken away of it."""

import contextlib
import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from pixelviz.data.mnist import Mnist
from pixelviz.shuffle import permutation, shuffle
from tests.javascript.test_javascript import run
from tests.node import node

STEPS, BATCH, PICTURES = 50, 16, 400

Array = NDArray[Any]

CASES: dict[str, dict[str, Any]] = {
    "softmax": {"hidden": 0, "scaled": True, "rate": 0.1},
    "softmax, 0 to 255": {"hidden": 0, "scaled": False, "rate": 1e-6},
    "softmax, shuffled": {"hidden": 0, "scaled": True, "rate": 0.5, "shuffled": True},
    "hidden": {"hidden": 24, "scaled": True, "rate": 0.1},
    "hidden, 0 to 255": {"hidden": 64, "scaled": False, "rate": 1e-6},
    "hidden, shuffled": {"hidden": 7, "scaled": True, "rate": 0.2, "shuffled": True},
}


def layers_of(hidden: int) -> list[Any]:
    from keras import Input, layers

    units = [layers.Dense(hidden, "relu", kernel_initializer="glorot_uniform")] if hidden else []
    start = "glorot_uniform" if hidden else "zeros"
    return [Input((784,)), *units, layers.Dense(10, kernel_initializer=start)]


def train(case: dict[str, Any], pictures: Array, targets: Array, batches: Array) -> dict[str, Any]:
    """Return the weights before and after some batches in Keras, and the losses meanwhile."""
    import keras

    keras.utils.set_random_seed(3)
    model = keras.Sequential(layers_of(case["hidden"]))
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.SGD(case["rate"]), loss, metrics=["accuracy"])
    before = [each.ravel().tolist() for each in model.get_weights()]
    features = shuffle(pictures) if case.get("shuffled") else pictures
    features = features.astype(np.float32) / (np.float32(255) if case["scaled"] else 1)
    losses = [
        float(model.train_on_batch(features[batch], targets[batch], return_dict=True)["loss"])
        for batch in batches
    ]
    measured = model.evaluate(features, targets, verbose=0, return_dict=True)
    return case | {
        "order": permutation().tolist() if case.get("shuffled") else None,
        "before": before,
        "after": [each.ravel().tolist() for each in model.get_weights()],
        "firstLoss": losses[0],
        "loss": float(measured["loss"]),
        "accuracy": float(measured["accuracy"]),
        "probabilities": keras.activations.softmax(model(features[:1])).numpy()[0].tolist(),
    }


@pytest.fixture(scope="module")
def trained(root: Path, tmp_path_factory: pytest.TempPathFactory, digits: Mnist) -> Path:
    """Return a folder with what Keras has trained, and what the browser's modules made of it."""
    folder = tmp_path_factory.mktemp("training")
    pictures = digits.x_train[:PICTURES].reshape(-1, 784)
    targets = digits.y_train[:PICTURES].astype(np.uint8)
    batches = np.random.default_rng(4).integers(0, len(pictures), (STEPS, BATCH))
    cases = {name: train(case, pictures, targets, batches) for name, case in CASES.items()}
    (folder / "pictures").write_bytes(pictures.tobytes())
    (folder / "targets").write_bytes(targets.tobytes())
    (folder / "cases.json").write_text(
        json.dumps({"batches": batches.tolist(), "cases": cases}), "utf-8"
    )
    oracle = root / "tests/javascript/oracle/training.test.js"
    run([node(), "--test", "--test-reporter", "spec", oracle], root, PIXELVIZ_TRAINING=str(folder))
    return folder


def test_the_same_start_batches_and_rate_give_the_weights_of_keras(trained: Path) -> None:
    assert len(list(trained.glob("*.npz"))) == len(CASES)


@pytest.mark.parametrize("name", CASES)
def test_numpy_and_keras_read_what_is_taken_away(
    trained: Path, name: str, digits: Mnist, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = json.loads((trained / "cases.json").read_text("utf-8"))["cases"][name]
    monkeypatch.chdir(trained)
    (trained / f"{name}.npz").replace(trained / "trained_in_pixelviz.npz")
    with np.load("trained_in_pixelviz.npz") as arrays:
        shapes = {key: (arrays[key].dtype.str, arrays[key].shape) for key in arrays.files}
        kernel = arrays["hidden_kernel" if case["hidden"] else "kernel"]
    units = case["hidden"] or 10
    expected = {"kernel": ("<f4", (units if case["hidden"] else 784, 10)), "bias": ("<f4", (10,))}
    if case["hidden"]:
        expected |= {"hidden_kernel": ("<f4", (784, units)), "hidden_bias": ("<f4", (units,))}
    assert shapes == expected
    own = np.reshape(case["after"][0], (784, units))  # in the order of the features
    in_order = kernel[permutation()] if case.get("shuffled") else kernel
    assert np.abs(in_order - own).max() < 1e-4

    lines = (trained / f"{name}.py").read_text("utf-8")
    assert len(lines.splitlines()) == 5
    digit = digits.x_train[0]
    names: dict[str, Any] = {"digit": digit}
    with contextlib.redirect_stdout(io.StringIO()) as said:
        exec(lines, names)
    assert said.getvalue().strip().splitlines()[-1] == str(np.argmax(case["probabilities"]))
    features = digit.reshape(1, 784) / (255 if case["scaled"] else 1)
    answer = names["model"].predict(features, verbose=0)[0]
    assert np.abs(answer - case["probabilities"]).max() < 1e-3
