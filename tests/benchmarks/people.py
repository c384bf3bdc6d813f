"""People on the page, without a browser: they speak the browser's side of Streamlit's protocol.

A `Person` has a tab, a connection and drawings: they come, draw stroke by stroke, check each
answer, clear, and when the connection drops, come back as the browser does.
"""

import asyncio
import random
import time
import urllib.request
import urllib.response
from collections import Counter
from collections.abc import Awaitable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import Message
from http.cookiejar import CookieJar
from io import BytesIO

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake
from websockets.typing import Origin, Subprotocol

from tests.benchmarks.handwriting import EMPTY, Drawing, Stage
from tests.benchmarks.tab import Tab

INTERVAL_S = 3.0
JITTER_S = 0.3
"""A stroke begins every so many seconds, give or take a few."""

ANSWER_S = 10.0
"""An answer that takes longer is missing."""

LOAD_S = 60.0
"""How long the models may take to load."""

GIVE_UP_S = 60.0
"""How long a person tries to come back."""

WRONG = "somebody else's or an old drawing"
NO_ANSWER = "no answer"
DROPPED = "dropped connection"
NOT_THERE = "could not come"


class DroppedError(Exception):
    """The connection was dropped."""


class TurnedAwayError(Exception):
    """The page said that it is full."""


@dataclass
class Tally:
    """What happened to many people.

    Attributes:
        strokes: Of each answered stroke, when its answer was complete, in seconds of
            `time.perf_counter`, and how long after sending that was, in seconds.
        errors: How many of each kind.
        runs: How many runs of the page were answered, those of strokes and all others.
        received: How many bytes the server sent.
        clears: How often Clear was pressed.
        reconnects: How often somebody was connected again.
        restored: How often their drawing was there again.
        lost: How often it was not.
        turned_away: How many were told that the page is full.
    """

    strokes: list[tuple[float, float]] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)
    runs: int = 0
    received: int = 0
    clears: int = 0
    reconnects: int = 0
    restored: int = 0
    lost: int = 0
    turned_away: int = 0

    def start_measuring(self) -> None:
        """Forget what is only measured after a warm-up; keep what went wrong in it."""
        self.strokes.clear()
        self.runs = self.received = self.clears = 0


