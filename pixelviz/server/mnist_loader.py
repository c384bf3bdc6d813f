"""MNIST for the page: loaded once for all visitors, in the background, when somebody wants it."""

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from pixelviz.arrays import DIGITS, LENGTH
from pixelviz.data import mnist, neighbours
from pixelviz.data.neighbours import SearchIndex
from pixelviz.errors import DataError
from pixelviz.server.worker_process import EndedError, Process


@dataclass(frozen=True)
class Digits:
    """The 70,000 digits of MNIST, the 60,000 to train with first.

    Attributes:
        grids: (70000, 28, 28) uint8.
        targets: (70000,) uint8, 0 to 9.
        trained: How many of them are there to train with.
        means: (10, 28, 28) uint8, the mean image of each digit.
        search_index: All of them, to search for nearest neighbours.
    """

    grids: NDArray[np.uint8]
    targets: NDArray[np.uint8]
    trained: int
    means: NDArray[np.uint8]
    search_index: SearchIndex


@st.cache_resource(show_spinner=False)
def digits() -> Future[Digits]:
    """Return MNIST to come; the first call starts to fetch or to read it.

    Returns:
        What `result()` gives, or raises as a DataError.
    """
    executor = ThreadPoolExecutor(1, "mnist")
    fetching = executor.submit(_prepare)
    executor.shutdown(wait=False)
    return fetching


@st.fragment(run_every=0.5)
def wait(fetching: Future[Digits]) -> None:
    """Run the page once more, by itself, as soon as MNIST is there or known not to come."""
    if fetching.done():
        st.rerun()


def fetch() -> None:
    """Let Keras fetch MNIST, in a process apart, since Keras brings TensorFlow.

    Raises:
        DataError: It could not be fetched.
    """
    process = Process()
    try:
        process.call(mnist.fetch)
    except EndedError as error:
        raise DataError(
            "Keras broke down while it was fetching MNIST.",
            "Read what it wrote where the page was started, and try again.",
        ) from error
    finally:
        process.stop()


def _prepare() -> Digits:
    if mnist.fetched() < 1:
        fetch()
    data = mnist.load()
    grids = np.concatenate([data.x_train, data.x_test])
    targets = np.concatenate([data.y_train, data.y_test])
    means = [np.rint(grids[targets == digit].mean(axis=0)).astype(np.uint8) for digit in DIGITS]
    return Digits(
        grids,
        targets,
        len(data.x_train),
        np.stack(means),
        neighbours.build_index(grids.reshape(-1, LENGTH)),
    )
