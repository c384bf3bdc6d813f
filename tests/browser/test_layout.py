"""What a person sees at once, on a laptop, at a projector and on a phone."""

from typing import Literal

import pytest
from playwright.sync_api import CDPSession, FloatRect, expect

from tests.browser.conftest import OpenPage
from tests.browser.pages import PixelvizPage
from tests.drawings import CROSSED_SEVEN, SEVEN

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
PARTS = ("drawing", "picture", "integers", "prediction", "strip")


def boxes(page: PixelvizPage) -> dict[str, FloatRect]:
    """Return where each part of the page lies, in pixels from the top left."""
    selectors = {
        "drawing": ".st-key-canvas",
        "picture": ".st-key-pixel_view .picture",
        "integers": ".st-key-pixel_view .integers",
        "prediction": ".st-key-prediction",
        "strip": ".st-key-pixel_view .strip",
    }
    found = {part: page.page.locator(selectors[part]).bounding_box() for part in PARTS}
    return {part: box for part, box in found.items() if box is not None}


def scrolls_sideways(page: PixelvizPage) -> bool:
    width: bool = page.page.locator("[data-testid=stMain]").evaluate(
        "main => main.scrollWidth > main.clientWidth"
    )
    return width


@pytest.fixture(scope="module")
def crossed_seven(module_page: PixelvizPage) -> PixelvizPage:
    """Return a page with a crossed seven."""
    module_page.draw(CROSSED_SEVEN)
    module_page.expect_digit(7)
    return module_page


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1920, 1080)])
def test_everything_is_on_the_screen_at_once(
    crossed_seven: PixelvizPage, width: int, height: int, scheme: Literal["light", "dark"]
) -> None:
    page = crossed_seven
    page.page.bring_to_front()
    page.page.emulate_media(color_scheme=scheme)
    page.page.set_viewport_size({"width": width, "height": height})
    page.after_frames()
    found = boxes(page)
    assert set(found) == set(PARTS)
    for part, box in found.items():
        assert box["x"] >= 0, part
        assert box["x"] + box["width"] <= width, part
        assert box["y"] + box["height"] <= height, part
    chapters = page.page.locator(".st-key-chapter").bounding_box()
    assert chapters is not None
    assert chapters["y"] + chapters["height"] <= height
    lefts = [found[part]["x"] for part in ("drawing", "picture", "integers", "prediction")]
    assert lefts == sorted(lefts)
    assert found["strip"]["width"] > 0.95 * width - 48
    assert not scrolls_sideways(page)


def test_the_integers_are_legible_on_a_laptop(page: PixelvizPage) -> None:
    page.draw(SEVEN)
    page.expect_digit(7)
    sizes = page.table.locator("tbody td").evaluate_all(
        """cells => cells.map(cell => [parseFloat(getComputedStyle(cell).fontSize),
            cell.scrollWidth <= cell.clientWidth])"""
    )
    assert min(size for size, _ in sizes) >= 10
    assert all(fits for _, fits in sizes)


def test_on_a_phone_the_parts_stack_in_the_same_order(phone: PixelvizPage) -> None:
    page = phone
    page.button("example_2").tap()
    page.expect_digit(2)
    for scheme in SCHEMES:
        page.page.emulate_media(color_scheme=scheme)
        page.after_frames()
        found = boxes(page)
        tops = [found[part]["y"] for part in PARTS]
        assert tops == sorted(tops)
        assert all(box["x"] >= 0 and box["x"] + box["width"] <= 390 for box in found.values())
        assert not scrolls_sideways(page)
    cells = page.strip.bounding_box()
    assert cells is not None
    assert cells["width"] / 784 >= 3  # what a finger can tell apart
    start = page.strip.evaluate("strip => strip.parentElement.scrollLeft / strip.clientWidth")
    first = round(784 * start)
    in_sight = page.integers().ravel()[first : first + round(784 * 390 / cells["width"])]
    assert in_sight.any()
    expect(page.reading).to_contain_text("Touch any cell")


def test_on_a_phone_the_answer_is_in_sight_while_drawing(phone: PixelvizPage) -> None:
    page = phone
    page.draw(SEVEN)
    page.expect_digit(7)
    box = page.prediction.get_by_role("heading", name="Prediction: 7").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 844
    canvas = page.canvas.bounding_box()
    assert canvas is not None
    assert canvas["y"] + canvas["height"] <= box["y"]


def test_all_columns_fit_beside_the_canvas_from_1251_pixels_on(page: PixelvizPage) -> None:
    for width in (1251, 1280):
        page.page.set_viewport_size({"width": width, "height": 800})
        page.after_frames()
        assert page.table.locator("..").evaluate("sheet => sheet.scrollWidth <= sheet.clientWidth")


def test_the_dark_theme_is_dark_and_the_light_one_light(page: PixelvizPage) -> None:
    shades = {}
    for scheme in SCHEMES:
        page.page.emulate_media(color_scheme=scheme)
        page.after_frames()
        colour = page.page.locator(".stApp").evaluate(
            "app => getComputedStyle(app).backgroundColor"
        )
        shades[scheme] = int(colour.split("(")[1].split(",")[0])
    assert shades["light"] > 240
    assert shades["dark"] < 40


