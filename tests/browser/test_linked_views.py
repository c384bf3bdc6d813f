"""Point at a pixel in one view, and the same pixel lights up in all three."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from pixelviz.arrays import SIDE
from pixelviz.vector import place_of
from tests.browser.pages import PixelvizPage
from tests.drawings import SEVEN


def draw_a_seven(page: PixelvizPage) -> None:
    page.draw(SEVEN)
    page.expect_digit(7)
    page.wait_until_views_agree()


@pytest.fixture
def drawn(page: PixelvizPage) -> PixelvizPage:
    """Return a page with a seven, for a test to change."""
    draw_a_seven(page)
    return page


@pytest.fixture(scope="module")
def page_with_seven(module_page: PixelvizPage) -> PixelvizPage:
    draw_a_seven(module_page)
    return module_page


@pytest.fixture
def seven(page_with_seven: PixelvizPage) -> Iterator[PixelvizPage]:
    """Return a page with a seven, for tests that only point and pin."""
    page = page_with_seven
    page.page.bring_to_front()
    yield page
    page.strip.focus()
    page.strip.press("Escape")  # takes the pin off, if there is one
    page.strip.blur()
    page.page.mouse.move(5, 5)
    expect(page.table.locator(".point, .pin")).to_have_count(0)
    page.wait_until_idle()


@pytest.mark.parametrize(("row", "column"), [(0, 0), (14, 9), (5, 20), (27, 27)])
def test_pointing_at_the_picture_highlights_the_pixel_in_all_views(
    seven: PixelvizPage, row: int, column: int
) -> None:
    seven.point_at(seven.picture, (column + 0.5) / 28, (row + 0.5) / 28)
    index = SIDE * row + column
    assert seven.lit() == (index, index, index)
    value = seven.integers()[row, column]
    expect(seven.reading).to_have_text(
        f"row {row}, column {column} → feature 28 × {row} + {column} = {index} "
        f"→ {value} → {value / 255:.3f}"
    )


@pytest.mark.parametrize("index", [0, 401, 783])
def test_pointing_at_an_integer_highlights_the_pixel_in_all_views(
    seven: PixelvizPage, index: int
) -> None:
    seven.table.locator(f"td[data-index='{index}']").hover()
    assert seven.lit() == (index, index, index)
    assert seven.read_index() == index


@pytest.mark.parametrize("index", [3, 401, 780])
def test_pointing_at_the_strip_highlights_the_pixel_in_all_views(
    seven: PixelvizPage, index: int
) -> None:
    seven.point_at(seven.strip, (index + 0.5) / 784, 0.5)
    assert seven.lit() == (index, index, index)
    row, _ = place_of(index)
    expect(seven.strip.locator(".rows .point")).to_have_text(str(row))


def test_pointing_sends_nothing_to_the_server(seven: PixelvizPage) -> None:
    seven.wait_until_idle()
    before = seven.messages_sent
    for index in range(280, 308):
        seven.table.locator(f"td[data-index='{index}']").hover()
        assert seven.lit() == (index, index, index)
    assert seven.messages_sent == before
    seven.table.locator("td[data-index='300']").click()  # a pin does reach the server
    seven.wait_until(lambda: seven.messages_sent > before)
    seven.wait_until_idle()
    assert seven.messages_sent == before + 1  # and nothing was late


def test_leaving_the_views_removes_the_highlight(seven: PixelvizPage) -> None:
    seven.table.locator("td[data-index='300']").hover()
    seven.page.mouse.move(5, 5)
    expect(seven.table.locator("td.point")).to_have_count(0)
    expect(seven.reading).to_contain_text("Point at any cell")


@pytest.mark.parametrize("view", ["picture", "table", "strip"])
def test_arrow_keys_move_from_pixel_to_pixel(seven: PixelvizPage, view: str) -> None:
    focused = {
        "picture": seven.picture,
        "table": seven.table.locator("../.."),
        "strip": seven.strip,
    }[view]
    focused.focus()
    for key, index in [
        ("ArrowRight", 0), ("ArrowRight", 1), ("ArrowDown", 29), ("ArrowLeft", 28), ("End", 55),
        # At a row's end only the strip goes on: there the next row's first pixel is the next cell.
        ("ArrowRight", 56 if view == "strip" else 55), ("Home", 56 if view == "strip" else 28),
        ("ArrowUp", 28 if view == "strip" else 0),
    ]:  # fmt: skip
        focused.press(key)
        assert seven.lit() == (index, index, index), key
        assert seven.read_index() == index


def test_a_click_pins_a_pixel_and_a_second_click_unpins_it(seven: PixelvizPage) -> None:
    cell = seven.table.locator("td[data-index='401']")
    cell.click()
    seven.page.mouse.move(5, 5)
    assert seven.lit("pin") == (401, 401, 401)
    expect(seven.reading).to_contain_text("= 401 →")
    expect(seven.reading).to_contain_text("pinned")
    cell.click()
    seven.page.mouse.move(5, 5)
    expect(seven.table.locator("td.pin")).to_have_count(0)


def test_enter_pins_and_escape_unpins(seven: PixelvizPage) -> None:
    seven.strip.focus()
    seven.strip.press("ArrowRight")
    seven.strip.press("ArrowDown")
    seven.strip.press("Enter")
    assert seven.lit("pin") == (28, 28, 28)
    seven.strip.press("Escape")
    expect(seven.table.locator("td.pin")).to_have_count(0)


def test_a_pin_stays_where_it_is_when_the_drawing_changes(drawn: PixelvizPage) -> None:
    drawn.table.locator("td[data-index='401']").click()
    drawn.button("example_3").click()
    drawn.expect_digit(3)
    assert drawn.lit("pin") == (401, 401, 401)


def test_the_tab_key_skips_hidden_controls(page: PixelvizPage) -> None:
    page.wait_until_idle()
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


def test_values_close_to_0_or_1_are_not_shown_as_0_or_1(page: PixelvizPage) -> None:
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


def test_without_a_pointer_the_lens_shows_the_middle(seven: PixelvizPage) -> None:
    shown = [int(text) for text in seven.page.locator(".lens b").all_inner_texts()]
    assert shown == seven.integers()[11:18, 11:18].flatten().tolist()
    expect(seven.page.locator(".lens .point")).to_have_count(0)


def test_a_lens_magnifies_the_cells_around_the_pointer(seven: PixelvizPage) -> None:
    integers = seven.integers()
    seven.table.locator(f"td[data-index='{SIDE * 8 + 15}']").hover()
    shown = [int(text) for text in seven.page.locator(".lens b").all_inner_texts()]
    assert shown == integers[5:12, 12:19].flatten().tolist()


def test_the_lens_says_which_rows_and_columns_it_enlarges(seven: PixelvizPage) -> None:
    caption = seven.page.locator(".enlarged")
    expect(caption).to_have_text("rows 11 to 17, columns 11 to 17, enlarged")
    for row, column, text in (
        (8, 15, "rows 5 to 11, columns 12 to 18, enlarged"),
        (0, 27, "rows 0 to 3, columns 24 to 27, enlarged"),
    ):
        seven.table.locator(f"td[data-index='{SIDE * row + column}']").hover()
        expect(caption).to_have_text(text)


def test_the_integers_are_a_table_with_row_and_column_headers(seven: PixelvizPage) -> None:
    expect(seven.page.locator(".st-key-pixel_view table")).to_have_count(1)
    numbers = [str(number) for number in range(28)]
    expect(seven.table.locator("thead th[scope=col]")).to_have_text(numbers)
    expect(seven.table.locator("tbody th[scope=row]")).to_have_text(numbers)
    expect(seven.table.locator("tbody tr")).to_have_count(28)


def test_every_integer_is_legible_on_the_shade_of_its_pixel(
    seven: PixelvizPage,
) -> None:
    integers = seven.integers()
    colours = seven.table.locator("tbody td").evaluate_all(
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


def test_a_tap_points_at_a_pixel_too(phone: PixelvizPage) -> None:
    page = phone
    page.button("example_5").tap()
    page.expect_digit(5)
    width = page.picture.evaluate("picture => picture.clientWidth")
    page.picture.tap(position={"x": 14.5 / 28 * width, "y": 14.5 / 28 * width})
    index = SIDE * 14 + 14
    assert page.lit("pin") == (index, index, index)
    assert page.read_index() == index
