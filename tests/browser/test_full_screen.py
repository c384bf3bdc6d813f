"""The page on the full screen, by a button and by the key F."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.pages import PixelvizPage
from tests.browser.test_lesson import open_chapter

IS_FULL = "() => document.fullscreenElement === document.documentElement"


def is_full(page: Page) -> bool:
    full: bool = page.evaluate(IS_FULL)
    return full


def test_the_button_and_the_key_lead_to_the_full_screen_and_back(page: PixelvizPage) -> None:
    button = page.page.get_by_role("button", name="Full screen")
    expect(button).to_contain_text("F")
    button.click()
    page.page.wait_for_function(IS_FULL)
    button.click()
    page.wait_until(lambda: not is_full(page.page))
    page.page.keyboard.press("f")
    page.page.wait_for_function(IS_FULL)
    page.page.keyboard.press("f")
    page.wait_until(lambda: not is_full(page.page))


def test_the_key_does_nothing_while_something_is_typed_or_with_other_keys(
    open_page: OpenPage, address: str
) -> None:
    page = open_chapter(open_page, address, "unroll")
    page.page.evaluate(
        """() => {
            window.asked = 0
            document.documentElement.requestFullscreen = async () => { window.asked += 1 }
        }"""
    )
    page.page.locator(".st-key-quiz_row input").press("f")
    page.page.locator(".st-key-model input").press("f")
    page.page.keyboard.press("Escape")
    page.page.locator(".st-key-pen_width input").press("Control+f")
    assert page.page.evaluate("asked") == 0
    page.page.locator(".st-key-pen_width input").press("f")  # a slider takes no letters
    assert page.page.evaluate("asked") == 1
