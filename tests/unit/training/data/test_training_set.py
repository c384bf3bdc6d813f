from dataclasses import replace
from pathlib import Path

import keras
import numpy as np
import pytest
from keras.layers import Dense

from pixelviz import raster
from pixelviz.training import fingerprint, fit
from pixelviz.training.architectures import NETWORKS, Network, softmax
from pixelviz.training.data import cross_validation, training_set
from pixelviz.training.data.examples import NON_DIGIT, Examples
from pixelviz.training.data.non_digits import KINDS
from pixelviz.training.data.training_set import TrainingSet, prepare_training_set
from tests.drawings import SEVEN, drawn
from tests.unit.training.handwritten import handwriting, written

QUICK = Network(
    "quick", "Quick network", softmax, epochs=4, learning_rate=0.01, augmented=True, pen_copies=1
)


def wide() -> list[Dense]:
    """Return the layers of another architecture."""
    return [Dense(20), Dense(10)]


@pytest.fixture(autouse=True)
def _few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training_set, "NON_DIGITS_PER_KIND", 3)
    monkeypatch.setattr(training_set, "VARIATIONS", 2)


@pytest.fixture
def prepared(tmp_path: Path) -> TrainingSet:
    seven = raster.to_grid(drawn(SEVEN))
    mnist = Examples(np.stack([seven] * 12), np.full(12, 7, np.uint8))
    pen = [written(digit, writer=writer) for writer in range(12) for digit in "14"]
    more = [
        written(digit, collection=contributor, writer=writer)
        for contributor in cross_validation.CONTRIBUTORS
        for writer in range(5)
        for digit in "14"
    ]
    return prepare_training_set(mnist, handwriting(pen + more), folder=tmp_path)


def test_an_epoch_has_mnist_pen_digits_and_every_kind_of_non_digits(prepared: TrainingSet) -> None:
    targets = prepared.epoch(0, QUICK, held_out_fold=None).targets
    assert np.bincount(targets, minlength=NON_DIGIT + 1).tolist() == [
        0, 42, 0, 0, 42, 0, 0, 12, 0, 0, 3 * len(KINDS)
    ]  # fmt: skip


def test_epochs_cycle_through_the_variations(prepared: TrainingSet) -> None:
    first, second, third = (
        prepared.epoch(number, QUICK, held_out_fold=None).grids for number in range(3)
    )
    assert not np.array_equal(first, second)
    assert np.array_equal(first, third)


def test_each_variation_augments_every_other_mnist_image(prepared: TrainingSet) -> None:
    original = [
        (prepared.augmented_mnist[variation] == prepared.mnist.grids).all(axis=(1, 2))
        for variation in range(2)
    ]
    assert [int(same.sum()) for same in original] == [6, 6]
    assert np.array_equal(original[0], ~original[1])


@pytest.mark.parametrize("fold", cross_validation.FOLDS)
def test_a_fold_holds_out_its_writers_images_and_kinds_of_non_digits(
    prepared: TrainingSet, fold: int
) -> None:
    targets = prepared.epoch(0, QUICK, held_out_fold=fold).targets
    assert (targets == 7).sum() == 12 - 2
    # two of twelve writers, a contributor's five, and one writer of each other contributor
    assert (targets == 4).sum() == 42 - 2 - 5 - 5
    kinds = len(KINDS) - len(cross_validation.KINDS_HELD_OUT[fold])
    assert (targets == NON_DIGIT).sum() == 3 * kinds


def test_every_writer_image_and_kind_is_held_out_by_exactly_one_fold(prepared: TrainingSet) -> None:
    digits = prepared.handwriting.digits
    folds = cross_validation.FOLDS
    images = np.stack([cross_validation.held_out_images(fold, 12) for fold in folds])
    alone = np.stack([cross_validation.held_out_writers(fold, digits) for fold in folds])
    together = np.stack([cross_validation.held_out_contributor(fold, digits) for fold in folds])
    assert (images.sum(axis=0) == 1).all()
    assert (alone.sum(axis=0) == 1).all()
    is_unipen = [digit.collection in cross_validation.CONTRIBUTORS for digit in digits]
    assert together.sum(axis=0).tolist() == is_unipen
    assert not (alone & together).any()
    for fold in folds:
        out = cross_validation.held_out_pen_digits(fold, digits)
        assert (out == alone[fold] | together[fold]).all()
    writers = [
        {(digit.collection, digit.writer) for digit, out in zip(digits, fold, strict=True) if out}
        for fold in alone
    ]
    assert sum(map(len, writers)) == 12 + 6 * 5  # no writer is held out in part
    assert sorted(sum(cross_validation.KINDS_HELD_OUT, ())) == sorted(KINDS)


def test_softmax_regression_gets_original_mnist_images_and_no_non_digits(
    prepared: TrainingSet,
) -> None:
    examples = prepared.epoch(1, NETWORKS[0], held_out_fold=None)
    assert np.array_equal(examples.grids[:12], prepared.mnist.grids)
    assert NON_DIGIT not in examples.targets


def test_the_training_set_is_generated_once(prepared: TrainingSet, tmp_path: Path) -> None:
    (path,) = tmp_path.glob("training-set-*.npz")
    generated = path.stat().st_mtime_ns
    again = prepare_training_set(prepared.mnist, prepared.handwriting, folder=tmp_path)
    assert path.stat().st_mtime_ns == generated
    assert np.array_equal(again.augmented_pen_digits, prepared.augmented_pen_digits)


