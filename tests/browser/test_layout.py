"""What a person sees at once, on a laptop, at a projector and on a phone."""

import pytest
from playwright.sync_api import FloatRect

from tests.browser.conftest import OpenPage
from tests.browser.pages import PixelvizPage
from tests.drawings import CROSSED_SEVEN, SEVEN

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


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1920, 1080)])
def test_everything_is_on_the_screen_at_once(
    open_page: OpenPage, width: int, height: int, scheme: str
) -> None:
    page = open_page(width=width, height=height, color_scheme=scheme)
    page.draw(CROSSED_SEVEN)
    page.expect_digit(7)
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


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_the_parts_stack_in_the_same_order(open_page: OpenPage, scheme: str) -> None:
    page = open_page(width=390, height=844, color_scheme=scheme, has_touch=True, is_mobile=True)
    page.button("example_2").tap()
    page.expect_digit(2)
    found = boxes(page)
    tops = [found[part]["y"] for part in PARTS]
    assert tops == sorted(tops)
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= 390 for box in found.values())
    assert not scrolls_sideways(page)


def test_on_a_phone_the_answer_is_in_sight_while_drawing(open_page: OpenPage) -> None:
    page = open_page(width=390, height=844, has_touch=True, is_mobile=True)
    page.draw(SEVEN)
    page.expect_digit(7)
    box = page.prediction.get_by_role("heading", name="Prediction: 7").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 844
    canvas = page.canvas.bounding_box()
    assert canvas is not None
    assert canvas["y"] + canvas["height"] <= box["y"]


def test_all_columns_fit_beside_the_canvas_from_1251_pixels_on(open_page: OpenPage) -> None:
    for width in (1251, 1280):
        page = open_page(width=width, height=800)
        assert page.table.locator("..").evaluate("sheet => sheet.scrollWidth <= sheet.clientWidth")


def test_on_a_phone_a_cell_of_the_strip_is_at_least_three_pixels_wide(
    open_page: OpenPage,
) -> None:
    page = open_page(width=390, height=844, has_touch=True, is_mobile=True)
    box = page.strip.bounding_box()
    assert box is not None
    assert box["width"] / 784 >= 3


def test_the_dark_theme_is_dark_and_the_light_one_light(open_page: OpenPage) -> None:
    shades = {}
    for scheme in ("light", "dark"):
        page = open_page(color_scheme=scheme)
        colour = page.page.locator(".stApp").evaluate(
            "app => getComputedStyle(app).backgroundColor"
        )
        shades[scheme] = int(colour.split("(")[1].split(",")[0])
    assert shades["light"] > 240
    assert shades["dark"] < 40


def test_drawing_with_a_finger_does_not_scroll_the_page(open_page: OpenPage) -> None:
    page = open_page(width=390, height=844, has_touch=True, is_mobile=True)
    box = page.canvas.bounding_box()
    assert box is not None
    session = page.page.context.new_cdp_session(page.page)
    x, y = box["x"] + 140, box["y"] + 240

    def touch(kind: str, *points: tuple[float, float]) -> None:
        at = [{"x": x, "y": y} for x, y in points]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": at})

    touch("touchStart", (x, y))
    for step in range(1, 21):
        touch("touchMove", (x, y - 10 * step))
    touch("touchEnd")
    page.expect_digit(1)
    scrolled = page.page.locator("[data-testid=stMain]").evaluate("main => main.scrollTop")
    assert scrolled == 0
