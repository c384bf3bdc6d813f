"""The page asks nobody but its own server for anything, and its policy does not get in its way."""

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.pages import WAIT_MS, PixelvizPage
from tests.browser.test_lesson import CHAPTERS
from tests.browser.test_sources import give, go_back
from tests.drawings import SEVEN
from tests.photographs import CONDITIONS, photo_of, smaller

INLINE = {"data", "blob"}

LISTEN = """() => {
    window.violations = []
    addEventListener('securitypolicyviolation', ({effectiveDirective, blockedURI}) =>
        violations.push(`${effectiveDirective} ${blockedURI}`))
}"""

CAMERA = """() => {
    const canvas = Object.assign(document.createElement('canvas'), {width: 320, height: 240})
    const paint = () => canvas.getContext('2d').fillRect(0, 0, canvas.width, canvas.height)
    navigator.mediaDevices.getUserMedia = async () => {
        setInterval(paint, 50)
        return canvas.captureStream()
    }
}"""
"""A camera that sees a black wall."""

ELSEWHERE = "http://elsewhere.example"


class Traffic:
    """Where the requests of a page go, and what its Content-Security-Policy stops."""

    def __init__(self, page: Page, address: str) -> None:
        self._page = page
        self._own = urlsplit(address).netloc
        self.count = 0
        self.elsewhere: list[str] = []
        page.add_init_script(f"({LISTEN})()")
        page.on("request", lambda request: self._see(request.url))
        page.on("websocket", lambda socket: self._see(socket.url))

    def stopped(self) -> list[str]:
        """Return what the policy has stopped since the page was opened."""
        violations: list[str] = self._page.evaluate("window.violations")
        return violations

    def _see(self, url: str) -> None:
        self.count += 1
        parts = urlsplit(url)
        if parts.scheme not in INLINE and parts.netloc != self._own:
            self.elsewhere.append(url)


@pytest.fixture(scope="module")
def visit(browser: Browser, address: str) -> Iterator[tuple[PixelvizPage, Traffic]]:
    """Return a page that all tests here share, in a browser of its own that has nothing stored."""
    tab = browser.new_page()
    tab.add_init_script(f"({CAMERA})()")
    traffic = Traffic(tab, address)
    page = PixelvizPage(tab, address)
    page.draw(SEVEN)
    page.expect_digit(7)
    yield page, traffic
    assert page.problems == []
    tab.close()


def open_chapters(page: PixelvizPage) -> None:
    for name, title in CHAPTERS.items():
        page.choice("chapter", title).click()
        expect(page.page.locator(f".st-key-chapter_{name}")).to_be_visible(timeout=WAIT_MS)
        page.wait_until_idle()


def bring_a_photo(page: PixelvizPage) -> None:
    give(page, "photo.jpg", photo_of("5", smaller(CONDITIONS["sheet on wood"]), seed=3))
    expect(page.page.get_by_text("4. Ink")).to_be_visible(timeout=WAIT_MS)
    go_back(page.page)
    page.wait_until_idle()


def take_a_photo(page: PixelvizPage) -> None:
    page.button("sources").click()
    page.page.get_by_role("tab", name="Camera").click()
    page.page.get_by_role("button", name="Take photo").click()
    expect(page.page.get_by_role("dialog").get_by_text("Expected")).to_be_visible(timeout=WAIT_MS)
    go_back(page.page)
    page.wait_until_idle()


def save_a_file(page: PixelvizPage) -> None:
    page.button("export").click()
    menu = page.page.get_by_test_id("stPopoverBody")
    with page.page.expect_download():
        menu.get_by_role("button", name="PNG, large").click()
    page.page.keyboard.press("Escape")
    page.wait_until_idle()


@pytest.mark.parametrize("act", [open_chapters, bring_a_photo, take_a_photo, save_a_file])
def test_nothing_is_asked_of_another_server_and_nothing_of_the_pages_own_is_stopped(
    visit: tuple[PixelvizPage, Traffic], act: Callable[[PixelvizPage], None]
) -> None:
    page, traffic = visit
    page.page.bring_to_front()
    act(page)
    assert traffic.count > 100
    assert traffic.elsewhere == []
    assert traffic.stopped() == []


@pytest.mark.parametrize(
    ("asking", "directive"),
    [
        ("document.body.append(Object.assign(new Image(), {src}))", "img-src"),
        ("fetch(src).catch(() => null)", "connect-src"),
        ("void new WebSocket(src.replace('http', 'ws'))", "connect-src"),
        (
            "document.body.append(Object.assign(document.createElement('script'), {src}))",
            "script-src-elem",
        ),
    ],
)
def test_the_policy_stops_what_would_ask_another_server(
    visit: tuple[PixelvizPage, Traffic], asking: str, directive: str
) -> None:
    page, traffic = visit
    page.page.evaluate("window.violations = []")
    page.page.evaluate(f"src => {{ {asking} }}", f"{ELSEWHERE}/x")
    page.wait_until(lambda: bool(traffic.stopped()))
    [stopped] = traffic.stopped()
    assert stopped.startswith(f"{directive} ")
    assert "elsewhere.example" in stopped
    page.page.evaluate("window.violations = []")
    page.problems.clear()
    traffic.elsewhere.clear()


def test_a_request_to_another_server_is_noticed(browser: Browser, address: str) -> None:
    tab = browser.new_page(bypass_csp=True)
    tab.route(f"{ELSEWHERE}/**", lambda route: route.fulfill(body=""))
    traffic = Traffic(tab, address)
    tab.goto(f"{address}/_stcore/health")
    with tab.expect_request(f"{ELSEWHERE}/x"):
        tab.evaluate("src => { new Image().src = src }", f"{ELSEWHERE}/x")
    assert traffic.elsewhere == [f"{ELSEWHERE}/x"]
    tab.close()
