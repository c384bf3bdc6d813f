"""What the page's scripts and style sheets rely on in other packages, none of which is documented.

A test that fails here after an upgrade says what the new version does differently, and which part
of the boundary has to follow: pixelviz/page/browser/third_party_dom.js for scripts,
pixelviz/page/third_party.css for style sheets.
"""

import re
from contextlib import suppress
from typing import Any

import pytest
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from pixelviz.page.layout import STYLES
from pixelviz.photo import image_file
from pixelviz.server.streamlit_internals import NUMBER_KEY
from tests.browser.conftest import OpenPage
from tests.browser.pages import PixelvizPage
from tests.browser.test_lesson import CHAPTERS, open_chapter
from tests.browser.test_sources import give
from tests.drawings import SEVEN
from tests.photographs import CONDITIONS, photo_of, smaller

DOM = "pixelviz/page/browser/third_party_dom.js"
THIRD_PARTY = next(style for style in STYLES if style.name == "third_party.css")

HOST = """const hostIn = (key) =>
    [...document.querySelectorAll(`.st-key-${key} *`)].find((element) => element.shadowRoot)
"""
"""Finds the element in which a component has its shadow root."""

# Style sheets


def selectors(page: PixelvizPage) -> list[str]:
    """Return all selectors of third_party.css, one from each line of a list of selectors."""
    found: list[str] = page.page.evaluate(
        """async text => {
            const sheet = await new CSSStyleSheet().replace(text)
            // Commas in brackets do not end a selector.
            const split = (list) => [...list].reduce(([depth, parts], letter) => {
                depth += letter === '(' ? 1 : letter === ')' ? -1 : 0
                if (letter === ',' && depth === 0) parts.push('')
                else parts.push(parts.pop() + letter)
                return [depth, parts]
            }, [0, ['']])[1]
            const all = (rules, outer) => [...rules].flatMap((rule) => {
                if (!rule.selectorText) return all(rule.cssRules ?? [], outer)
                const whole = rule.selectorText.replaceAll('&', `:is(${outer})`)
                const own = rule.style.length ? split(whole) : []
                return [...own, ...all(rule.cssRules, whole)]
            })
            return all(sheet.cssRules).map((one) => one.replace(/::(before|after)$/, ''))
        }""",
        THIRD_PARTY.read_text("utf-8"),
    )
    return list(dict.fromkeys(selector.strip() for selector in found))


def missing(page: PixelvizPage, wanted: list[str]) -> list[str]:
    """Return which selectors find nothing on a page."""
    found: list[str] = page.page.evaluate(
        "wanted => wanted.filter((selector) => !document.querySelector(selector))", wanted
    )
    return found


def test_every_style_sheet_arrives(page: PixelvizPage) -> None:
    for style in STYLES:
        arrived = page.page.evaluate(
            """text => [...document.querySelectorAll('style')]
                .some((style) => style.textContent === text)""",
            style.read_text("utf-8"),
        )
        assert arrived, (
            f"Streamlit does not pass {style.name} on to the browser. It drops a style sheet in "
            "which something looks like a tag, in a comment too."
        )


def test_every_selector_still_finds_its_element(page: PixelvizPage) -> None:
    page.wait_until_views_agree()
    wanted = selectors(page)
    assert len(wanted) > 20
    wanted = missing(page, wanted)
    for chapter in ("rescale", "move", "zip"):  # with captions, a chart, and a wide canvas
        page.choice("chapter", CHAPTERS[chapter]).click()
        page.page.locator(f".st-key-chapter_{chapter}").wait_for()
        page.wait_until_idle()
        if chapter == "rescale":
            page.button("example_7").click()
            page.expect_digit(7)
            page.page.locator(".st-key-answer_hidden label").first.click()
            page.wait_until_idle()
        if chapter == "move":
            with suppress(PlaywrightTimeoutError):  # the assertion says it in a sentence
                chart = page.page.locator(".stVegaLiteChart text").first
                chart.wait_for(state="attached", timeout=10_000)
            page.page.locator(".st-key-text_hidden label").first.click()
            page.wait_until_idle()
        if chapter == "zip":
            page.button("turn_back").click()  # a script scrolls to the beginning
            page.page.locator(".st-key-scroll_script").wait_for(state="attached")
            wanted = missing(page, wanted)
            page.button("turn_next").click()
            page.page.locator(".st-key-zip_canvas").wait_for()
            page.wait_until_idle()
        page.page.locator(".canvas_switch input").evaluate("input => input.click()")
        wanted = missing(page, wanted)
    give(page, "large.png", bytes(image_file.BYTES_MAX + 1))
    page.page.get_by_test_id("stFileChip").wait_for()
    wanted = missing(page, wanted)
    page.page.keyboard.press("Escape")
    page.page.get_by_role("dialog").wait_for(state="detached")
    give(page, "photo.jpg", photo_of("472", smaller(CONDITIONS["scan"]), seed=4))
    page.page.locator(".st-key-marked_photo").wait_for()
    wanted = missing(page, wanted)
    assert not wanted, (
        "On the page as it opens, in the chapters Rescale, Move and shuffle and ZIP code, and in "
        "the dialog with a file that is too large, and with a photo, these "
        f"selectors of third_party.css find nothing any more: {wanted}. Compare what the comments "
        "above them rely on with the elements that Streamlit makes now."
    )


