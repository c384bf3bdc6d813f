"""The start of the server: models and page are loaded before the first visitor comes."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from importlib import import_module
from threading import Thread

import streamlit as st

from pixelviz.errors import ModelError
from pixelviz.model import card
from pixelviz.model.classifier import MODELS
from pixelviz.server import admission, file_handles, streamlit_internals, worker_supervisor


def preloading(page: str) -> Callable[[st.App], AbstractAsyncContextManager[None]]:
    """Return a lifespan that loads models and page while the first browser loads Streamlit.

    Args:
        page: The name of the page's module. It is imported after the server has started, since
            components of other packages can be registered only then.
    """

    @asynccontextmanager
    async def lifespan(_: st.App) -> AsyncIterator[None]:
        file_handles.prepare()
        streamlit_internals.keep_sessions(2 * admission.capacity())
        Thread(target=_preload, args=(page,), name="preload", daemon=True).start()
        yield

    return lifespan


def _preload(page: str) -> None:
    with suppress(ModelError):  # the page itself says what is wrong
        worker_supervisor.load_async(card.read(MODELS).models)
    import_module(page)
