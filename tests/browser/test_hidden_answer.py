"""The answer can be hidden, for a class to guess before the models speak."""

from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.pages import WAIT_MS, PixelvizPage
from tests.browser.test_answering import HOLD, not_found
from tests.drawings import SEVEN


def test_a_hidden_answer_is_nowhere_to_be_read_until_it_is_shown_again(page: PixelvizPage) -> None:
    page.draw(SEVEN)
    page.expect_digit(7)
    answer = page.prediction.get_by_role("heading", name="Prediction: 7")
    others = page.prediction.locator(".others td").first
    expect(answer).to_be_visible()
    hide = page.page.locator(".st-key-answer_hidden label").first
    hide.click()
    expect(answer).to_have_count(0)  # as far as a screen reader is concerned, too
    expect(others).to_be_hidden()
    expect(page.prediction.locator(".bars td").nth(1)).to_be_hidden()
    weights = page.prediction.locator(".bars th").evaluate_all(
        "digits => digits.map(digit => getComputedStyle(digit).fontWeight)"
    )
    assert len(weights) == 10
    assert len(set(weights)) == 1
    page.choice("chapter", "Grey levels").click()
    expect(answer).to_have_count(0)
    cells = page.page.locator(".st-key-chapter_grey-levels .predictions td")
    expect(cells.nth(1)).to_be_hidden()
    hide.click()
    expect(answer).to_be_visible()
    expect(cells.nth(1)).to_be_visible()


def test_no_chapter_tells_a_hidden_answer(page: PixelvizPage) -> None:
    page.draw(SEVEN)
    page.expect_digit(7)
    page.page.locator(".st-key-answer_hidden label").first.click()
    for title, told in (
        ("Rescale", page.page.get_by_text("With 0 to 1 the model is")),
        ("Predict", page.page.locator(".sums .best").first),
        ("Predict", page.page.get_by_text("For 7", exact=True)),
        ("Move and shuffle", page.page.locator(".st-key-says_move_chart .vega-embed")),
    ):
        if page.page.get_by_role("heading", name=title, exact=True).count() == 0:
            page.choice("chapter", title).click()
        expect(told).to_be_attached(timeout=WAIT_MS)
        expect(told).to_be_hidden()


def test_it_is_hidden_before_the_server_hears_of_it(page: PixelvizPage) -> None:
    page.draw(SEVEN)
    page.expect_digit(7)
    page.wait_until_answered()
    page.wait_until_idle()
    page.page.evaluate(HOLD)
    page.page.locator(".st-key-answer_hidden label").first.click()
    expect(page.prediction.get_by_role("heading")).to_have_count(0)
    page.draw([((0.3, 0.9), (0.7, 0.9))])
    page.after_frames(20)
    expect(page.prediction.get_by_role("heading")).to_have_count(0)
    expect(page.prediction.get_by_role("status")).to_have_count(0)
    expect(page.prediction.locator(".bars td").nth(1)).to_be_hidden()
    page.page.evaluate("letGo()")


def test_nor_is_it_told_where_the_panel_cannot_be_loaded(open_page: OpenPage) -> None:
    page = open_page(own_browser=True, answers={"**/prediction/panel.js": not_found})
    expect(page.prediction).to_contain_text("Draw a digit", timeout=WAIT_MS)
    page.draw(SEVEN)
    expect(page.prediction).to_contain_text("Prediction: 7", timeout=WAIT_MS)
    page.page.locator(".st-key-answer_hidden label").first.click()
    expect(page.prediction).not_to_contain_text("Prediction: 7", timeout=WAIT_MS)
