"""The answer moves with the pen: the models in the browser say what Keras says, but sooner."""

from collections.abc import Callable

import numpy as np
import pytest
from playwright.sync_api import Route, expect

from pixelviz import raster
from pixelviz.arrays import Grid
from pixelviz.shift import shift
from tests import oracle
from tests.browser.conftest import OpenPage
from tests.browser.pages import WAIT_MS, PixelvizPage
from tests.browser.test_following import lift, put_down_and_move
from tests.drawings import CROSSED_SEVEN, SEVEN

OPEN_THREE = [
    (0.3, 0.2), (0.5, 0.13), (0.66, 0.25), (0.6, 0.42), (0.45, 0.48),
    (0.66, 0.56), (0.7, 0.72), (0.5, 0.86), (0.28, 0.78),
]  # fmt: skip

CHANGES = """() => {
    // Counts what changes in the panel, as words or as bars, from now on.
    window.changes = []
    const note = (records) => {
        for (const {target} of records) changes.push(target.textContent || target.outerHTML)
    }
    const watch = new MutationObserver(note)
    const options = {subtree: true, childList: true, characterData: true, attributes: true,
                     attributeFilter: ['style', 'class']}
    for (const part of document.querySelectorAll('.st-key-prediction :is(.answer, .bars, .others)'))
        watch.observe(part, options)
}"""
SAID = """() => {
    window.said = []
    const status = document.querySelector('.st-key-prediction [role=status]')
    new MutationObserver(() => said.push(status.textContent))
        .observe(status, {subtree: true, childList: true, characterData: true})
}"""


NETWORKS = """new Set(performance.getEntriesByType('resource')
    .map((each) => each.name).filter((name) => /pixelviz\\/network\\//.test(name))).size"""
HOLD = """() => {
    // Keeps all messages to the server back until they are let go.
    const [send, held] = [WebSocket.prototype.send, []]
    WebSocket.prototype.send = function (...given) { held.push([this, given]) }
    window.letGo = () => {
        WebSocket.prototype.send = send
        for (const [socket, given] of held) send.apply(socket, given)
    }
}"""


@pytest.fixture
def quiet(quiet_page: PixelvizPage) -> PixelvizPage:
    """Return the page with the models in the browser, for those who ask for less motion."""
    page = quiet_page
    page.draw(SEVEN)
    page.expect_digit(7)
    page.button("clear").click()
    page.expect_nothing_drawn()
    page.wait_until_idle()
    return page


def widths(page: PixelvizPage) -> list[float]:
    """Return how wide each digit's bar is, in percent."""
    bars = page.prediction.locator(".bars td > div")
    shares = bars.evaluate_all("bars => bars.map((bar) => bar.style.getPropertyValue('--share'))")
    return [100 * float(share) for share in shares]


def expect_answer_of_keras(page: PixelvizPage, grid: Grid, model: str = "convolutional") -> None:
    """Check that the bars and the words are those of Keras itself."""
    (answer,) = oracle.ask(model, grid[np.newaxis])
    expect(page.answer.locator("p")).to_have_text(answer.reason)
    assert widths(page) == pytest.approx(100 * answer.probabilities, abs=0.02)


def wait_for_answer_of_keras(page: PixelvizPage) -> None:
    """Wait until the bars are those that Keras would show of what is on the canvas."""

    def is_so() -> bool:
        (answer,) = oracle.ask("convolutional", raster.to_grid(page.ink())[np.newaxis])
        return bool(np.allclose(widths(page), 100 * answer.probabilities, atol=0.02))

    page.wait_until(is_so)


def test_bars_and_words_move_while_the_pen_is_down(quiet: PixelvizPage) -> None:
    sent = quiet.messages_sent
    put_down_and_move(quiet, OPEN_THREE[:4])
    expect(quiet.answer).to_contain_text("Prediction:")
    early = widths(quiet)
    box = quiet.canvas.bounding_box()
    assert box is not None
    for x, y in OPEN_THREE[4:]:
        quiet.page.mouse.move(box["x"] + x * box["width"], box["y"] + y * box["height"], steps=8)
    expect(quiet.answer).to_contain_text("Prediction: 3")
    assert widths(quiet) != early
    assert quiet.messages_sent == sent  # nobody but the browser knows of it
    lift(quiet)
    quiet.expect_digit(3)


def test_the_answer_after_the_lift_is_that_of_keras(quiet: PixelvizPage) -> None:
    for strokes in (CROSSED_SEVEN, (tuple(OPEN_THREE),), (((0.5, 0.5), (0.52, 0.5)),)):
        quiet.draw(strokes)
        quiet.expect_digit_or_doubt()
        expect_answer_of_keras(quiet, quiet.wait_until_views_agree())
        quiet.button("clear").click()
        quiet.expect_nothing_drawn()
        quiet.wait_until_idle()


