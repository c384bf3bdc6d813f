"""Headers that limit what a page may do in a browser, on everything that the server answers.

The server sends them itself rather than a proxy in front of it, so that they hold behind every
proxy and without one. Only Starlette's own answer to an uncaught exception, a fixed text, comes
without them.
"""

import logging
import os
import re

from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pixelviz.server import streamlit_internals

FRAME_ANCESTORS_VARIABLE = "PIXELVIZ_FRAME_ANCESTORS"
"""The environment variable that says which sites may show the page in a frame."""

DEFAULT_FRAME_ANCESTORS = "'self'"

_SOURCES = re.compile(r"[!-+\--:<-~]+( [!-+\--:<-~]+)*")
"""Sources with a space between them; a comma or semicolon would end the directive."""


def middleware() -> Middleware:
    """Return what adds the headers to each answer of the server."""
    return Middleware(_SecurityHeaders, headers=headers())


def headers() -> dict[str, str]:
    """Return the headers by their names."""
    return {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",  # the address of a page contains a shared drawing
        "Content-Security-Policy": content_security_policy(),
    }


def content_security_policy() -> str:
    """Return what a page may load and connect to: its own server, and nothing else."""
    directives = {
        "default-src": "'self'",
        # Streamlit imports the scripts of components from blob: addresses that it makes itself, and
        # its Protocol Buffers multiply in WebAssembly.
        "script-src": " ".join(
            ["'self'", "blob:", "'wasm-unsafe-eval'", *streamlit_internals.inline_script_sources()]
        ),
        # The camera's picture is fetched from the data: address that the browser made of it.
        "connect-src": "'self' data:",
        "worker-src": "'self' blob:",
        # Streamlit and the canvas set styles from JavaScript.
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
        "frame-ancestors": frame_ancestors(),
    }
    return "; ".join(f"{name} {sources}" for name, sources in directives.items())


def frame_ancestors() -> str:
    """Return which sites may show the page in a frame, as the policy names them."""
    text = os.environ.get(FRAME_ANCESTORS_VARIABLE, "")
    if _SOURCES.fullmatch(text):
        return text
    if text:
        logging.getLogger(__name__).warning(
            "Expected %s to be addresses with spaces between them, got %r; using %s.",
            FRAME_ANCESTORS_VARIABLE,
            text,
            DEFAULT_FRAME_ANCESTORS,
        )
    return DEFAULT_FRAME_ANCESTORS


class _SecurityHeaders:
    """Sets headers on every HTTP response."""

    def __init__(self, app: ASGIApp, headers: dict[str, str]) -> None:
        self._app = app
        self._headers = headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(self._headers)
            await send(message)

        await self._app(scope, receive, send_with_headers if scope["type"] == "http" else send)
