"""From a file to a model of one's own: drop it, look at it, let it be read, learn from it, draw."""

import io
import re

import numpy as np
from playwright.sync_api import expect

from pixelviz.arrays import LENGTH
from pixelviz.data.mnist import Mnist
from tests import oracle
from tests.browser.conftest import OpenPage
from tests.browser.pages import WAIT_MS
from tests.browser.test_sources import bring
from tests.drawings import SEVEN

COUNT = 120
"""How many pictures the file has."""


def file_of(digits: Mnist) -> tuple[np.ndarray, np.ndarray, bytes]:
    """Return pictures, their targets, and both as OpenML's CSV has them: the class comes last."""
    pictures = digits.x_train[:COUNT].reshape(COUNT, LENGTH)
    targets = digits.y_train[:COUNT]
    text = io.StringIO()
    header = ",".join([*(f"pixel{at}" for at in range(1, LENGTH + 1)), "class"])
    rows = np.column_stack([pictures, targets])
    np.savetxt(text, rows, fmt="%d", delimiter=",", header=header, comments="")
    return pictures, targets, text.getvalue().encode()


def test_a_file_is_dropped_looked_at_learned_from_and_what_has_learned_reads(
    open_page: OpenPage, digits: Mnist
) -> None:
    pictures, targets, content = file_of(digits)
    page = open_page()
    page.expect_nothing_drawn()
    page.wait_until_idle()  # before, nothing takes files
    bring(page, "drop", "mnist_784.csv", content)
    dialog = page.page.locator(".st-key-file_intake dialog")
    expect(dialog).to_contain_text(f"{COUNT} pictures of 28 × 28 pixels")
    expect(dialog).to_contain_text("The label is in the last column, “class”.")
    dialog.get_by_role("button", name="Take the whole set").click()

    about = page.page.locator(".st-key-sources_of_data .about")
    expect(about).to_contain_text(f"mnist_784.csv: {COUNT} pictures", timeout=WAIT_MS)
    shown = page.page.locator(".st-key-pictures")
    shown.get_by_role("spinbutton", name="Number").fill("23")
    page.page.keyboard.press("Enter")
    expect(shown.locator(".caption")).to_have_text(f"Number 23: target {targets[23]}")

    evaluation = page.page.locator(".st-key-evaluation")
    evaluation.get_by_role("button", name="Let the models read them").click()
    expect(evaluation.locator(".note")).to_have_text("All pictures are read.", timeout=WAIT_MS)
    rows = evaluation.locator(".accuracy tbody tr")
    for row, name in enumerate(oracle.MODELS):
        said = [each.digit for each in oracle.ask(name, pictures.reshape(-1, 28, 28))]
        right = int((np.array(said) == targets).sum())
        expect(rows.nth(row).locator("td small").first).to_have_text(str(right))

    page.choice("chapter", "Train").click()
    train = page.page.locator(".st-key-train")
    split = train.locator(".split")
    expect(split).to_have_text(re.compile(r"all \d+ pictures; \d+ others"), timeout=WAIT_MS)
    assert sum(map(int, re.findall(r"\d+", split.inner_text()))) == COUNT
    train.locator(".pace input").fill("5")
    train.get_by_role("button", name="Play").click()
    status = train.locator(".status")
    expect(status).to_have_text(re.compile(r"accuracy (9[5-9]|100)"), timeout=WAIT_MS)
    train.get_by_role("button", name="Pause").click()
    page.page.locator(".st-key-take_away").get_by_role("button", name="Use it").click()
    page.draw(SEVEN)
    page.expect_digit(7)
    yours = page.prediction.locator(".yours tr")
    expect(yours).to_have_text(re.compile(r"Yours(7|not sure)"))
    assert page.problems == []
