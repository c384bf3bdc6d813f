"""The chapter Data in a browser: MNIST in parts, any picture of it, and the digits of a visit."""

import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from playwright.sync_api import Locator, Route, expect

from pixelviz import raster
from pixelviz.data import mnist, mnist_parts
from pixelviz.data.mnist import Mnist
from pixelviz.vector import unroll
from tests import mnist_sample
from tests.browser.conftest import OpenPage
from tests.browser.pages import WAIT_MS, PixelvizPage
from tests.browser.server import serve
from tests.browser.test_accessibility import expect_nothing_serious
from tests.browser.test_lesson import open_chapter
from tests.drawings import CROSSED_SEVEN

PIXELS = """canvas => Array.from(canvas.getContext('2d').getImageData(0, 0, 28, 28).data)
    .filter((_, at) => at % 4 === 0)"""


@pytest.fixture(scope="module")
def with_mnist(
    root: Path, tmp_path_factory: pytest.TempPathFactory, digits: Mnist
) -> Iterator[str]:
    """Serve the page where MNIST is on the server, or the sample that passes for it."""
    folder = tmp_path_factory.mktemp("mnist")
    (folder / "sitecustomize.py").write_text(
        f"from pixelviz.data import mnist\nmnist.SHA256.update({mnist_sample.hashes(digits)!r})\n"
    )
    path = os.environ.get(mnist.PATH_VARIABLE, str(mnist_sample.SAMPLE))
    settings = {mnist.PATH_VARIABLE: path, "PYTHONPATH": f"{folder}{os.pathsep}{root}"}
    with serve(root, log=folder / "log", settings=settings) as address:
        yield address


def part(page: PixelvizPage, key: str) -> Locator:
    return page.page.locator(f".st-key-{key}")


def pixels_of(canvas: Locator) -> NDArray[np.uint8]:
    return np.array(canvas.evaluate(PIXELS), np.uint8).reshape(28, 28)


def first_part(digits: Mnist) -> tuple[NDArray[np.uint8], NDArray[np.uint8], int]:
    """Return the pictures of the first part, their targets, and how many are for training."""
    first = mnist_parts.parts_of(len(digits.x_train), len(digits.x_test))[0]
    training, test = slice(*first.training), slice(*first.test)
    grids = np.concatenate([digits.x_train[training], digits.x_test[test]])
    targets = np.concatenate([digits.y_train[training], digits.y_test[test]])
    return grids, targets, first.training[1]


def test_the_first_part_of_mnist_is_looked_at_put_on_the_canvas_and_searched(
    open_page: OpenPage, with_mnist: str, digits: Mnist
) -> None:
    grids, targets, training = first_part(digits)
    page = open_page(f"{with_mnist}/?chapter=mnist")  # the address that the chapter had before
    page.expect_nothing_drawn()
    page.draw(CROSSED_SEVEN)
    page.expect_digit(7)
    sources, pictures = part(page, "sources_of_data"), part(page, "pictures")
    sources.get_by_role("button", name="Fetch").click(timeout=WAIT_MS)
    expect(sources.locator(".about")).to_contain_text(f"{len(grids):,} pictures")
    number = training + 34
    pictures.get_by_role("spinbutton", name="Number").fill(str(number))
    page.page.keyboard.press("Enter")
    expect(pictures.locator(".caption")).to_have_text(
        f"Number {number:,}: target {targets[number]}, test set"
    )
    assert np.array_equal(pixels_of(pictures.locator(".large")), grids[number])

    wall = pictures.locator(".wall")
    wall.press("Home")
    expect(pictures.locator(".caption")).to_contain_text(f"Number 0: target {targets[0]}")
    wall.press("ArrowRight")
    expect(pictures.locator(".caption")).to_contain_text(f"Number 1: target {targets[1]}")
    pictures.get_by_role("radio", name="3").check()
    threes = np.flatnonzero(targets == 3)
    wall.press("End")
    expect(pictures.locator(".caption")).to_contain_text(f"Number {threes[-1]:,}: target 3")
    page.page.evaluate("document.activeElement.blur()")
    wall.hover()
    before = wall.evaluate("wall => wall.scrollTop")
    page.page.mouse.wheel(0, -40)  # over a wall that nobody has clicked, the chapter scrolls
    page.after_frames()
    assert wall.evaluate("wall => wall.scrollTop") == before
    wall.evaluate("wall => { wall.scrollTop = 0 }")
    wall.click(position={"x": 58 + 20, "y": 20})
    expect(pictures.locator(".caption")).to_contain_text(f"Number {threes[1]:,}: target 3")
    assert np.array_equal(pixels_of(pictures.locator(".large")), grids[threes[1]])

    means = part(page, "means")
    means.scroll_into_view_if_needed()
    expect(means.locator(".training th")).to_have_text("training set")
    for name, some in (("training", targets[:training]), ("test", targets[training:])):
        counts = np.bincount(some, minlength=10)
        expect(means.locator(f".{name} td")).to_have_text([f"{count:,}" for count in counts])
    mean = grids[targets == 3].mean(axis=0)
    shown = pixels_of(means.locator(".images canvas").nth(3))
    assert np.abs(shown - mean).max() <= 0.5 + 1e-9
    drawn = page.integers().astype(np.int64)
    away = [np.linalg.norm(drawn - grids[targets == each].mean(axis=0)) for each in range(10)]
    expect(means.locator(".distances td")).to_have_text([f"{each:,.0f}" for each in away])
    expect(means.locator(".nearest")).to_contain_text(f"is that of {int(np.argmin(away))}")

    means.get_by_role("radio", name="the picture shown above").check()
    chosen = grids[threes[1]].astype(np.int64)
    away = [np.linalg.norm(chosen - grids[targets == each].mean(axis=0)) for each in range(10)]
    expect(means.locator(".distances td")).to_have_text([f"{each:,.0f}" for each in away])
    expect(means.locator(".nearest")).to_have_text(
        f"The mean image nearest to number {threes[1]:,}, target 3, is that of "
        f"{int(np.argmin(away))}: {min(away):,.0f} away."
    )

    expect_neighbours(page, grids, targets)
    pictures.scroll_into_view_if_needed()
    pictures.get_by_role("button", name="Put it on the canvas").click()
    page.wait_until_views_show(grids[threes[1]])
    part(page, "neighbours").scroll_into_view_if_needed()
    expect(part(page, "neighbours").locator("li span").first).to_contain_text(
        f"number {threes[1]:,}, distance 0"
    )
    expect_nothing_serious(page)
    assert page.problems == []


