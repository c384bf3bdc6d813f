from pathlib import Path

import numpy as np
import pytest

from pixelviz import raster
from pixelviz.data.sample_digits import strokes_of
from pixelviz.training import cross_validation, fit, training_set
from pixelviz.training.architectures import NETWORKS, Network, softmax
from pixelviz.training.examples import NONE, Examples
from pixelviz.training.nondigits import KINDS
from pixelviz.training.pendigits import PenDigit
from pixelviz.training.training_set import Material
from tests.drawings import SEVEN, drawn

QUICK = Network(
    "quick", "Quick network", softmax, epochs=4, learning_rate=0.01, variations=True, pen_times=1
)


@pytest.fixture(autouse=True)
def _few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training_set, "NONDIGITS", 3)
    monkeypatch.setattr(training_set, "TURNS", 2)


@pytest.fixture
def learned(tmp_path: Path) -> Material:
    seven = raster.to_grid(drawn(SEVEN))
    mnist = Examples(np.stack([seven] * 10), np.full(10, 7, np.uint8))
    pen = [
        PenDigit(digit, writer, tuple(500 * np.array(stroke) for stroke in strokes_of(digit)))
        for writer in range(10)
        for digit in (1, 4)
    ]
    return training_set.make(mnist, pen, folder=tmp_path)


def test_a_turn_holds_mnist_pen_and_every_kind_of_non_digits(learned: Material) -> None:
    targets = learned.turn(0, QUICK, without=None).targets
    assert np.bincount(targets, minlength=NONE + 1).tolist() == [
        0, 10, 0, 0, 10, 0, 0, 10, 0, 0, 3 * len(KINDS)
    ]  # fmt: skip


def test_the_turns_differ_and_come_round_again(learned: Material) -> None:
    first, second, third = (learned.turn(turn, QUICK, without=None).grids for turn in range(3))
    assert not np.array_equal(first, second)
    assert np.array_equal(first, third)


def test_half_of_mnist_is_learned_as_it_is_and_each_image_in_some_turn(learned: Material) -> None:
    as_it_is = [
        (learned.varied_mnist[turn] == learned.mnist.grids).all(axis=(1, 2)) for turn in range(2)
    ]
    assert [int(same.sum()) for same in as_it_is] == [5, 5]
    assert np.array_equal(as_it_is[0], ~as_it_is[1])


@pytest.mark.parametrize("fold", cross_validation.FOLDS)
def test_a_fold_leaves_out_its_writers_its_images_and_its_kinds(
    learned: Material, fold: int
) -> None:
    targets = learned.turn(0, QUICK, without=fold).targets
    assert (targets == 7).sum() == 8
    assert (targets == 4).sum() == 8
    kinds = len(KINDS) - len(cross_validation.KINDS_LEFT_OUT[fold])
    assert (targets == NONE).sum() == 3 * kinds


def test_every_writer_image_and_kind_is_left_out_by_exactly_one_fold(learned: Material) -> None:
    images = np.stack([cross_validation.mnist_of(fold, 10) for fold in cross_validation.FOLDS])
    digits = np.stack(
        [cross_validation.pen_of(fold, learned.pen) for fold in cross_validation.FOLDS]
    )
    assert (images.sum(axis=0) == 1).all()
    assert (digits.sum(axis=0) == 1).all()
    writers = [
        {
            digit.writer
            for digit, out in zip(
                learned.pen, cross_validation.pen_of(fold, learned.pen), strict=True
            )
            if out
        }
        for fold in cross_validation.FOLDS
    ]
    assert sum(map(len, writers)) == 10  # nobody is half left out
    assert sorted(sum(cross_validation.KINDS_LEFT_OUT, ())) == sorted(KINDS)


def test_softmax_regression_learns_from_mnist_as_it_is(learned: Material) -> None:
    examples = learned.turn(1, NETWORKS[0], without=None)
    assert np.array_equal(examples.grids[:10], learned.mnist.grids)
    assert NONE not in examples.targets


def test_the_material_is_made_once(learned: Material, tmp_path: Path) -> None:
    (path,) = tmp_path.glob("material-*.npz")
    made = path.stat().st_mtime_ns
    again = training_set.make(learned.mnist, learned.pen, folder=tmp_path)
    assert path.stat().st_mtime_ns == made
    assert np.array_equal(again.varied_pen, learned.varied_pen)


def test_a_training_that_was_stopped_ends_like_one_that_was_not(
    learned: Material, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    straight, stopped = tmp_path / "straight", tmp_path / "stopped"
    straight.mkdir()
    stopped.mkdir()
    expected = fit.trained(QUICK, learned, straight).get_weights()

    turn = Material.turn

    def stop_at_the_third(self: Material, number: int, *args: object, **more: object) -> Examples:
        if number == 2:
            raise KeyboardInterrupt
        return turn(self, number, *args, **more)  # type: ignore[arg-type]

    with monkeypatch.context() as interrupted:
        interrupted.setattr(Material, "turn", stop_at_the_third)
        with pytest.raises(KeyboardInterrupt):
            fit.trained(QUICK, learned, stopped)
    resumed = fit.trained(QUICK, learned, stopped).get_weights()
    for one, other in zip(expected, resumed, strict=True):
        np.testing.assert_allclose(one, other, atol=1e-5)
    assert [path.name for path in stopped.iterdir()] == ["quick.keras"]


def test_what_is_trained_is_only_opened_the_next_time(learned: Material, tmp_path: Path) -> None:
    fit.trained(QUICK, learned, tmp_path, without=1)
    path = tmp_path / "quick-without-2.keras"
    made = path.stat().st_mtime_ns
    fit.trained(QUICK, learned, tmp_path, without=1)
    assert path.stat().st_mtime_ns == made


def test_what_is_learned_from_shuffled_pixels_is_another_model(
    learned: Material, tmp_path: Path
) -> None:
    plain = fit.trained(QUICK, learned, tmp_path)
    shuffled = fit.trained(QUICK, learned, tmp_path, shuffled=True)
    assert not np.allclose(plain.get_weights()[0], shuffled.get_weights()[0])
    assert (tmp_path / "quick-shuffled.keras").exists()
