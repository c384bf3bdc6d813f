"""The models, loaded once for all visitors, in the background: TensorFlow takes seconds."""

import gc
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Lock, Thread
from typing import TypeAlias

import streamlit as st

from pixelviz import classifier
from pixelviz.card import ModelCard
from pixelviz.classifier import Classifier, Together
from pixelviz.errors import ModelError
from pixelviz.page import thrift

SWITCH_S = 0.0005
"""How long the loading thread may keep others from running; Python's own choice is ten times that.
"""


@dataclass(frozen=True)
class Loaded:
    """The models.

    Attributes:
        by_name: Each model; in place of one that cannot be loaded, the reason.
        together: All those that could be loaded, to be asked in one call.
    """

    by_name: Mapping[str, Classifier | ModelError]
    together: Together


_Key: TypeAlias = tuple[tuple[str, str, str], ...]
_guard, _turn = Lock(), Lock()
_loading: dict[_Key, Future[Loaded]] = {}


def models(model_cards: tuple[ModelCard, ...]) -> Future[Loaded]:
    """Return the models to come; the first call starts to load them.

    Args:
        model_cards: Which models. New cards, after a new training, load anew.

    Returns:
        What `result()` gives, or raises as a ModelError where TensorFlow itself cannot be loaded.
    """
    key = tuple((each.name, each.file, each.sha256) for each in model_cards)
    with _guard:
        if key not in _loading:
            coming: Future[Loaded] = Future()
            _loading[key] = coming
            Thread(target=_load, args=(model_cards, coming), name="models", daemon=True).start()
        return _loading[key]


def forget() -> None:
    """Forget all models, so that the next call loads them anew."""
    with _guard:
        _loading.clear()


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


def _load(model_cards: tuple[ModelCard, ...], coming: Future[Loaded]) -> None:
    try:
        with _in_the_background():
            _prepare_tensorflow()
            by_name = classifier.load_all(model_cards)
            found = [each for each in by_name.values() if isinstance(each, Classifier)]
            loaded = Loaded(by_name, Together(found))
    except ImportError as error:
        problem = ModelError(
            f"TensorFlow, which runs the models, cannot be loaded: {error}.",
            "Install what requirements.txt lists, and start the page again.",
        )
        problem.__cause__ = error
        coming.set_exception(problem)
        return
    except BaseException as error:  # whoever waits must hear of it
        coming.set_exception(error)
        raise
    coming.set_result(loaded)
    for each in found:  # the chapters ask them one by one
        each.warm_up()


@contextmanager
def _in_the_background() -> Iterator[None]:
    """Let a thread make hundreds of thousands of objects, and others run meanwhile.

    None of those objects is garbage. Looking for garbage among them takes a quarter of the time
    that TensorFlow takes to load, and later makes everybody's page wait 240 ms each time: they are
    set aside for good.
    """
    with _turn:
        switch_s = sys.getswitchinterval()
        sys.setswitchinterval(SWITCH_S)
        gc.disable()
        try:
            yield
        finally:
            gc.freeze()
            gc.enable()
            sys.setswitchinterval(switch_s)


def _prepare_tensorflow() -> None:
    import tensorflow as tf

    thrift.keep_compiled()
    # One digit is too little work to share: threads that wait for their share keep a core busy.
    with suppress(RuntimeError):  # something else has set TensorFlow to work already
        tf.config.threading.set_intra_op_parallelism_threads(1)
        tf.config.threading.set_inter_op_parallelism_threads(1)
