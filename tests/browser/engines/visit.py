"""The page as a person meets it, in any browser that offers a `Tab`."""

import base64
import itertools
import json
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, NamedTuple, Protocol, Self, TypeVar

import numpy as np
import numpy.typing as npt

WAIT_S = 60
LOOK_AGAIN_S = 0.05
MOVES_PER_LINE = 5

PAGE_MODULE = Path(__file__).parents[2] / "javascript" / "engines" / "pixelviz_page.js"

Seen = TypeVar("Seen")
Stroke = Sequence[tuple[float, float]]


class Tab(Protocol):
    """One tab of a browser, and a mouse whose place is given in CSS pixels of the window."""

    def evaluate(self, expression: str) -> Any:
        """Return the value of a JavaScript expression in the page, awaited if it is a promise."""

    def move_to(self, x: float, y: float) -> None: ...

    def press(self) -> None: ...

    def release(self) -> None: ...

    def problems(self) -> list[str]:
        """Return the uncaught errors of the page's scripts, and what could not be loaded."""


OpenTab = Callable[[str], AbstractContextManager[Tab]]
"""Opens an address as a new person, of whom the browser knows nothing."""


class Views(NamedTuple):
    """What the three views show in one moment, and what the picture says of itself."""

    table: npt.NDArray[np.int64]
    picture: npt.NDArray[np.int64]
    strip: npt.NDArray[np.int64]
    label: str

    @classmethod
    def of(cls, shown: Mapping[str, Any]) -> Self:
        """Return what the page itself has read."""
        numbers = {name: np.array(shown[name]) for name in ("table", "picture", "strip")}
        return cls(**numbers, label=shown["label"])

    def __str__(self) -> str:
        table = np.array2string(self.table, max_line_width=200, threshold=self.table.size)
        return f"{self.label}; the views {'agree' if self.agree else 'differ'}\n{table}"

    @property
    def agree(self) -> bool:
        """Whether all show the same 28×28 values, the strip row by row."""
        assert self.table.shape == (28, 28)
        vector = self.table.flatten()
        return np.array_equal(self.picture, vector) and np.array_equal(self.strip, vector)

    @property
    def follow(self) -> bool:
        """Whether they follow the pen; if not, they show what the server sent."""
        return self.label == "as drawn"


class Visit:
    """One person's visit to the page."""

    def __init__(self, tab: Tab) -> None:
        self._tab = tab
        module = base64.b64encode(PAGE_MODULE.read_bytes()).decode("ascii")
        # By a blob: address, as the page's policy allows no data: address for a script.
        blob = f"new Blob([atob('{module}')], {{type: 'text/javascript'}})"
        self._module = f"(window.visited ??= import(URL.createObjectURL({blob})))"
        wait(lambda: self._call("isReady"), bool)

    # What a person does

    def put_pen_down_and_draw(self, stroke: Stroke) -> None:
        """Draw a stroke without lifting the pen, x and y in shares of the canvas."""
        canvas = self._place("canvas", "canvas.upper-canvas")
        corner = np.array([canvas["left"], canvas["top"]])
        points = corner + np.array(stroke) * [canvas["width"], canvas["height"]]
        self._tab.move_to(*points[0])
        self._tab.press()
        for start, end in itertools.pairwise(points):
            for share in np.linspace(0, 1, MOVES_PER_LINE + 1)[1:]:
                self._tab.move_to(*(start + share * (end - start)))

    def lift_pen(self) -> None:
        self._tab.release()

    def click(self, key: str, label: str) -> None:
        """Click the button with a label in the part of the page with a key."""
        button = self._place(key, "button", label)
        self._tab.move_to(
            button["left"] + button["width"] / 2, button["top"] + button["height"] / 2
        )
        self._tab.press()
        self._tab.release()

    # What a person sees

    def views(self) -> Views:
        return Views.of(self._call("views"))

    def wait_for_views(self, holds: Callable[[Views], object]) -> Views:
        """Wait until something holds for the views, and return them as they are then."""
        return wait(self.views, holds)

    def wait_for_text(self, key: str, expected: str) -> None:
        """Wait until a text can be seen in the part of the page with a key."""
        wait(lambda: str(self._call("text", key)), lambda text: expected in text)

    def problems(self) -> list[str]:
        """Return what went wrong, whether the page tells of it or not."""
        errors: list[str] = self._call("errorsShown")
        return errors + self._tab.problems()

    # How it is found out

    def _call(self, function: str, *values: object) -> Any:
        """Return what a function of the page's module returns."""
        given = ", ".join(map(json.dumps, values))
        return self._tab.evaluate(f"{self._module}.then((page) => page.{function}({given}))")

    def _place(self, key: str, selector: str, label: str = "") -> dict[str, float]:
        place: dict[str, float] = wait(lambda: self._call("place", key, selector, label), bool)
        return place


def wait(look: Callable[[], Seen], holds: Callable[[Seen], object]) -> Seen:
    """Look again and again until something holds for what is seen, and return that."""
    deadline = time.monotonic() + WAIT_S
    while not holds(seen := look()):
        assert time.monotonic() < deadline, f"Waited for {WAIT_S} s, and still see:\n{seen}"
        time.sleep(LOOK_AGAIN_S)
    return seen
