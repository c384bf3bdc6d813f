"""What an ASGI application sends, without a server."""

import asyncio
from collections.abc import Awaitable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from starlette.types import ASGIApp, Message


def messages_of(
    application: ASGIApp,
    path: str,
    *,
    scope_type: str = "http",
    headers: Mapping[str, str] | None = None,
) -> list[Message]:
    """Return what an application sends in answer to a GET request, or to a websocket's.

    Args:
        application: The application.
        path: The path of the request.
        scope_type: "http" or "websocket".
        headers: Those of the request.
    """
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    encoded = [(name.lower().encode(), value.encode()) for name, value in (headers or {}).items()]
    scope: dict[str, Any] = {"type": scope_type, "method": "GET", "path": path, "headers": encoded}
    scope |= {"query_string": b"", "root_path": "", "scheme": "http", "server": ("host", 80)}
    # In a thread of its own: browser tests leave their event loop running in this one.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(_run(application(scope, receive, send)))).result()
    return sent


async def _run(answering: Awaitable[None]) -> None:
    await answering
