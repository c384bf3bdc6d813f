"""Firefox, through WebDriver BiDi: puppeteer drives it, and Node.js runs puppeteer."""

import contextlib
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.browser.engines.visit import OpenTab, Tab
from tests.conftest import ROOT
from tests.installed import require
from tests.node import installed_packages, node


@contextlib.contextmanager
def firefox(log: Path) -> Iterator[OpenTab]:
    """Start the browser, without a window, and give what opens a tab in it.

    Args:
        log: Where the errors of Node.js go.
    """
    browser = require("firefox-esr", "firefox", package="firefox-esr")
    script = installed_packages(ROOT) / "engines" / "firefox.js"
    with (
        log.open("wb") as errors,
        subprocess.Popen(
            [node(), script, browser],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True,
        ) as process,
    ):  # fmt: skip
        tab = FirefoxTab(process, log)

        @contextlib.contextmanager
        def open_tab(address: str) -> Iterator[Tab]:
            tab.tell("open", address)
            try:
                yield tab
            finally:
                tab.tell("close")

        yield open_tab  # in the end standard input is closed, and with it the browser


class FirefoxTab:
    """A `Tab`."""

    def __init__(self, process: subprocess.Popen[str], log: Path) -> None:
        self._process, self._log = process, log

    def evaluate(self, expression: str) -> Any:
        return self.tell("evaluate", expression)

    def move_to(self, x: float, y: float) -> None:
        self.tell("moveTo", x, y)

    def press(self) -> None:
        self.tell("press")

    def release(self) -> None:
        self.tell("release")

    def problems(self) -> list[str]:
        problems: list[str] = self.tell("problems")
        return problems

    def tell(self, command: str, *values: object) -> Any:
        """Return what a command of firefox.js returns."""
        assert self._process.stdin
        assert self._process.stdout
        line = ""
        with contextlib.suppress(BrokenPipeError):
            print(json.dumps({"command": command, "values": values}), file=self._process.stdin)
            self._process.stdin.flush()
            line = self._process.stdout.readline()
        assert line, f"Node.js has ended:\n{self._log.read_text(errors='replace')}"
        result = json.loads(line)
        assert "error" not in result, f"{command}: {result['error']}"
        return result["value"]