class Person:
    """Somebody who draws digits on the page, one after the other.

    Attributes:
        tally: Where what happens to them is counted.
        drawings: What they draw.
        tab: What their browser knows.
        shown: What is on their canvas.
        is_settled: Whether their first stroke was answered, or they have left.
    """

    def __init__(
        self, address: str, drawings: Sequence[Drawing], tally: Tally, *, seed: int = 0
    ) -> None:
        """Get ready; nothing is sent yet.

        Args:
            address: The page's, such as `http://127.0.0.1:8501`.
            drawings: What they draw, over and over.
            tally: Where what happens to them is counted.
            seed: Where the small differences in their rhythm come from.
        """
        self.tally = tally
        self.tab = Tab(f"{address.rstrip('/')}/")
        self.shown: Stage = EMPTY
        self._address = address.rstrip("/")
        self.drawings = drawings
        self.is_settled = False
        self._random = random.Random(seed)
        self._cookies = CookieJar()
        self._socket: ClientConnection | None = None
        self._reader: asyncio.Task[None] | None = None
        self._timers: dict[str, asyncio.Task[None]] = {}
        self._answer: asyncio.Future[float] | None = None

    async def live(self, wait_s: float = 0) -> None:
        """Come and draw, a stroke every few seconds, until cancelled or turned away.

        Args:
            wait_s: How long they look at the page before their first stroke.
        """
        try:
            await self.come()
            await asyncio.sleep(wait_s)
            while True:
                for drawing in self.drawings:
                    await self._draw_all(drawing)
        except TurnedAwayError:
            self.tally.turned_away += 1
        except (OSError, InvalidHandshake, TimeoutError, DroppedError):
            self.tally.errors[NOT_THERE] += 1
        finally:
            self.is_settled = True
            await self.leave()

    async def come(self) -> None:
        """Open the page and run it once.

        Raises:
            TurnedAwayError: The page is full.
        """
        await asyncio.to_thread(self._fetch, "/", "/_stcore/health", "/_stcore/host-config")
        await self._connect()
        await self._run(self.tab.rerun())
        self._look()

    async def until_loaded(self) -> None:
        """Wait until the models are loaded, which the page says only once something is drawn."""
        async with asyncio.timeout(LOAD_S):
            while self.tab.is_loading or self.tab.is_running:
                await asyncio.sleep(0.05)

    async def draw(self, stage: Stage) -> float:
        """Let the canvas send a drawing, wait for the answer and check it.

        Returns:
            The seconds from sending to the end of the run.

        Raises:
            DroppedError: The connection was dropped.
            TimeoutError: There was no answer.
            TurnedAwayError: The page is full.
        """
        await self._until_idle()
        self.shown = stage
        taken = await self._run(self.tab.draw(stage))
        self._look()
        self._check()
        return taken

    async def clear(self) -> None:
        """Press Clear, let the canvas load and send nothing, and check both answers.

        Raises:
            DroppedError: The connection was dropped.
            TimeoutError: There was no answer.
            TurnedAwayError: The page is full.
        """
        await self._until_idle()
        self.tally.clears += 1
        self.shown = EMPTY
        await self._run(self.tab.clear())
        self._look()
        self._check()
        await self._load_canvas()

    async def come_back(self) -> None:
        """Connect again as the browser does, and see whether the drawing is still there.

        Raises:
            TimeoutError: It did not work for a minute.
            TurnedAwayError: The page is full.
        """
        async with asyncio.timeout(GIVE_UP_S):
            delay_s = 0.5
            while not await self._is_connected_after(delay_s * self._random.uniform(0.5, 1)):
                delay_s = min(4, 2 * delay_s)
        self.tally.reconnects += 1
        if not self.tab.wants_rerun():
            return
        expected = self.shown
        await self._run(self.tab.rerun())
        self._look()
        await self._load_canvas()
        if expected is not EMPTY:
            is_there = self.tab.pixels == expected.pixels
            self.tally.restored += is_there
            self.tally.lost += not is_there

    def drop(self) -> None:
        """Lose the connection without a word, as when a server dies."""
        if self._socket:
            self._socket.transport.abort()

    async def leave(self) -> None:
        """Close the page."""
        self._stop_timers()
        if self._reader:
            self._reader.cancel()
        if self._socket:
            await self._socket.close()

    async def _draw_all(self, drawing: Drawing) -> None:
        """Draw one digit, stroke by stroke, and clear it away."""
        for stage in drawing:
            began = time.perf_counter()
            await self._try(self._stroke(stage))
            pause_s = INTERVAL_S + self._random.uniform(-JITTER_S, JITTER_S)
            is_last = stage is drawing[-1] or self.shown is EMPTY
            if is_last:
                await _sleep_until(began + pause_s / 2)
                await self._try(self.clear())
            await _sleep_until(began + pause_s)
            if is_last:
                break

    async def _stroke(self, stage: Stage) -> None:
        taken = await self.draw(stage)
        self.tally.strokes.append((time.perf_counter(), taken))
        if self.tab.is_loading:
            await self.until_loaded()
        self.is_settled = True

    async def _try(self, step: Awaitable[object]) -> None:
        """Do one thing; whatever goes wrong is counted, and the person goes on."""
        try:
            await step
        except TimeoutError:
            self.tally.errors[NO_ANSWER] += 1
        except DroppedError:
            self.tally.errors[DROPPED] += 1
            await self._return()

    async def _return(self) -> None:
        while True:
            try:
                return await self.come_back()
            except DroppedError:
                self.tally.errors[DROPPED] += 1
            except TimeoutError:
                self.tally.errors[NO_ANSWER] += 1

    def _look(self) -> None:
        """Take note of what the page says beside the drawing."""
        if self.tab.is_full:
            raise TurnedAwayError
        self.tally.errors.update(self.tab.problems)
        self.tab.problems.clear()

    def _check(self) -> None:
        if self.tab.pixels != self.shown.pixels:
            self.tally.errors[WRONG] += 1

    async def _load_canvas(self) -> None:
        """Do what the canvas does when the server put something else on it: load it, and send it.

        Nobody here presses what puts strokes on it, so it can only be nothing, or what a new server
        has taken up from this very canvas.
        """
        if self.tab.has_canvas_changed:
            self.tab.has_canvas_changed = False
            await self.draw(EMPTY if self.tab.is_canvas_emptied else self.shown)

    async def _until_idle(self) -> None:
        """Wait for the end of what still runs, so that its answer is not taken for the next."""
        async with asyncio.timeout(ANSWER_S):
            while self.tab.is_running:
                await asyncio.sleep(0.01)

    async def _run(self, message: bytes) -> float:
        """Send a message, wait until its run has ended and return the seconds in between."""
        if self._socket is None:
            raise DroppedError
        self._answer = asyncio.get_running_loop().create_future()
        sent = time.perf_counter()
        with suppress(ConnectionClosed):  # the reader says so too
            await self._socket.send(message)
        async with asyncio.timeout(ANSWER_S):
            taken = await self._answer - sent
        self.tally.runs += 1
        return taken

    async def _connect(self) -> None:
        request = urllib.request.Request(f"{self._address}/")
        self._cookies.add_cookie_header(request)
        cookie = request.get_header("Cookie")
        token = self.cookie("_streamlit_xsrf")
        names = ["streamlit", token or "PLACEHOLDER_AUTH_TOKEN", self.tab.session_id]
        self._socket = await connect(
            f"ws{self._address.removeprefix('http')}/_stcore/stream",
            origin=Origin(self._address),
            subprotocols=[Subprotocol(name) for name in names if name],
            additional_headers={"Cookie": cookie} if cookie else None,
            max_size=None,
            ping_interval=None,
            close_timeout=2,
            proxy=None,
        )
        self._keep_cookies(request, self._socket)
        self._reader = asyncio.create_task(self._read(self._socket))

    def cookie(self, name: str) -> str | None:
        """Return the value of a cookie that their browser keeps, if it keeps it."""
        return next((cookie.value for cookie in self._cookies if cookie.name == name), None)

    def _keep_cookies(self, request: urllib.request.Request, socket: ClientConnection) -> None:
        """Keep the cookies that came with the opening of a websocket."""
        head = Message()
        if socket.response:
            for line in socket.response.headers.get_all("Set-Cookie"):
                head["Set-Cookie"] = line
        self._cookies.extract_cookies(urllib.response.addinfourl(BytesIO(), head, ""), request)  # type: ignore[arg-type]

    async def _is_connected_after(self, delay_s: float) -> bool:
        await asyncio.sleep(delay_s)
        try:
            await asyncio.to_thread(self._fetch, "/_stcore/health", "/_stcore/host-config")
            await self._connect()
        except (OSError, InvalidHandshake):
            return False
        return True

    def _fetch(self, *paths: str) -> None:
        """Get some pages, and keep the cookies that come with them."""
        cookies = urllib.request.HTTPCookieProcessor(self._cookies)
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), cookies)
        for path in paths:
            with opener.open(f"{self._address}{path}", timeout=ANSWER_S) as answer:
                answer.read()

    async def _read(self, socket: ClientConnection) -> None:
        """Take in all that the server sends, until the connection ends."""
        try:
            while True:
                data = await socket.recv(decode=False)
                self.tally.received += len(data)
                is_answer = self.tab.receive(data)
                if self.tab.auto_reruns.keys() != self._timers.keys():
                    self._set_timers()
                if is_answer and self._answer and not self._answer.done():
                    self._answer.set_result(time.perf_counter())
        except ConnectionClosed:
            if self._socket is not socket:
                return
            self._socket = None
            self._stop_timers()
            if self._answer and not self._answer.done():
                self._answer.set_exception(DroppedError())

    def _set_timers(self) -> None:
        self._stop_timers()
        for fragment, interval_s in self.tab.auto_reruns.items():
            self._timers[fragment] = asyncio.create_task(self._repeat(fragment, interval_s))

    def _stop_timers(self) -> None:
        for timer in self._timers.values():
            timer.cancel()
        self._timers = {}

    async def _repeat(self, fragment: str, interval_s: float) -> None:
        """Run a part of the page again and again, as the server asked the browser to."""
        while True:
            await asyncio.sleep(interval_s)
            if self._socket:
                with suppress(ConnectionClosed):
                    await self._socket.send(self.tab.rerun(fragment=fragment, by_itself=True))


async def _sleep_until(moment: float) -> None:
    """Sleep until a moment of `time.perf_counter`."""
    await asyncio.sleep(max(0, moment - time.perf_counter()))
