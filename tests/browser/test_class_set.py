"""The class as a data set: taken, named, read by the models, learned from without some writers."""

import io
import re
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from playwright.sync_api import Locator, expect

from pixelviz.data.mnist import Mnist
from pixelviz.vector import unroll
from tests import oracle
from tests.browser import own_sets
from tests.browser.conftest import OpenPage
from tests.browser.pages import WAIT_MS, PixelvizPage
from tests.browser.taught_class import TaughtClass, name_of
from tests.browser.test_accessibility import expect_nothing_serious
from tests.browser.test_layout import scrolls_sideways
from tests.browser.test_lesson import open_chapter
from tests.browser.test_train import given, percent_in
from tests.drawings import CROSSED_SEVEN

Array = NDArray[Any]

WRITERS = 6
LEFT_OUT = (2, 5)
"""Who is held out, by the numbers of their devices."""


def part(page: PixelvizPage, key: str) -> Locator:
    return page.page.locator(f".st-key-{key}")


@pytest.fixture
def a_class(digits: Mnist) -> TaughtClass:
    """Return a class that has given 120 digits, some of them hard to read.

    Only those that are held out have ink in the first corner.
    """
    random = np.random.default_rng(WRITERS)
    vectors = digits.x_test[:120].reshape(-1, 784).copy()
    noise = random.integers(0, 256, vectors.shape) * (random.random((len(vectors), 1)) * 0.6)
    vectors[::2] = np.maximum(vectors, noise.astype(np.uint8))[::2]
    devices = 1 + random.integers(0, WRITERS, len(vectors))
    vectors[:, 0] = np.where(np.isin(devices, LEFT_OUT), 255, 0)
    taught = TaughtClass()
    taught.give(vectors, digits.y_test[: len(vectors)].tolist(), devices.tolist())
    return taught


def open_source(page: PixelvizPage) -> Locator:
    sources = part(page, "sources_of_data")
    sources.get_by_role("radio", name="Our class").check(timeout=WAIT_MS)
    return sources


def test_a_class_is_taken_as_it_is_named_and_read_by_the_models(
    open_page: OpenPage, address: str, a_class: TaughtClass, digits: Mnist
) -> None:
    page = open_chapter(open_page, address, "data", own_browser=True)
    sources = open_source(page)
    link = sources.get_by_role("link", name="Our class")
    expect(link).to_have_attribute("href", re.compile(r"\?chapter=class$"))
    a_class.teach(page.page)
    page.page.reload()
    sources = open_source(page)
    expect(link).to_be_hidden()
    sources.get_by_role("button", name="Take the 120 digits that the class has now").click()
    about = sources.locator(".about")
    expect(about).to_contain_text(f"Our class: 120 pictures, by {WRITERS} writers")
    expect(sources.get_by_text("choose MNIST above and fetch it")).to_be_visible()
    writer = name_of(a_class.devices[0])
    caption = part(page, "pictures").locator(".caption")
    expect(caption).to_have_text(f"Number 0: {writer}'s {a_class.labels[0]}")
    expect(caption).to_have_class(re.compile("written"))

    expect(part(page, "means").locator(".training th")).to_have_text("pictures")  # of no training

    evaluation = part(page, "evaluation")
    evaluation.get_by_role("button", name="Let the models read them").click()
    expect(evaluation.locator(".note")).to_have_text("All pictures are read.", timeout=WAIT_MS)
    labels = np.array(a_class.labels)
    for name in oracle.MODELS:
        read = np.array([each.digit for each in oracle.ask(name, np.array(a_class.vectors))])
        confusion = np.zeros((10, 10), int)
        np.add.at(confusion, (labels, read), 1)
        evaluation.get_by_role("radio", name=oracle.title(name)).check()
        cells = evaluation.locator(".confusion td button")
        page.wait_until(
            lambda cells=cells, counts=confusion: (  # type: ignore[misc]
                [int(text) for text in cells.all_inner_texts()] == counts.ravel().tolist()
            )
        )
        assert (read != labels).any(), "There are mistakes to name."
        thumb = evaluation.locator(".thumbs button:visible").first
        number = int(thumb.get_attribute("data-number") or 0)
        assert number in np.flatnonzero(read != labels)
        expect(evaluation.locator(".detail .heading")).to_have_text(
            f"Number {number}, {name_of(a_class.devices[number])}'s {labels[number]}"
        )

    more = digits.x_test[200:240].reshape(-1, 784)
    a_class.give(more, digits.y_test[200:240].tolist(), [WRITERS + 1] * len(more))
    take = sources.get_by_role("button", name="Take the")
    expect(take).to_have_text("Take the 40 that have come since")
    a_class.remove(3)
    expect(take).to_have_text("Take the class as it is now: 1 was removed, 40 came")
    expect(about).to_contain_text("120 pictures")  # what is looked at stays
    take.click()
    expect(about).to_contain_text(f"159 pictures, by {WRITERS + 1} writers")
    expect(take).to_be_hidden()
    expect_neighbours_across_both(page, a_class, digits)
    expect_nothing_serious(page)

    a_class.end()
    note = sources.locator(".class-note")
    expect(note).to_contain_text("This browser has that class no more.")
    expect(note).to_contain_text("stays in this page's memory")
    sources.get_by_role("button", name="Throw the copy away").click()
    expect(sources.get_by_role("radio", name="Our class")).to_be_focused()
    expect(about).to_contain_text("Nothing is taken from a class yet.")
    assert own_sets.chosen(page.page)["kinds"] == ["mnist"]
    assert page.problems == []


