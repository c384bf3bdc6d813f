"""What the models make of a data set, and its map: against Keras and numpy, in a browser."""

import base64
import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from playwright.sync_api import Locator, expect

from pixelviz.arrays import LENGTH
from pixelviz.data.mnist import Mnist
from pixelviz.vector import unroll
from tests import oracle
from tests.browser import own_sets
from tests.browser.conftest import OpenPage
from tests.browser.pages import WAIT_MS, PixelvizPage
from tests.browser.test_accessibility import expect_nothing_serious
from tests.browser.test_lesson import open_chapter
from tests.drawings import CROSSED_SEVEN

Array = NDArray[Any]

TRAINING, COUNT = 60, 260
"""The pictures of the set; those after the training set are its test set."""


def encoded(array: Array) -> str:
    return base64.b64encode(array.astype(np.uint8).tobytes()).decode()


class DataModels:
    """The two parts of the chapter, on a page, and the set that they are given."""

    def __init__(self, page: PixelvizPage, digits: Mnist) -> None:
        self.page = page
        self.evaluation = page.page.locator(".st-key-evaluation")
        self.projection = page.page.locator(".st-key-projection")
        random = np.random.default_rng(COUNT)
        self.vectors = digits.x_test[:COUNT].reshape(-1, LENGTH).copy()
        noise = random.integers(0, 256, self.vectors.shape) * (random.random((COUNT, 1)) * 0.7)
        self.vectors[::2] = np.maximum(self.vectors, noise.astype(np.uint8))[::2]
        self.targets = digits.y_test[:COUNT]

    def put(
        self,
        *,
        times: int = 1,
        has_targets: bool = True,
        training: int = TRAINING,
        kind: str = "file",
    ) -> None:
        """Let the browser have the set, so many times over."""
        grids = encoded(np.tile(self.vectors, (times, 1)))
        targets = encoded(np.tile(self.targets, times)) if has_targets else None
        name = f"Set of {times * COUNT}"
        given = {"kind": kind, "name": name, "source": "", "grids": grids, "targets": targets}
        own_sets.put(self.page.page, given | {"trainingCount": training})

    def read_all(self) -> None:
        self.evaluation.get_by_role("button", name="Let the models read them").click()
        expect(self.evaluation.locator(".note")).to_have_text(
            "All pictures are read.", timeout=WAIT_MS
        )

    def counts(self, row: int) -> list[int]:
        """Return the counts that a model's row has."""
        cells = self.evaluation.locator(".accuracy tbody tr").nth(row).locator("td small")
        return [int(text.replace(",", "")) for text in cells.all_inner_texts()]

    def wait_for_map(self) -> None:
        self.projection.scroll_into_view_if_needed(timeout=WAIT_MS)
        expect(self.projection.locator(".paper")).to_be_visible(timeout=WAIT_MS)


@pytest.fixture
def chapter(open_page: OpenPage, address: str, digits: Mnist) -> Iterator[DataModels]:
    page = open_chapter(open_page, address, "data")
    shown = DataModels(page, digits)
    expect(shown.evaluation.locator(".summary")).to_contain_text("There is no data set here yet")
    shown.projection.scroll_into_view_if_needed()
    expect(shown.projection.locator(".summary")).to_contain_text("There is no data set here yet")
    yield shown
    assert page.problems == []


