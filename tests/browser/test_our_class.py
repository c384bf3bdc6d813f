"""The chapter Our class in a teacher's browser, while devices give digits."""

import base64
import json
import time
import urllib.error
import urllib.request
import uuid
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from playwright.sync_api import Locator, expect

from pixelviz.arrays import Grid
from pixelviz.server import school_network
from pixelviz.vector import unroll
from tests.browser.conftest import OpenPage
from tests.browser.pages import PixelvizPage
from tests.browser.test_accessibility import expect_nothing_serious
from tests.browser.test_data import pixels_of
from tests.browser.test_lesson import open_chapter
from tests.grids import GRIDS, LINES

SEVEN, CROSSED = GRIDS["seven mnist"], GRIDS["crossed mnist"]

SOON_S = 5
"""So long after it was given, a digit is on the wall even on a busy machine."""

TILES = """canvas => {
    const {data} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
    return [canvas.width, Array.from(data).filter((_, at) => at % 4 === 0)]
}"""


def ask(address: str, path: str, key: str = "", *, method: str = "GET", body: object = None) -> Any:
    """Ask the server about a class, as any browser may."""
    content = None if body is None else json.dumps(body).encode()
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    url = f"{address}/classes/{path}"
    request = urllib.request.Request(url, content, headers, method=method)
    with urllib.request.urlopen(request) as answer:
        return json.loads(answer.read() or b"null")


def refused(address: str, path: str, key: str = "", **options: Any) -> int:
    """Return the status with which the server refuses it."""
    with pytest.raises(urllib.error.HTTPError) as error:
        ask(address, path, key, **options)
    error.value.close()
    return error.value.code


class Device:
    """A pupil's device, which has joined a class."""

    def __init__(self, address: str, code: str) -> None:
        self.address, self.code = address, code
        joined = ask(address, f"{code}/devices", method="POST", body={})
        self.key, mark = joined["key"], joined["mark"]
        self.name = f"{mark['colour']} {mark['animal']}"

    def given(self, label: int, grid: Grid) -> dict[str, object]:
        pixels = base64.b64encode(unroll(grid).tobytes()).decode()
        return {"label": label, "pixels": pixels, "give": str(uuid.uuid4())}

    def give(self, label: int, grid: Grid) -> None:
        path, body = f"{self.code}/digits", self.given(label, grid)
        ask(self.address, path, self.key, method="POST", body=body)


def part(page: PixelvizPage, name: str) -> Locator:
    return page.page.locator(f".st-key-class_{name}")


def expect_counts(page: PixelvizPage, text: str) -> None:
    expect(part(page, "start").locator(".counts")).to_contain_text(text)


def tile(wall: Locator) -> NDArray[np.uint8]:
    """Return the pixels of the marked digit on the wall; it is shown larger."""
    canvas, mark = (wall.locator(name).bounding_box() for name in (".tiles", ".mark"))
    assert canvas is not None
    assert mark is not None
    width, values = wall.locator(".tiles").evaluate(TILES)
    shown = np.array(values, np.uint8).reshape(-1, width)
    side, left, top = (
        round(each) for each in (mark["width"], mark["x"] - canvas["x"], mark["y"] - canvas["y"])
    )
    assert side % 28 == 0
    scale = side // 28
    return shown[top : top + side : scale, left : left + side : scale]


LOW = """mark => {
    mark.style.scrollMarginBottom = '160px'
    mark.scrollIntoView({block: 'end'})
}"""
"""Scrolls a digit to where the feature vector would cover what is below it."""


def start_class(page: PixelvizPage) -> tuple[str, str]:
    """Start a class, and return its code and the teacher's key, which the browser keeps."""
    start = part(page, "start")
    expect(start.locator("dl")).to_contain_text(
        "784 numbers, which digit it is meant to be, the mark"
    )
    start.get_by_role("button", name="Start a class").click()
    expect_counts(page, "0 devices, 0 digits")
    kept = json.loads(page.page.evaluate("localStorage.getItem('pixelviz.class.teacher')"))
    expect(start.locator(".code")).to_have_text(f"{kept['code'][:4]} {kept['code'][4:]}")
    return kept["code"], kept["key"]