# Scripts


def test_streamlit_keeps_a_components_html_in_a_box_of_its_own(page: PixelvizPage) -> None:
    sections = page.page.evaluate(
        f"""() => {{
            {HOST}
            const html = hostIn('pixel_view').shadowRoot.firstElementChild?.firstElementChild
            return [...(html?.querySelector('.component')?.children ?? [])]
                .map((element) => element.className)
        }}"""
    )
    assert sections == ["picture", "integers", "strip"], (
        "Streamlit no longer keeps a component's HTML in the first element of the first element of "
        f"its shadow root: there it has {sections}. See htmlOf in {DOM}."
    )


def test_only_boxes_are_around_a_components_html(page: PixelvizPage) -> None:
    around = page.page.evaluate(
        f"""() => {{
            {HOST}
            const root = hostIn('pixel_view').shadowRoot
            const around = []
            let element = root.querySelector('section').parentElement
            for (; element; element = element.parentElement) around.push(element.localName)
            return around
        }}"""
    )
    assert set(around) == {"div"}, (
        f"Around a component's HTML, Streamlit has {around} instead of div elements alone. See the "
        "first rule of pixelviz/page/pixel_view/pixel_view.css."
    )


@pytest.fixture
def pressed(open_page: OpenPage) -> dict[str, Any]:
    """Return what an event at the window knows of the canvas as the pen is put down on it."""
    page = open_page(device_scale_factor=2)
    page.page.evaluate(
        """() => addEventListener('pointerdown', (event) => {
            const path = event.composedPath()
            const describe = (layer) => layer && {
                classes: [...layer.classList], width: layer.width, height: layer.height,
                shownWidth: layer.getBoundingClientRect().width,
            }
            window.pressed = {
                keys: path.flatMap((node) => [...(node.classList ?? [])]),
                target: describe(path[0]),
                lower: describe(path[0].parentElement.querySelector('canvas.lower-canvas')),
                upper: describe(path[0].parentElement.querySelector('canvas.upper-canvas')),
            }
        }, {capture: true})"""
    )
    page.draw(SEVEN)
    seen: dict[str, Any] = page.page.evaluate("window.pressed")
    return seen


def test_an_event_on_the_canvas_names_the_elements_in_its_shadow_root(
    pressed: dict[str, Any],
) -> None:
    assert {"st-key-canvas", "upper-canvas"} <= set(pressed["keys"]), (
        "An event on the canvas no longer names the elements in its shadow root, so Streamlit "
        f"closes shadow roots, or Fabric.js has renamed its layers: {pressed['keys']}. See "
        f"canvasUnder in {DOM}."
    )


def test_the_pointer_meets_the_upper_of_two_layers_side_by_side(pressed: dict[str, Any]) -> None:
    assert pressed["target"] == pressed["upper"] != pressed["lower"], (
        "The pointer does not meet the upper one of two canvases side by side, lower-canvas and "
        f"upper-canvas: it meets {pressed['target']}. Fabric.js builds its canvas in another way. "
        f"See layersOf in {DOM}."
    )
    for layer in (pressed["lower"], pressed["upper"]):
        assert layer["width"] == layer["height"] == layer["shownWidth"] == 280, (
            f"A layer of the canvas is no longer as many points wide as it is shown: {layer}. "
            "drawable-canvas or Fabric.js scales it, for example for a screen of many pixels. See "
            f"layersOf in {DOM}."
        )


