"""The chapters, as a class walks through them."""

import re

import pytest
from playwright.sync_api import expect

from pixelviz.data.sample_digits import strokes_of
from tests.browser.conftest import OpenPage
from tests.browser.pages import WAIT_MS, PixelvizPage, draw_on
from tests.browser.test_layout import scrolls_sideways
from tests.drawings import CROSSED_SEVEN

CHAPTERS = {
    "pixels": "Pixels",
    "grey-levels": "Grey levels",
    "data": "Data",
    "framing": "Framing",
    "unroll": "Unroll",
    "tensors": "Tensors",
    "rescale": "Rescale",
    "predict": "Predict",
    "train": "Train",
    "move": "Move and shuffle",
    "convolution": "Convolution",
    "cover-it": "Cover it",
    "zip": "ZIP code",
    "class": "Our class",
}


def open_chapter(open_page: OpenPage, address: str, name: str, **options: object) -> PixelvizPage:
    page = open_page(f"{address}/?chapter={name}", **options)
    expect(page.page.get_by_role("heading", name=CHAPTERS[name], exact=True)).to_be_visible(
        timeout=WAIT_MS
    )
    return page


def wait_until_open(page: PixelvizPage, name: str, title: str) -> None:
    """Wait until a chapter is shown, with the models that it loads."""
    expect(page.page.get_by_role("heading", name=title, exact=True)).to_be_visible(timeout=WAIT_MS)
    chapter = page.page.locator(f".st-key-chapter_{name}")
    expect(chapter).to_be_visible()
    page.wait_until_idle()
    for loading in (chapter.get_by_text("still loading"), chapter.get_by_test_id("stProgress")):
        expect(loading).to_have_count(0, timeout=WAIT_MS)
    page.wait_until_idle()


def test_every_chapter_shows_the_drawn_digit_on_a_phone(open_page: OpenPage, address: str) -> None:
    page = open_chapter(open_page, address, "pixels", width=390, height=844)
    page.page.locator(".canvas_switch").click()
    page.draw(CROSSED_SEVEN)
    page.expect_digit(7)
    for name, title in CHAPTERS.items():
        wait_until_open(page, name, title)
        example = page.page.get_by_text("Nothing is drawn yet, so this is an example")
        expect(example).to_have_count(0)
        expect(page.page.get_by_test_id("stAlert")).to_have_count(0)
        expect(page.page.get_by_test_id("stException")).to_have_count(0)
        assert not scrolls_sideways(page), name
        if name != "class":
            page.button("turn_next").click()
    assert page.problems == []


@pytest.mark.parametrize("name", ["grey-levels", "framing", "rescale"])
def test_a_chapter_opens_by_its_address(open_page: OpenPage, address: str, name: str) -> None:
    page = open_chapter(open_page, address, name)  # other tests open the others
    expect(page.page.locator(f".st-key-chapter_{name}")).to_be_visible()


def test_next_leads_through_all_chapters_and_the_address_follows(page: PixelvizPage) -> None:
    page.choice("chapter", "Pixels").click()
    for name, title in CHAPTERS.items():
        wait_until_open(page, name, title)
        expect(page.page).to_have_url(re.compile(rf"\?chapter={name}$"))
        turn = page.button("turn_next")
        if name != "class":
            turn.click()
    expect(page.button("turn_next")).to_be_disabled()


def test_the_text_can_be_hidden_and_stays_hidden_in_the_next_chapter(
    open_page: OpenPage, address: str
) -> None:
    page = open_chapter(open_page, address, "pixels")
    text = page.page.get_by_text("A picture on a screen is a grid")
    expect(text).to_be_visible()
    page.page.locator(".st-key-text_hidden label").first.click()
    expect(text).to_have_count(0)
    page.button("turn_next").click()
    expect(page.page.get_by_role("heading", name="Grey levels", exact=True)).to_be_visible()
    expect(page.page.get_by_text("In a grey picture a pixel takes")).to_have_count(0)


