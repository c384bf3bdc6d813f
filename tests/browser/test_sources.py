"""Photos, files and links: brought in and taken away as a class would."""

import base64
import csv
import io
import re
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from pixelviz import raster
from pixelviz.arrays import SIDE, Grid
from pixelviz.data.sample_digits import strokes_of
from pixelviz.formats import csv_file, npy_file, png_file
from pixelviz.photo import image_file
from tests.browser.conftest import OpenPage
from tests.browser.pages import WAIT_MS, PixelvizPage
from tests.drawings import SEVEN, drawn
from tests.photographs import CONDITIONS, file_of, photo_of, smaller

HEIC = b"\0\0\0\x18ftypheic" + bytes(100)
"""How a photo from a phone begins."""

THREE = raster.to_grid(drawn(strokes_of(3)))

THREE_MARKS = "3 marks that may be digits: choose one."


def give(page: PixelvizPage, name: str, content: bytes) -> None:
    """Open a file as a person would."""
    page.button("sources").click()
    page.page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )


def go_back(page: Page) -> None:
    page.get_by_role("button", name="Back to the page").click()
    expect(page.get_by_role("dialog")).to_have_count(0)


def expect_integers(page: PixelvizPage, grid: Grid) -> None:
    expect(page.table.locator("tbody td")).to_have_text(
        [str(value) for value in grid.flat], timeout=WAIT_MS
    )


def test_the_dialog_says_that_a_worksheet_can_come_back(page: PixelvizPage) -> None:
    page.button("sources").click()
    dialog = page.page.get_by_role("dialog")
    expect(dialog).to_contain_text("photo of digits on paper or of a coloured worksheet")
    dialog.get_by_test_id("stTooltipIcon").hover()
    expect(page.page.get_by_role("tooltip")).to_contain_text(
        "a photo of the whole sheet shows which cells are right"
    )


def test_the_only_digit_of_a_photo_goes_onto_the_canvas_step_by_step(page: PixelvizPage) -> None:
    give(page, "photo.jpg", photo_of("5", smaller(CONDITIONS["sheet on wood"]), seed=3))
    dialog = page.page.get_by_role("dialog")
    for step in ("1. Original", "2. Paper", "3. Even light", "4. Ink"):
        expect(dialog.get_by_text(step)).to_be_visible(timeout=WAIT_MS)
    expect(dialog).to_contain_text("the sheet, cut out of it")
    expect(dialog).to_contain_text("dark pen, light paper")
    go_back(page.page)
    page.expect_digit(5)
    page.wait_until_views_agree()


def test_a_photo_of_several_digits_offers_each(page: PixelvizPage) -> None:
    give(page, "photo.jpg", photo_of("472", smaller(CONDITIONS["scan"]), seed=4))
    expect(page.page.get_by_text("3 marks that may be digits: choose one.")).to_be_visible(
        timeout=WAIT_MS
    )
    dialog = page.page.get_by_role("dialog")
    expect(dialog).to_contain_text("no edge of a sheet: the whole photo")
    for number in range(1, 4):
        button = page.button(f"drop_{number}")
        expect(button).to_have_text(re.compile("Remove$"))
        assert button.evaluate("each => each.scrollWidth <= each.clientWidth")
    marks = dialog.locator(".marked span")
    expect(marks).to_have_text(["1", "2", "3"])
    found = dialog.locator(".st-key-found_digits")
    for digit in "472":
        expect(found.get_by_text(re.compile(rf"^{digit}: ")).first).to_be_visible(timeout=WAIT_MS)
    page.button("use_3").click()
    page.expect_digit(2)


def test_a_photo_that_lies_on_its_side_is_turned_to_the_side_on_which_it_is_upright(
    page: PixelvizPage,
) -> None:
    page.button("example_3").click()
    page.expect_digit(3)  # the models are loaded
    upright = image_file.decode(photo_of("472", smaller(CONDITIONS["scan"]), seed=4))
    give(page, "photo.png", file_of(np.rot90(upright, 3)))
    paper = page.page.locator(".marked img")
    is_wide = "paper => paper.naturalWidth > paper.naturalHeight"
    expect(page.page.get_by_text("The photo lay on its side, so it was turned.")).to_be_visible(
        timeout=WAIT_MS
    )
    assert paper.evaluate(is_wide)
    page.button("turn_left").click()
    page.wait_until(lambda: not paper.evaluate(is_wide))
    page.button("turn_right").click()
    page.wait_until(lambda: bool(paper.evaluate(is_wide)))
    expect(page.page.get_by_text(THREE_MARKS)).to_be_visible(timeout=WAIT_MS)
    page.wait_until_idle()  # till then the list of before may still be there
    page.button("use_1").click()
    page.expect_digit(4)


