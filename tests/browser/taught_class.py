"""A class as the server would tell its teacher's browser of it, in place of the server."""

import base64
import json
import re
from collections.abc import Sequence
from urllib.parse import parse_qs, urlparse

import numpy as np
from numpy.typing import NDArray
from playwright.sync_api import Page, Route

CODE, KEY = "KRTWMXBD", "k" * 32
MARKS = [
    (f"{colour} {animal}", colour, animal, css)
    for animal in ("fox", "owl", "cat", "whale", "hare", "seal", "wolf", "swan")
    for colour, css in (("blue", "#2f6fd0"), ("red", "#c8322b"), ("green", "#2a8a3c"))
]
"""Names, colours, animals and colours in CSS, by the numbers of the devices, from 1 on."""

KEEP = """({ code, key }) => {
    localStorage.setItem('pixelviz.class.teacher', JSON.stringify({ code, key }))
}"""


def name_of(device: int) -> str:
    return MARKS[device - 1][0]


class TaughtClass:
    """What a class has given so far.

    Attributes:
        vectors: The digits, (784,) uint8 each.
        labels: Their targets.
        devices: Who gave each, from 1 on.
    """

    def __init__(self) -> None:
        self.vectors: list[NDArray[np.uint8]] = []
        self.labels: list[int] = []
        self.devices: list[int] = []
        self._removed: set[int] = set()
        self._has_ended = False

    def give(
        self, vectors: NDArray[np.uint8], labels: Sequence[int], devices: Sequence[int]
    ) -> None:
        self.vectors += list(vectors)
        self.labels += [int(label) for label in labels]
        self.devices += [int(device) for device in devices]

    def remove(self, number: int) -> None:
        self._removed.add(number)

    def end(self) -> None:
        self._has_ended = True

    def teach(self, page: Page) -> None:
        """Let a page's browser be its teacher's, from the next loading on."""
        page.route(re.compile(r"/classes/"), self._answer)
        page.evaluate(KEEP, {"code": CODE, "key": KEY})

    def _answer(self, route: Route) -> None:
        assert route.request.headers["authorization"] == f"Bearer {KEY}"
        if self._has_ended:
            route.fulfill(status=404, json={"error": "The class has ended."})
            return
        there = [each for each in range(1, len(self.labels) + 1) if each not in self._removed]
        after = int(parse_qs(urlparse(route.request.url).query)["after"][0])
        counts = np.bincount([self.devices[number - 1] for number in there], minlength=1)
        answer = {
            "digits": [self._told(number) for number in there if number > after],
            "devices": [
                {"device": device, "colour": colour, "animal": animal, "css": css}
                | {"count": int(counts[device])}
                for device, (_, colour, animal, css) in enumerate(MARKS, 1)
                if device < len(counts) and counts[device] > 0
            ],
            "count": len(there),
            "last": len(self.labels),
            "isPaused": False,
            "secondsLeft": 80_000,
        }
        route.fulfill(body=json.dumps(answer), content_type="application/json")

    def _told(self, number: int) -> dict[str, object]:
        return {
            "number": number,
            "device": self.devices[number - 1],
            "label": self.labels[number - 1],
            "pixels": base64.b64encode(self.vectors[number - 1].tobytes()).decode(),
            "age": 12,
        }