def test_models_are_counted_as_keras_answers_and_mistakes_are_shown(chapter: DataModels) -> None:
    part = chapter.evaluation
    chapter.put()
    expect(part.locator(".summary")).to_contain_text(f"{COUNT - TRAINING} pictures")
    chapter.read_all()
    vectors, targets = chapter.vectors[TRAINING:], chapter.targets[TRAINING:]
    answers = {name: oracle.ask(name, vectors) for name in oracle.MODELS}
    for row, name in enumerate(oracle.MODELS):
        right = np.array([each.digit for each in answers[name]]) == targets
        sure = np.array([each.is_sure for each in answers[name]])
        parts = right, right & sure, ~sure, ~right & sure
        assert chapter.counts(row) == [int(each.sum()) for each in parts]

    part.get_by_role("radio", name="Dense network").check()
    digits = np.array([each.digit for each in answers["dense"]])
    confidences = np.array([each.confidence for each in answers["dense"]])
    confusion = np.zeros((10, 10), int)
    np.add.at(confusion, (targets, digits), 1)
    shown = part.locator(".confusion td button").all_inner_texts()
    assert [int(text) for text in shown] == confusion.ravel().tolist()
    mistakes = np.flatnonzero(digits != targets)
    expect(part.locator(".pictures")).to_have_text(re.compile(f"^{len(mistakes)} mistake"))
    thumbs = part.locator(".thumbs button:visible")
    surest = int(thumbs.first.get_attribute("data-number") or 0) - TRAINING
    assert surest in mistakes
    assert confidences[surest] == pytest.approx(confidences[mistakes].max(), abs=1e-4)

    target, digit = divmod(int((confusion - np.diag(np.diag(confusion))).argmax()), 10)
    cells = part.locator(".confusion td button")
    cells.first.press("ArrowRight")
    expect(cells.nth(1)).to_be_focused()
    for at, key in [(row * 10 + 1, "ArrowDown") for row in range(target)]:
        cells.nth(at).press(key)
    for column in range(1, digit):
        cells.nth(10 * target + column).press("ArrowRight")
    cells.nth(10 * target + digit).press("Enter")
    behind = np.flatnonzero((targets == target) & (digits == digit))
    expect(part.locator(".pictures")).to_contain_text(f"Target {target}, read as {digit}")
    expect(thumbs).to_have_count(min(len(behind), 20))
    part.get_by_role("radio", name="least sure first").check()
    expect(thumbs.first).to_have_attribute("aria-pressed", "false")
    least = int(thumbs.first.get_attribute("data-number") or 0) - TRAINING
    assert least in behind
    assert confidences[least] == pytest.approx(confidences[behind].min(), abs=1e-4)
    thumbs.first.click()
    expect(part.locator(".detail .heading")).to_have_text(
        f"Number {TRAINING + least}, target {target}"
    )
    said = answers["convolutional"][least]
    expect(part.locator(".detail li").last).to_contain_text(
        f"{said.digit}, {oracle.percent(said.confidence)}"
    )

    slider = part.get_by_role("slider")
    slider.press("Home")
    for _ in range(60):  # from 10 to 40 %
        slider.press("ArrowRight")
    sure = confidences >= 0.4
    right = digits == targets
    counts = [(right & sure).sum(), (~sure).sum(), (~right & sure).sum()]
    output = part.locator(".threshold output").inner_text()
    assert output.startswith("Threshold 40.0")
    assert [int(each) for each in re.findall(r"(\d+) \(", output)] == counts
    expect_nothing_serious(chapter.page)

    part.get_by_role("button", name="Put it on the canvas").click()
    grid = vectors[least].reshape(28, 28)
    chapter.page.wait_until(lambda: np.array_equal(chapter.page.integers(), grid))


def test_reading_stops_and_goes_on_and_needs_no_targets(chapter: DataModels) -> None:
    part = chapter.evaluation
    chapter.put(times=8, training=8 * COUNT)  # not split
    expect(part.get_by_role("group", name="Pictures").first).to_be_hidden()
    part.get_by_role("radio", name=f"all {8 * COUNT:,}").check()
    note = part.locator(".note")
    part.get_by_role("button", name="Let the models read them").click()
    expect(note).to_contain_text("Convolutional network", timeout=WAIT_MS)
    known = part.locator(".accuracy tbody tr").last.locator("th small")
    expect(known).to_have_text(re.compile(r"[\d,]+ read"), timeout=WAIT_MS)
    part.get_by_role("button", name="Stop").click()
    expect(note).to_have_text("Stopped.")
    chapter.page.after_frames()
    stopped = int(re.sub(r"\D", "", known.inner_text()))
    assert 0 < stopped < 8 * COUNT
    assert sum(chapter.counts(0)[1:]) == 8 * COUNT
    part.get_by_role("button", name="Go on").click()
    expect(known).not_to_have_text(f"{stopped:,} read", timeout=WAIT_MS)
    assert int(re.sub(r"\D", "", known.inner_text())) > stopped

    chapter.put(has_targets=False)
    expect(part.locator(".summary")).to_contain_text("Accuracy needs targets")
    chapter.read_all()
    sure = sum(each.is_sure for each in oracle.ask("softmax", chapter.vectors[TRAINING:]))
    assert chapter.counts(0) == [sure, COUNT - TRAINING - sure]
    expect(part.locator(".confusion")).to_be_hidden()
    expect(part.locator(".pictures")).to_have_text(f"All {COUNT - TRAINING} pictures")

    # What models say of a person's own digits is hidden while a class guesses.
    hide = chapter.page.page.locator(".st-key-answer_hidden label").first
    hide.click()
    chapter.page.wait_until_idle()
    expect(part.locator(".accuracy")).to_be_visible()
    chapter.put(kind="visit")
    expect(part.locator(".accuracy")).to_be_hidden()
    hide.click()
    expect(part.locator(".accuracy")).to_be_visible()


