"""The models, loaded once for all visitors, in the background: TensorFlow takes seconds."""

import gc
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeAlias

import streamlit as st

from pixelviz import classifier
from pixelviz.card import Card
from pixelviz.classifier import Classifier
from pixelviz.errors import ModelError

Loaded: TypeAlias = Mapping[str, Classifier | ModelError]
"""The models of the card by name; in place of one that cannot be loaded, the reason."""


@st.cache_resource(show_spinner=False)
def models(models_card: Card) -> Future[Loaded]:
    """Return the models to come; the first call starts to load them.

    Args:
        models_card: Which models there are. A new card, after a new training, loads anew.

    Returns:
        What `result()` gives, or raises as a ModelError where TensorFlow itself cannot be loaded.
    """
    executor = ThreadPoolExecutor(1, "models")
    loading = executor.submit(_load, models_card)
    executor.shutdown(wait=False)
    return loading


def _load(models_card: Card) -> Loaded:
    try:
        _keep_compiled()
    except ImportError as error:
        raise ModelError(
            f"TensorFlow, which runs the models, cannot be loaded: {error}.",
            "Install what requirements.txt lists, and start the page again.",
        ) from error
    loaded = classifier.load_all(models_card)
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