def expect_neighbours_across_both(page: PixelvizPage, a_class: TaughtClass, digits: Mnist) -> None:
    """Check that the drawing's neighbours are numpy's among class and MNIST, and whose they are."""
    page.draw(CROSSED_SEVEN)
    page.expect_digit(7)
    page.wait_until_answered()
    page.wait_until_idle()
    grids, targets = digits.x_test[240:390].reshape(-1, 784), digits.y_test[240:390]
    own_sets.put(page.page, given("mnist", grids, targets))
    sources = open_source(page)
    sources.get_by_role("checkbox", name="together with MNIST (150 pictures)").check()
    expect(sources.get_by_text("choose MNIST above and fetch it")).to_be_hidden()
    expect(sources.locator(".about")).to_contain_text("309 pictures, 159 of the class and 150")
    there = [at for at in range(160) if at != 2]
    names = [f"{name_of(a_class.devices[at])}'s {a_class.labels[at]}" for at in there]
    names += [f"MNIST's {target}" for target in targets]
    vectors = np.concatenate([np.array(a_class.vectors)[there], grids]).astype(int)
    drawn = unroll(page.integers().astype(np.uint8)).astype(int)
    nearest = np.argsort(((vectors - drawn) ** 2).sum(axis=1), kind="stable")[:10]
    neighbours = part(page, "neighbours")
    neighbours.scroll_into_view_if_needed()
    expect(neighbours.locator("li b")).to_have_text([names[at] for at in nearest])
    expect(part(page, "evaluation").get_by_role("radio", name="the class")).to_be_checked()


def trained(vectors: Array, labels: Array, steps: int, rate: float) -> tuple[Array, Array]:
    """Return the weights and biases after some steps, each with all pictures."""
    features = vectors / 255
    kernel, bias = np.zeros((784, 10)), np.zeros(10)
    for _ in range(steps):
        exponentials = np.exp(features @ kernel + bias)
        errors = exponentials / exponentials.sum(axis=1, keepdims=True) - np.eye(10)[labels]
        kernel -= rate * features.T @ errors / len(features)
        bias -= rate * errors.mean(axis=0)
    return kernel, bias


