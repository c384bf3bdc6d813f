import os
import shutil
import zipfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pixelviz import raster, vector
from pixelviz.arrays import LENGTH, Features
from pixelviz.data.mnist import Mnist
from pixelviz.errors import ArrayError, ModelError
from pixelviz.features import rescale
from pixelviz.model import card, classifier
from pixelviz.model.classifier import MODELS, Classifier, Prediction
from tests.drawings import CROSSED_SEVEN, drawn

NAMES = ["softmax", "dense", "convolutional"]


@pytest.fixture(scope="module")
def models() -> Mapping[str, Classifier]:
    return {name: model for name, model in _load().items() if isinstance(model, Classifier)}


def _load(folder: Path = MODELS) -> Mapping[str, Classifier | ModelError]:
    return classifier.load_all(card.read(MODELS).models, folder)


@pytest.fixture
def seven() -> Features:
    return rescale(vector.unroll(raster.to_grid(drawn(CROSSED_SEVEN))))


def test_softmax_is_the_share_of_exponentials() -> None:
    logits = np.array([1, 2, 3, 4, 0, 0, 0, 0, 0, -5], np.float32)
    expected = np.exp(logits) / np.exp(logits).sum()
    assert classifier.softmax(logits) == pytest.approx(expected)


def test_softmax_stands_logits_too_large_for_an_exponential() -> None:
    assert classifier.softmax(np.array([1000, 0], np.float32)) == pytest.approx([1, 0])


@pytest.mark.parametrize("name", NAMES)
def test_each_model_reads_a_crossed_seven(
    models: Mapping[str, Classifier], seven: Features, name: str
) -> None:
    prediction = models[name].predict(seven)
    assert prediction.digit == 7
    assert prediction.confidence == pytest.approx(prediction.probabilities[7])
    assert prediction.probabilities.sum() == pytest.approx(1)
    assert prediction.logits.shape == prediction.probabilities.shape == (10,)


def test_softmax_regression_is_the_weighted_sum_it_claims_to_be(
    models: Mapping[str, Classifier], seven: Features
) -> None:
    import keras

    weights, bias = keras.saving.load_model(MODELS / "softmax.keras").get_weights()
    assert models["softmax"].predict(seven).logits == pytest.approx(
        seven @ weights + bias, abs=1e-4
    )


def test_only_softmax_regression_has_one_weight_a_pixel_and_digit(
    models: Mapping[str, Classifier],
) -> None:
    linear = models["softmax"].linear
    assert (linear.weights.shape, linear.bias.shape) == ((LENGTH, 10), (10,))
    with pytest.raises(ModelError, match="Expected a softmax regression"):
        _ = models["dense"].linear


def test_feature_maps_are_what_keras_makes_of_the_digit_layer_by_layer(
    models: Mapping[str, Classifier], seven: Features
) -> None:
    import keras

    model = keras.saving.load_model(MODELS / models["convolutional"].card.file)
    output, handed_on, looking = seven[np.newaxis], [], 0
    for layer in model.layers:
        looks = isinstance(layer, keras.layers.Conv2D | keras.layers.MaxPooling2D)
        looking += looks
        if looks and looking == 2:
            handed_on.append(output)
        output = layer(output)
        if isinstance(layer, keras.layers.MaxPooling2D):
            handed_on.append(output)
            break
    steps = models["convolutional"].feature_maps(seven)
    assert [step.kind for step in steps] == ["convolution", "pooling"]
    for step, expected in zip(steps, handed_on, strict=True):
        maps = np.moveaxis(np.asarray(expected)[0], -1, 0)
        assert maps.max() > 0
        assert step.maps.shape == maps.shape
        assert step.maps == pytest.approx(maps, rel=1e-4, abs=1e-5)


def test_a_convolution_without_pooling_has_its_maps_alone(
    models: Mapping[str, Classifier], seven: Features
) -> None:
    import keras

    model = keras.Sequential(
        [
            keras.Input((LENGTH,)),
            keras.layers.Reshape((28, 28, 1)),
            keras.layers.Conv2D(2, (3, 5), activation="relu"),
            keras.layers.Flatten(),
            keras.layers.Dense(10),
        ]
    )
    (step,) = Classifier(model, models["convolutional"].card).feature_maps(seven)
    assert (step.kind, step.window, step.maps.shape) == ("convolution", (3, 5), (2, 26, 24))


@pytest.mark.parametrize("name", ["softmax", "dense"])
def test_a_model_without_convolution_has_no_feature_maps(
    models: Mapping[str, Classifier], seven: Features, name: str
) -> None:
    assert models[name].feature_maps(seven) == ()


@pytest.mark.parametrize("name", NAMES)
def test_the_card_says_what_each_model_reads(digits: Mnist, name: str) -> None:
    import keras

    (model_card,) = [model for model in card.read(MODELS).models if model.name == name]
    model = keras.saving.load_model(MODELS / model_card.file)
    logits = model.predict(rescale(digits.x_test.reshape(-1, LENGTH)), batch_size=1000, verbose=0)
    right = (logits.argmax(axis=1) == digits.y_test).mean()
    assert right == pytest.approx(model_card.test.accuracy, abs=2e-4)
    assert model.count_params() == model_card.parameters
    assert right >= {"softmax": 0.924, "dense": 0.98, "convolutional": 0.992}[name]


def test_many_threads_may_ask_one_model_at_once(
    models: Mapping[str, Classifier], seven: Features
) -> None:
    expected = models["convolutional"].predict(seven).logits
    with ThreadPoolExecutor(8) as executor:
        answers = list(executor.map(models["convolutional"].predict, [seven] * 100))
    assert all(answer.logits == pytest.approx(expected, abs=1e-4) for answer in answers)