def test_a_class_from_its_start_to_its_end(
    open_page: OpenPage, address: str, tmp_path: Path
) -> None:
    page = open_chapter(open_page, address, "class", own_browser=True)
    code, key = start_class(page)
    wall = part(page, "wall")
    expect(wall.locator(".empty")).to_contain_text("Nothing has been given yet")
    first, second = Device(address, code), Device(address, code)
    first.give(7, SEVEN)
    first.give(1, LINES)
    second.give(7, CROSSED)
    given_at = time.monotonic()
    expect_counts(page, "2 devices, 3 digits")
    assert time.monotonic() - given_at < SOON_S
    expect(wall.locator(".label")).to_have_text(
        [f"{digit}{ {7: 2, 1: 1}.get(digit, 0) }" for digit in range(10)]
    )

    expect_very_pixels(page, wall, first, second)
    expect_files(page, tmp_path)
    expect_nothing_serious(page)
    card = wall.locator(".card")
    wall.locator(".wall").press("End")
    card.get_by_role("button", name="Open in the four views").click()
    page.wait_until_views_show(CROSSED)
    expect(card).to_be_hidden()

    other = expect_second_window(open_page, address, code, key)
    expect_counts(page, "2 devices, 2 digits")  # that window has removed one
    expect_removal(page, other, wall, first, second)
    expect_pause(page, first)
    expect_end(page, other, first, key)
    assert page.problems == other.problems == []


def expect_very_pixels(page: PixelvizPage, wall: Locator, first: Device, second: Device) -> None:
    """Expect each digit with the pixels that were given, found by keys and by clicks."""
    wall.get_by_role("radio", name="device").check()
    by_name = {first.name: [(7, SEVEN), (1, LINES)], second.name: [(7, CROSSED)]}
    names = wall.locator(".label .name").all_inner_texts()
    assert set(names) == set(by_name)
    card = wall.locator(".card")
    wall.locator(".wall").press("Home")
    for name in names:
        for label, grid in by_name[name]:
            expect(card.locator(".who")).to_have_text(name)
            expect(card.locator(".what")).to_contain_text(f"Label {label}, given at ")
            assert np.array_equal(pixels_of(card.locator(".large")), grid)
            expect(wall.locator(".sky canvas")).to_have_count(0)  # all have landed
            page.after_frames()
            assert np.array_equal(tile(wall), grid)
            wall.locator(".wall").press("ArrowRight")
    wall.locator(".wall").press("Enter")
    expect(card.get_by_role("button", name="Open in the four views")).to_be_focused()
    page.page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(wall.locator(".wall")).to_be_focused()
    wall.get_by_role("radio", name="digit").check()
    expect(wall.get_by_text("Click a digit")).to_be_visible()
    wall.locator(".wall").press("Home")
    wall.locator(".mark").evaluate(LOW)
    wall.locator(".wall").press("ArrowLeft")  # to where it is
    for button in card.get_by_role("button").all():
        expect(button).to_be_in_viewport(ratio=1)
    page.page.keyboard.press("Escape")


def expect_files(page: PixelvizPage, folder: Path) -> None:
    """Expect the files to have what was given."""
    files = part(page, "files")
    for name, button in (("digits.npz", "NPZ"), ("contact_sheet.pdf", "Contact sheet, PDF")):
        with page.page.expect_download() as download:
            files.get_by_role("button", name=button).click()
        assert download.value.suggested_filename == f"class_{name}"
        download.value.save_as(folder / name)
        expect(files.locator(".note")).to_have_text(f"class_{name} is saved.")
    with np.load(folder / "digits.npz") as arrays:
        assert np.array_equal(arrays["x"], [SEVEN, LINES, CROSSED])
        assert arrays["y"].tolist() == [7, 1, 7]
    assert (folder / "contact_sheet.pdf").read_bytes().startswith(b"%PDF")


def expect_second_window(open_page: OpenPage, address: str, code: str, key: str) -> PixelvizPage:
    """Expect the address with the key to open the class elsewhere; remove a digit there."""
    linked = f"{address}/?chapter=class#teacher={code}.{key}"
    other = open_page(linked, own_browser=True, reduced_motion="reduce")
    expect_counts(other, "2 devices, 3 digits")
    assert "#" not in other.page.url
    assert key not in other.page.url
    wall = part(other, "wall")
    wall.locator(".wall").press("Home")
    wall.locator(".card").get_by_role("button", name="Remove this digit").click()
    expect_counts(other, "2 devices, 2 digits")
    return other


def expect_removal(
    page: PixelvizPage, other: PixelvizPage, wall: Locator, first: Device, second: Device
) -> None:
    """Expect a device to go with its digits, after a question, and to be refused."""
    wall.get_by_role("radio", name="device").check()
    wall.get_by_role("button", name=second.name).click()
    remove = wall.get_by_role("button", name=f"Remove the {second.name} and its 1 digit")
    remove.click()
    dialog = wall.get_by_role("dialog")
    dialog.get_by_role("button", name="Keep them").click()
    expect_counts(page, "2 devices, 2 digits")
    remove.click()
    dialog.get_by_role("button", name="Remove the").click()
    expect_counts(page, "1 device, 1 digit")
    expect_counts(other, "1 device, 1 digit")
    expect(wall.locator(".label .name")).to_have_text([first.name])
    wall.get_by_role("radio", name="digit").check()
    assert refused(second.address, f"{second.code}/device", second.key) == 401


