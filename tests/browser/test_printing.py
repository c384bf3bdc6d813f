"""The page on paper: all of it can be read, and nothing lies over anything else."""

from itertools import combinations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.pages import WAIT_MS, PixelvizPage
from tests.drawings import SEVEN

A4_PX = 718
"""How wide A4 is between its margins."""

PARTS = (
    ".st-key-canvas",
    ".st-key-pixel_view .picture",
    ".st-key-prediction",
    ".st-key-pixel_view .integers",
    ".st-key-pixel_view .strip",
    ".st-key-lesson",
)
CLICKED = (
    ".st-key-tools",
    ".st-key-quick_tools",
    ".st-key-export",
    ".st-key-pixel_view .lens",
    ".st-key-pixel_view .copy",
    ".stAppHeader",
)

Box = dict[str, float]


def boxes_of(page: PixelvizPage) -> dict[str, Box]:
    """Return where the parts of the page are, those that are printed."""
    found: dict[str, Box] = page.page.evaluate(
        """parts => {
            const roots = [document, ...[...document.querySelectorAll('.st-key-pixel_view *')]
                .flatMap((element) => element.shadowRoot ?? [])]
            const boxOf = (part) => roots
                .map((root) =>
                    root.querySelector(root === document ? part : part.split(' ').at(-1)))
                .find((element) => element)?.getBoundingClientRect().toJSON()
            return Object.fromEntries(parts.map((part) => [part, boxOf(part) ?? {height: 0}]))
        }""",
        list(PARTS),
    )
    return {part: box for part, box in found.items() if box["height"]}


def overlap(one: Box, other: Box) -> bool:
    return all(
        one[start] < other[start] + other[size] - 1 and other[start] < one[start] + one[size] - 1
        for start, size in (("x", "width"), ("y", "height"))
    )


@pytest.mark.parametrize(("query", "expected"), [("", 5), ("/?chapter=pixels", 4)])
def test_on_paper_nothing_is_cut_off_or_covered(
    open_page: OpenPage, address: str, query: str, expected: int
) -> None:
    page = open_page(address + query, color_scheme="dark")
    page.draw(SEVEN)
    page.expect_digit(7)
    page.wait_until_idle()
    page.page.emulate_media(media="print")
    page.page.set_viewport_size({"width": A4_PX, "height": 1000})
    page.after_frames(3)
    for part in CLICKED:
        expect(page.page.locator(part).first).to_be_hidden(timeout=WAIT_MS)
    boxes = boxes_of(page)
    assert len(boxes) >= expected
    for (name, box), (other_name, other) in combinations(boxes.items(), 2):
        assert not overlap(box, other), f"{name} and {other_name}"
    for name, box in boxes.items():
        assert box["x"] >= 0, name
        assert box["x"] + box["width"] <= A4_PX + 1, name
    for text in (".title h1", ".st-key-prediction h2"):
        expect(page.page.locator(text).first).to_have_css("color", "rgb(0, 0, 0)")
    expect(page.page.locator(".stApp")).to_have_css("background-color", "rgb(255, 255, 255)")
    if not query:
        for part in (".integers .page", ".strip .tape"):
            assert page.page.locator(part).evaluate("part => part.scrollWidth <= part.clientWidth")
