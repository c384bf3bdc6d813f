"""Reads what browsers ask about classes; nothing of it is to be trusted."""

import base64
import binascii
import json
from typing import Any
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from pixelviz.classroom import codes
from pixelviz.errors import GivenDigitError, UnknownClassError
from pixelviz.server.class_answers import refusal

Json = dict[str, Any]

BODY_MAX = 4096
"""No request has more bytes; a digit has some 1,200."""

SOURCE_MAX = 64
"""No address is longer, with a zone and a port."""


class Asked:
    """What a request asks for.

    Attributes:
        source: The address that it comes from.
        key: That of the teacher or a device; empty if there is none.
        body: Its JSON; empty where it has none.
        path: What its address names: the class's code, a digit's or a device's number, a file.
        query: What its address has after the question mark.
    """

    def __init__(self, request: Request, body: Json) -> None:
        forwarded = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        # Only to be fair to others: who forges it still meets the limit in all.
        is_address = len(forwarded) <= SOURCE_MAX  # or it would fill the memory that notes it
        own = request.client.host if request.client else ""
        self.source = forwarded if forwarded and is_address else own
        kind, _, key = request.headers.get("Authorization", "").partition(" ")
        self.key = key.strip() if kind == "Bearer" else ""
        self.body = body
        self.path = request.path_params
        self.query = request.query_params

    @property
    def code(self) -> str:
        """The class's code.

        Raises:
            UnknownClassError: It is none.
        """
        code = codes.read(self.path["code"])
        if code is None:
            raise UnknownClassError(
                f"Expected a code of {codes.LENGTH} letters, got something else.", "Check the code."
            )
        return code


async def body_of(request: Request) -> Json | Response:
    """Return a request's JSON, or what to answer where it has none."""
    content = b""
    async for part in request.stream():
        content += part
        if len(content) > BODY_MAX:
            return refusal(f"Expected at most {BODY_MAX} bytes.", 413)
    try:
        body = json.loads(content or b"{}")
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict):
        return refusal("Expected a JSON object. Reload the page.", 400)
    return body


def given_in(body: Json) -> tuple[int, bytes, UUID]:
    """Return label, pixels and idempotency key of a digit that was sent.

    Raises:
        GivenDigitError: They are not what they should be.
    """
    label, pixels, give = (body.get(name) for name in ("label", "pixels", "give"))
    try:
        if type(label) is not int or not isinstance(pixels, str) or not isinstance(give, str):
            raise TypeError
        return label, base64.b64decode(pixels, validate=True), UUID(give)
    except (TypeError, ValueError, binascii.Error):
        raise GivenDigitError(
            "Expected a label from 0 to 9, 784 bytes in base64 and a UUID.", "Reload the page."
        ) from None


def number_in(text: str) -> int:
    """Return a number from 0, written with at most nine digits; -1 where it is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1
