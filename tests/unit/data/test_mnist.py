import hashlib
import sys
from pathlib import Path

import numpy as np
import pytest

from pixelviz.data import mnist
from pixelviz.data.mnist import Mnist
from pixelviz.errors import DataError
from tests import mnist_sample


def _save(path: Path, array: np.ndarray) -> None:
    """Write a file that has the same array under each of MNIST's names."""
    np.savez(path, x_train=array, y_train=array, x_test=array, y_test=array)


def test_the_data_set_is_the_original(digits: Mnist) -> None:
    if not mnist_sample.is_whole():  # then there is only a part, which must not pass for it
        with pytest.raises(DataError, match="x_train of MNIST with sha256"):
            mnist.load(mnist_sample.SAMPLE)
        return
    assert digits.x_train.shape == (60_000, 28, 28)
    assert digits.x_test.shape == (10_000, 28, 28)
    assert digits.y_train.shape == (60_000,)
    assert set(digits.y_test) == set(range(10))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"nowhere\.npz"):
        mnist.load(tmp_path / "nowhere.npz")


def test_a_file_that_is_not_an_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "mnist.npz"
    path.write_bytes(b"not an archive")
    with pytest.raises(DataError, match="Expected an MNIST file"):
        mnist.load(path)


def test_pickled_arrays_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "mnist.npz"
    objects = np.array([object()], dtype=object)
    _save(path, objects)
    with pytest.raises(DataError, match="Expected an MNIST file"):
        mnist.load(path)


def test_arrays_other_than_the_originals_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "mnist.npz"
    _save(path, np.zeros((2, 28, 28), np.uint8))
    monkeypatch.setenv(mnist.PATH_VARIABLE, str(path))
    with pytest.raises(DataError, match="x_train of MNIST with sha256 741c98"):
        mnist.load()


def test_the_file_that_keras_downloaded_is_read_without_importing_keras(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    images = np.arange(2 * 28 * 28, dtype=np.uint32).astype(np.uint8).reshape(2, 28, 28)
    targets = np.array([3, 8], np.uint8)
    file = tmp_path / "datasets" / "mnist.npz"
    file.parent.mkdir()
    np.savez(file, x_train=images, y_train=targets, x_test=images, y_test=targets)
    monkeypatch.delenv(mnist.PATH_VARIABLE, raising=False)
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    monkeypatch.setattr(mnist, "DOWNLOAD_BYTES", file.stat().st_size)
    for name in mnist.SHA256:
        array = images if name.startswith("x") else targets
        monkeypatch.setitem(mnist.SHA256, name, hashlib.sha256(array.tobytes()).hexdigest())
    monkeypatch.setitem(sys.modules, "keras", None)  # importing it would fail
    assert np.array_equal(mnist.load().x_test, images)
    assert np.array_equal(mnist.load().y_train, targets)


def test_a_failed_download_suggests_a_local_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import keras

    def fail() -> None:
        raise OSError("no network")

    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    monkeypatch.delenv(mnist.PATH_VARIABLE, raising=False)
    monkeypatch.setattr(keras.datasets.mnist, "load_data", fail)
    with pytest.raises(DataError, match=r"no network.*PIXELVIZ_MNIST"):
        mnist.fetch()


def test_a_broken_file_of_the_right_size_is_refused_without_importing_keras(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "datasets" / "mnist.npz"
    file.parent.mkdir()
    file.write_bytes(b"PK\3\4" + bytes(mnist.DOWNLOAD_BYTES - 4))
    monkeypatch.delenv(mnist.PATH_VARIABLE, raising=False)
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    monkeypatch.setitem(sys.modules, "keras", None)  # importing it would fail
    assert mnist.download_progress() == 1
    with pytest.raises(DataError, match="Expected an MNIST file"):
        mnist.load()
