"""MNIST for all visitors: loaded once, in the background, when somebody first wants it."""

import os
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress

import streamlit as st

from pixelviz.data import mnist
from pixelviz.data.mnist import Mnist
from pixelviz.errors import DataError
from pixelviz.server.worker_process import WorkerDiedError, WorkerProcess

DOWNLOAD_S = 900.0
"""How long the download, 11 MB, may take."""


@st.cache_resource(show_spinner=False)
def load_async() -> Future[Mnist]:
    """Return a future with MNIST; the first call starts to load it, or to download it.

    Returns:
        A future whose `result()` raises a DataError where MNIST cannot be had.
    """
    executor = ThreadPoolExecutor(1, "mnist")
    future = executor.submit(_read)
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


def _read() -> Mnist:
    if mnist.PATH_VARIABLE in os.environ:  # a file that the server's owner has named
        return mnist.load()
    if mnist.download_progress() >= 1:
        with suppress(DataError):  # then Keras downloads it once more
            return mnist.load()
    download()
    return mnist.load()
