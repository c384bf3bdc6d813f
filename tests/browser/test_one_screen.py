"""With an open chapter, the digit and the chapter are on one screen, however far one scrolls."""

import re
from collections.abc import Iterator

import numpy as np
import pytest
from playwright.sync_api import FloatRect, Locator, expect

from tests.browser.conftest import OpenPage
from tests.browser.contexts import PHONE, Contexts
from tests.browser.pages import WAIT_MS, PixelvizPage
from tests.browser.test_layout import scrolls_sideways
from tests.browser.test_lesson import CHAPTERS, open_chapter
from tests.drawings import CROSSED_SEVEN, SEVEN

SIZES = [(1366, 768), (1920, 1080), (1024, 768)]

FIRST_EXPERIMENT = ":is(img, pre, canvas, table.said, .scaled, .sources, .start)"
"""What a chapter's experiments consist of; in the chapter Data, the choice of a data set, and in
Our class what starts one."""


def box_of(element: Locator) -> FloatRect:
    box = element.bounding_box()
    assert box is not None
    return box


SIZED = ".st-key-canvas[style*='--scale']"
"""The canvas once its layers are found: only then it has its size."""


def desk(page: PixelvizPage) -> dict[str, Locator]:
    """Return the parts that stay beside a chapter."""
    return {
        "canvas": page.canvas,
        "picture": page.picture,
        "answer": page.answer,
        "bars": page.prediction.locator(".bars"),
        "clear": page.button("clear"),
        "framing": page.page.locator(".st-key-framing"),
        "reading": page.reading,
        "strip": page.strip,
    }


def expect_in_sight(page: PixelvizPage, parts: dict[str, Locator]) -> None:
    """Check that elements are within the window and do not lie over each other."""
    size = page.page.viewport_size
    assert size is not None
    boxes = {name: box_of(part) for name, part in parts.items()}
    for name, box in boxes.items():
        assert box["width"] > 0, name
        assert box["height"] > 0, name
        assert box["x"] >= 0, name
        assert box["y"] >= 0, name
        assert box["x"] + box["width"] <= size["width"], name
        assert box["y"] + box["height"] <= size["height"], name
    for name, box in boxes.items():
        for other, its in boxes.items():
            beside = box["x"] >= its["x"] + its["width"] or its["x"] >= box["x"] + box["width"]
            below = box["y"] >= its["y"] + its["height"] or its["y"] >= box["y"] + box["height"]
            assert name == other or beside or below, f"{name} lies over {other}"


def scroll(page: PixelvizPage, share: float) -> None:
    """Scroll everything that can be scrolled, to a share of how far it can."""
    page.page.evaluate(
        """share => {
            for (const part of document.querySelectorAll('*'))
                if (part.scrollHeight > part.clientHeight && !part.closest('.st-key-canvas'))
                    part.scrollTop = share * (part.scrollHeight - part.clientHeight)
        }""",
        share,
    )


def scrolled(page: PixelvizPage) -> float:
    """Return how far the open chapter is scrolled."""
    far: float = page.page.locator("[class*=st-key-chapter_]").evaluate(
        """chapter => {
            let far = 0
            for (let part = chapter; part; part = part.parentElement) far += part.scrollTop
            return far
        }"""
    )
    return far


@pytest.fixture(scope="module")
def predict(module_page: PixelvizPage) -> PixelvizPage:
    """Return a page with a crossed seven and the chapter Predict open."""
    page = module_page
    page.choice("chapter", "Predict").click()
    page.draw(CROSSED_SEVEN)
    page.expect_digit(7)
    page.wait_until_answered()
    expect(page.page.get_by_text("Is it a digit at all?")).to_be_visible(timeout=WAIT_MS)
    page.wait_until_idle()
    return page


@pytest.mark.parametrize(("width", "height"), [*SIZES, (1366, 625), (1440, 900)])
def test_canvas_picture_and_answer_stay_in_sight_while_the_chapter_scrolls(
    predict: PixelvizPage, width: int, height: int
) -> None:
    page = predict
    page.page.bring_to_front()
    page.page.set_viewport_size({"width": width, "height": height})
    page.after_frames()
    chapter = page.page.locator(".st-key-open_chapter")
    for share in (0, 0.5, 1):
        scroll(page, share)
        assert (scrolled(page) > 0) == (share > 0)
        expect_in_sight(page, desk(page))
        left = max(box_of(page.canvas)["width"], 280) + box_of(page.canvas)["x"]
        assert left <= box_of(chapter)["x"] <= left + 40
        assert box_of(chapter)["x"] + box_of(chapter)["width"] >= width - 48
        assert box_of(chapter)["y"] + box_of(chapter)["height"] <= box_of(page.reading)["y"]
    assert not scrolls_sideways(page)


