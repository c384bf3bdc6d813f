"""The models, loaded once for all visitors, in the background: TensorFlow takes seconds."""

import gc
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeAlias

import streamlit as st

from pixelviz import classifier
from pixelviz.card import ModelCard
from pixelviz.classifier import Classifier
from pixelviz.errors import ModelError

Loaded: TypeAlias = Mapping[str, Classifier | ModelError]
"""The models by name; in place of one that cannot be loaded, the reason."""


@st.cache_resource(show_spinner=False)
def models(model_cards: tuple[ModelCard, ...]) -> Future[Loaded]:
    """Return the models to come; the first call starts to load them.

    Args:
        model_cards: Which models. New cards, after a new training, load anew.

    Returns:
        What `result()` gives, or raises as a ModelError where TensorFlow itself cannot be loaded.
    """
    executor = ThreadPoolExecutor(1, "models")
    loading = executor.submit(_load, model_cards)
    executor.shutdown(wait=False)
    return loading


def ready(model_cards: tuple[ModelCard, ...]) -> Loaded | None:
    """Return the models once they are loaded; until then None, and the page runs again by itself.

    Args:
        model_cards: Which models.

    Raises:
        ModelError: TensorFlow itself cannot be loaded.
    """
    loading = models(model_cards)
    if loading.done():
        return loading.result()
    _wait(loading)
    return None


@st.fragment(run_every=0.5)
def _wait(loading: Future[Loaded]) -> None:
    """Run the page once more, by itself, as soon as the models are there."""
    if loading.done():
        st.rerun()


def _load(model_cards: tuple[ModelCard, ...]) -> Loaded:
    try:
        _keep_compiled()
    except ImportError as error:
        raise ModelError(
            f"TensorFlow, which runs the models, cannot be loaded: {error}.",
            "Install what requirements.txt lists, and start the page again.",
        ) from error
    loaded = classifier.load_all(model_cards)
    # TensorFlow brings hundreds of thousands of objects, none of them garbage. Each time Python
    # looks for garbage among them, everybody's page waits 240 ms: they are set aside for good.
    gc.collect()
    gc.freeze()
    return loaded


def _keep_compiled() -> None:
    """Keep what TensorFlow compiled for the models from one run of the page to the next.

    Before each run Streamlit clears Keras's session, for the sake of pages that build a model in
    every run. Ours are built once, and after each clearing TensorFlow prepares them anew: 100 ms
    a drawing instead of 5.
    """
    import keras  # brings TensorFlow, which takes seconds: only ever in the background

    keras.backend.clear_session = lambda: None
