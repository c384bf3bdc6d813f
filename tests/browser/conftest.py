"""The page in a real browser."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import pytest
from playwright.sync_api import Browser, Route, expect, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from tests.browser.chromium import FETCH, launch
from tests.browser.contexts import LAPTOP, PHONE, REMEMBER_ALL, Contexts
from tests.browser.pages import WAIT_MS, PixelvizPage
from tests.browser.pupils import PupilsPage
from tests.browser.server import serve
from tests.installed import skip

OpenPage = Callable[..., PixelvizPage]
OpenPupil = Callable[..., PupilsPage]

expect.set_options(timeout=WAIT_MS)  # a busy machine may be slow


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        try:
            browser = launch(playwright)
        except PlaywrightError as error:
            message = (
                "There is no browser to test with. Install Chromium or Chrome, "
                f"or run: {' '.join(FETCH)}"
            )
            skip(f"{message}\n{error}")
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def address(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the page once for all tests that do not spoil it."""
    with serve(root, log=tmp_path_factory.mktemp("server") / "log") as address:
        yield address


@pytest.fixture(scope="session")
def contexts(browser: Browser) -> Iterator[Contexts]:
    with Contexts(browser) as contexts:
        yield contexts


@pytest.fixture
def open_page(browser: Browser, contexts: Contexts, address: str) -> Iterator[OpenPage]:
    """Return what opens the page for a new visitor, on a screen of a size and a colour scheme.

    Two visitors share a browser's cookies and cache, unless one has `own_browser=True`. Whatever
    the page asks for that fits a pattern in `answers` gets that answer in place of the server's.
    """
    opened = []

    def open_one(
        at: str = address,
        width: int = LAPTOP["width"],
        height: int = LAPTOP["height"],
        *,
        own_browser: bool = False,
        answers: Mapping[str, Callable[[Route], None]] = MappingProxyType({}),
        **context_options: object,
    ) -> PixelvizPage:
        options = {"viewport": {"width": width, "height": height}} | context_options
        tab = (
            browser.new_page(**options)  # type: ignore[arg-type]
            if own_browser
            else contexts.open_tab(at, options)
        )
        tab.add_init_script(REMEMBER_ALL)
        opened.append(tab)
        for pattern, answer in answers.items():
            tab.route(pattern, answer)
        return PixelvizPage(tab, at)

    yield open_one
    for tab in opened:
        tab.close()
    contexts.forget_visitors()


@pytest.fixture
def open_pupil(browser: Browser, address: str) -> Iterator[OpenPupil]:
    """Return what opens the page in a browser of a pupil's own; no error may have been met."""
    pages = []

    def open_one(path: str = "/class/", at: str = address, **options: object) -> PupilsPage:
        context = browser.new_context(**(PHONE | options))  # type: ignore[arg-type]
        page = PupilsPage(context.new_page())
        page.page.goto(at + path)
        pages.append(page)
        return page

    yield open_one
    for page in pages:
        page.page.context.close()
        assert page.problems == []


@pytest.fixture(scope="session")
def session_page(contexts: Contexts, address: str) -> PixelvizPage:
    return PixelvizPage(contexts.open_tab(address, {"viewport": LAPTOP}), address)


@pytest.fixture
def page(session_page: PixelvizPage) -> Iterator[PixelvizPage]:
    """Return the page as it opens on a laptop; it must not have met any problem in the end.

    Opening it costs more than most tests: so it is one page for all, on which each finds the tools
    as they are at first, and nothing drawn.
    """
    session_page.start_over()
    yield session_page
    assert session_page.problems == []


@pytest.fixture(scope="session")
def session_phone(contexts: Contexts, address: str) -> PixelvizPage:
    return PixelvizPage(contexts.open_tab(address, PHONE), address)


@pytest.fixture
def phone(session_phone: PixelvizPage) -> PixelvizPage:
    """Return the page as it opens on a phone: one page for all, like `page`."""
    session_phone.start_over()
    return session_phone


@pytest.fixture
def quiet_page(page: PixelvizPage) -> PixelvizPage:
    """Return the page as it opens for those who ask for less motion."""
    page.page.emulate_media(reduced_motion="reduce")
    return page


@pytest.fixture(scope="module")
def module_page(contexts: Contexts, address: str) -> Iterator[PixelvizPage]:
    """Return a page that the tests of a module share, those that leave it as it was."""
    page = PixelvizPage(contexts.open_tab(address, {"viewport": LAPTOP}), address)
    yield page
    assert page.problems == []
    page.page.close()
