"""The page's scripts are modules of their own: fetched once, below any path, in any version."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Response, Route, expect

from pixelviz.page import component
from pixelviz.page.component import PRELOADED, SCRIPTS, VIEWS
from tests.browser.conftest import OpenPage
from tests.browser.pages import WAIT_MS, PixelvizPage
from tests.browser.server import copy_of_page, free_port, serve
from tests.drawings import SEVEN

PAGE = Path(component.__file__).parent
VIEW = "pixelviz/page/pixel_view"
SORRY = "This part of the page could not be loaded. Reload the page."
STARTS = """() => performance.getEntriesByType('resource')
    .map(({name, startTime}) => [new URL(name).pathname, startTime])"""
FETCHED = """() => performance.getEntriesByType('resource')
    .filter(({name}) => name.includes('/pixelviz/') && name.endsWith('.js'))
    .map(({name, transferSize}) => [new URL(name).pathname.slice(1), transferSize])"""


def fetched(page: PixelvizPage) -> dict[str, int]:
    """Return how many bytes each module was that the page, or its worker, has fetched by now."""
    sizes: dict[str, int] = {}
    for name, size in page.page.evaluate(FETCHED):
        sizes[name] = sizes.get(name, 0) + size
    return sizes


def test_each_module_is_fetched_once_and_kept(open_page: OpenPage, address: str) -> None:
    needed = {each for script in VIEWS for each in SCRIPTS.addresses(script)}
    page = open_page(own_browser=True)
    page.wait_until(lambda: fetched(page).keys() >= needed)
    page.draw(SEVEN)
    page.expect_digit(7)
    first = fetched(page)
    for name, size in first.items():
        script = PAGE / name.split("/", 2)[2]
        # Browsers count 300 bytes for the header of each answer that they have fetched.
        assert 0 < size < 2 * (script.stat().st_size + 300)
    page.page.goto(address)
    page.wait_until(lambda: fetched(page).keys() >= needed)
    page.draw(SEVEN)
    page.expect_digit(7)
    again = fetched(page)
    assert again.keys() == first.keys()
    assert not any(again.values())  # all from the browser's own store


def test_the_modules_are_fetched_while_streamlit_starts(open_page: OpenPage) -> None:
    page = open_page(own_browser=True)
    starts = page.page.evaluate(STARTS)
    component = next(start for path, start in starts if "/BidiComponent" in path)
    preloaded = {f"/{address}" for script in PRELOADED for address in SCRIPTS.addresses(script)}
    first = dict(reversed(starts))  # the worker asks for some again
    assert len(preloaded) > 5
    assert component > max(first[path] for path in preloaded)


@pytest.mark.parametrize("how", ["missing", "broken off"])
@pytest.mark.parametrize("module", ["pixel_view/pixel_view.js", "browser/painter.js"])
def test_where_a_module_cannot_be_loaded_the_page_says_so(
    browser: Browser, address: str, how: str, module: str
) -> None:
    page = browser.new_page(viewport={"width": 1366, "height": 768})

    def fail(route: Route) -> None:
        if how == "missing":
            route.fulfill(status=404)
        else:
            route.abort()

    page.route(f"**/{module}", fail)
    page.goto(address)
    sorry = page.locator(".st-key-pixel_view").get_by_role("alert")
    expect(sorry).to_have_text(SORRY, timeout=WAIT_MS)
    expect(page.locator(".st-key-canvas canvas.upper-canvas")).to_be_visible(timeout=WAIT_MS)
    expect(page.locator(".st-key-prediction")).to_contain_text("Draw a digit", timeout=WAIT_MS)
    text, title = sorry.bounding_box(), page.locator(".st-key-canvas_title").bounding_box()
    assert text is not None
    assert title is not None
    assert text["x"] >= title["x"] + title["width"]  # beside the canvas, not over it
    page.close()


def test_controls_take_clicks_once_their_script_is_there(open_page: OpenPage, address: str) -> None:
    page = open_page(own_browser=True)
    held: list[Route] = []
    page.page.route("**/unroll.js", lambda route: held.append(route))
    page.page.goto(f"{address}/?chapter=unroll")
    chapter = page.page.locator(".st-key-chapter_unroll")
    step, line = chapter.locator("button.step"), chapter.locator("output")
    page.wait_until(lambda: bool(held))
    expect(step).to_be_attached(timeout=WAIT_MS)
    assert step.evaluate("button => button.closest('[inert]') !== null")
    held[0].continue_()
    step.click(timeout=WAIT_MS)
    expect(line).to_contain_text("row 0 → features 0 to 27", timeout=WAIT_MS)


def test_a_page_that_is_open_while_its_server_is_updated_goes_on(
    root: Path, tmp_path: Path, open_page: OpenPage
) -> None:
    folder, port = copy_of_page(root, tmp_path / "page"), free_port()
    with serve(folder, log=tmp_path / "old", port=port) as address:
        page = open_page(at=address)
        page.draw(SEVEN)
        page.expect_digit(7)
        page.wait_until_answered()
        page.wait_until_idle()
    with (folder / VIEW / "value_text.js").open("a", encoding="utf-8") as script:
        script.write("\n// another version\n")
    fetched: list[Response] = []
    page.page.on("response", lambda response: fetched.append(response))
    with serve(folder, log=tmp_path / "new", port=port):
        expect_answered_by_another_version(page, fetched)
        page.wait_until(lambda: bool(page.integers().any()))  # the drawing comes back
        page.wait_until(lambda: pins(page, 401))
        page.page.mouse.move(5, 5)
        assert page.lit("pin") == (401, 401, 401)
        page.draw([((0.1, 0.9), (0.9, 0.9))])
        page.wait_until_answered()
        page.wait_until_views_agree()


def pins(page: PixelvizPage, index: int) -> bool:
    """Return whether a pixel is pinned, else click on it: the view may be replaced meanwhile."""
    cell = page.table.locator(f"td[data-index='{index}']")
    if "pin" in (cell.get_attribute("class") or "").split():
        return True
    cell.click()
    return False


def expect_answered_by_another_version(page: PixelvizPage, fetched: list[Response]) -> None:
    """Wait until the page has the new version's scripts, and has used them."""
    page.wait_until(lambda: any(each.url.endswith("pixel_view.js") for each in fetched))
    page.wait_until_idle()
    expect(page.table.locator("tbody td")).to_have_count(784)