def test_other_data_has_another_key(prepared: TrainingSet) -> None:
    mnist, people = prepared.mnist, prepared.handwriting
    pen = people.digits
    key = training_set.key_of(mnist, people)
    assert key == prepared.key
    darker = Examples(mnist.grids // 2, mnist.targets)
    relabelled = Examples(mnist.grids, (mnist.targets + 1) % 10)
    moved = replace(pen[0], strokes=tuple(stroke + 1 for stroke in pen[0].strokes))
    joined = replace(pen[1], strokes=(np.concatenate(pen[1].strokes),))
    others = (
        [moved, *pen[1:]],
        [pen[0], joined, *pen[2:]],
        [replace(pen[0], label="2"), *pen[1:]],
        [replace(pen[0], writer="9"), *pen[1:]],
        [replace(pen[0], collection="syn"), *pen[1:]],
    )
    keys = [
        training_set.key_of(darker, people),
        training_set.key_of(relabelled, people),
        *(training_set.key_of(mnist, replace(people, digits=digits)) for digits in others),
        training_set.key_of(mnist, replace(people, letters_and_signs=[])),
    ]
    assert key not in keys


def test_other_code_has_another_key(prepared: TrainingSet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fingerprint, "of_code", lambda _: "other code")
    assert training_set.key_of(prepared.mnist, prepared.handwriting) != prepared.key


def test_an_interrupted_training_ends_like_an_uninterrupted_one(
    prepared: TrainingSet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    uninterrupted, interrupted = tmp_path / "uninterrupted", tmp_path / "interrupted"
    uninterrupted.mkdir()
    interrupted.mkdir()
    expected = fit.train_or_load(QUICK, prepared, uninterrupted).get_weights()

    epoch = TrainingSet.epoch

    def interrupt_the_third(
        self: TrainingSet, number: int, *args: object, **more: object
    ) -> Examples:
        if number == 2:
            raise KeyboardInterrupt
        return epoch(self, number, *args, **more)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(TrainingSet, "epoch", interrupt_the_third)
        with pytest.raises(KeyboardInterrupt):
            fit.train_or_load(QUICK, prepared, interrupted)
    resumed = fit.train_or_load(QUICK, prepared, interrupted).get_weights()
    for one, other in zip(expected, resumed, strict=True):
        np.testing.assert_allclose(one, other, atol=1e-5)
    assert list(interrupted.iterdir()) == [fit.cached_path(interrupted, QUICK, prepared.key)]


def test_a_trained_network_is_only_loaded_the_next_time(
    prepared: TrainingSet, tmp_path: Path
) -> None:
    fit.train_or_load(QUICK, prepared, tmp_path, held_out_fold=1)
    path = fit.cached_path(tmp_path, QUICK, prepared.key, held_out_fold=1)
    saved = path.stat().st_mtime_ns
    fit.train_or_load(QUICK, prepared, tmp_path, held_out_fold=1)
    assert path.stat().st_mtime_ns == saved


def test_training_on_shuffled_pixels_gives_another_model(
    prepared: TrainingSet, tmp_path: Path
) -> None:
    plain = fit.train_or_load(QUICK, prepared, tmp_path)
    shuffled = fit.train_or_load(QUICK, prepared, tmp_path, shuffled=True)
    assert not np.allclose(plain.get_weights()[0], shuffled.get_weights()[0])
    assert fit.cached_path(tmp_path, QUICK, prepared.key, shuffled=True).exists()


@pytest.mark.parametrize(
    "other",
    [
        replace(QUICK, build=lambda: keras.Sequential([keras.Input((784,)), Dense(10, "relu")])),
        replace(QUICK, build=lambda: keras.Sequential([keras.Input((784,)), *wide()])),
        replace(QUICK, epochs=1),
        replace(QUICK, learning_rate=0.1),
        replace(QUICK, augmented=False),
        replace(QUICK, pen_copies=2),
    ],
    ids=["activation", "layers", "epochs", "learning rate", "augmentation", "pen copies"],
)
def test_a_network_with_other_settings_is_kept_elsewhere(other: Network) -> None:
    assert fit.cached_path(Path(), other, "key") != fit.cached_path(Path(), QUICK, "key")


def test_a_network_of_another_architecture_is_trained_again(
    prepared: TrainingSet, tmp_path: Path
) -> None:
    once = replace(QUICK, epochs=1)
    other = replace(once, build=lambda: keras.Sequential([keras.Input((784,)), *wide()]))
    fit.train_or_load(once, prepared, tmp_path)
    assert len(fit.train_or_load(other, prepared, tmp_path).layers) == len(wide())


def test_a_network_is_trained_again_on_another_training_set(
    prepared: TrainingSet, tmp_path: Path
) -> None:
    once = replace(QUICK, epochs=1)
    for training_set_key in ("one", "another"):
        fit.train_or_load(once, replace(prepared, key=training_set_key), tmp_path)
    assert len(list(tmp_path.glob("quick*"))) == 2


def test_the_name_of_a_cached_network_is_the_same_in_every_process() -> None:
    keras.layers.Dense(1)  # Keras numbers the layers that have no name
    names = {fit.cached_path(Path(), network, "key") for network in (*NETWORKS, *NETWORKS)}
    assert len(names) == len(NETWORKS)