def test_the_servers_answer_changes_nothing_that_is_seen(quiet: PixelvizPage) -> None:
    quiet.draw(SEVEN)
    quiet.expect_digit(7)
    quiet.wait_until(lambda: quiet.page.evaluate(NETWORKS) == 3)  # all models are in the browser
    quiet.wait_until_idle()
    quiet.page.evaluate(HOLD)
    put_down_and_move(quiet, OPEN_THREE)
    lift(quiet)
    wait_for_answer_of_keras(quiet)
    expect(quiet.confirmed).to_have_count(0)
    panel = quiet.prediction.locator(".answer, .bars, .others")
    seen = panel.all_inner_texts()
    quiet.page.evaluate(CHANGES)
    quiet.page.evaluate("letGo()")
    expect(quiet.confirmed).to_have_count(1)
    quiet.wait_until_idle()
    assert quiet.page.evaluate("changes") == []
    assert panel.all_inner_texts() == seen


def test_a_drawing_shown_as_drawn_is_answered_as_drawn(quiet: PixelvizPage) -> None:
    quiet.choice("framing", "As drawn").click()
    expect(quiet.choice("framing", "As drawn")).to_be_checked()
    quiet.wait_until_idle()
    quiet.draw(tuple(tuple((0.1 + 0.3 * x, 0.3 * y) for x, y in stroke) for stroke in SEVEN))
    quiet.expect_digit_or_doubt()
    expect_answer_of_keras(quiet, quiet.wait_until_views_agree("drawn"))


def test_the_eraser_is_answered_at_once(quiet: PixelvizPage) -> None:
    quiet.draw(SEVEN)
    quiet.expect_digit(7)
    quiet.choice("tool", "Eraser").click()
    expect(quiet.choice("tool", "Eraser")).to_be_checked()
    quiet.wait_until_idle()
    before = widths(quiet)
    put_down_and_move(quiet, [(0.1, 0.3), (0.9, 0.3), (0.1, 0.2), (0.9, 0.2)])
    quiet.wait_until(lambda: widths(quiet) != before)
    lift(quiet)
    quiet.expect_digit_or_doubt()
    expect_answer_of_keras(quiet, quiet.wait_until_views_agree())


def test_a_changed_integer_is_answered_before_the_server_hears_of_it(quiet: PixelvizPage) -> None:
    quiet.draw(SEVEN)
    quiet.expect_digit(7)
    quiet.wait_until_answered()
    quiet.page.locator(".st-key-model input").click()  # one pixel changes what this model says
    quiet.page.get_by_role("option", name="Softmax regression").click()
    quiet.wait_until_answered()
    quiet.table.locator("tbody td").nth(28 * 20 + 5).click()
    quiet.wait_until_idle()
    before = widths(quiet)
    quiet.page.evaluate(HOLD)
    quiet.page.locator(".st-key-pixel_view .value input").fill("255")
    quiet.wait_until(lambda: widths(quiet) != before)
    expect(quiet.confirmed).to_have_count(0)
    expect_answer_of_keras(quiet, quiet.integers().astype(np.uint8), "softmax")
    quiet.page.evaluate("letGo()")
    expect(quiet.confirmed).to_have_count(1)


def test_a_moved_digit_is_answered_before_the_server_hears_of_it(quiet: PixelvizPage) -> None:
    quiet.choice("chapter", "Move and shuffle").click()
    mover = quiet.page.locator(".st-key-mover")
    expect(mover.locator("output")).to_be_attached()
    quiet.draw(SEVEN)
    quiet.expect_digit(7)
    quiet.wait_until_answered()
    quiet.wait_until_idle()
    grid = quiet.integers().astype(np.uint8)
    for name, option in (("convolutional", None), ("softmax", "Softmax regression")):
        if option:
            quiet.page.locator(".st-key-model input").click()
            quiet.page.get_by_role("option", name=option).click()
        expect(mover.locator("output")).to_contain_text(f"{oracle.title(name)}: ")
        quiet.wait_until_idle()
        quiet.page.evaluate(HOLD)
        mover.locator(".paper").focus()
        for moved in ((0, 5), (0, 6)) if option is None else ((1, 6), (2, 6)):
            quiet.page.keyboard.press("ArrowRight" if option is None else "ArrowDown")
            (answer,) = oracle.ask(name, shift(grid, rows=moved[0], columns=moved[1])[np.newaxis])
            said = answer.digit if answer.is_sure else "not sure"
            expect(mover.locator("output")).to_have_text(
                f"{oracle.title(name)}: {said}, {answer.reason}"
            )
        quiet.page.evaluate("letGo()")
        quiet.wait_until_idle()
    quiet.page.locator(".st-key-answer_hidden label").first.click()
    expect(mover.locator("output")).to_have_text("")


