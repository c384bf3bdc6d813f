"""Chapter Data: what a data set is, on MNIST, a file, the digits of this visit, or a class's."""

from concurrent.futures import Future

import streamlit as st

from pixelviz.arrays import SIDE
from pixelviz.data import mnist
from pixelviz.data.mnist import Mnist
from pixelviz.errors import DataError
from pixelviz.page import layout, state
from pixelviz.page.lesson.data.evaluation import evaluation
from pixelviz.page.lesson.data.means import means
from pixelviz.page.lesson.data.neighbours import neighbours
from pixelviz.page.lesson.data.pictures import pictures
from pixelviz.page.lesson.data.projection import projection
from pixelviz.page.lesson.data.sources import sources
from pixelviz.page.lesson.figures import Drawing, tell
from pixelviz.server import mnist_loader
from pixelviz.server.mnist_files import MNIST_FILES, PartAddress


def show(drawing: Drawing) -> None:
    """Show the chosen data set, and what the models make of it; the browser alone has it."""
    tell(
        f"A **data set** is many data points: here pictures of {SIDE} × {SIDE} integers, each with "
        "its **target** or label, the digit it was meant to be. **MNIST** is 70,000 digits that "
        "people wrote on forms. The models here have learned from 60,000, its **training set**, "
        "and not from the other 10,000: its **test set** shows how well they read what is new to "
        "them."
    )
    loading = _loading()
    is_loading = loading is not None and not loading.done()
    sources.show(
        drawing,
        _parts(loading),
        is_mnist_wanted=bool(st.session_state.get(state.MNIST_ASKED)),
        is_mnist_loading=is_loading,
    )
    pictures.show()
    means.show(drawing)
    neighbours.show(drawing)
    projection.show(drawing)
    evaluation.show(drawing)


def _parts(loading: Future[Mnist] | None) -> list[PartAddress]:
    """Return the addresses of MNIST's parts; none before the server has it, and say why."""
    if loading is None:
        return []
    if not loading.done():
        _show_progress()
        return []
    try:
        return MNIST_FILES.offer(loading.result())
    except DataError as error:
        layout.show_error(error)
        st.caption("Everything else on the page works without it.")
        st.button("Try again", key="mnist_again", on_click=mnist_loader.load_async.clear)
        return []


def _loading() -> Future[Mnist] | None:
    """Return a future with MNIST; or offer to download it, and return None."""
    if mnist.download_progress() >= 1 or st.session_state.get(state.MNIST_WANTED):
        return mnist_loader.load_async()
    megabytes = round(mnist.DOWNLOAD_BYTES / 1e6)
    st.markdown(
        f"MNIST is not on this server yet. Keras can download it once ({megabytes} MB, from the "
        "internet) and keep it."
    )
    st.button("Download MNIST", key="mnist_fetch", on_click=_want)
    return None


def _want() -> None:
    st.session_state[state.MNIST_WANTED] = True


def _show_progress() -> None:
    """Show how much of the file is downloaded.

    The choice of the source asks again and again meanwhile. A fragment that runs by itself could do
    so after another chapter has been opened, and Streamlit's page would break on what it sends.
    """
    share = mnist.download_progress()
    megabytes = mnist.DOWNLOAD_BYTES / 1e6
    st.progress(
        share,
        "Reading the digits …" if share >= 1 else f"{share * megabytes:.1f} of {megabytes:.1f} MB",
    )
