"""The whole lesson of a class in three browsers: two pupils write, the teacher looks and trains."""

import json
import os
import re
from pathlib import Path

import numpy as np
from playwright.sync_api import expect

from pixelviz.data.sample_digits import strokes_of
from pixelviz.vector import unroll
from tests import oracle
from tests.browser.conftest import OpenPage, OpenPupil
from tests.browser.pages import WAIT_MS, PixelvizPage
from tests.browser.pupils import PupilsPage, Teacher
from tests.browser.test_class_set import Array, part, save, trained
from tests.browser.test_lesson import open_chapter

EACH = 6
"""So many digits each pupil gives."""


def give_what_is_asked(pupil: PupilsPage, number: int) -> None:
    """Draw the digit that a pupil is asked for, and give it: the number-th of theirs."""
    pupil.draw(*strokes_of(pupil.asked()))
    pupil.button("Give").click()
    expect(pupil.counts).to_contain_text(f"{number} from you")


def test_two_pupils_write_and_the_teacher_looks_trains_and_erases(
    open_page: OpenPage, open_pupil: OpenPupil, address: str
) -> None:
    page = open_chapter(open_page, address, "class", own_browser=True)
    part(page, "class_start").get_by_role("button", name="Start a class").click()
    expect(part(page, "class_start").locator(".counts")).to_contain_text("0 devices")
    kept = json.loads(page.page.evaluate("localStorage.getItem('pixelviz.class.teacher')"))
    teacher = Teacher(address, kept)
    code = part(page, "class_start").locator(".code").inner_text()

    pupils = [open_pupil(), open_pupil()]
    for pupil in pupils:
        pupil.join(code)
        expect(pupil.title).to_have_text(re.compile(r"Write an? \d"))
    for number in range(1, EACH + 1):
        for pupil in pupils:
            give_what_is_asked(pupil, number)
    expect(part(page, "class_start").locator(".counts")).to_contain_text("2 devices, 12 digits")
    digits = teacher.view()["digits"]
    vectors = np.array([unroll(grid) for grid in teacher.grids()])
    labels = np.array([digit["label"] for digit in digits])
    assert sorted(np.bincount(labels, minlength=10)) == [1] * 8 + [2] * 2

    expect_models_to_read(page, vectors, labels)
    expect_training(page, vectors, labels, [digit["device"] for digit in digits])

    assert found_in_database(vectors) == len(vectors)
    page.choice("chapter", "Our class").click()
    start = part(page, "class_start")
    start.get_by_role("button", name="End the class …").click()
    start.get_by_role("button", name="End the class and erase all of it").click()
    expect(start.locator(".remark")).to_contain_text("has ended")
    for pupil in pupils:
        pupil.ask_now()
        expect(pupil.page.locator(".enter .problem")).to_contain_text("has ended")
    assert found_in_database(vectors) == 0
    assert page.problems == []


def found_in_database(vectors: Array) -> int:
    """Return how many of some digits are in the database's file or its write-ahead log."""
    database = Path(os.environ["PIXELVIZ_DATABASE_URL"].removeprefix("sqlite:///"))
    content = b"".join(file.read_bytes() for file in database.parent.glob(f"{database.name}*"))
    return sum(vector[vector.argmax() - 3 :][:40].tobytes() in content for vector in vectors)


def expect_models_to_read(page: PixelvizPage, vectors: Array, labels: Array) -> None:
    """Expect the confusion matrix of the class in chapter Data to be Keras's."""
    part(page, "class_onward").get_by_role("button", name="digits in Data").click()
    about = part(page, "sources_of_data").locator(".about")
    expect(about).to_contain_text("Our class: 12 pictures, by 2 writers", timeout=WAIT_MS)
    evaluation = part(page, "evaluation")
    evaluation.get_by_role("button", name="Let the models read them").click()
    expect(evaluation.locator(".note")).to_have_text("All pictures are read.", timeout=WAIT_MS)
    evaluation.get_by_role("radio", name=oracle.title("convolutional")).check()
    read = np.array([each.digit for each in oracle.ask("convolutional", vectors)])
    confusion = np.zeros((10, 10), int)
    np.add.at(confusion, (labels, read), 1)
    cells = evaluation.locator(".confusion td button")
    page.wait_until(
        lambda: [int(text) for text in cells.all_inner_texts()] == confusion.ravel().tolist()
    )


def expect_training(page: PixelvizPage, vectors: Array, labels: Array, devices: list[int]) -> None:
    """Expect what is learned from one pupil, the other being held out, to be numpy's weights."""
    page.choice("chapter", "Train").click()
    train = part(page, "train")
    train.get_by_role("radio", name="some writers").check(timeout=WAIT_MS)
    boxes = train.locator(".chips input[type=checkbox]")
    expect(boxes).to_have_count(2)
    checked = [box.is_checked() for box in boxes.all()]
    assert sorted(checked) == [False, True]
    is_held = np.array(devices) == sorted(set(devices))[checked.index(True)]
    expect(train.locator(".split")).to_contain_text("6 others are held out, all those by ")
    train.get_by_role("button", name="One epoch").click()
    expect(train.locator(".status")).to_contain_text("Step 1: 1 epoch")
    kernel, bias = trained(vectors[~is_held], labels[~is_held], 1, 0.1)
    weights = save(page)
    assert np.abs(weights["kernel"] - kernel).max() < 1e-5
    assert np.abs(weights["bias"] - bias).max() < 1e-5