def test_another_model_answers_with_the_pen_too(quiet: PixelvizPage) -> None:
    quiet.page.locator(".st-key-model input").click()
    quiet.page.get_by_role("option", name="Softmax regression").click()
    quiet.wait_until_idle()
    put_down_and_move(quiet, list(SEVEN[0]))
    expect(quiet.answer).to_contain_text("Prediction:")
    lift(quiet)
    quiet.expect_digit_or_doubt()
    (answer,) = oracle.ask("softmax", quiet.wait_until_views_agree()[np.newaxis])
    expect(quiet.answer.locator("p")).to_have_text(answer.reason)


def test_a_screen_reader_hears_the_answer_once_after_the_lift(quiet: PixelvizPage) -> None:
    quiet.page.evaluate(SAID)
    put_down_and_move(quiet, OPEN_THREE)
    expect(quiet.answer).to_contain_text("Prediction: 3")
    assert quiet.page.evaluate("said") == []
    lift(quiet)
    quiet.expect_digit(3)
    quiet.wait_until_idle()
    quiet.wait_until(lambda: bool(quiet.page.evaluate("said")))
    quiet.wait_until_idle()
    (heard,) = quiet.page.evaluate("said")
    assert heard.startswith("Prediction: 3, ")


def not_found(route: Route) -> None:
    route.fulfill(status=404)


def cut_off(route: Route) -> None:
    whole = route.fetch()
    route.fulfill(response=whole, body=whole.body()[:5000], headers={})


FAILURES: dict[str, tuple[str, Callable[[Route], None]]] = {
    "the weights are not there": ("**/pixelviz/network/**", not_found),
    "the weights break off": ("**/pixelviz/network/**", cut_off),
    "the weights never come": ("**/pixelviz/network/**", lambda route: route.abort()),
    "the worker's script is not there": ("**/network_worker.js", not_found),
    "a module of the worker is not there": ("**/network/layers.js", not_found),
}


@pytest.mark.parametrize("failure", FAILURES)
def test_where_the_browser_cannot_answer_the_server_does(open_page: OpenPage, failure: str) -> None:
    page = open_page(
        own_browser=True,
        answers=dict([FAILURES[failure]]),
        reduced_motion="reduce",
        service_workers="block",
    )
    page.expect_nothing_drawn()
    put_down_and_move(page, list(SEVEN[0]))
    lift(page)
    page.expect_digit(7)
    expect_answer_of_keras(page, page.wait_until_views_agree())


def test_without_the_panels_module_the_answer_is_there_in_words(open_page: OpenPage) -> None:
    page = open_page(own_browser=True, answers={"**/prediction/panel.js": not_found})
    expect(page.prediction).to_contain_text("Draw a digit", timeout=WAIT_MS)
    page.draw(SEVEN)
    expect(page.prediction.get_by_role("status")).to_contain_text("Prediction: 7", timeout=WAIT_MS)


def test_a_second_visit_fetches_no_weights_again(open_page: OpenPage, address: str) -> None:
    page = open_page(own_browser=True)
    sizes: list[tuple[int, int]] = []
    for is_first in (True, False):
        page.page.goto("about:blank")
        page.page.goto(address)
        if is_first:  # the tab keeps the drawing for the second
            page.expect_nothing_drawn()
            page.draw(SEVEN)
        page.expect_digit(7)
        page.wait_until(lambda: page.page.evaluate(NETWORKS) == 3)  # all of them have come
        sizes.append(
            page.page.evaluate(
                """performance.getEntriesByType('resource')
                    .filter((each) => /pixelviz\\/network\\//.test(each.name))
                    .reduce(([count, sum], each) => [count + 1, sum + each.transferSize], [0, 0])"""
            )
        )
    (first_count, first), (second_count, second) = sizes
    assert first_count >= 1
    assert second_count >= 1
    assert 500_000 < first < 2_600_000
    assert second == 0


def test_the_graph_of_the_pen_is_the_servers(quiet: PixelvizPage) -> None:
    """What the models in the browser get is the framed grid, byte for byte, before the server."""
    quiet.page.evaluate(
        """() => {
            const post = Worker.prototype.postMessage
            Worker.prototype.postMessage = function (...given) {
                const vector = given[0]?.vector
                if (vector) window.fed = Array.from(vector)
                return post.apply(this, given)
            }
        }"""
    )
    quiet.draw(CROSSED_SEVEN)
    quiet.expect_digit(7)
    fed = np.array(quiet.page.evaluate("window.fed"), np.uint8).reshape(28, 28)
    assert np.array_equal(fed, raster.to_grid(quiet.ink()))
