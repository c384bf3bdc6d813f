"""The chapter Train: a model learns before one's eyes, reads, is used, and is taken away."""

import base64
import io
import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from playwright.sync_api import Locator, expect

from tests.browser import own_sets
from tests.browser.conftest import OpenPage
from tests.browser.pages import WAIT_MS, PixelvizPage
from tests.browser.test_accessibility import expect_nothing_serious
from tests.browser.test_convolution import pin
from tests.browser.test_layout import scrolls_sideways
from tests.browser.test_lesson import open_chapter
from tests.drawings import CROSSED_SEVEN, SEVEN

Array = NDArray[np.float64]

MINUS = "\N{MINUS SIGN}"

INKED = """canvas => canvas.getContext('2d').getImageData(0, 0, 28, 28).data
    .filter((value, at) => at % 4 < 3 && value > 0).length"""


class Train:
    """The chapter, on a page."""

    def __init__(self, page: PixelvizPage) -> None:
        self.page = page
        self.part = page.page.locator(".st-key-train")
        self.one_step = page.page.locator(".st-key-one_step")
        self.take_away = page.page.locator(".st-key-take_away")
        self.status = self.part.locator(".status")
        self.remarks = self.part.locator(".remarks")
        expect(self.status).to_contain_text("Step 0: 0 epochs. Loss 2.303", timeout=WAIT_MS)

    def press(self, name: str) -> None:
        self.part.get_by_role("button", name=name, exact=True).click()

    def set(self, label: str, value: str) -> None:
        self.part.get_by_label(label).select_option(value)

    @property
    def step(self) -> int:
        found = re.match(r"Step ([\d,]+):", self.status.inner_text())
        assert found is not None
        return int(found[1].replace(",", ""))

    @property
    def accuracy(self) -> float:
        found = re.search(r"accuracy ([\d.]+)\N{NARROW NO-BREAK SPACE}%", self.status.inner_text())
        assert found is not None
        return float(found[1])

    def save(self) -> dict[str, Array]:
        """Return the arrays of the file that is saved."""
        with self.page.page.expect_download() as download:
            self.take_away.get_by_role("button", name="Save as .npz").click()
        assert download.value.suggested_filename == "trained_in_pixelviz.npz"
        with np.load(io.BytesIO(download.value.path().read_bytes())) as arrays:
            return {name: arrays[name].astype(float) for name in arrays.files}


@pytest.fixture
def chapter(open_page: OpenPage, address: str) -> Iterator[Train]:
    page = open_chapter(open_page, address, "train")
    page.draw(CROSSED_SEVEN)
    page.expect_digit(7)
    page.wait_until_answered()
    page.wait_until_idle()
    yield Train(page)
    assert page.problems == []


def softmax(logits: Array) -> Array:
    shares = np.exp(logits - logits.max())
    return np.asarray(shares / shares.sum())


def numbers_in(text: str) -> list[float]:
    plain = text.replace(MINUS, "-")
    return [float(each) for each in re.findall(r"-?\d+(?:\.\d+)?(?!\d)", plain)]


def percent_in(text: str) -> float:
    return float(re.findall(r"([\d.]+)\N{NARROW NO-BREAK SPACE}%", text)[-1])


def test_the_weights_form_and_what_is_learned_reads_is_used_and_taken_away(chapter: Train) -> None:
    page = chapter.page
    papers = chapter.part.locator(".pictures canvas")
    expect(papers).to_have_count(10)
    assert papers.first.evaluate(INKED) == 0
    expect(chapter.part.locator(".split")).to_contain_text("all 300 pictures; 60 others")
    chapter.part.locator(".pace input").fill("5")
    chapter.press("Play")
    page.wait_until(lambda: chapter.step > 300 and chapter.accuracy > 90)
    assert all(paper.evaluate(INKED) > 100 for paper in papers.all())
    chapter.press("Pause")
    expect(chapter.part.get_by_role("button", name="Play")).to_be_visible()
    label = chapter.part.locator("canvas.loss").get_attribute("aria-label") or ""
    assert re.match(r"Loss from step 0 to step [\d,]+: learned from, from 2\.303 to 0\.", label)
    announced = chapter.part.get_by_role("status")  # a report may still have been on its way
    page.wait_until(lambda: f"Step {chapter.step:,}:" in announced.inner_text())

    weights = chapter.save()
    assert {name: each.shape for name, each in weights.items()} == {
        "kernel": (784, 10),
        "bias": (10,),
    }
    features = page.integers().reshape(784) / 255
    probabilities = softmax(features @ weights["kernel"] + weights["bias"])
    words = chapter.part.locator(".words").inner_text()
    assert words.startswith(f"{probabilities.argmax()}, ")
    assert percent_in(words) == pytest.approx(100 * probabilities.max(), abs=0.06)

    yours = page.prediction.locator(".yours")
    expect(yours).to_be_hidden()
    chapter.take_away.get_by_role("button", name="Use it").click()
    expect(yours).to_be_visible()
    page.button("clear").click()
    page.expect_nothing_drawn()
    expect(yours).to_be_hidden()
    page.draw(SEVEN)
    page.expect_digit(7)
    expect(yours).to_be_visible()
    features = page.integers().reshape(784) / 255
    probabilities = softmax(features @ weights["kernel"] + weights["bias"])
    expected = str(probabilities.argmax()) if probabilities.max() >= 0.8 else "not sure"
    expect(yours.locator("tr")).to_contain_text(f"Yours{expected}")
    chapter.press("Start again")  # what is used does not change any more
    expect(yours).to_contain_text(expected)
    page.choice("chapter", "Rescale").click()
    expect(yours).to_contain_text(expected)
    page.choice("chapter", "Train").click()
    throw = chapter.take_away.get_by_role("button", name="Throw it away")
    throw.press("Enter")
    expect(yours).to_be_hidden()
    expect(throw).to_be_disabled()
    copy = chapter.take_away.get_by_role("button", name="Copy the code")
    expect(copy).to_be_focused()  # there is nothing to use, and the focus is not lost


