"""A file of many pictures: read in the browser, shown, asked about, chosen from, taken."""

import io
import re
import zipfile

import numpy as np
import pytest
from playwright.sync_api import Locator, expect

from tests.browser import own_sets
from tests.browser.conftest import OpenPage
from tests.browser.pages import PixelvizPage
from tests.browser.test_accessibility import expect_nothing_serious
from tests.browser.test_layout import SCHEMES
from tests.browser.test_sources import bring, expect_integers, give, go_back
from tests.drawings import SEVEN
from tests.javascript.data_files import PIXELS, X, Y, csv, npz, packed, with_label

LABELLED = csv(with_label(X), ["label", *PIXELS])


def zipped(name: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(name, LABELLED)
    return stream.getvalue()


def dialog_of(page: PixelvizPage) -> Locator:
    return page.page.locator(".st-key-file_intake dialog")


def test_of_several_pictures_one_is_chosen_by_its_number(page: PixelvizPage) -> None:
    bring(page, "drop", "train.csv", LABELLED)
    dialog = dialog_of(page)
    expect(dialog.get_by_role("heading")).to_have_text("train.csv")
    expect(dialog).to_contain_text("30 pictures of 28 × 28 pixels")
    expect(dialog).to_contain_text("The label is in the first column, “label”.")
    expect(dialog.get_by_role("heading")).to_be_focused()
    number = dialog.get_by_role("spinbutton", name="Number")
    number.fill("7")
    expect(dialog.get_by_role("img", name=f"Number 7, labelled {Y[7]}")).to_be_visible()
    number.fill("400")
    number.blur()
    expect(number).to_have_value("29")
    wall = dialog.get_by_role("group", name="Some of the pictures").get_by_role("button")
    expect(wall).to_have_count(12)
    wall.nth(4).click()
    expect(wall.nth(4)).to_have_attribute("aria-pressed", "true")
    expect(number).to_have_value("10")
    dialog.get_by_role("button", name="Put it on the canvas").click()
    expect(dialog).to_be_hidden()
    expect_integers(page, X[10])
    page.button("undo").click()
    page.expect_nothing_drawn()


def test_a_file_that_is_no_data_set_is_refused_in_a_sentence_and_the_drawing_stays(
    page: PixelvizPage,
) -> None:
    page.draw(SEVEN)
    page.expect_digit(7)
    before = page.wait_until_views_agree()
    dialog = dialog_of(page)
    for name, content, words in (
        ("submission.csv", csv([[1, 7], [2, 0]], ["ImageId", "Label"]), "it has no pixels"),
        ("fifteen.csv", csv(X[:, :225].tolist()), "pictures of 15 × 15"),
        ("odd.npy", b"not numpy", "This is text"),
        ("labels.npz", npz(y=Y), "y of shape (30,)"),
        ("book.xlsx", zipped("xl/workbook.xml"), "Save the sheet as CSV"),
        ("kaggle.zip", zipped("train.csv"), "“train.csv”. Unpack it, and open what is in it."),
    ):
        bring(page, "drop", name, content)
        expect(dialog.get_by_role("alert")).to_contain_text(words)
        expect(dialog.get_by_role("button", name="Close")).to_be_focused()
        page.page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()
    page.expect_digit(7)
    assert np.array_equal(page.integers(), before)


def test_a_file_chosen_in_the_dialog_for_photos_is_read_in_the_browser_too(
    page: PixelvizPage,
) -> None:
    give(page, "light.csv", csv(with_label(255 - X), ["label", *PIXELS]))
    dialog = dialog_of(page)
    dialog.get_by_role("button", name="Invert them").click()
    expect(dialog).to_contain_text("Inverted: what was light is dark.")
    dialog.get_by_role("button", name="Put it on the canvas").click()
    expect(page.page.get_by_role("dialog")).to_have_count(0)
    expect_integers(page, X[0])


def test_a_single_picture_lands_where_it_belongs_whatever_the_form(page: PixelvizPage) -> None:
    last = csv([[*X[1].tolist(), 4]], [*PIXELS, "class"])
    give(page, "last.csv", last)
    expect(page.page.get_by_text("784 integers, labelled 4")).to_be_visible()
    bring(page, "drop", "one.npz", npz(packed=True, image=X[2].reshape(28, 28, 1) / 255))
    expect(page.page.get_by_text("784 integers: they are on the canvas now")).to_be_visible()
    go_back(page.page)
    expect_integers(page, X[2])
    bring(page, "drop", "ink.csv", csv([(X[3] > 127).astype(int).tolist()]))
    dialog = dialog_of(page)
    expect(dialog).to_contain_text("1 is taken as 255 (full ink)")
    expect(dialog.get_by_role("button", name="Take the whole set")).to_be_hidden()
    dialog.get_by_role("button", name="Put it on the canvas").click()
    expect_integers(page, (X[3] > 127) * 255)


def test_a_large_file_shows_how_far_it_is_read_and_can_be_left(page: PixelvizPage) -> None:
    large = packed(b"#" * 1000 + b"\n", 400)
    bring(page, "drop", "large.csv.gz", large)
    dialog = dialog_of(page)
    bar = dialog.get_by_role("progressbar", name="How much of the file is read")
    expect(bar).to_be_visible()
    expect(dialog.get_by_role("button", name="Cancel")).to_be_focused()
    page.page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    bring(page, "drop", "train.csv", LABELLED)
    expect(dialog).to_contain_text("30 pictures")  # and nothing more of the other one
    page.page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_where_the_label_may_be_first_or_last_both_readings_are_shown_and_all_can_be_taken(
    open_page: OpenPage,
) -> None:
    page = open_page(own_browser=True)
    page.wait_until_idle()  # before, nothing takes files
    odd = X.copy()
    odd[:, 0] = np.arange(len(odd)) % 7  # it might be a label too
    bring(page, "drop", "odd.csv", csv(with_label(odd, last=True)))
    dialog = dialog_of(page)
    readings = dialog.locator(".option")
    expect(readings).to_have_count(2)
    expect(readings.nth(0)).to_contain_text("The label is in the first column")
    expect(readings.nth(0).locator(".picture").nth(3)).to_have_text("label 3")
    expect(readings.nth(1).locator(".picture").nth(3)).to_have_text(f"label {Y[3]}")
    shown = (
        readings.nth(1)
        .locator("canvas")
        .nth(3)
        .evaluate("canvas => [...canvas.getContext('2d').getImageData(0, 0, 28, 28).data]")
    )
    assert shown[::4] == odd[3].tolist()
    expect_nothing_serious(page)
    page.page.keyboard.press("Tab")
    page.page.keyboard.press("Tab")
    expect(readings.nth(1)).to_be_focused()
    page.page.keyboard.press("Enter")
    expect(dialog).to_contain_text("The label is in the last column.")
    dialog.get_by_role("button", name="Take the whole set").click()
    expect(dialog).to_be_hidden()
    taken = own_sets.chosen(page.page)
    assert taken["kind"] == "file"
    assert taken["name"] == "odd.csv"
    assert taken["grids"] == odd.ravel().tolist()
    assert taken["targets"] == Y.tolist()
    assert taken["trainingCount"] == len(odd)
    expect(page.page).to_have_url(re.compile("chapter=data"))
    chapter = page.page.locator(".st-key-chapter_data")
    expect(chapter).to_contain_text(
        "odd.csv: 30 pictures, read from your file. The label is in the"
    )
    assert page.problems == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_dialog_is_for_everybody(open_page: OpenPage, scheme: str) -> None:
    page = open_page(width=390, height=844, color_scheme=scheme)
    page.wait_until_idle()
    bring(page, "paste", "train.csv", LABELLED)
    dialog = dialog_of(page)
    expect(dialog).to_contain_text("30 pictures")
    expect_nothing_serious(page)
    assert dialog.evaluate("dialog => dialog.scrollWidth <= dialog.clientWidth")
    take = dialog.get_by_role("button", name="Take the whole set")
    take.scroll_into_view_if_needed()
    expect(take).to_be_in_viewport()
