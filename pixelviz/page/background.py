"""Work in the background: the page runs again by itself once it is done."""

from concurrent.futures import Future
from typing import Any

import streamlit as st

from pixelviz.model.card import ModelCard
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


def loaded_models(model_cards: tuple[ModelCard, ...]) -> RemoteModels | None:
    """Return the models, or None while they are loading; the page then runs again by itself.

    Args:
        model_cards: Which models.

    Raises:
        ModelError: They cannot be loaded.
    """
    future = worker_supervisor.load_async(model_cards)
    if future.done():
        return future.result()
    rerun_when_done(future)
    return None