def test_a_step_is_what_its_numbers_say(chapter: Train) -> None:
    page = chapter.page
    part = chapter.one_step
    chapter.press("One batch")
    expect(chapter.status).to_contain_text("Step 1: 0 epochs and 32 of 300 pictures.")
    before = chapter.save()["kernel"]
    pin(page, 14, 13)
    part.get_by_role("button", name="One step").click()
    expect(part.locator(".note")).to_contain_text("Step 2: picture number")
    after = chapter.save()["kernel"]
    found = re.search(r"whose target is (\d)", part.locator(".note").inner_text())
    assert found is not None
    target = int(found[1])
    shown = row_of(part, "prediction"), row_of(part, f"{MINUS} target"), row_of(part, "= error")
    predictions, targets, errors = (np.array(each) for each in shown)
    assert predictions.sum() == pytest.approx(1, abs=1e-9)
    assert np.array_equal(targets, np.eye(10)[target])
    assert errors == pytest.approx(predictions - targets, abs=1e-9)

    inked = [int(index) for index in np.flatnonzero(np.abs(after - before).max(axis=1) > 1e-4)]
    for index in (inked[len(inked) // 2], inked[0], 14 * 28 + 13):
        row, column = divmod(index, 28)
        pin(page, row, column)
        expect(part.locator(".place")).to_contain_text(f"row {row}, column {column}, value")
        for digit in (target, (target + 1) % 10):
            part.locator("select").select_option(str(digit))
            error, feature, gradient = numbers_in(part.locator(".gradient").inner_text())
            assert error == pytest.approx(errors[digit], abs=1e-4)
            assert gradient == pytest.approx(error * feature, abs=6e-4)
            text = part.locator(".weight").inner_text()
            old, rate, again, same, moved, new = numbers_in(text.replace(f" {MINUS} ", " ; "))
            assert (rate, again, same) == (0.1, gradient, old)
            assert old - moved == pytest.approx(new, abs=1e-9)
            assert moved == pytest.approx(rate * gradient, abs=2e-6)
            assert old == pytest.approx(before[index, digit], abs=1e-6)
            assert new == pytest.approx(after[index, digit], abs=1e-6)


def row_of(part: Locator, title: str) -> list[float]:
    row = part.locator("tbody tr").filter(has=part.page.get_by_text(title, exact=True))
    return [numbers_in(text)[0] for text in row.locator("td").all_inner_texts()]


def test_shuffled_is_the_same_and_not_rescaled_is_not(chapter: Train) -> None:
    chapter.press("One epoch")
    expect(chapter.status).to_contain_text("Step 10: 1 epoch.")
    plain = chapter.save()["kernel"]
    chapter.part.get_by_label("Shuffle the pixels").check()
    expect(chapter.status).to_contain_text("Step 0:")
    chapter.press("One epoch")
    same = re.compile(r"After 10 steps .* before had a loss of ([\d.]+), this one has \1\.")
    expect(chapter.remarks).to_have_text(same)
    assert np.abs(chapter.save()["kernel"] - plain).max() < 1e-5
    chapter.part.get_by_label("Shuffle the pixels").uncheck()
    chapter.part.get_by_label("Rescale to 0 to 1").uncheck()
    expect(chapter.status).to_contain_text("Step 0:")
    chapter.press("One epoch")
    expect(chapter.remarks).to_contain_text("worse than ten equal probabilities")
    code = chapter.take_away.locator("pre")
    expect(code).not_to_contain_text("/ 255")
    chapter.part.get_by_label("Rescale to 0 to 1").check()
    expect(code).to_contain_text("/ 255")
    chapter.part.get_by_label("Hidden units").fill("12")
    chapter.part.get_by_label("Hidden units").press("Enter")
    expect(chapter.part.locator(".pictures canvas")).to_have_count(12)
    chapter.press("One epoch")
    expect(chapter.status).to_contain_text("Step 10: 1 epoch.")
    assert chapter.save()["hidden_kernel"].shape == (784, 12)
    expect(code).to_contain_text('Dense(12, "relu")')


def test_few_pictures_are_learned_by_heart(chapter: Train) -> None:
    chapter.press("Learn 10 by heart")
    expect(chapter.remarks).to_contain_text("Over-fitting: since step", timeout=WAIT_MS)
    expect(chapter.status).to_contain_text(re.compile(r"accuracy 100\.0.% \(held out [1-7]\d\."))
    chapter.press("Pause")
    chapter.set("Learning rate", "10")
    chapter.part.get_by_label("Hidden units").fill("64")
    chapter.part.get_by_label("Rescale to 0 to 1").uncheck()
    chapter.part.get_by_label("Hidden units").press("Enter")
    chapter.part.locator(".pace input").fill("5")
    chapter.press("Play")
    expect(chapter.remarks).to_contain_text(re.compile("(worse|no better) than ten equal"))
    chapter.page.page.reload()
    expect(chapter.status).to_contain_text("Step 0", timeout=WAIT_MS)  # and set as before
    expect(chapter.part.get_by_label("Learning rate")).to_have_value("10")
    expect(chapter.part.get_by_label("Hidden units")).to_have_value("64")


def test_a_set_of_this_browser_is_learned_from_and_a_hidden_answer_is_not_told(
    chapter: Train,
) -> None:
    page = chapter.page
    words = chapter.part.locator(".words")
    expect(words).to_be_visible()
    hide = page.page.locator(".st-key-answer_hidden label").first
    hide.click()
    expect(words).to_be_hidden()
    expect(chapter.part.locator(".digit-bars .bar").first).to_be_hidden()
    expect(chapter.part.locator(".pictures canvas").first).to_be_visible()
    hide.click()
    expect(words).to_be_visible()

    grids = np.zeros((60, 784), int)
    targets = np.arange(60) % 2 + 3  # threes above, fours below
    grids[targets == 3, 100:300] = grids[targets == 4, 500:700] = 255
    own_sets.put(page.page, given("file", grids, targets))
    expect(chapter.part.locator(".split")).to_have_text(
        "all 40 pictures; 20 others, the test set, are held out."
    )
    chapter.press("One epoch")
    expect(chapter.status).to_contain_text(re.compile(r"Step 2: 1 epoch.* accuracy 100\.0"))

    # What a model says of the person's own digits is hidden while a class guesses, and only that.
    hide.click()
    page.wait_until_idle()
    after = chapter.one_step.locator(".after")
    chapter.one_step.get_by_role("button", name="One step").click()
    expect(after).to_be_visible()
    own_sets.put(page.page, given("visit", grids, targets))
    chapter.one_step.get_by_role("button", name="One step").click()
    expect(chapter.one_step.locator(".note")).to_contain_text("Step 1: picture")
    expect(after).to_be_hidden()
    hide.click()
    expect(after).to_be_visible()

    chapter.part.get_by_label("Learns from").select_option(label="the ten examples, 36 times each")
    expect(chapter.part.locator(".split")).to_contain_text("all 300 pictures")


def given(kind: str, grids: NDArray[Any], targets: NDArray[Any]) -> dict[str, object]:
    """Return a set as `own_sets` takes it."""
    arrays = {"grids": grids, "targets": targets}
    return {
        "kind": kind,
        "name": f"a {kind}",
        "source": "",
        "trainingCount": 40,
        **{
            name: base64.b64encode(array.astype(np.uint8).tobytes()).decode()
            for name, array in arrays.items()
        },
    }


def test_a_phone_shows_it_in_dark_by_keys_and_axe_finds_nothing(
    open_page: OpenPage, address: str
) -> None:
    page = open_chapter(
        open_page, address, "train", width=390, height=844, color_scheme="dark",
        reduced_motion="reduce",
    )  # fmt: skip
    chapter = Train(page)
    chapter.part.get_by_role("button", name="One batch").focus()
    page.page.keyboard.press("Enter")
    expect(chapter.status).to_contain_text("Step 1:")
    page.page.keyboard.press("Tab")
    page.page.keyboard.press("Space")
    expect(chapter.status).to_contain_text("Step 10: 1 epoch.")
    chapter.one_step.get_by_role("button", name="One step").click()
    expect(chapter.one_step.locator(".after")).to_contain_text("after it")
    assert not scrolls_sideways(page)
    expect_nothing_serious(page)
    assert page.problems == []