def expect_neighbours(
    page: PixelvizPage, grids: NDArray[np.uint8], targets: NDArray[np.uint8]
) -> None:
    """Expect the ten nearest pictures that a search through all of them finds."""
    vectors = grids.reshape(len(grids), -1).astype(np.float64)
    distances = np.linalg.norm(vectors - unroll(page.integers().astype(np.uint8)), axis=1)
    nearest = np.argsort(distances, kind="stable")[:10]
    neighbours = part(page, "neighbours")
    neighbours.scroll_into_view_if_needed()
    expect(neighbours.locator("li b")).to_have_text([f"target {each}" for each in targets[nearest]])
    expect(neighbours.locator("li span")).to_have_text(
        [f"number {each:,}, distance {distances[each]:,.0f}" for each in nearest]
    )
    most = np.bincount(targets[nearest]).max()
    expect(neighbours.locator(".most")).to_contain_text(f"{most} of 10")


def test_on_a_slow_line_a_bar_shows_how_much_has_come_and_it_can_be_stopped(
    open_page: OpenPage, with_mnist: str
) -> None:
    page = open_chapter(open_page, with_mnist, "data")
    waiting: list[Route] = []
    page.page.route("**/pixelviz/mnist/**", lambda route: waiting.append(route))
    sources = part(page, "sources_of_data")
    fetch, stop = (sources.get_by_role("button", name=name) for name in ("Fetch", "Stop"))
    fetch.click(timeout=WAIT_MS)
    expect(sources.get_by_role("progressbar")).to_be_visible()
    stop.click()
    expect(fetch).to_be_visible()
    expect(sources.locator(".about")).to_contain_text("not in this browser yet")
    page.page.unroute_all(behavior="ignoreErrors")
    page.page.route("**/pixelviz/mnist/**", lambda route: route.fulfill(status=500))
    fetch.click()
    expect(sources.get_by_role("alert")).to_contain_text("did not come whole")
    page.page.unroute_all()
    fetch.click()
    pictures = part(page, "pictures")
    expect(pictures.locator(".wall")).to_be_visible()
    expect(sources.locator(".problem")).to_be_empty()

    # Whoever keeps digits beside MNIST goes on to see them, and MNIST again without them.
    visit = sources.get_by_role("radio", name="Digits of this visit")
    visit.check()
    expect(sources.locator(".about")).to_contain_text("everything below shows MNIST")
    sources.get_by_role("button", name="Keep all ten examples").click()
    expect(sources.locator(".about")).to_contain_text("10 pictures")
    expect(pictures.locator(".under")).to_contain_text("10 pictures")
    sources.get_by_role("button", name="Throw all away").click()
    expect(visit).to_be_checked()
    expect(sources.locator("output")).to_have_text("All are thrown away. 0 digits of this visit.")
    expect(pictures.locator(".caption")).to_contain_text("training set")


def test_drawings_are_kept_with_their_labels_by_click_and_key_and_over_a_reload(
    open_page: OpenPage, address: str
) -> None:
    page = open_chapter(open_page, address, "data", color_scheme="dark")
    sources, pictures = part(page, "sources_of_data"), part(page, "pictures")
    sources.get_by_role("radio", name="Digits of this visit").check(timeout=WAIT_MS)
    seven = sources.get_by_role("button", name="Keep this as a 7")
    seven.click()
    expect(sources.locator("output")).to_contain_text("Draw a digit first")
    page.button("example_4").click()
    page.expect_digit(4)
    page.wait_until_idle()
    drawn = raster.to_grid(page.ink())
    seven.press("4")
    expect(sources.locator("output")).to_contain_text("Kept as a 4. 1 digit of this visit")
    assert np.array_equal(pixels_of(pictures.locator(".large")), drawn)
    sources.get_by_role("button", name="Keep all ten examples").click()
    expect(sources.locator("output")).to_contain_text("11 digits of this visit")
    pictures.get_by_role("spinbutton", name="Number").fill("0")
    page.page.keyboard.press("Enter")
    expect(pictures.locator(".caption")).to_have_text("Number 0: target 4")
    page.page.set_viewport_size({"width": 390, "height": 844})
    expect_nothing_serious(page)

    page.page.reload()
    expect(sources.locator(".about")).to_contain_text("11 pictures", timeout=WAIT_MS)
    expect(pictures.locator(".caption")).to_have_text("Number 0: target 4")
    pictures.get_by_role("button", name="Throw it away").click()
    expect(sources.locator(".about")).to_contain_text("10 pictures")
    sources.get_by_role("button", name="Throw all away").click()
    expect(pictures.locator(".none")).to_be_visible()
    assert page.problems == []
