"""Work in the background: the page runs again by itself once it is done."""

from concurrent.futures import Future
from typing import Any

import streamlit as st

from pixelviz.errors import ModelError
from pixelviz.model import card
from pixelviz.model.card import ModelCard
from pixelviz.model.classifier import MODELS
from pixelviz.server import worker_supervisor
from pixelviz.server.model_client import RemoteModels


@st.fragment(run_every=0.25)
def rerun_when_done(future: Future[Any]) -> None:
    """Run the page once more as soon as a future is done, whether it succeeded or failed.

    Args:
        future: What the page waits for.
    """
    if future.done():
        st.rerun()


@st.fragment(run_every=2)
def _rerun_when_replaced(failed: Future[RemoteModels], model_cards: tuple[ModelCard, ...]) -> None:
    """Run the page once more as soon as loading is tried again."""
    if worker_supervisor.load_async(model_cards) is not failed:
        st.rerun()


def loaded_models(model_cards: tuple[ModelCard, ...]) -> RemoteModels | None:
    """Return the models, or None while they are loading; the page then runs again by itself.

    Args:
        model_cards: Which models.

    Raises:
        ModelError: They cannot be loaded. The page runs again once that is tried again.
    """
    future = worker_supervisor.load_async(model_cards)
    if not future.done():
        rerun_when_done(future)
        return None
    try:
        return future.result()
    except ModelError:
        _rerun_when_replaced(future, model_cards)
        raise


def rerun_when_restarted() -> None:
    """Run the page once more as soon as the models, whose worker was lost, are there again."""
    rerun_when_done(worker_supervisor.load_async(card.read(MODELS).models))
