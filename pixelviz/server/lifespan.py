"""The start of the server: models and page are loaded before the first visitor comes."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from importlib import import_module
from threading import Thread, Timer

import streamlit as st

from pixelviz.errors import ModelError
from pixelviz.model import card
from pixelviz.model.card import ModelCard
from pixelviz.model.classifier import MODELS
from pixelviz.server import admission, file_handles, streamlit_internals, worker_supervisor
from pixelviz.server.classrooms import CLASSROOMS
from pixelviz.server.network_files import NETWORKS

FORGET_EVERY_S = 5.0

SHUFFLED_AFTER_S = 5.0
"""So long after the models themselves are there, those trained on shuffled pixels are loaded. That
keeps the worker busy for half a second: by then the first visitor has the first answer, and later
nobody waits for it in the middle of a lesson."""


def preloading(page: str) -> Callable[[st.App], AbstractAsyncContextManager[None]]:
    """Return a lifespan that loads models and page while the first browser loads Streamlit.

    Args:
        page: The name of the page's module. It is imported after the server has started, since
            components of other packages can be registered only then.
    """

    @asynccontextmanager
    async def lifespan(_: st.App) -> AsyncIterator[None]:
        file_handles.prepare()
        streamlit_internals.keep_sessions(file_handles.lost_sessions_max(2 * admission.capacity()))
        Thread(target=_preload, args=(page,), name="preload", daemon=True).start()
        tasks = [asyncio.create_task(_forget_visitors()), asyncio.create_task(CLASSROOMS.tidy())]
        yield
        for task in tasks:
            task.cancel()

    return lifespan


async def _forget_visitors() -> None:
    """Forget, as long as the server runs, those who have been away for too long."""
    while True:
        await asyncio.sleep(FORGET_EVERY_S)
        streamlit_internals.forget_expired_sessions()


def _preload(page: str) -> None:
    with suppress(ModelError):  # the page itself says what is wrong
        models_card = card.read(MODELS)
        loading = worker_supervisor.load_async(models_card.models)
        loading.add_done_callback(lambda _: _load_later(models_card.shuffled))
    import_module(page)
    with suppress(ModelError):
        NETWORKS.derive_default()


def _load_later(model_cards: tuple[ModelCard, ...]) -> None:
    if model_cards:
        timer = Timer(SHUFFLED_AFTER_S, worker_supervisor.load_async, (model_cards,))
        timer.daemon = True
        timer.start()