def test_of_held_out_writers_nothing_is_learned(
    open_page: OpenPage, address: str, a_class: TaughtClass, digits: Mnist
) -> None:
    page = open_chapter(
        open_page, address, "data", own_browser=True, width=390, height=844, color_scheme="dark"
    )
    a_class.teach(page.page)
    page.page.reload()
    open_source(page).get_by_role("button", name="Take the 120").click()
    page.choice("chapter", "Train").click()
    train, split = part(page, "train"), part(page, "train").locator(".split")
    expect(split).to_contain_text("about a sixth, are held out", timeout=WAIT_MS)
    train.get_by_role("radio", name="some writers").check()
    vectors, labels = np.array(a_class.vectors), np.array(a_class.labels)
    counts = np.bincount(a_class.devices, minlength=WRITERS + 1)
    boxes = {
        device: train.get_by_role(
            "checkbox", name=f"{name_of(device)}, {counts[device]} pictures", exact=True
        )
        for device in range(1, WRITERS + 1)
    }
    by_chance = [device for device, box in boxes.items() if box.is_checked()]
    assert 0 < len(by_chance) < WRITERS
    assert counts[by_chance].sum() >= len(labels) / 6
    for device in LEFT_OUT:
        boxes[device].check()
    for device in set(by_chance) - set(LEFT_OUT):
        boxes[device].uncheck()
    is_held = np.isin(a_class.devices, LEFT_OUT)
    named = " and ".join(f"{name_of(device)} ({counts[device]})" for device in LEFT_OUT)
    told = (
        f"all {sum(~is_held)} pictures; {sum(is_held)} others are held out, all those by {named}."
    )
    expect(split).to_have_text(told)
    boxes[LEFT_OUT[0]].uncheck()
    boxes[LEFT_OUT[1]].click()  # somebody has to be
    expect(train.locator(".held-note")).to_contain_text("Somebody has to be held out")
    expect(boxes[LEFT_OUT[1]]).to_be_checked()
    boxes[LEFT_OUT[0]].check()

    train.locator(".size").select_option("512")  # all of them: their order does not matter
    for steps in (1, 2, 3):
        train.get_by_role("button", name="One epoch").click()
        expect(train.locator(".status")).to_contain_text(f"Step {steps}: {steps} epoch")
    kernel, bias = trained(vectors[~is_held], labels[~is_held], 3, 0.1)
    weights = save(page)
    assert np.abs(weights["kernel"] - kernel).max() < 1e-5
    assert np.abs(weights["bias"] - bias).max() < 1e-5
    assert np.array_equal(weights["kernel"][0], np.zeros(10))  # where only they have ink
    right = (vectors[is_held] / 255 @ kernel + bias).argmax(axis=1) == labels[is_held]
    status = train.locator(".status").inner_text()
    assert percent_in(status) == pytest.approx(100 * right.mean(), abs=0.06)

    grids, targets = digits.x_train[:60].reshape(-1, 784), digits.y_train[:60]
    own_sets.put(page.page, given("mnist", grids, targets))  # 40 are its training set
    train.get_by_role("button", name="One epoch").click()
    expect(train.locator(".status")).to_contain_text("Step 1: 1 epoch")
    train.get_by_label("Try what it has learned on").select_option(label="Our class")
    train.get_by_role("button", name="Try it").click()
    kernel, bias = trained(grids[:40], targets[:40], 1, 0.1)
    right = (vectors / 255 @ kernel + bias).argmax(axis=1) == labels
    expect(train.locator(".tried output")).to_have_text(
        f"Our class, after 1 step: {100 * right.mean():.1f}\N{NARROW NO-BREAK SPACE}% "
        f"of 120 pictures read correctly ({right.sum()})."
    )
    train.get_by_label("Learns from").select_option(label="Our class and MNIST")
    expect(split).to_have_text(
        f"all {sum(~is_held) + 40} pictures; {sum(is_held)} others are held out, all those by "
        f"{named}. MNIST's test set is not used."
    )
    assert not scrolls_sideways(page)
    expect_nothing_serious(page)

    page.page.goto(f"{address}/?chapter=data")  # forgets the class, but not who is held out
    open_source(page).get_by_role("button", name="Take the 120").click()
    page.choice("chapter", "Train").click()
    expect(split).to_have_text(told, timeout=WAIT_MS)
    assert page.problems == []


def save(page: PixelvizPage) -> dict[str, Array]:
    with page.page.expect_download() as download:
        part(page, "take_away").get_by_role("button", name="Save as .npz").click()
    with np.load(io.BytesIO(download.value.path().read_bytes())) as arrays:
        return {name: arrays[name].astype(float) for name in arrays.files}
