"""The page's address follows chapter, model and framing, and the page follows Back and Forward."""

import re

from playwright.sync_api import Locator, expect

from tests.browser.conftest import OpenPage
from tests.browser.pages import WAIT_MS, PixelvizPage
from tests.drawings import SEVEN


def heading(page: PixelvizPage, title: str) -> Locator:
    return page.page.get_by_role("heading", name=title, exact=True)


def choose_model(page: PixelvizPage, title: str) -> None:
    page.page.locator(".st-key-model input").click()
    page.page.get_by_role("option", name=title).click()


def test_back_and_forward_open_the_chapters_again(page: PixelvizPage) -> None:
    page.draw(SEVEN)
    page.expect_digit(7)
    page.choice("chapter", "Unroll").click()
    expect(heading(page, "Unroll")).to_be_visible(timeout=WAIT_MS)
    expect(page.page).to_have_url(re.compile(r"\?chapter=unroll$"))
    page.choice("chapter", "Grey levels").click()
    expect(heading(page, "Grey levels")).to_be_visible(timeout=WAIT_MS)
    expect(page.page).to_have_url(re.compile(r"\?chapter=grey-levels$"))
    page.page.go_back()
    expect(heading(page, "Unroll")).to_be_visible(timeout=WAIT_MS)
    expect(page.choice("chapter", "Unroll")).to_be_checked()
    expect(heading(page, "Grey levels")).to_have_count(0)
    page.page.go_back()
    expect(heading(page, "Unroll")).to_have_count(0, timeout=WAIT_MS)
    expect(page.choice("chapter", "Unroll")).not_to_be_checked()
    page.page.go_forward()
    expect(heading(page, "Unroll")).to_be_visible(timeout=WAIT_MS)
    page.expect_digit(7)
    page.wait_until_views_agree()


def test_back_sets_model_and_framing_back(page: PixelvizPage) -> None:
    page.draw(SEVEN)
    page.expect_digit(7)
    choose_model(page, "Softmax regression")
    expect(page.page).to_have_url(re.compile(r"\?model=softmax$"), timeout=WAIT_MS)
    page.choice("framing", "As drawn").click()
    expect(page.page).to_have_url(re.compile(r"\?model=softmax&framing=drawn$"), timeout=WAIT_MS)
    page.wait_until_views_agree("drawn")
    page.page.go_back()
    expect(page.choice("framing", "Framed like MNIST")).to_be_checked(timeout=WAIT_MS)
    page.wait_until_views_agree("mnist")
    expect(page.page.locator(".st-key-model input")).to_have_value(re.compile("Softmax regression"))
    page.page.go_back()
    expect(page.page.locator(".st-key-model input")).to_have_value(
        re.compile("Convolutional network"), timeout=WAIT_MS
    )


def test_an_unknown_chapter_or_model_gets_a_sentence(open_page: OpenPage, address: str) -> None:
    for query, sentence in (
        ("chapter=foo", "There is no chapter called “foo”. Choose one"),
        ("model=foo", "There is no model called “foo”. Choose one"),
    ):
        page = open_page(f"{address}/?{query}")
        expect(page.page.get_by_test_id("stAlert")).to_contain_text(sentence, timeout=WAIT_MS)
        page.draw(SEVEN)
        page.expect_digit(7)