def test_the_menu_at_the_top_can_be_clicked(page: PixelvizPage) -> None:
    page.page.get_by_test_id("stMainMenuButton").click()
    expect(page.page.get_by_test_id("stMainMenuPopover")).to_be_visible()


def test_only_with_a_keyboard_a_shortcut_is_shown(page: PixelvizPage, phone: PixelvizPage) -> None:
    for shown, is_touched in ((page, False), (phone, True)):
        shown.page.bring_to_front()
        shown.page.set_viewport_size({"width": 1024, "height": 768})
        shown.after_frames()
        shortcut = shown.button("undo").locator("kbd").first
        expect(shortcut).to_be_visible(visible=not is_touched)


def test_on_a_low_screen_the_answer_is_beside_the_canvas(page: PixelvizPage) -> None:
    page.page.set_viewport_size({"width": 683, "height": 384})
    page.after_frames()
    page.draw(SEVEN)
    page.expect_digit(7)
    for width, height in ((683, 384), (844, 390), (640, 360)):
        page.page.set_viewport_size({"width": width, "height": height})
        page.after_frames()
        canvas = page.canvas.bounding_box()
        answer = page.prediction.get_by_role("heading").bounding_box()
        assert canvas is not None
        assert answer is not None
        assert answer["x"] >= canvas["x"] + canvas["width"]
        assert answer["y"] + answer["height"] <= height
        assert not scrolls_sideways(page)


def test_on_a_narrow_phone_both_canvases_fit(open_page: OpenPage, address: str) -> None:
    page = open_page(width=320, height=640)
    both = open_page(f"{address}/?chapter=zip", width=320, height=640)
    both.page.get_by_role("switch", name="Draw").check()
    zip_canvas = both.page.locator(".st-key-zip_canvas canvas.upper-canvas")
    for width in (320, 280):
        for shown in (page, both):
            shown.page.bring_to_front()
            shown.page.set_viewport_size({"width": width, "height": 640})
            shown.after_frames()
        for canvas in (page.canvas, both.canvas, zip_canvas):
            box = canvas.bounding_box()
            assert box is not None
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width
        assert not scrolls_sideways(both)


def touch(session: CDPSession, *places: tuple[float, float]) -> None:
    """Put a finger down, move it from place to place, and lift it."""
    for number, (x, y) in enumerate(places):
        kind = "touchMove" if number else "touchStart"
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_a_swipe_on_a_slider_scrolls_and_only_its_thumb_moves_it(phone: PixelvizPage) -> None:
    page = phone
    session = page.page.context.new_cdp_session(page.page)
    value = page.page.get_by_test_id("stSliderThumbValue")
    track = page.page.locator(".st-key-pen_width").get_by_test_id("stSlider").bounding_box()
    number = value.bounding_box()
    assert track is not None
    assert number is not None
    across, line = track["x"] + 0.7 * track["width"], number["y"] + number["height"] + 6
    touch(session, *[(across, line - 10 * step) for step in range(20)])
    touch(session, (across, line), (across, line))
    main = page.page.locator("[data-testid=stMain]")
    page.wait_until(lambda: main.evaluate("main => main.scrollTop") > 100)
    expect(value).to_have_text("12 px")
    main.evaluate("main => main.scrollTo(0, 0)")
    thumb = number["x"] + number["width"] / 2
    touch(session, *[(thumb + 10 * step, line) for step in range(20)])
    expect(value).not_to_have_text("12 px")


def test_in_a_contrast_theme_bars_and_chosen_tools_stand_out(open_page: OpenPage) -> None:
    page = open_page(forced_colors="active")
    page.draw(SEVEN)
    page.expect_digit(7)
    shown = "element => getComputedStyle(element).backgroundColor"
    paper, highlight = page.page.evaluate(
        """() => ['Canvas', 'Highlight'].map((colour) => {
            const element = document.body.appendChild(document.createElement('div'))
            element.style.background = colour
            return getComputedStyle(element).backgroundColor
        })"""
    )
    assert page.page.locator(".bars .best td > div").evaluate(shown) != paper
    for key, chosen in (("tool", "Pen"), ("framing", "Framed like MNIST")):
        assert page.choice(key, chosen).evaluate(shown) == highlight
    cells = page.table.locator("tbody td").evaluate_all(f"cells => cells.map({shown})")
    assert len(set(cells)) > 5


def test_drawing_with_a_finger_does_not_scroll_the_page(phone: PixelvizPage) -> None:
    page = phone
    box = page.canvas.bounding_box()
    assert box is not None
    x, y = box["x"] + 140, box["y"] + 240
    session = page.page.context.new_cdp_session(page.page)
    touch(session, *[(x, y - 10 * step) for step in range(21)])
    page.expect_digit(1)
    scrolled = page.page.locator("[data-testid=stMain]").evaluate("main => main.scrollTop")
    assert scrolled == 0
