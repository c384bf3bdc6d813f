"""The MNIST data set: 70,000 handwritten digits with their targets, verified by checksum.

MNIST is by Yann LeCun, Corinna Cortes and Christopher J. C. Burges, CC BY-SA 3.0.
"""

import hashlib
import os
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pixelviz.errors import DataError

PATH_VARIABLE = "PIXELVIZ_MNIST"
"""The environment variable with the path of an `mnist.npz` to use instead of Keras's download."""

COUNT = 70_000
"""How many digits the training set and the test set have together."""

DOWNLOAD_BYTES = 11_490_434
"""The size of Keras's MNIST file."""

SHA256 = {
    "x_train": "741c988805d008ac6e4c904b69001ba184c24b2c540a4ef403f4c71b676cf757",
    "y_train": "1feba77c54802fa5339a11837ea4b2866434b83314ec45192930f1df69120c13",
    "x_test": "6d87418db22cc8025d05968bec9bd5c3932904b23485740db143a061a2c9d161",
    "y_test": "ddeff807876a9661a1110d45c266c86239a3a1b7d37da0c3716a7a683c852ff5",
}
"""sha256 of each array's bytes, as `keras.datasets.mnist` gives them."""


class Mnist(NamedTuple):
    """The four arrays of MNIST.

    Attributes:
        x_train: (60000, 28, 28) uint8, 0 to 255, white ink on black paper.
        y_train: (60000,) uint8, 0 to 9.
        x_test: (10000, 28, 28) uint8, 0 to 255.
        y_test: (10000,) uint8, 0 to 9.
    """

    x_train: NDArray[np.uint8]
    y_train: NDArray[np.uint8]
    x_test: NDArray[np.uint8]
    y_test: NDArray[np.uint8]


def load(path: Path | None = None) -> Mnist:
    """Return MNIST from a file. Keras, which would import TensorFlow, is not needed for it.

    Args:
        path: An `mnist.npz` with the arrays x_train, y_train, x_test and y_test. If None, the path
            in the environment variable PIXELVIZ_MNIST; if that is not set, Keras's file, which
            `fetch` downloads.

    Returns:
        The four arrays, byte for byte those of the original data set.

    Raises:
        DataError: The file is missing, unreadable or not MNIST.
    """
    if path is None and (named := os.environ.get(PATH_VARIABLE)):
        path = Path(named)
    return _verified(_read(path or _keras_file()))


def fetch() -> None:
    """Have Keras download MNIST (11 MB) and cache it for `load`, unless it already has.

    Keras keeps the file only if it is right, and downloads it again if it is not.

    Raises:
        DataError: The download failed.
    """
    import keras  # imported here, since it takes seconds and only a download needs it

    try:
        keras.datasets.mnist.load_data()
    except Exception as error:  # an error of urllib, ssl, zipfile or the checksum
        raise DataError(
            f"MNIST could not be downloaded: {error}.",
            f"Connect to the internet, or set {PATH_VARIABLE} to the path of an mnist.npz.",
        ) from error


def download_progress() -> float:
    """Return what share of MNIST's file is on this machine, 0 to 1, judged by its size.

    At 1, `load` has nothing left to download. The file grows while Keras downloads it.
    """
    path = Path(os.environ.get(PATH_VARIABLE) or _keras_file())
    try:
        size = path.stat().st_size
    except OSError:
        return 0.0
    return 1.0 if path != _keras_file() else min(size / DOWNLOAD_BYTES, 1.0)


def _verified(arrays: Mnist) -> Mnist:
    for name, array in arrays._asdict().items():
        found = hashlib.sha256(np.ascontiguousarray(array).tobytes()).hexdigest()
        if found != SHA256[name]:
            raise DataError(
                f"Expected the {name} of MNIST with sha256 {SHA256[name]}, got {found}.",
                "Delete the file and let Keras download it again.",
            )
    return arrays


def _keras_file() -> Path:
    """Return the path of Keras's MNIST file, without importing Keras, which takes seconds."""
    home = os.environ.get("KERAS_HOME")
    return Path(home or Path.home() / ".keras") / "datasets" / "mnist.npz"


def _read(path: Path) -> Mnist:
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            return Mnist(*(stored[name] for name in Mnist._fields))
    except Exception as error:  # a broken file makes numpy, zipfile and zlib raise many kinds
        raise DataError(
            f"Expected an MNIST file with the arrays {', '.join(Mnist._fields)} at {path}: "
            f"{error}.",
            f"Give the path of an mnist.npz, or unset {PATH_VARIABLE} to let Keras download it.",
        ) from error