def numbers(line: Locator) -> list[float]:
    """Return the coordinates that a line tells."""
    text = line.inner_text().replace("\N{MINUS SIGN}", "-")
    found = re.search(r"(-?\d+\.\d+) across, (-?\d+\.\d+) up", text)
    assert found is not None
    return [float(found[1]), float(found[2])]


def test_the_map_is_that_of_numpy_and_the_drawn_digit_moves_on_it(chapter: DataModels) -> None:
    page = chapter.page
    part = chapter.projection
    chapter.put()
    chapter.wait_for_map()
    features = chapter.vectors / 255
    mean = features.mean(axis=0)
    _, singular, components = np.linalg.svd(features - mean, full_matrices=False)
    two = components[:2]
    two *= np.sign(two[[0, 1], np.abs(two).argmax(axis=1)])[:, np.newaxis]
    share = 100 * (singular[:2] ** 2).sum() / (singular**2).sum()
    expect(part.locator(".summary")).to_contain_text(f"computed from its {COUNT} pictures")
    expect(part.locator(".summary")).to_contain_text(f"{share:.1f}\N{NARROW NO-BREAK SPACE}%")

    paper = part.locator(".paper")
    paper.press("ArrowRight")
    for _ in range(3):
        paper.press("ArrowUp")
    paper.press("Enter")
    expect(part.locator(".meant.pinned")).to_be_visible()
    heading = part.locator(".heading").inner_text()
    number = int(heading.split(",")[0].removeprefix("Number "))
    assert heading.endswith(f"target {chapter.targets[number]}")
    expect(part.locator(".meant b")).to_have_text(str(chapter.targets[number]))
    expected = (features[number] - mean) @ two.T
    assert numbers(part.locator(".coordinates")) == pytest.approx(expected, abs=0.0051)
    assert np.array_equal(page.pixels_of(part.locator(".picture")), chapter.vectors[number])

    own = part.locator(".own")
    expect(own.locator("b")).to_have_text("example")
    before = own.get_attribute("style")
    start = page.canvas.bounding_box()
    assert start is not None
    page.page.mouse.move(start["x"] + 60, start["y"] + 60)
    page.page.mouse.down()
    page.page.mouse.move(start["x"] + 200, start["y"] + 60, steps=10)
    expect(own).not_to_have_attribute("style", before or "")  # the pen is still down
    expect(own.locator("b")).to_have_text("yours")
    page.page.mouse.up()
    page.draw(CROSSED_SEVEN)
    page.wait_until_answered()
    page.wait_until_idle()
    expected = (unroll(page.integers().astype(np.uint8)) / 255 - mean) @ two.T

    def is_told() -> bool:
        return numbers(part.locator(".own-line")) == pytest.approx(expected, abs=0.0051)

    page.wait_until(is_told)
    part.get_by_role("button", name="Put it on the canvas").click()
    grid = chapter.vectors[number].reshape(28, 28)
    page.wait_until(lambda: np.array_equal(page.integers(), grid))
    expect_nothing_serious(page)


def test_a_phone_shows_it_in_dark(open_page: OpenPage, address: str, digits: Mnist) -> None:
    page = open_chapter(open_page, address, "data", width=390, height=844, color_scheme="dark")
    chapter = DataModels(page, digits)
    expect(chapter.evaluation.locator(".summary")).to_contain_text("get one above", timeout=WAIT_MS)
    chapter.put()
    chapter.read_all()
    chapter.wait_for_map()
    for part in (chapter.evaluation, chapter.projection):
        rights = part.locator("table, .paper, .thumbs, .plot, svg, fieldset").evaluate_all(
            "all => all.map(each => each.getBoundingClientRect().right)"
        )
        assert max(rights) <= 390
    line, bars = chapter.evaluation.locator(".plot").evaluate(
        """plot => [[plot, '::before'], [plot.querySelector('.area'), null]]
            .map(([element, part]) => getComputedStyle(element, part).height)"""
    )
    assert line == bars  # the diagonal ends where 0 and 100 % are
    expect_nothing_serious(page)
    assert page.problems == []
