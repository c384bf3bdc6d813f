"""A class without its teacher's page, and the page of a pupil."""

import base64
import json
import time
import urllib.request
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from playwright.sync_api import Locator, Page, expect

from pixelviz import ink, raster
from pixelviz.arrays import SIDE, Grid
from pixelviz.data.sample_digits import Point
from tests.browser.pages import WAIT_MS, draw_on

Answer = dict[str, Any]

RGBA = """canvas => {
    const {data} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
    return btoa(Array.from(data, (value) => String.fromCharCode(value)).join(''))
}"""


def rgba_of(canvas: Locator) -> NDArray[np.uint8]:
    return np.frombuffer(base64.b64decode(canvas.evaluate(RGBA)), np.uint8)


class Teacher:
    """A class, as its teacher asks for it."""

    def __init__(self, address: str, started: Answer | None = None) -> None:
        """Start a class, unless one is passed, with its code and the teacher's key."""
        self._address, self._key = f"{address}/classes", ""
        started = started or self._ask("POST", "", {})
        self.code, self._key = started["code"], started["key"]

    def view(self) -> Answer:
        return self._ask("GET", f"/{self.code}/digits")

    def grids(self) -> list[Grid]:
        """Return what the class has been given."""
        texts = [digit["pixels"] for digit in self.view()["digits"]]
        return [
            np.frombuffer(base64.b64decode(text), np.uint8).reshape(SIDE, SIDE) for text in texts
        ]

    def pause(self, is_paused: bool) -> None:
        self._ask("PATCH", f"/{self.code}", {"isPaused": is_paused})

    def remove_devices(self) -> None:
        for device in self.view()["devices"]:
            self._ask("DELETE", f"/{self.code}/devices/{device['device']}")

    def end(self) -> None:
        self._ask("DELETE", f"/{self.code}")

    def _ask(self, method: str, path: str, body: Answer | None = None) -> Answer:
        data = None if body is None else json.dumps(body).encode()
        headers = {"Authorization": f"Bearer {self._key}"}
        request = urllib.request.Request(self._address + path, data, headers, method=method)
        with urllib.request.urlopen(request) as response:
            answer: Answer = json.loads(response.read() or b"{}")
            return answer


class PupilsPage:
    """The page of one pupil."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.problems: list[str] = []
        page.on("pageerror", lambda error: self.problems.append(str(error)))

    @property
    def canvas(self) -> Locator:
        return self.page.locator(".paper canvas")

    @property
    def title(self) -> Locator:
        return self.page.locator(".write h1")

    @property
    def said(self) -> Locator:
        return self.page.locator(".said")

    @property
    def counts(self) -> Locator:
        return self.page.locator(".counts")

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def join(self, code: str) -> None:
        self.page.get_by_label("The code").fill(code)
        self.button("Join").click()

    def asked(self) -> int:
        return int(self.title.inner_text()[-1])

    def ask_now(self) -> None:
        """Let it ask the server at once, as when the network is back."""
        self.page.evaluate("dispatchEvent(new Event('online'))")

    def rgba(self) -> NDArray[np.uint8]:
        return rgba_of(self.canvas).reshape(560, 560, 4)

    def grid(self) -> Grid:
        """Return what the steps make of the paper as it is."""
        return raster.to_grid(ink.from_rgba(self.rgba()))

    def shown(self) -> Grid:
        """Return what is shown as what the computer gets."""
        return rgba_of(self.page.locator(".seen canvas")).reshape(SIDE, SIDE, 4)[:, :, 0]

    def draw(self, *strokes: tuple[Point, ...]) -> None:
        expect(self.canvas).to_be_visible()
        draw_on(self.page, self.canvas, strokes)
        expect(self.button("Give")).to_be_enabled()

    def wait_until(self, is_so: Callable[[], bool]) -> None:
        """Wait until something is so, which the page's policy lets no script in it ask."""
        deadline = time.monotonic() + WAIT_MS / 1000
        while not is_so():
            assert time.monotonic() < deadline
            self.page.wait_for_timeout(20)