def test_a_stroke_is_on_the_lower_layer_after_the_frame_of_its_end(
    page: PixelvizPage,
) -> None:
    page.page.evaluate(
        """() => {
            const ink = (layer) => layer.getContext('2d')
                .getImageData(0, 0, layer.width, layer.height).data
                .some((value, index) => index % 4 !== 3 && value > 0)
            let layers = null
            addEventListener('pointerdown', (event) => {
                const box = event.composedPath()[0].parentElement
                layers = ['upper', 'lower'].map((name) => box.querySelector(`.${name}-canvas`))
            }, {capture: true})
            let before = null
            addEventListener('pointermove', () => {
                if (layers) before = layers.map(ink)
            }, {capture: true})
            addEventListener('pointerup', () => {
                window.ink = [before]
                requestAnimationFrame(() => setTimeout(() => {
                    window.ink.push(layers.map(ink))
                }))
            }, {capture: true})
        }"""
    )
    page.draw(SEVEN)
    page.page.wait_for_function("() => window.ink?.length === 2")
    before, after = page.page.evaluate("window.ink")
    assert before == [True, False], (
        "While the pen is down, Fabric.js no longer has the stroke on the upper layer alone: ink "
        f"on upper and lower layer is {before}. See layersOf in {DOM}."
    )
    assert after == [False, True], (
        "After the frame in which the pen was lifted, Fabric.js does not have the stroke on the "
        f"lower layer alone: ink on upper and lower layer is {after}. See onceStrokeIsDrawn in "
        f"{DOM}."
    )


def test_the_canvas_sends_back_the_number_of_what_it_has_loaded(page: PixelvizPage) -> None:
    sent: list[bytes] = []
    page.page.on(
        "websocket",
        lambda socket: socket.on("framesent", lambda frame: sent.append(_bytes_of(frame))),
    )
    page.page.reload()
    page.expect_nothing_drawn()
    page.button("example_7").click()
    page.expect_digit(7)
    page.draw([((0.1, 0.9), (0.9, 0.9))])
    page.wait_until_answered()
    page.wait_until_idle()
    numbers = re.findall(rf'"{NUMBER_KEY}":(\d+)'.encode(), b"".join(sent))
    assert len(set(numbers)) == 1, (
        f"With a drawing, drawable-canvas no longer sends the property {NUMBER_KEY} of the canvas "
        f"that it had from the drawing it loaded, but {numbers}. See placement_number in "
        "pixelviz/server/streamlit_internals.py."
    )
    assert len(numbers) > 1, "The canvas sends no message of its own once it has loaded a drawing."


def _bytes_of(frame: bytes | str) -> bytes:
    return frame.encode() if isinstance(frame, str) else frame


def test_a_second_mousedown_begins_the_same_stroke_anew(page: PixelvizPage) -> None:
    page.expect_nothing_drawn()
    page.page.evaluate(
        f"""() => {{
            {HOST}
            const upper = hostIn('canvas').shadowRoot.querySelector('canvas.upper-canvas')
            const box = upper.getBoundingClientRect()
            const tell = (name, x, y) => upper.dispatchEvent(new MouseEvent(name, {{
                clientX: box.left + x, clientY: box.top + y, bubbles: true, composed: true,
            }}))
            tell('mousedown', 20, 20)
            tell('mousemove', 200, 20)
            tell('mousedown', 20, 200)
            tell('mousemove', 200, 200)
            tell('mouseup', 200, 200)
        }}"""
    )
    page.wait_until(lambda: bool(page.ink()[200, 20:200].all()))
    assert not page.ink()[20].any(), (
        "A stroke that is begun twice no longer begins anew, or Fabric.js no longer draws by mouse "
        f"events: see sendToCanvas in {DOM}."
    )


def test_the_canvas_with_the_finished_strokes_is_told_from_its_background(
    page: PixelvizPage,
) -> None:
    found = page.page.evaluate(
        f"""() => {{
            {HOST}
            const root = hostIn('canvas').shadowRoot
            return root.querySelectorAll('canvas.dc-canvas.lower-canvas').length
        }}"""
    )
    assert found == 1, f"{found} canvases are taken for that with the strokes: see {DOM}."


def test_each_canvas_has_a_toolbar_over_its_corner(open_page: OpenPage, address: str) -> None:
    page = open_chapter(open_page, address, "zip")
    page.expect_nothing_drawn()
    for key in ("canvas", "zip_canvas"):
        page.page.locator(f".st-key-{key} canvas.upper-canvas").wait_for()
        found = page.page.evaluate(
            f"""(key) => {{
                {HOST}
                const root = hostIn(key).shadowRoot
                const canvas = root.querySelector('canvas.upper-canvas').getBoundingClientRect()
                return [...root.querySelectorAll('.dc-toolbar')].map((toolbar) => {{
                    const box = toolbar.getBoundingClientRect()
                    return box.right > canvas.right - 10 && box.bottom > canvas.top
                        && toolbar.querySelectorAll('button').length > 1
                }})
            }}""",
            key,
        )
        assert found == [True], (
            "drawable-canvas no longer has one toolbar of the class dc-toolbar over the upper "
            f"right corner of its canvas. If it lies elsewhere, prepareCanvas in {DOM} may go; "
            "if it has another name, that has to follow."
        )