@pytest.mark.parametrize(
    "wrong", [np.zeros((1, LENGTH), np.float32), np.zeros(LENGTH), np.zeros(783, np.float32)]
)
def test_what_are_no_features_is_refused(
    models: Mapping[str, Classifier], wrong: np.ndarray
) -> None:
    with pytest.raises(ArrayError, match="Expected features of shape"):
        models["softmax"].predict(wrong)


# Files that are not what the card says


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with copies of the models, to spoil."""
    return Path(shutil.copytree(MODELS, tmp_path / "models"))


def test_a_missing_model_is_named_and_the_others_work(folder: Path) -> None:
    (folder / "convolutional.keras").unlink()
    loaded = _load(folder)
    missing = loaded["convolutional"]
    assert isinstance(missing, ModelError)
    assert "convolutional.keras" in missing.problem
    assert missing.fix == card.REBUILD
    assert isinstance(loaded["softmax"], Classifier)


def test_an_altered_model_is_never_opened(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import keras

    monkeypatch.setattr(keras.saving, "load_model", lambda *_, **__: pytest.fail("was opened"))
    path = folder / "softmax.keras"
    path.write_bytes(path.read_bytes() + b"!")
    with pytest.raises(ModelError, match="was altered"):
        classifier.load(card.read(folder).models[0], folder)


def _with_hash_of(model_card: card.ModelCard, folder: Path) -> card.ModelCard:
    return replace(model_card, sha256=card.hash_of(folder / model_card.file))


def test_a_file_that_keras_cannot_open_is_refused(folder: Path) -> None:
    softmax = card.read(folder).models[0]
    with zipfile.ZipFile(folder / softmax.file, "w") as archive:
        archive.writestr("config.json", "{}")
    with pytest.raises(ModelError, match="Keras cannot open"):
        classifier.load(_with_hash_of(softmax, folder), folder)


_run_code = lambda features, path: (os.open(path, os.O_CREAT), features)[1]  # noqa: E731


def test_a_model_that_brings_code_is_refused(folder: Path, tmp_path: Path) -> None:
    import keras

    trap = tmp_path / "ran"
    spring = keras.layers.Lambda(_run_code, arguments={"path": str(trap)})
    keras.Sequential([keras.Input((LENGTH,)), spring, keras.layers.Dense(10)]).save(
        folder / "softmax.keras"
    )
    assert trap.exists()  # building the model has run the code once: it would run again
    trap.unlink()
    softmax = _with_hash_of(card.read(folder).models[0], folder)
    with pytest.raises(ModelError, match="Keras cannot open"):
        classifier.load(softmax, folder)
    assert not trap.exists()


def test_a_model_of_another_shape_is_refused(folder: Path) -> None:
    import keras

    model = keras.Sequential([keras.Input((28, 28)), keras.layers.Flatten(), keras.layers.Dense(3)])
    model.save(folder / "softmax.keras")
    softmax = _with_hash_of(card.read(folder).models[0], folder)
    with pytest.raises(ModelError, match=r"got the shapes \(None, 28, 28\) and \(None, 3\)"):
        classifier.load(softmax, folder)


# Being sure, and not


def _prediction(shares: dict[int, float], *, threshold: float = 0.75) -> Prediction:
    """Return a prediction whose named digits hold some shares, the others the even rest."""
    rest = (1 - sum(shares.values())) / (10 - len(shares))
    probabilities = np.array([shares.get(digit, rest) for digit in range(10)], np.float32)
    return Prediction(np.log(probabilities), probabilities, threshold)


def test_a_model_is_sure_from_its_card_s_confidence_on(
    models: Mapping[str, Classifier], seven: Features
) -> None:
    prediction = models["convolutional"].predict(seven)
    assert prediction.threshold == models["convolutional"].card.threshold
    assert prediction.is_sure
    assert _prediction({7: 0.75}).is_sure
    assert not _prediction({7: 0.74}).is_sure


@pytest.mark.parametrize(
    ("shares", "candidates"),
    [
        ({4: 0.5, 9: 0.4}, (4, 9)),
        ({9: 0.5, 4: 0.31}, (9, 4)),
        ({1: 0.3, 7: 0.3, 4: 0.3}, (1, 7, 4)),
        ({8: 0.6}, ()),
        ({}, ()),
    ],
)
def test_an_unsure_model_names_the_two_or_three_digits_it_hesitates_between(
    shares: dict[int, float], candidates: tuple[int, ...]
) -> None:
    found = _prediction(shares).candidates
    assert sorted(found) == sorted(candidates)
    assert len(candidates) != 2 or found == candidates


def test_compiled_models_predict_what_each_model_predicts(
    models: Mapping[str, Classifier], seven: Features
) -> None:
    compiled = classifier.CompiledModels(models.values())
    for features in (seven, np.zeros(LENGTH, np.float32)):
        predictions = compiled.predict(features)
        assert list(predictions) == NAMES
        for name, prediction in predictions.items():
            alone = models[name].predict(features)
            assert prediction.logits == pytest.approx(alone.logits, abs=1e-4)
            assert prediction.probabilities == pytest.approx(alone.probabilities, abs=1e-5)
            assert prediction.threshold == alone.threshold


def test_compiled_models_refuse_features_of_the_wrong_shape_or_type(
    models: Mapping[str, Classifier],
) -> None:
    compiled = classifier.CompiledModels(models.values())
    for wrong in (np.zeros(783, np.float32), np.zeros(LENGTH), np.zeros((1, LENGTH), np.float32)):
        with pytest.raises(ArrayError, match="Expected features of shape"):
            compiled.predict(wrong)  # type: ignore[arg-type]
