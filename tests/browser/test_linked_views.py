"""Point at a pixel in one view, and the same pixel lights up in all three."""

import pytest
from playwright.sync_api import expect

from pixelviz.arrays import SIDE
from pixelviz.vector import place_of
from tests.browser.conftest import OpenPage
from tests.browser.pages import PixelvizPage
from tests.drawings import SEVEN


@pytest.fixture
def drawn(page: PixelvizPage) -> PixelvizPage:
    page.draw(SEVEN)
    page.expect_digit(7)
    page.wait_until_views_agree()
    return page


@pytest.mark.parametrize(("row", "column"), [(0, 0), (14, 9), (5, 20), (27, 27)])
def test_pointing_at_the_picture_lights_the_pixel_in_all_views(
    drawn: PixelvizPage, row: int, column: int
) -> None:
    drawn.point_at(drawn.picture, (column + 0.5) / 28, (row + 0.5) / 28)
    index = SIDE * row + column
    assert drawn.lit() == (index, index, index)
    value = drawn.integers()[row, column]
    expect(drawn.reading).to_have_text(
        f"row {row}, column {column} → feature 28 × {row} + {column} = {index} "
        f"→ {value} → {value / 255:.3f}"
    )


@pytest.mark.parametrize("index", [0, 401, 783])
def test_pointing_at_an_integer_lights_the_pixel_in_all_views(
    drawn: PixelvizPage, index: int
) -> None:
    drawn.table.locator(f"td[data-index='{index}']").hover()
    assert drawn.lit() == (index, index, index)
    assert drawn.read_index() == index


@pytest.mark.parametrize("index", [3, 401, 780])
def test_pointing_at_the_strip_lights_the_pixel_in_all_views(
    drawn: PixelvizPage, index: int
) -> None:
    drawn.point_at(drawn.strip, (index + 0.5) / 784, 0.5)
    assert drawn.lit() == (index, index, index)
    row, _ = place_of(index)
    expect(drawn.strip.locator(".rows .point")).to_have_text(str(row))


def test_linking_asks_nothing_of_the_server(drawn: PixelvizPage) -> None:
    drawn.page.wait_for_timeout(1000)
    before = drawn.messages_sent
    for index in range(280, 308):
        drawn.table.locator(f"td[data-index='{index}']").hover()
        assert drawn.lit() == (index, index, index)
    drawn.page.wait_for_timeout(500)
    assert drawn.messages_sent == before
    drawn.table.locator("td[data-index='300']").click()  # a pin does reach the server
    drawn.page.wait_for_timeout(500)
    assert drawn.messages_sent > before


def test_leaving_the_views_takes_the_light_off(drawn: PixelvizPage) -> None:
    drawn.table.locator("td[data-index='300']").hover()
    drawn.page.mouse.move(5, 5)
    expect(drawn.table.locator("td.point")).to_have_count(0)
    expect(drawn.reading).to_contain_text("Point at any cell")


@pytest.mark.parametrize("view", ["picture", "table", "strip"])
def test_arrow_keys_move_from_pixel_to_pixel(drawn: PixelvizPage, view: str) -> None:
    focused = {
        "picture": drawn.picture,
        "table": drawn.table.locator("../.."),
        "strip": drawn.strip,
    }[view]
    focused.focus()
    for key, index in [
        ("ArrowRight", 0), ("ArrowRight", 1), ("ArrowDown", 29), ("ArrowLeft", 28), ("End", 55),
        # At a row's end only the strip goes on: there the next row's first pixel is the next cell.
        ("ArrowRight", 56 if view == "strip" else 55), ("Home", 56 if view == "strip" else 28),
        ("ArrowUp", 28 if view == "strip" else 0),
    ]:  # fmt: skip
        focused.press(key)
        assert drawn.lit() == (index, index, index), key
        assert drawn.read_index() == index


def test_a_click_pins_a_pixel_and_a_second_click_takes_the_pin_off(drawn: PixelvizPage) -> None:
    cell = drawn.table.locator("td[data-index='401']")
    cell.click()
    drawn.page.mouse.move(5, 5)
    assert drawn.lit("pin") == (401, 401, 401)
    expect(drawn.reading).to_contain_text("= 401 →")
    expect(drawn.reading).to_contain_text("pinned")
    cell.click()
    drawn.page.mouse.move(5, 5)
    expect(drawn.table.locator("td.pin")).to_have_count(0)


def test_enter_pins_and_escape_takes_the_pin_off(drawn: PixelvizPage) -> None:
    drawn.strip.focus()
    drawn.strip.press("ArrowRight")
    drawn.strip.press("ArrowDown")
    drawn.strip.press("Enter")
    assert drawn.lit("pin") == (28, 28, 28)
    drawn.strip.press("Escape")
    expect(drawn.table.locator("td.pin")).to_have_count(0)