def expect_pause(page: PixelvizPage, device: Device) -> None:
    """Expect that nothing can be given in a pause, and again after it."""
    start, path = part(page, "start"), f"{device.code}/digits"
    start.get_by_role("button", name="Pause giving").click()
    expect(start.get_by_text("Giving is paused.")).to_be_visible()
    body = device.given(3, LINES)
    assert refused(device.address, path, device.key, method="POST", body=body) == 409
    start.get_by_role("button", name="Let them give again").click()
    expect(start.get_by_text("Giving is paused.")).to_be_hidden()
    device.give(3, LINES)
    expect_counts(page, "1 device, 2 digits")


def expect_end(page: PixelvizPage, other: PixelvizPage, device: Device, key: str) -> None:
    """Expect that an ended class is gone, on the server and in every window."""
    start = part(page, "start")
    start.get_by_role("button", name="End the class …").click()
    dialog = start.get_by_role("dialog")
    expect(dialog).to_contain_text("2 digits of 1 device and all else")
    expect_nothing_serious(page)
    dialog.get_by_role("button", name="End the class and erase all of it").click()
    for each in (page, other):
        expect(part(each, "start").locator(".remark")).to_contain_text("has ended")
        expect(part(each, "wall").locator(".class_wall")).to_be_hidden()
        assert each.page.evaluate("localStorage.getItem('pixelviz.class.teacher')") is None
    assert refused(device.address, f"{device.code}/digits", key) == 401
    assert refused(device.address, f"{device.code}/device", device.key) == 401


def expect_large_code_and_pause(wall: Locator) -> None:
    """Expect a code for the last row of the room, and a pause, without leaving the full screen."""
    large = wall.get_by_role("button", name="Large code")
    large.click()
    size = wall.locator(".qr").bounding_box()
    assert size is not None
    assert size["width"] > 1080 / 2
    for name in (".qr", ".code"):
        expect(wall.locator(name)).to_be_in_viewport(ratio=1)
    large.click()
    wall.get_by_role("button", name="Pause giving").click()
    expect(wall.locator(".paused")).to_be_visible()
    wall.get_by_role("button", name="Let them give again").click()
    expect(wall.locator(".paused")).to_be_hidden()
    expect(wall.locator(".tiles")).to_be_in_viewport(ratio=1)


def test_the_projector_shows_how_to_join_and_the_whole_wall(
    open_page: OpenPage, address: str
) -> None:
    reach = school_network._own_address()
    if reach is None:
        pytest.skip("This computer is in no network.")
    network = address.replace("127.0.0.1", reach)
    page = open_chapter(
        open_page, network, "class", own_browser=True, width=1920, height=1080, color_scheme="dark"
    )
    code, key = start_class(page)
    start, wall = part(page, "start"), part(page, "wall")
    link = start.get_by_role("link")
    expect(link).to_have_text(f"{network}/class/")
    expect(link).to_have_attribute("href", f"{network}/class/{code}")
    device = Device(network, code)
    for label in range(10):
        device.give(label, SEVEN)
    wall.get_by_role("button", name="Full screen", exact=True).click()
    leave = wall.get_by_role("button", name="Leave the full screen")
    expect(leave).to_be_visible()
    expect(wall.locator(".counts")).to_contain_text("1 device, 10 digits")
    expect(wall.locator(".sky canvas")).to_have_count(0)
    for name in (".qr", ".code", ".address", ".tiles"):
        expect(wall.locator(name)).to_be_in_viewport(ratio=1)
    assert wall.locator(".qr").evaluate("qr => qr.decode().then(() => qr.naturalWidth)") > 0
    expect_large_code_and_pause(wall)
    wall.locator(".wall").press("End")
    expect(wall.locator(".card")).to_be_in_viewport(ratio=1)
    expect(wall.locator(".card .what")).to_contain_text("Label 9")
    wall.get_by_role("button", name="Open in the four views").click()
    expect(leave).to_be_hidden()
    page.wait_until_views_show(SEVEN)
    for whose, said in (("pupil", "without typing the code"), ("teacher", "give it to no pupil")):
        start.get_by_role("button", name=f"Copy the {whose}").click()
        expect(start.locator(".note").first).to_contain_text(said)
    part(page, "onward").get_by_role("button", name="digits in Data").click()
    expect(page.page.get_by_role("heading", name="Data", exact=True)).to_be_visible()
    about = page.page.locator(".st-key-sources_of_data .about")
    expect(about).to_contain_text("10 pictures, by 1 writer")
    ask(network, code, key, method="DELETE")
    assert page.problems == []
