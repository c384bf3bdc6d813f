"""A reload keeps what was drawn and set; a shared link may be drawn over; nothing else remains."""

import re

import numpy as np
from playwright.sync_api import expect

from pixelviz import raster
from pixelviz.formats import share_link
from pixelviz.formats.share_link import Settings
from tests.browser.conftest import OpenPage
from tests.browser.pages import WAIT_MS, PixelvizPage
from tests.browser.test_lesson import CHAPTERS
from tests.drawings import CROSSED_SEVEN, SEVEN, drawn


def wait_until_ready(page: PixelvizPage) -> None:
    expect(page.canvas).to_be_visible(timeout=WAIT_MS)
    expect(page.picture).to_be_visible(timeout=WAIT_MS)


def reload(page: PixelvizPage) -> None:
    page.page.reload()
    wait_until_ready(page)


def test_a_reload_keeps_the_drawing_and_the_settings(open_page: OpenPage, address: str) -> None:
    page = open_page(f"{address}/?chapter=pixels&framing=drawn")
    slider = page.page.locator(".st-key-pen_width").get_by_role("slider")
    slider.press("End")
    page.wait_until_idle()
    page.choice("tool", "Eraser").click()
    page.choice("tool", "Pen").click()
    page.wait_until_idle()
    page.draw(SEVEN)
    page.wait_until_answered()
    seven = page.wait_until_views_agree("drawn")
    reload(page)
    page.wait_until_views_show(seven, "drawn")
    expect(page.page.get_by_test_id("stSliderThumbValue").first).to_have_text("48 px")
    expect(page.page).to_have_url(re.compile(r"\?chapter=pixels&framing=drawn$"))
    page.draw([((0.1, 0.9), (0.9, 0.9))])
    page.wait_until_answered()
    page.page.locator(".st-key-answer_hidden label").first.click()  # a class is still to guess
    expect(page.prediction.get_by_role("heading", name="Prediction")).to_have_count(0)
    page.wait_until_idle()
    after = page.wait_until_views_agree("drawn")
    reload(page)
    page.wait_until_views_show(after, "drawn")
    expect(page.page.locator(".st-key-answer_hidden input")).to_be_checked()
    expect(page.prediction.get_by_role("heading", name="Prediction")).to_have_count(0)
    page.button("undo").click()
    page.wait_until_idle()
    assert not page.ink().any()


def test_a_shared_link_is_drawn_over_in_one_step_and_outlasts_a_reload(
    open_page: OpenPage, address: str
) -> None:
    grid = raster.as_drawn(drawn(SEVEN))
    settings = Settings("drawn", model="softmax", chapter="pixels")
    page = open_page(share_link.to_link(grid, settings, address=f"{address}/"))
    page.wait_until_views_show(grid, "drawn")
    page.wait_until_idle()
    expect(page.page).to_have_url(re.compile("drawing="))
    steps = page.page.evaluate("history.length")
    page.draw(CROSSED_SEVEN[1:])
    page.wait_until_answered()
    page.wait_until_idle()
    named = re.compile(
        r"\?(?=.*chapter=pixels)(?=.*model=softmax)(?=.*framing=drawn)(?!.*drawing=)"
    )
    expect(page.page).to_have_url(named)
    assert page.page.evaluate("history.length") == steps
    after = page.wait_until_views_agree("drawn")
    assert not np.array_equal(after, grid)
    reload(page)
    page.wait_until_views_show(after, "drawn")
    expect(page.page).to_have_url(named)
    expect(page.page.locator(".st-key-model input")).to_have_value(re.compile("Softmax regression"))


def test_start_afresh_leaves_nothing_for_the_next_person(open_page: OpenPage, address: str) -> None:
    page = open_page(f"{address}/?chapter=pixels&framing=drawn")
    page.draw(SEVEN)
    page.expect_digit_or_doubt()
    page.button("export").click()
    page.button("afresh").click()
    expect(page.page).to_have_url(f"{address}/")
    wait_until_ready(page)
    page.expect_nothing_drawn()
    page.wait_until_idle()
    assert not page.ink().any()
    expect(page.choice("framing", "Framed like MNIST")).to_be_checked()
    reload(page)
    page.wait_until_idle()
    page.expect_nothing_drawn()
    assert not page.ink().any()


def test_a_reload_keeps_how_the_questions_were_answered(open_page: OpenPage, address: str) -> None:
    page = open_page(f"{address}/?chapter=zip")
    page.page.get_by_text("100,000", exact=True).click()
    result = page.page.get_by_text(
        f"1 of {2 * len(CHAPTERS)} questions answered correctly, 1 of them"
    )
    expect(result.first).to_be_attached(timeout=WAIT_MS)
    page.wait_until_idle()
    reload(page)
    expect(result.first).to_be_attached(timeout=WAIT_MS)
