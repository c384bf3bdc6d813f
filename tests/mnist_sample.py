"""Real digits for the tests: all of MNIST where it is at hand, else the committed sample of it."""

import hashlib
import os
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pixelviz.data import mnist
from pixelviz.data.mnist import Mnist

SAMPLE = Path(__file__).parent / "data" / "mnist_sample.npz"


def is_whole() -> bool:
    """Return whether the environment names a file with all of MNIST."""
    return mnist.PATH_VARIABLE in os.environ


def load() -> Mnist:
    """Return all of MNIST, or the sample."""
    if is_whole():
        return mnist.load()
    with np.load(SAMPLE, allow_pickle=False) as stored:
        return Mnist(*(stored[name] for name in Mnist._fields))


def numbers() -> NDArray[np.int32]:
    """Return the number of each digit among all 70,000, the training set first."""
    if is_whole():
        return np.arange(70_000, dtype=np.int32)
    with np.load(SAMPLE, allow_pickle=False) as stored:
        kept: NDArray[np.int32] = stored["numbers"]
        return kept


def hashes(digits: Mnist) -> dict[str, str]:
    """Return the sha256 of each array's bytes, as `mnist.SHA256` has those of the whole."""
    return {
        name: hashlib.sha256(array.tobytes()).hexdigest()
        for name, array in digits._asdict().items()
    }
