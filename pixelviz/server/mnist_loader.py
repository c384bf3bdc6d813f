"""MNIST for all visitors: loaded once, in the background, when somebody first wants it."""

import os
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from pixelviz.arrays import DIGITS, LENGTH
from pixelviz.data import mnist, neighbours
from pixelviz.data.mnist import Mnist
from pixelviz.data.neighbours import SearchIndex
from pixelviz.errors import DataError
from pixelviz.server.worker_process import WorkerDiedError, WorkerProcess

DOWNLOAD_S = 900.0
"""How long the download, 11 MB, may take."""


@dataclass(frozen=True)
class MnistDigits:
    """The 70,000 digits of MNIST, the 60,000 of the training set first.

    Attributes:
        grids: (70000, 28, 28) uint8.
        targets: (70000,) uint8, 0 to 9.
        training_count: How many of them are the training set.
        means: (10, 28, 28) uint8, the mean image of each digit.
        search_index: All of them, ready for the search for nearest neighbours.
    """

    grids: NDArray[np.uint8]
    targets: NDArray[np.uint8]
    training_count: int
    means: NDArray[np.uint8]
    search_index: SearchIndex


@st.cache_resource(show_spinner=False)
def load_async() -> Future[MnistDigits]:
    """Return a future with MNIST; the first call starts to load it, or to download it.

    Returns:
        A future whose `result()` raises a DataError where MNIST cannot be had.
    """
    executor = ThreadPoolExecutor(1, "mnist")
    future = executor.submit(_load)
    executor.shutdown(wait=False)
    return future


def download() -> None:
    """Let Keras download MNIST, in a worker process, since Keras imports TensorFlow.

    Raises:
        DataError: The download failed.
    """
    process = WorkerProcess()
    try:
        process.call(DOWNLOAD_S, mnist.fetch)
    except WorkerDiedError as error:
        raise DataError(
            "Keras crashed while it was downloading MNIST, or took too long.",
            "Read its output in the terminal that runs the page, then try again.",
        ) from error
    finally:
        process.stop()


def _load() -> MnistDigits:
    data = _read()
    grids = np.concatenate([data.x_train, data.x_test])
    targets = np.concatenate([data.y_train, data.y_test])
    means = [np.rint(grids[targets == digit].mean(axis=0)).astype(np.uint8) for digit in DIGITS]
    return MnistDigits(
        grids,
        targets,
        len(data.x_train),
        np.stack(means),
        neighbours.build_index(grids.reshape(-1, LENGTH)),
    )


def _read() -> Mnist:
    if mnist.PATH_VARIABLE in os.environ:  # a file that the server's owner has named
        return mnist.load()
    if mnist.download_progress() >= 1:
        with suppress(DataError):  # then Keras downloads it once more
            return mnist.load()
    download()
    return mnist.load()