def test_the_dialog_stays_open_while_the_page_runs_by_itself(page: PixelvizPage) -> None:
    page.choice("chapter", "Grey levels").click()
    page.wait_until_idle()
    give(page, "photo.jpg", photo_of("5", smaller(CONDITIONS["sheet on wood"]), seed=3))
    dialog = page.page.get_by_role("dialog")
    expect(dialog.get_by_text("One digit")).to_be_visible(timeout=WAIT_MS)
    page.wait_until_idle()
    page.page.evaluate("history.back()")  # the whole page runs
    expect(page.page.get_by_role("heading", name="Grey levels")).to_have_count(0, timeout=WAIT_MS)
    page.wait_until_idle()
    expect(dialog.get_by_text("One digit")).to_be_visible()
    page.page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    page.expect_digit(5)
    page.wait_until_idle()  # the server has heard of it
    page.page.evaluate("history.forward()")
    expect(page.page.get_by_role("heading", name="Grey levels")).to_be_visible()
    page.wait_until_idle()
    expect(dialog).to_have_count(0)


def draw_box(page: PixelvizPage, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Draw a box on the photo in the dialog; both corners in shares of its width and height."""
    paper = page.page.locator(".st-key-marked_photo img")
    paper.scroll_into_view_if_needed()
    box = paper.bounding_box()
    assert box
    (x, y), (to_x, to_y) = (
        (box["x"] + across * box["width"], box["y"] + down * box["height"])
        for across, down in (start, end)
    )
    page.page.mouse.move(x, y)
    page.page.mouse.down()
    page.page.mouse.move((x + to_x) / 2, (y + to_y) / 2)
    page.page.mouse.move(to_x, to_y)
    page.page.mouse.up()


def test_a_digit_that_was_not_found_is_read_in_a_box_around_it(page: PixelvizPage) -> None:
    sheet = np.full((600, 900), 250, np.uint8)
    seven = 255 - drawn(SEVEN)[::8, ::8]  # 35 points high: too low beside the other ones
    sheet[400:435, 700:735] = seven
    for number in range(3):
        sheet[100:300, 100 + 150 * number : 130 + 150 * number] = 0
    give(page, "sheet.png", file_of(sheet))
    expect(page.page.get_by_text("3 marks that may be digits: choose one.")).to_be_visible(
        timeout=WAIT_MS
    )
    draw_box(page, (0.5, 0.1), (0.95, 0.2))  # beside it
    said = page.page.get_by_role("dialog")
    expect(said.get_by_text("found no ink that stands out")).to_be_visible(timeout=WAIT_MS)
    draw_box(page, (0.75, 0.64), (0.84, 0.76))
    expect(said.get_by_text("The digit in your box")).to_be_visible(timeout=WAIT_MS)
    go_back(page.page)
    page.expect_digit(7)


def test_a_box_can_be_drawn_by_keys_alone(page: PixelvizPage) -> None:
    sheet = np.full((600, 900), 250, np.uint8)
    sheet[400:435, 700:735] = 255 - drawn(SEVEN)[::8, ::8]
    for number in range(3):
        sheet[100:300, 100 + 150 * number : 130 + 150 * number] = 0
    give(page, "sheet.png", file_of(sheet))
    expect(page.page.get_by_text(THREE_MARKS)).to_be_visible(timeout=WAIT_MS)
    keyboard, dialog = page.page.keyboard, page.page.get_by_role("dialog")
    photo = dialog.get_by_role("application", name="Box around a digit: arrow keys move it")
    page.button("turn_right").focus()
    keyboard.press("Tab")
    expect(photo).to_be_focused()
    expect(photo.locator(".paper")).to_have_css("outline-style", "solid")
    expect(dialog.get_by_text("reads what is in it")).to_be_visible()
    frame, where = photo.locator(".box"), dialog.locator(".where")
    keyboard.press("ArrowRight")
    expect(frame).to_be_visible()
    keyboard.press("Escape")
    expect(frame).to_be_hidden()
    expect(where).to_have_text("No box")
    for key, times in (("Shift+ArrowLeft", 11), ("Shift+ArrowUp", 5), ("ArrowRight", 35),
                       ("ArrowDown", 24)):  # fmt: skip
        for _ in range(times):
            keyboard.press(key)
    expect(where).to_have_text("Box: 75 % from the left, 64 % from the top, 10 % wide, 15 % high")
    keyboard.press("Enter")
    expect(dialog.get_by_text("The digit in your box")).to_be_visible(timeout=WAIT_MS)
    expect(photo).to_be_focused()
    keyboard.press("Escape")
    expect(frame).to_be_hidden()
    keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    page.expect_digit(7)


def test_what_is_no_digit_can_be_taken_off_the_list(page: PixelvizPage) -> None:
    give(page, "photo.jpg", photo_of("472", smaller(CONDITIONS["scan"]), seed=4))
    marks = page.page.locator(".marks span")
    expect(marks).to_have_text(["1", "2", "3"], timeout=WAIT_MS)
    page.button("drop_2").click()
    expect(marks).to_have_text(["1", "3"])
    expect(page.button("use_2")).to_have_count(0)
    page.wait_until_idle()
    page.button("use_3").click()
    page.expect_digit(2)


@cache
def noisy_photo(digit: str) -> bytes:
    """Return a PNG of more than the server takes: a photo of a digit, with grain on it."""
    grey = image_file.decode(photo_of(digit, smaller(CONDITIONS["scan"]), seed=4))
    large = grey.repeat(6, axis=0).repeat(6, axis=1).astype(np.int16)
    grain = np.random.default_rng(1).integers(-12, 13, large.shape)
    return file_of(np.clip(large + grain, 0, 255).astype(np.uint8))


def bring(page: PixelvizPage, event: str, name: str, content: bytes) -> None:
    """Let a file arrive on the page by drag and drop, or from the clipboard."""
    page.page.evaluate(
        """async ([event, name, url]) => {
            const blob = await (await fetch(url)).blob()
            const transfer = new DataTransfer()
            transfer.items.add(new File([blob], name))
            const init = { bubbles: true, cancelable: true }
            document.body.dispatchEvent(event === "paste"
                ? new ClipboardEvent(event, { ...init, clipboardData: transfer })
                : new DragEvent(event, { ...init, dataTransfer: transfer }))
        }""",
        [event, name, "data:;base64," + base64.b64encode(content).decode()],
    )


@pytest.mark.parametrize("event", ["drop", "paste"])
def test_a_file_dropped_or_pasted_anywhere_on_the_page_is_opened(
    page: PixelvizPage, event: str
) -> None:
    bring(page, event, "photo.jpg", photo_of("5", smaller(CONDITIONS["scan"]), seed=3))
    dialog = page.page.get_by_role("dialog")
    expect(dialog.get_by_text("One digit")).to_be_visible(timeout=WAIT_MS)
    page.wait_until_idle()  # the dialog is open now, and takes the next one too
    bring(page, event, "digit.csv", csv_file.encode(THREE, label=3).encode())
    expect(dialog.get_by_text("784 integers, labelled 3")).to_be_visible(timeout=WAIT_MS)
    go_back(page.page)
    expect_integers(page, THREE)


def test_the_page_says_where_a_dragged_file_can_be_dropped(page: PixelvizPage) -> None:
    sign = page.page.locator(".st-key-file_intake .sign")
    bring(page, "dragenter", "photo.jpg", b"")
    expect(sign).to_contain_text("Drop a photo or a file")
    bring(page, "dragleave", "photo.jpg", b"")
    expect(sign).to_be_hidden()


@pytest.mark.parametrize("way", ["chosen", "dropped"])
def test_a_photo_that_is_too_large_is_made_smaller_before_it_is_sent(
    page: PixelvizPage, way: str
) -> None:
    photo = noisy_photo("5")
    assert len(photo) > image_file.BYTES_MAX
    if way == "chosen":
        give(page, "photo.png", photo)
    else:
        bring(page, "drop", "photo.png", photo)
    dialog = page.page.get_by_role("dialog")
    expect(dialog.get_by_text("One digit")).to_be_visible(timeout=WAIT_MS)
    expect(dialog.get_by_text("photo.jpg")).to_be_visible()
    page.page.keyboard.press("Escape")
    page.expect_digit(5)


def test_of_many_digits_the_first_hundred_are_offered(page: PixelvizPage) -> None:
    ones = np.full((600, 1000), 255, np.uint8)
    for number in range(104):
        row, column = divmod(number, 40)
        ones[100 + 120 * row :, 60 + 20 * column : 64 + 20 * column][:60] = 0
    give(page, "ones.png", file_of(ones))
    said = page.page.get_by_text("104 marks that may be digits: choose one of the first 100.")
    expect(said).to_be_visible(timeout=WAIT_MS)
    expect(page.page.get_by_role("button", name="Use no.")).to_have_count(100)
    paper = page.page.locator(".marked .paper")
    page.page.locator(".st-key-use_60").scroll_into_view_if_needed()
    expect(paper).to_be_in_viewport()  # it stays beside them


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("digit.csv", csv_file.encode(THREE, label=3).encode()),
        ("digit.npy", npy_file.encode(THREE)),
        ("digit.png", png_file.encode(THREE)),
    ],
)
def test_a_file_of_values_is_shown_unchanged(page: PixelvizPage, name: str, content: bytes) -> None:
    give(page, name, content)
    expect(page.page.get_by_text("on the canvas now")).to_be_visible(timeout=WAIT_MS)
    go_back(page.page)
    expect_integers(page, THREE)
    page.expect_digit(3)


def test_a_file_that_framing_would_change_is_shown_as_it_is_and_can_be_taken_off_again(
    page: PixelvizPage,
) -> None:
    column = np.zeros((SIDE, SIDE), np.uint8)
    column[2:8, 3] = 200
    page.button("example_3").click()
    page.expect_digit(3)
    three = page.integers()
    give(page, "digit.csv", csv_file.encode(column).encode())
    expect(page.page.get_by_text("on the canvas now")).to_be_visible(timeout=WAIT_MS)
    go_back(page.page)
    page.wait_until_views_show(column, "drawn")
    expect(page.choice("framing", "As drawn")).to_be_checked()
    page.button("undo").click()
    page.wait_until_views_show(three)
    give(page, "digit.csv", csv_file.encode(column).encode())
    expect(page.page.get_by_text("on the canvas now")).to_be_visible(timeout=WAIT_MS)
    page.page.get_by_test_id("stFileChipDeleteBtn").get_by_role("button").click()
    expect(page.page.get_by_text("on the canvas now")).to_have_count(0, timeout=WAIT_MS)
    page.page.keyboard.press("Escape")
    page.wait_until_views_show(three)
    expect(page.choice("framing", "Framed like MNIST")).to_be_checked()


@pytest.fixture(scope="module")
def page_with_seven(module_page: PixelvizPage) -> PixelvizPage:
    module_page.draw(SEVEN)
    module_page.expect_digit(7)
    module_page.wait_until_views_agree()
    return module_page


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("broken.png", b"\x89PNG\r\n\x1a\n" + bytes(50), "Expected a PNG, JPEG or WebP"),
        ("empty.jpg", b"", "Expected a photo, got an empty file"),
        ("IMG_0001.HEIC", HEIC, "Expected a PNG, JPEG or WebP, got an HEIC or AVIF photo"),
        ("notes.pdf", b"%PDF-1.7", "Expected a PNG, JPEG or WebP, got a PDF"),
        ("no_ending", b"text", "Expected a PNG, JPEG or WebP, got a file of another type"),
    ],
)
def test_an_unreadable_file_gets_a_message_and_leaves_the_drawing(
    page_with_seven: PixelvizPage, name: str, content: bytes, expected: str
) -> None:
    page = page_with_seven
    page.page.bring_to_front()
    before = page.integers()
    assert before.any()
    give(page, name, content)
    expect(page.page.get_by_test_id("stAlert")).to_contain_text(expected, timeout=WAIT_MS)
    go_back(page.page)
    page.expect_digit(7)
    assert np.array_equal(page.integers(), before)


def test_a_jpeg_is_read_whatever_its_name_ends_in(page: PixelvizPage) -> None:
    photo = photo_of("5", smaller(CONDITIONS["sheet on wood"]), seed=3)
    for ending in ("jfif", "jpe", "JPG"):
        give(page, f"photo.{ending}", photo)
        expect(page.page.get_by_text("One digit: it is on the canvas now.")).to_be_visible(
            timeout=WAIT_MS
        )
        expect(page.page.get_by_text(f"photo.{ending}", exact=True)).to_be_visible()
        go_back(page.page)


def test_a_file_that_the_browser_refuses_gets_a_message(page_with_seven: PixelvizPage) -> None:
    page = page_with_seven
    page.page.bring_to_front()
    page.button("sources").click()
    words = page.page.get_by_text("it is larger than 5 MB")
    expect(words).to_be_attached()
    expect(words).to_be_hidden()
    page.page.locator("input[type=file]").set_input_files(
        {"name": "large.jpg", "mimeType": "image/jpeg", "buffer": bytes(6_000_000)}
    )
    expect(words).to_be_visible()
    expect(words).to_contain_text("Make it smaller, or take a screenshot of it.")
    page.page.get_by_role("button", name="Remove large.jpg").click()
    expect(words).to_be_hidden()
    page.page.keyboard.press("Escape")
    expect(page.page.get_by_role("dialog")).to_have_count(0)
    page.expect_digit(7)


def test_a_link_shows_the_same_page_in_another_browser(
    page: PixelvizPage, open_page: OpenPage
) -> None:
    page.draw(SEVEN)
    page.expect_digit(7)
    page.choice("chapter", "Grey levels").click()
    grid = page.wait_until_views_agree()
    page.button("export").click()
    code = page.page.get_by_test_id("stPopoverBody").locator("code").first
    expect(code).to_contain_text("drawing=", timeout=WAIT_MS)
    link = code.inner_text().strip()
    assert len(link) < 1000
    other = open_page(link, own_browser=True)
    expect_integers(other, grid)
    other.expect_digit(7)
    expect(other.page.get_by_role("heading", name="Grey levels", exact=True)).to_be_visible()
    expect(other.choice("framing", "Framed like MNIST")).to_be_checked()
    other.button("clear").click()
    other.expect_nothing_drawn()
    expect(other.page).not_to_have_url(re.compile("drawing="))
    assert other.problems == []


@pytest.mark.parametrize("query", ["drawing=1.forged", "drawing=", "framing=upside-down"])
def test_an_invalid_link_gets_a_message_and_an_empty_page(
    open_page: OpenPage, address: str, query: str
) -> None:
    page = open_page(f"{address}/?{query}")
    expect(page.page.get_by_test_id("stAlert")).to_contain_text(
        "Copy the whole link again", timeout=WAIT_MS
    )
    page.expect_nothing_drawn()
    page.draw(SEVEN)
    page.expect_digit(7)


def test_exported_files_hold_what_the_page_shows(page: PixelvizPage, tmp_path: Path) -> None:
    page.draw(SEVEN)
    page.expect_digit(7)
    grid = page.wait_until_views_agree()
    page.button("export").click()

    def saved(name: str) -> bytes:
        with page.page.expect_download() as download:
            page.page.get_by_test_id("stPopoverBody").get_by_role(
                "button", name=name, exact=True
            ).click()
        path = tmp_path / "file"
        download.value.save_as(path)
        return path.read_bytes()

    head, row = csv.reader(io.StringIO(saved("CSV").decode()))
    assert (head[0], len(head)) == ("label", 785)
    assert row == ["7", *map(str, grid.flat)]
    assert np.array_equal(np.load(io.BytesIO(saved("NPY"))), grid.ravel())
    for worksheet in ("14 × 14, 0 and 1", "14 × 14, four greys", "28 × 28, 0 to 255"):
        assert saved(worksheet).startswith(b"%PDF-")
    expect(page.page.get_by_test_id("stPopoverBody")).to_contain_text("import numpy as np")
