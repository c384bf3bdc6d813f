"""WebKitGTK's own small browser, through WebDriver, on a screen that is only in memory."""

import contextlib
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from selenium import webdriver
from selenium.webdriver.remote.client_config import ClientConfig
from selenium.webdriver.remote.command import Command
from selenium.webdriver.remote.remote_connection import RemoteConnection

from tests.browser.engines.visit import WAIT_S, OpenTab, Tab, wait
from tests.installed import require

SCREEN_PX = (1366, 868)

LISTEN = """
    // The page's scripts are modules: they do not run before the document has been read, which is
    // time enough to listen for their errors. Should they have run, the page is opened once more.
    const root = location.href.startsWith(arguments[0]) && document.getElementById("root");
    if (!root) return false;
    if (root.childElementCount > 0) {
        location.reload();
        return false;
    }
    window.problems = [];
    addEventListener("error", ({ message, target }) =>
        problems.push(message ?? `no answer: ${target.src ?? target.href}`), { capture: true });
    addEventListener("unhandledrejection", ({ reason }) => problems.push(String(reason)));
    return true;
"""


@contextlib.contextmanager
def webkit(log: Path) -> Iterator[OpenTab]:
    """Give what opens a tab; each has a browser of its own, which ends with it.

    Args:
        log: Where the driver's output goes.
    """
    driver = require("WebKitWebDriver", package="webkit2gtk-driver")
    with _screen() as display:
        environment = os.environ | {"DISPLAY": display}
        service = webdriver.WebKitGTKService(driver, env=environment, log_output=str(log))
        service.start()
        driven = RemoteConnection(client_config=ClientConfig(service.service_url, timeout=WAIT_S))
        options = webdriver.WebKitGTKOptions()
        options.page_load_strategy = "none"  # there is something to do while it loads

        @contextlib.contextmanager
        def open_tab(address: str) -> Iterator[Tab]:
            with webdriver.Remote(driven, options=options) as session:
                session.set_window_rect(0, 0, *SCREEN_PX)
                session.get(address)
                wait(lambda: session.execute_script(LISTEN, address), bool)
                yield WebKitTab(session)

        try:
            yield open_tab
        finally:
            service.stop()


class WebKitTab:
    """A `Tab`."""

    def __init__(self, session: webdriver.Remote) -> None:
        self._session = session

    def evaluate(self, expression: str) -> Any:
        return self._session.execute_script(f"return {expression}")

    def move_to(self, x: float, y: float) -> None:
        self._do({"type": "pointerMove", "duration": 0, "x": round(x), "y": round(y)})

    def press(self) -> None:
        self._do({"type": "pointerDown", "button": 0})

    def release(self) -> None:
        self._do({"type": "pointerUp", "button": 0})

    def problems(self) -> list[str]:
        problems: list[str] = self.evaluate("window.problems")
        return problems

    def _do(self, action: dict[str, object]) -> None:
        """Let the mouse act, as the WebDriver standard writes it."""
        mouse = {"type": "pointer", "id": "mouse", "actions": [action]}
        self._session.execute(Command.W3C_ACTIONS, {"actions": [mouse]})


@contextlib.contextmanager
def _screen() -> Iterator[str]:
    """Start a screen, and give the name of its display, which no other screen has."""
    width, height = SCREEN_PX
    command = [require("Xvfb", package="xvfb"), "-screen", "0", f"{width}x{height}x24"]
    command += ["-noreset"]  # else it starts anew, and is away, whenever its last window closes
    read, write = os.pipe()
    with (
        os.fdopen(read) as ready,
        subprocess.Popen(
            [*command, "-displayfd", str(write)], pass_fds=[write], stderr=subprocess.DEVNULL
        ) as screen,
    ):
        os.close(write)
        try:
            yield f":{ready.readline().strip()}"
        finally:
            screen.terminate()
