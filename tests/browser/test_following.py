"""While the pen draws, the views follow it in the browser, and show what the server would."""

import base64

import numpy as np
import pytest
from playwright.sync_api import expect

from pixelviz import ink, raster
from pixelviz.arrays import Grid
from tests.browser.conftest import OpenPage
from tests.browser.pages import PixelvizPage
from tests.drawings import CROSSED_SEVEN, SEVEN

SMALL = tuple(tuple((0.1 + 0.3 * x, 0.5 + 0.4 * y) for x, y in stroke) for stroke in SEVEN)
SWITCHED_OFF = {
    "refused": "throw new Error('reading is refused')",
    "noisy": "const read = original.apply(this, given); read.data[4] ^= 1; return read",
}

RECORD = """() => {
    // Keeps the integers of the last frame in which the views follow the pen.
    const host = [...document.querySelectorAll('.st-key-pixel_view *')].find((e) => e.shadowRoot)
    const [label, cells] = [host.shadowRoot.querySelector('.picture small'),
                            [...host.shadowRoot.querySelectorAll('tbody td')]]
    const keep = () => {
        if (label.textContent === 'as drawn') window.followed = cells.map((c) => c.textContent)
        requestAnimationFrame(keep)
    }
    requestAnimationFrame(keep)
}"""

Points = list[tuple[float, float]]


def put_down_and_move(page: PixelvizPage, stroke: Points) -> None:
    """Draw a stroke without lifting the pen, x and y in shares of the canvas."""
    box = page.canvas.bounding_box()
    assert box is not None
    places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in stroke]
    page.page.mouse.move(*places[0])
    page.page.mouse.down()
    for place in places[1:]:
        page.page.mouse.move(*place, steps=8)
    page.after_frames()


def lift(page: PixelvizPage) -> None:
    """Lift the pen, and let the canvas draw the stroke that it ends."""
    page.page.mouse.up()
    page.after_frames(4)


def as_drawn_now(page: PixelvizPage) -> Grid:
    """Return what the server's steps make of the canvas, the stroke in progress included."""
    address: str = page.canvas.evaluate(
        """lower => {
            const both = document.createElement('canvas')
            both.width = both.height = lower.width
            const upper = lower.parentElement.querySelector('canvas.upper-canvas')
            for (const layer of [lower, upper]) both.getContext('2d').drawImage(layer, 0, 0)
            return both.toDataURL('image/png')
        }"""
    )
    png = base64.b64decode(address.removeprefix("data:image/png;base64,"))
    return raster.as_drawn(ink.from_png(png, width_px=280, height_px=280))


@pytest.fixture
def quiet(quiet_page: PixelvizPage) -> PixelvizPage:
    return quiet_page


def test_while_the_pen_is_down_all_views_show_the_grid_as_drawn(quiet: PixelvizPage) -> None:
    put_down_and_move(quiet, list(SMALL[0]))
    live = quiet.integers()
    assert live.max() == 255
    assert np.array_equal(live, as_drawn_now(quiet))
    assert np.array_equal(quiet.pixels_of(quiet.picture), live.flatten())
    assert np.array_equal(quiet.pixels_of(quiet.strip), live.flatten())
    expect(quiet.picture.locator("xpath=..").locator("small")).to_have_text("as drawn")
    expect(quiet.confirmed).to_have_count(0)  # the server has not heard of it
    lift(quiet)
    quiet.wait_until_views_agree("mnist")
    expect(quiet.picture.locator("xpath=..").locator("small")).to_have_text("28 × 28 pixels")


@pytest.mark.parametrize("tool", ["Pen", "Eraser"])
def test_the_last_grid_while_drawing_is_the_servers_grid_as_drawn(
    quiet: PixelvizPage, tool: str
) -> None:
    quiet.choice("framing", "As drawn").click()
    quiet.draw(CROSSED_SEVEN)
    quiet.expect_digit_or_doubt()
    quiet.wait_until_answered()
    quiet.choice("tool", tool).click()
    expect(quiet.choice("tool", tool)).to_be_checked()
    quiet.wait_until_idle()
    put_down_and_move(quiet, [(0.2, 0.3), (0.8, 0.7), (0.5, 0.9)])
    quiet.page.evaluate(RECORD)
    lift(quiet)
    grid = quiet.wait_until_views_agree("drawn")
    quiet.wait_until_answered()
    followed = np.array(quiet.page.evaluate("window.followed"), int).reshape(28, 28)
    assert np.array_equal(followed, grid)
    assert np.array_equal(quiet.integers(), grid)


def test_a_stroke_is_followed_while_the_previous_one_is_answered(quiet: PixelvizPage) -> None:
    first, second = [(0.2, 0.2), (0.8, 0.2)], [(0.8, 0.2), (0.5, 0.9)]
    sent = quiet.messages_sent
    put_down_and_move(quiet, first)
    lift(quiet)
    put_down_and_move(quiet, second)
    quiet.wait_until(lambda: quiet.messages_sent > sent)
    quiet.wait_until_idle()  # the answer to the first stroke is there
    assert np.array_equal(quiet.integers(), as_drawn_now(quiet))
    lift(quiet)
    quiet.wait_until_views_agree("mnist")


def test_the_digit_moves_visibly_into_the_frame(page: PixelvizPage) -> None:
    put_down_and_move(page, list(SMALL[0]))
    page.picture.locator("canvas").evaluate(
        """canvas => {
            window.moves = []
            const animate = canvas.animate
            canvas.animate = (...given) => (moves.push(given), animate.apply(canvas, given))
        }"""
    )
    drawn = as_drawn_now(page)
    lift(page)
    framed = page.wait_until_views_agree("mnist")
    moves = page.page.evaluate("moves")
    assert len(moves) == 1
    start, end = moves[0][0]
    assert (end["translate"], end["scale"]) == ("0 0", "1")
    scale = float(start["scale"])
    across, down = (28 * float(share.strip("%")) / 100 for share in start["translate"].split())
    # In its first moment the framed digit lies where it was drawn, as large as it was drawn.
    for axis, offset in ((1, down), (0, across)):
        inked_before = np.flatnonzero(drawn.any(axis=axis))
        inked_after = np.flatnonzero(framed.any(axis=axis))
        middle = offset + scale * (inked_after[0] + inked_after[-1] + 1) / 2
        assert middle == pytest.approx((inked_before[0] + inked_before[-1] + 1) / 2)
        length = scale * (inked_after[-1] - inked_after[0] + 1)
        assert length == pytest.approx(inked_before[-1] - inked_before[0] + 1, abs=1)


@pytest.mark.parametrize("how", SWITCHED_OFF.values(), ids=SWITCHED_OFF)
def test_without_access_to_the_canvas_the_views_show_the_servers_grid(
    open_page: OpenPage, how: str
) -> None:
    quiet = open_page(reduced_motion="reduce")
    quiet.page.evaluate(
        f"""() => {{
            const original = CanvasRenderingContext2D.prototype.getImageData
            CanvasRenderingContext2D.prototype.getImageData = function (...given) {{ {how} }}
        }}"""
    )
    put_down_and_move(quiet, list(SMALL[0]))
    assert quiet.table.locator("tbody td").all_inner_texts() == ["0"] * 784
    lift(quiet)
    quiet.expect_digit_or_doubt()
    cells = [int(text) for text in quiet.table.locator("tbody td").all_inner_texts()]
    assert np.array_equal(cells, raster.to_grid(quiet.ink()).flat)
    assert quiet.problems == []