def test_the_rows_slide_into_the_strip_step_by_step_and_by_themselves(
    open_page: OpenPage, address: str
) -> None:
    page = open_chapter(open_page, address, "unroll")
    chapter = page.page.locator(".st-key-chapter_unroll")
    reading = chapter.locator("output")
    expect(reading).to_have_text("The picture has 28 rows of 28 pixels.")
    for _ in range(3):
        chapter.get_by_role("button", name="Step").click()
    expect(reading).to_have_text("row 2 → features 56 to 83")
    page.page.clock.install()
    chapter.get_by_role("button", name="Play").click()
    expect(reading).not_to_contain_text("row 2 ")
    page.page.clock.fast_forward(60_000)
    expect(reading).to_contain_text("row 27 → features 756 to 783")
    chapter.locator("input[type=range]").fill("15")
    expect(reading).to_have_text("row 14 → features 392 to 419")


def test_nothing_moves_by_itself_with_reduced_motion(open_page: OpenPage, address: str) -> None:
    page = open_chapter(open_page, address, "unroll", reduced_motion="reduce")
    chapter = page.page.locator(".st-key-chapter_unroll")
    chapter.get_by_role("button", name="Step").click()
    expect(chapter.locator("output")).to_have_text("row 0 → features 0 to 27")
    expect(chapter.get_by_role("button", name="Play")).to_be_hidden()


def test_the_digit_is_moved_with_keys(open_page: OpenPage, address: str) -> None:
    page = open_chapter(open_page, address, "move")
    chapter = page.page.locator(".st-key-chapter_move")
    expect(chapter).to_contain_text("0 down, 4 right", timeout=WAIT_MS)
    page.button("move_back").click()
    expect(chapter).to_contain_text("0 of 784 features changed")
    page.page.keyboard.press("Shift+ArrowRight")
    expect(chapter).to_contain_text("0 down, 1 right")
    expect(chapter).not_to_contain_text(" 0 of 784 features changed")
    picture = chapter.locator(".paper")
    picture.click()
    for key in ("ArrowUp", "ArrowUp", "ArrowUp", "ArrowLeft", "ArrowLeft"):  # faster than answers
        page.page.keyboard.press(key)
    expect(chapter).to_contain_text("3 up, 1 left")
    page.button("move_back").click()
    expect(chapter).to_contain_text("0 down, 0 right")
    picture.click()
    page.page.keyboard.press("ArrowDown")
    expect(chapter).to_contain_text("1 down, 0 right")
    assert page.problems == []


def test_five_digits_are_read_as_a_zip_code(open_page: OpenPage, address: str) -> None:
    page = open_chapter(open_page, address, "zip")
    canvas = page.page.locator(".st-key-zip_canvas canvas.dc-canvas.lower-canvas")
    canvas.scroll_into_view_if_needed()
    digits = (9, 4, 1, 0, 3)
    strokes = [
        tuple(((number + 0.15 + 0.7 * x) / len(digits), y) for x, y in stroke)
        for number, digit in enumerate(digits)
        for stroke in strokes_of(digit)
    ]
    draw_on(page.page, canvas, strokes)
    expect(page.page.locator(".zip b")).to_have_text("94103", timeout=WAIT_MS)
    expect(page.page.locator(".zip p")).to_contain_text("sure of all five")
    page.button("zip_clear").click()
    expect(page.page.get_by_text("Nothing is written yet")).to_be_visible()
    page.button("zip_example").click()
    expect(page.page.locator(".zip p")).to_contain_text("sure of all five")
    assert page.problems == []


def test_on_a_phone_the_zip_code_fits_and_is_drawn_where_the_finger_is(
    open_page: OpenPage, address: str
) -> None:
    page = open_chapter(open_page, address, "zip", width=390, height=844)
    canvas = page.page.locator(".st-key-zip_canvas canvas.dc-canvas.lower-canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    strokes = [
        tuple(((number + 0.15 + 0.7 * x) / 5, y) for x, y in stroke)
        for number, digit in enumerate((2, 7, 0))
        for stroke in strokes_of(digit)
    ]
    draw_on(page.page, canvas, strokes)
    expect(page.page.locator(".zip b")).to_have_text("270", timeout=WAIT_MS)
    expect(page.page.locator(".zip p")).to_contain_text("Not a ZIP code: it has 3 digits, not 5")
