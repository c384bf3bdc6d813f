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
    method: str = "GET",
    body: bytes = b"",
) -> list[Message]:
    """Return what an application sends in answer to a request.

    Args:
        application: The application.
        path: The path of the request, with a query after a question mark.
        scope_type: "http" or "websocket".
        headers: Those of the request.
        method: That of an HTTP request.
        body: What it brings along.
    """
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    encoded = [(name.lower().encode(), value.encode()) for name, value in (headers or {}).items()]
    plain, _, query = path.partition("?")
    scope: dict[str, Any] = {"type": scope_type, "method": method, "path": plain}
    scope |= {"headers": encoded, "query_string": query.encode(), "root_path": ""}
    scope |= {"scheme": "http", "server": ("host", 80), "client": ("192.0.2.7", 1234)}
    # In a thread of its own: browser tests leave their event loop running in this one.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(_run(application(scope, receive, send)))).result()
    return sent


async def _run(answering: Awaitable[None]) -> None:
    await answering
