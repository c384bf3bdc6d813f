"""A real browser: an installed Chromium or Chrome, else the one that Playwright fetches."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from tests.browser.pages import PixelvizPage
from tests.browser.server import serve

INSTALLED = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
# No sandbox, since tests run as root in containers; and no calls home.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]

OpenPage = Callable[..., PixelvizPage]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = _launch(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def address(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the page once for all tests that do not spoil it."""
    with serve(root, log=tmp_path_factory.mktemp("server") / "log") as address:
        yield address


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[OpenPage]:
    """Return what opens the page as a new person, on a screen of a size and a colour scheme."""
    contexts = []

    def open_one(
        at: str = address, width: int = 1366, height: int = 768, **context_options: object
    ) -> PixelvizPage:
        options = {"viewport": {"width": width, "height": height}} | context_options
        context = browser.new_context(**options)  # type: ignore[arg-type]
        contexts.append(context)
        return PixelvizPage(context.new_page(), at)

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture
def page(open_page: OpenPage) -> Iterator[PixelvizPage]:
    """Return the page as it opens on a laptop; it must not have met any problem in the end."""
    opened = open_page()
    yield opened
    assert opened.problems == []


def _launch(playwright: Playwright) -> Browser:
    installed = next(filter(None, map(shutil.which, INSTALLED)), None)
    if installed is None:
        _fetch()
    try:
        return playwright.chromium.launch(executable_path=installed, args=FLAGS)
    except PlaywrightError as error:
        message = (
            "There is no browser to test with. Install Chromium or Chrome, "
            f"or run: {sys.executable} -m playwright install chromium"
        )
        if os.environ.get("CI") == "true":
            pytest.fail(f"{message}\n{error}")
        pytest.skip(message)


def _fetch() -> None:
    """Have Playwright fetch its own Chromium; where it cannot, the launch says what to do."""
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    subprocess.run(command, check=False, timeout=600)
