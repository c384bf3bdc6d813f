"""How the page is served: what can be done before the first person is there is done by then."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from importlib import import_module
from threading import Thread

import streamlit as st

from pixelviz.errors import ModelError
from pixelviz.model import card
from pixelviz.model.classifier import MODELS
from pixelviz.server import model_client

PARTS = ("canvas", "exports", "lesson", "pixel_view", "prediction", "room", "sources", "tools")
"""The modules of the page; some can be imported only once Streamlit is running."""


@asynccontextmanager
async def get_ready(_: st.App) -> AsyncIterator[None]:
    """Start to load the models and the page, while the first browser loads Streamlit."""
    Thread(target=_get_ready, name="get ready", daemon=True).start()
    yield


def _get_ready() -> None:
    with suppress(ModelError):  # the page itself says what is wrong
        model_client.models(card.read(MODELS).models)
    for part in PARTS:
        import_module(f"pixelviz.page.{part}")
