"""A Chromium that is only asked what has to be known.

Playwright listens to all that a browser does, each of a hundred requests included. On two cores
that takes a third of the time that a page needs to appear: too much where just that is measured.
"""

import contextlib
import json
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from types import TracebackType
from typing import Any, Self

from playwright.sync_api import sync_playwright
from websockets.sync.client import ClientConnection, connect

from tests.browser.chromium import FLAGS, installed
from tests.browser.server import free_port

START_S = 20
WAIT_S = 120
LOOK_EACH_S = 0.02
DEEP = """
function deep(selector, root = document) {
  const found = root.querySelector(selector);
  if (found) return found;
  for (const each of root.querySelectorAll("*")) {
    const inside = each.shadowRoot && deep(selector, each.shadowRoot);
    if (inside) return inside;
  }
  return null;
}
"""
"""Finds an element also where a component keeps it to itself."""


class Tab:
    """One page of the browser."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection
        self._count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with contextlib.suppress(Exception):
            self.call("Page.close")
        self._connection.close()

    def call(self, method: str, **given: Any) -> dict[str, Any]:
        """Call a method of Chromium's DevTools protocol."""
        self._count += 1
        self._connection.send(json.dumps({"id": self._count, "method": method, "params": given}))
        while True:
            message: dict[str, Any] = json.loads(self._connection.recv(timeout=WAIT_S))
            if message.get("id") == self._count:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']}")
                result: dict[str, Any] = message["result"]
                return result

    def value(self, expression: str) -> Any:
        """Return the value of some JavaScript, in which `deep(selector)` finds any element."""
        answer = self.call("Runtime.evaluate", expression=DEEP + expression, returnByValue=True)
        return answer["result"].get("value")

    def wait_until(self, expression: str) -> None:
        """Wait until some JavaScript is true.

        Raises:
            TimeoutError: It has not become true.
        """
        deadline = time.monotonic() + WAIT_S
        while not self.value(f"Boolean({expression})"):
            if time.monotonic() > deadline:
                raise TimeoutError(f"Not true within {WAIT_S} s: {expression}")
            time.sleep(LOOK_EACH_S)

    def draw(self, selector: str, stroke: tuple[tuple[float, float], ...]) -> None:
        """Draw a stroke on an element, in parts of its width and height, as a mouse does."""
        left, top, width, height = self.value(
            f"(() => {{ const box = deep({selector!r}).getBoundingClientRect();"
            "return [box.left, box.top, box.width, box.height]; })()"
        )
        places = [(left + width * x, top + height * y) for x, y in stroke]
        kinds = ["mousePressed", *["mouseMoved"] * (len(places) - 2), "mouseReleased"]
        for kind, (x, y) in zip(kinds, places, strict=True):
            self.call(
                "Input.dispatchMouseEvent",
                type=kind, x=x, y=y, button="left", buttons=1, clickCount=1,
            )  # fmt: skip


class Chromium:
    """A running browser without a window."""

    def __init__(self, port: int) -> None:
        """Connect to it.

        Args:
            port: The one on which it listens to what it is to do.
        """
        self._address = f"http://127.0.0.1:{port}"

    def open(self, width_px: int = 1366, height_px: int = 768) -> Tab:
        """Return an empty page in front of all others, without anything kept from them."""
        with urllib.request.urlopen(f"{self._address}/json/version") as answer:
            browser = json.load(answer)["webSocketDebuggerUrl"]
        with Tab(connect(browser, max_size=None)) as whole:
            context = whole.call("Target.createBrowserContext")["browserContextId"]
            target = whole.call(
                "Target.createTarget",
                url="about:blank", browserContextId=context, width=width_px, height=height_px,
            )["targetId"]  # fmt: skip
            whole.call("Target.activateTarget", targetId=target)
        address = self._address.replace("http", "ws")
        return Tab(connect(f"{address}/devtools/page/{target}", max_size=None))


@contextlib.contextmanager
def chromium() -> Iterator[Chromium]:
    """Give a running browser, and end it."""
    port = free_port()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [_path(), "--headless=new", *FLAGS, f"--user-data-dir={profile}"]
        with subprocess.Popen(
            [*command, f"--remote-debugging-port={port}", "about:blank"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as process:
            try:
                _wait_for(f"http://127.0.0.1:{port}/json/version")
                yield Chromium(port)
            finally:
                process.terminate()


def _path() -> str:
    if found := installed():
        return found
    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def _wait_for(address: str) -> None:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=1):
            return
        time.sleep(0.05)
    raise RuntimeError("Chromium did not start.")