def test_the_first_experiment_of_every_chapter_is_visible_without_scrolling(
    page: PixelvizPage,
) -> None:
    for name, title in CHAPTERS.items():
        page.choice("chapter", title).click()
        page.wait_until_idle()
        chapter = page.page.locator(f".st-key-chapter_{name}")
        experiment = chapter.locator(FIRST_EXPERIMENT).first
        experiment.wait_for(state="attached", timeout=WAIT_MS)
        expect(chapter.get_by_text("still loading")).to_have_count(0)
        page.wait_until_idle()
        for width, height in SIZES:
            page.page.set_viewport_size({"width": width, "height": height})
            page.after_frames()
            seen = box_of(page.page.locator(".st-key-open_chapter"))
            box = box_of(experiment)
            lowest = box["y"] + min(box["height"], 100)
            assert lowest <= seen["y"] + seen["height"], (name, width)
            assert scrolled(page) == 0, (name, width)


def test_the_open_chapter_follows_each_stroke_in_sight(page: PixelvizPage) -> None:
    page.choice("chapter", "Pixels").click()
    page.wait_until_idle()
    count = page.page.get_by_text(re.compile(r"\d+ are 1, \d+ are 0"))
    seen = set()
    for stroke in (((0.2, 0.2), (0.8, 0.2)), ((0.8, 0.2), (0.4, 0.9)), ((0.3, 0.5), (0.7, 0.5))):
        page.draw([stroke])
        page.wait_until_answered()
        grid = page.wait_until_views_agree()
        ones = int((grid >= 128).sum())
        expect(count).to_contain_text(f"{ones} are 1, {784 - ones} are 0")
        expect(count).to_be_in_viewport()
        expect(page.canvas).to_be_in_viewport(ratio=1)
        seen.add(ones)
    assert len(seen) == 3


@pytest.mark.parametrize("first", ["Pixels", "Predict"])
def test_a_chapter_opened_with_enter_keeps_the_focus_in_the_row(
    page: PixelvizPage, first: str
) -> None:
    page.choice("chapter", first).focus()
    page.page.keyboard.press("Enter")
    expect(page.page.get_by_role("heading", name=first, exact=True)).to_be_visible()
    page.wait_until_idle()
    expect(page.choice("chapter", first)).to_be_focused()
    page.page.keyboard.press("Enter")  # closes it
    expect(page.page.get_by_role("heading", name=first, exact=True)).to_have_count(0)
    page.wait_until_idle()
    expect(page.choice("chapter", first)).to_be_focused()


def test_the_buttons_for_the_next_chapter_keep_the_focus(open_page: OpenPage, address: str) -> None:
    page = open_chapter(open_page, address, "pixels")
    page.button("turn_next").focus()
    for title in ("Grey levels", "Data"):
        page.page.keyboard.press("Enter")
        expect(page.page.get_by_role("heading", name=title, exact=True)).to_be_visible()
        page.wait_until_idle()
        expect(page.button("turn_next")).to_be_focused()


def test_the_row_of_chapters_is_numbered_and_shows_the_place_in_it(
    open_page: OpenPage, address: str
) -> None:
    page = open_chapter(open_page, address, "unroll")
    row = page.page.locator(".st-key-chapter").get_by_role("radio")
    expect(row).to_have_text([f"{n} {title}" for n, title in enumerate(CHAPTERS.values(), start=1)])
    expect(page.choice("chapter", "5 Unroll")).to_be_checked()
    expect(page.page.get_by_text(f"5 of {len(CHAPTERS)}", exact=True)).to_be_visible()
    for share in (0, 1):
        scroll(page, share)
        for key in ("turn_back", "turn_next"):
            expect(page.button(key)).to_be_in_viewport(ratio=1)


def test_another_chapter_begins_at_its_beginning(open_page: OpenPage, address: str) -> None:
    page = open_chapter(open_page, address, "predict")
    expect(page.page.get_by_text("Is it a digit at all?")).to_be_visible(timeout=WAIT_MS)
    scroll(page, 1)
    assert scrolled(page) > 0
    before = {name: box_of(part) for name, part in desk(page).items()}
    page.button("turn_back").click()
    expect(page.page.get_by_text("Compare the two answers")).to_be_visible(timeout=WAIT_MS)
    page.wait_until_idle()
    page.wait_until(lambda: scrolled(page) == 0)
    expect(page.canvas).to_be_in_viewport(ratio=1)
    assert {name: box_of(part) for name, part in desk(page).items()} == before  # nothing jumps