def test_a_pin_stays_where_it_is_when_the_drawing_changes(drawn: PixelvizPage) -> None:
    drawn.table.locator("td[data-index='401']").click()
    drawn.button("example_3").click()
    drawn.expect_digit(3)
    assert drawn.lit("pin") == (401, 401, 401)


def test_the_tab_key_never_lands_on_what_cannot_be_seen(page: PixelvizPage) -> None:
    page.page.wait_for_timeout(1000)
    landed = []
    for _ in range(30):
        page.page.keyboard.press("Tab")
        landed += page.page.evaluate(
            """() => {
                let focused = document.activeElement
                while (focused.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement
                return [focused.closest('.dc-toolbar') ? 'toolbar' : focused.className]
            }"""
        )
    assert "toolbar" not in landed
    assert {"paper", "sheet", "tape"} <= set(landed)


def test_the_values_can_be_shown_rescaled(drawn: PixelvizPage) -> None:
    integers = drawn.integers()
    drawn.page.get_by_role("button", name="0..1").click()
    texts = drawn.table.locator("tbody td").all_inner_texts()
    for text, integer in zip(texts, integers.flat, strict=True):
        assert float(text) == pytest.approx(integer / 255, abs=0.005)
    drawn.page.get_by_role("button", name="0..255").click()
    assert (drawn.integers() == integers).all()


def test_what_is_nearly_nothing_or_everything_does_not_look_like_it(page: PixelvizPage) -> None:
    page.button("example_2").click()
    page.expect_digit(2)
    page.wait_until_views_agree()
    page.picture.focus()
    page.page.keyboard.press("ArrowRight")
    page.page.keyboard.press("Space")  # full ink, which the pen may not leave
    integers = page.integers().flatten().tolist()
    page.page.get_by_role("button", name="0..1").click()
    texts = page.table.locator("tbody td").all_inner_texts()
    assert {text for text, value in zip(texts, integers, strict=True) if value == 0} == {"0"}
    assert {text for text, value in zip(texts, integers, strict=True) if value == 255} == {"1"}
    assert not {"0", "1"} & {
        text for text, value in zip(texts, integers, strict=True) if 0 < value < 255
    }


def test_without_a_pointer_the_lens_shows_the_middle(drawn: PixelvizPage) -> None:
    shown = [int(text) for text in drawn.page.locator(".lens b").all_inner_texts()]
    assert shown == drawn.integers()[11:18, 11:18].flatten().tolist()
    expect(drawn.page.locator(".lens .point")).to_have_count(0)


def test_a_lens_magnifies_the_cells_around_the_pointer(drawn: PixelvizPage) -> None:
    integers = drawn.integers()
    drawn.table.locator(f"td[data-index='{SIDE * 8 + 15}']").hover()
    shown = [int(text) for text in drawn.page.locator(".lens b").all_inner_texts()]
    assert shown == integers[5:12, 12:19].flatten().tolist()


def test_the_table_is_a_real_one_with_row_and_column_headers(drawn: PixelvizPage) -> None:
    expect(drawn.page.locator(".st-key-pixel_view table")).to_have_count(1)
    numbers = [str(number) for number in range(28)]
    expect(drawn.table.locator("thead th[scope=col]")).to_have_text(numbers)
    expect(drawn.table.locator("tbody th[scope=row]")).to_have_text(numbers)
    expect(drawn.table.locator("tbody tr")).to_have_count(28)


def test_every_integer_has_the_shade_of_its_pixel_and_stands_out_from_it(
    drawn: PixelvizPage,
) -> None:
    integers = drawn.integers()
    colours = drawn.table.locator("tbody td").evaluate_all(
        """cells => cells.map(cell => [getComputedStyle(cell).backgroundColor,
            getComputedStyle(cell).color].map(colour => Number(colour.match(/\\d+/)[0])))"""
    )
    for (background, text), integer in zip(colours, integers.flat, strict=True):
        assert background == integer
        lighter, darker = sorted((_luminance(background), _luminance(text)), reverse=True)
        assert (lighter + 0.05) / (darker + 0.05) >= 4.5


def _luminance(grey: int) -> float:
    """Return the relative luminance of a grey, as WCAG 2.2 defines it."""
    share = grey / 255
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)


def test_a_finger_points_too(open_page: OpenPage) -> None:
    page = open_page(width=390, height=844, has_touch=True, is_mobile=True)
    page.button("example_5").tap()
    page.expect_digit(5)
    width = page.picture.evaluate("picture => picture.clientWidth")
    page.picture.tap(position={"x": 14.5 / 28 * width, "y": 14.5 / 28 * width})
    index = SIDE * 14 + 14
    assert page.lit("pin") == (index, index, index)
    assert page.read_index() == index
