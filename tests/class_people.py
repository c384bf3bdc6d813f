"""The devices and the teacher of a class, without browsers: one process asks for all of them.

They ask what the scripts in `page/browser/our_class` ask, as often, and try again when those do.
"""

import asyncio
import base64
import contextlib
import json
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias
from uuid import UUID, uuid4

from pixelviz.arrays import LENGTH

Json: TypeAlias = dict[str, Any]

POLL_S = 1.0
"""So long after an answer a teacher asks again."""

FIRST_PAUSE_S, LAST_PAUSE_S, TEACHERS_LAST_PAUSE_S = 1.0, 8.0, 30.0
"""What failed is tried again after pauses that double."""

PATIENCE_S = 15.0


class UnansweredError(Exception):
    """There was no answer, or one that may be another a little later."""


class Browser:
    """Asks one server, or the next one where it is gone, over a connection that it keeps."""

    def __init__(self, ports: Sequence[int]) -> None:
        """Connect to nothing yet.

        Args:
            ports: Those of the servers on this machine.
        """
        self._ports = list(ports)
        self._lock = asyncio.Lock()  # one question at a time
        self._connection: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(
        self, method: str, path: str, *, key: str = "", body: Json | None = None
    ) -> tuple[int, Json]:
        """Return the status and the JSON of an answer; {} where it is empty.

        Args:
            method: Such as "GET".
            path: What follows "/classes" in the address.
            key: The teacher's or a device's.
            body: Is sent as JSON.

        Raises:
            UnansweredError: It can be tried again.
        """
        content = b"" if body is None else json.dumps(body).encode()
        head = f"{method} /classes{path} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        head += f"Authorization: Bearer {key}\r\nContent-Length: {len(content)}\r\n\r\n"
        try:
            async with self._lock, asyncio.timeout(PATIENCE_S):
                status, text = await self._exchange(head.encode() + content)
        except (OSError, asyncio.IncompleteReadError) as error:  # also where it took too long
            await self.close()
            self._ports.append(self._ports.pop(0))
            raise UnansweredError(type(error).__name__) from error
        except asyncio.CancelledError:  # nobody reads the answer, so nothing can follow it
            await self.close()
            raise
        if status == 429 or status >= 500:
            raise UnansweredError(f"{status} {text.decode()}")
        return status, json.loads(text or b"{}")

    async def close(self) -> None:
        """Give the connection up."""
        if self._connection:
            writer = self._connection[1]
            self._connection = None
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()

    async def _exchange(self, request: bytes) -> tuple[int, bytes]:
        """Return the status and the content of an answer."""
        if self._connection:
            try:
                return await self._send(*self._connection, request)
            except (OSError, asyncio.IncompleteReadError):
                await (
                    self.close()
                )  # the server had given it up meanwhile; browsers then take a new one
        self._connection = await asyncio.open_connection("127.0.0.1", self._ports[0])
        return await self._send(*self._connection, request)

    @staticmethod
    async def _send(
        reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes
    ) -> tuple[int, bytes]:
        writer.write(request)
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        length = re.search(r"(?i)^content-length: (\d+)", head, re.M)
        content = await reader.readexactly(int(length[1])) if length else b""
        return int(head.split(" ", 2)[1]), content


@dataclass
class Digit:
    """A digit that a device gives: its pixels are those that no other digit has.

    Attributes:
        give: Its idempotency key, of which the pixels are made.
        began_at: When it was sent first.
        acknowledged_at: When the server had said that it has it; None before.
        statuses: What the server said each time, 0 for nothing.
    """

    give: UUID = field(default_factory=uuid4)
    began_at: float = field(default_factory=time.perf_counter)
    acknowledged_at: float | None = None
    statuses: list[int] = field(default_factory=list)

    @property
    def pixels(self) -> bytes:
        return self.give.bytes * (LENGTH // len(self.give.bytes))


class Device:
    """A device that has joined a class."""

    def __init__(self, browser: Browser, code: str) -> None:
        self.digits: list[Digit] = []
        """All that it has given or tries to give."""
        self.browser = browser
        self._code = code
        self._key = ""
        self._ask = 0

    async def join(self) -> None:
        """Join the class."""
        status, told = await self.browser.ask("POST", f"/{self._code}/devices", body={})
        assert status == 201, told
        self._key, self._ask = told["key"], told["ask"]

    async def give(self) -> None:
        """Give a digit, and try again until the server has said that it has it."""
        self.digits.append(Digit())
        pause_s = FIRST_PAUSE_S
        while not await self.send(self.digits[-1]):
            await asyncio.sleep(pause_s)
            pause_s = min(2 * pause_s, LAST_PAUSE_S)

    async def send(self, digit: Digit) -> bool:
        """Send a digit once, and return whether the server has said that it has it."""
        pixels = base64.b64encode(digit.pixels).decode()
        body = {"label": self._ask, "pixels": pixels, "give": str(digit.give)}
        try:
            status, told = await self.browser.ask(
                "POST", f"/{self._code}/digits", key=self._key, body=body
            )
        except UnansweredError:
            digit.statuses.append(0)
            return False
        assert status in (200, 201), told
        digit.statuses.append(status)
        digit.acknowledged_at = digit.acknowledged_at or time.perf_counter()
        self._ask = told["ask"]
        return True

    async def hear(self) -> None:
        """Ask once how many digits the class has."""
        with contextlib.suppress(UnansweredError):
            await self.browser.ask("GET", f"/{self._code}/device", key=self._key)


class Teacher:
    """Who has started a class, and follows what it gives."""

    def __init__(self, browser: Browser) -> None:
        self.code = ""
        self.seen: dict[UUID, float] = {}
        """When each digit was in an answer first."""
        self.browser = browser
        self._key = ""
        self._last = 0

    async def start(self) -> None:
        """Start a class."""
        status, told = await self.browser.ask("POST", "", body={})
        assert status == 201, told
        self.code, self._key = told["code"], told["key"]

    async def watch(self) -> None:
        """Ask for the newest digits again and again."""
        pause_s = POLL_S
        while True:
            try:
                await self._look()
                pause_s = POLL_S
            except UnansweredError:
                pause_s = min(2 * pause_s, TEACHERS_LAST_PAUSE_S)
            await asyncio.sleep(pause_s)

    async def all_digits(self) -> list[UUID]:
        """Return all digits that the class has, by what their pixels are made of."""
        status, told = await self.browser.ask("GET", f"/{self.code}/digits?after=0", key=self._key)
        assert status == 200, told
        assert told["count"] == len(told["digits"])
        return [_give_of(digit) for digit in told["digits"]]

    async def end(self) -> None:
        """End the class."""
        status, told = await self.browser.ask("DELETE", f"/{self.code}", key=self._key)
        assert status == 204, told

    async def _look(self) -> None:
        path = f"/{self.code}/digits?after={self._last}"
        status, told = await self.browser.ask("GET", path, key=self._key)
        assert status == 200, told
        now = time.perf_counter()
        for digit in told["digits"]:
            self.seen.setdefault(_give_of(digit), now)
        self._last = told["last"]


def _give_of(digit: Json) -> UUID:
    """Return what the pixels of a digit are made of.

    Raises:
        AssertionError: They are not as they were given.
    """
    pixels = base64.b64decode(digit["pixels"])
    given = Digit(UUID(bytes=pixels[:16]))
    assert pixels == given.pixels
    return given.give
