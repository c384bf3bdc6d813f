"""Browser contexts that tests share: what the page consists of is fetched and compiled once."""

import re
from types import TracebackType
from typing import Any, NamedTuple, Self
from urllib.parse import urljoin

from playwright.sync_api import Browser, BrowserContext, Page

SMALL_FILE = "/_stcore/health"
"""A page of the server that is quick to open."""

LAPTOP = {"width": 1366, "height": 768}
"""The size of a screen, in pixels."""

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
"""A phone's screen, with a finger for a pointer."""

REMEMBER_ALL = "performance.setResourceTimingBufferSize(5000)"
"""A browser remembers the addresses of 250 files, and forgets those that come later."""

OF_A_VISITOR = re.compile("^(?!_streamlit_xsrf)")
"""The cookies that tell visitors apart. Pages that stay open need the other to upload a file."""

EMULATED = ("color_scheme", "reduced_motion")
"""Options that one tab of a context may have and another not."""


class _Shared(NamedTuple):
    context: BrowserContext
    anchor: Page
    """Stays open: when the last page of a site closes, its process ends and forgets the code."""


class Contexts:
    """Opens tabs in a browser, those with the same options in one context."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._shared: dict[frozenset[tuple[str, Any]], _Shared] = {}

    def open_tab(self, address: str, options: dict[str, Any]) -> Page:
        """Return an empty tab.

        Args:
            address: What will be opened in it.
            options: As of Playwright's `new_context`.
        """
        emulated = {name: options[name] for name in EMULATED if name in options}
        others = {name: options[name] for name in options if name not in (*EMULATED, "viewport")}
        key = frozenset(others.items())
        if key not in self._shared:
            context = self._browser.new_context(**others)
            context.add_init_script(REMEMBER_ALL)
            anchor = context.new_page()
            anchor.goto(urljoin(address, SMALL_FILE))
            self._shared[key] = _Shared(context, anchor)
        tab = self._shared[key].context.new_page()
        tab.set_viewport_size(options["viewport"])
        tab.emulate_media(**emulated)
        return tab

    def forget_visitors(self) -> None:
        """Remove what pages have stored in the browser."""
        for context, anchor in self._shared.values():
            anchor.evaluate("localStorage.clear()")
            context.clear_cookies(name=OF_A_VISITOR)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for shared in self._shared.values():
            shared.context.close()