@pytest.mark.parametrize("chapter", ["", "?chapter=pixels"])
def test_on_a_wide_screen_the_canvas_is_large_and_strokes_are_as_before(
    open_page: OpenPage, address: str, chapter: str
) -> None:
    ink = []
    page = open_page(f"{address}/{chapter}", width=1920, height=1080)
    for width, height in ((1920, 1080), (1366, 768)):
        page.page.set_viewport_size({"width": width, "height": height})
        page.button("clear").click()
        page.expect_nothing_drawn()
        page.wait_until_idle()
        page.page.locator(SIZED).wait_for(timeout=WAIT_MS)
        shown = box_of(page.canvas)["width"]
        assert shown == pytest.approx(280, abs=0.5) if width == 1366 else shown >= 500
        assert page.canvas.evaluate("canvas => [canvas.width, canvas.height]") == [280, 280]
        page.draw([((0.25, 0.2), (0.25, 0.8)), ((0.6, 0.3), (0.9, 0.3))])
        page.expect_digit_or_doubt()
        page.wait_until_answered()
        page.wait_until_views_agree()
        ink.append(page.ink() > 127)
    for drawn in ink:
        rows, columns = np.flatnonzero(drawn.any(axis=1)), np.flatnonzero(drawn.any(axis=0))
        # Ends of strokes, each with half a pen of 12 points
        assert (rows[0], rows[-1]) == pytest.approx((50, 229), abs=2)
        assert (columns[0], columns[-1]) == pytest.approx((64, 257), abs=2)
    # The pointer lies on whole points of the screen, which are half as large on the wide one.
    assert (ink[0] != ink[1]).mean() < 0.01


def test_while_the_pen_draws_on_a_large_canvas_the_picture_follows(
    quiet_page: PixelvizPage,
) -> None:
    page = quiet_page
    page.page.set_viewport_size({"width": 1920, "height": 1080})
    page.page.locator(SIZED).wait_for(timeout=WAIT_MS)
    page.wait_until(lambda: box_of(page.canvas)["width"] >= 500)
    box = box_of(page.canvas)
    page.page.mouse.move(box["x"] + 0.5 * box["width"], box["y"] + 0.1 * box["height"])
    page.page.mouse.down()
    page.page.mouse.move(box["x"] + 0.5 * box["width"], box["y"] + 0.9 * box["height"], steps=9)
    page.after_frames()
    inked = page.integers() > 0
    page.page.mouse.up()
    assert inked[4:24, 13:15].all()
    assert not inked[:, :12].any()
    assert not inked[:, 16:].any()


def test_without_its_text_a_chapter_has_larger_letters(open_page: OpenPage, address: str) -> None:
    page = open_chapter(open_page, address, "predict", width=1920, height=1080)
    page.draw(CROSSED_SEVEN)
    page.expect_digit(7)
    cell = page.page.locator(".sums tbody td").first
    expect(cell).to_be_visible(timeout=WAIT_MS)
    page.wait_until_idle()
    before = cell.evaluate("cell => parseFloat(getComputedStyle(cell).fontSize)")
    page.page.locator(".st-key-text_hidden label").first.click()
    page.wait_until_idle()
    after = cell.evaluate("cell => parseFloat(getComputedStyle(cell).fontSize)")
    assert before > 0
    assert after >= 1.2 * before
    expect_in_sight(page, desk(page))


@pytest.fixture(scope="module")
def pixels_on_a_phone(contexts: Contexts, address: str) -> Iterator[PixelvizPage]:
    """Return a page with the chapter Pixels open, on which tests may draw a seven."""
    page = PixelvizPage(contexts.open_tab(address, PHONE), f"{address}/?chapter=pixels")
    yield page
    page.page.close()


@pytest.mark.parametrize(("width", "height"), [(390, 844), (320, 568)])
def test_on_a_phone_picture_and_answer_stay_at_the_edge_and_the_canvas_is_one_tap_away(
    pixels_on_a_phone: PixelvizPage, width: int, height: int
) -> None:
    page = pixels_on_a_phone
    page.page.bring_to_front()
    page.page.set_viewport_size({"width": width, "height": height})
    page.after_frames()
    edge = {"picture": page.picture, "answer": page.prediction.get_by_role("heading")}
    for share in (0, 1):
        scroll(page, share)
        expect_in_sight(page, edge)
        assert box_of(page.picture)["y"] > 0.8 * height
    scroll(page, 0)
    expect(page.canvas).to_be_hidden()
    switch = page.page.get_by_role("switch", name="Draw")
    switch.tap()
    expect(page.canvas).to_be_in_viewport(ratio=0.99)
    page.draw(SEVEN)
    page.expect_digit(7)
    grid = page.wait_until_views_agree()
    ones = int((grid >= 128).sum())
    tools = {"canvas": page.canvas, "undo": page.button("undo"), "clear": page.button("clear")}
    expect_in_sight(page, edge | tools)
    count = page.page.get_by_text(f"{ones} are 1, {784 - ones} are 0")
    count.evaluate("count => count.scrollIntoView({block: 'end'})")
    expect_in_sight(page, tools | {"chapter": count})
    switch.tap()
    expect(page.canvas).to_be_hidden()


def test_on_a_low_screen_the_canvas_lies_beside_the_chapter(
    open_page: OpenPage, address: str
) -> None:
    page = open_chapter(open_page, address, "pixels", width=683, height=384)
    page.page.get_by_role("switch", name="Draw").check()
    page.draw(SEVEN)
    page.expect_digit(7)
    heading = page.page.get_by_role("heading", name="Pixels", exact=True)
    parts = {"canvas": page.canvas, "clear": page.button("clear"), "picture": page.picture}
    expect_in_sight(page, parts | {"chapter": heading})
