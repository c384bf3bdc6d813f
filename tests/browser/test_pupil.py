"""The pupils' page on a phone: joining a class, drawing with a finger, and giving digits to it."""

import re
from collections.abc import Iterator

import numpy as np
import pytest
from playwright.sync_api import Route, expect

from pixelviz import ink
from pixelviz.data.sample_digits import Point
from pixelviz.formats import share_link
from tests.browser.conftest import OpenPage, OpenPupil
from tests.browser.contexts import LAPTOP, PHONE
from tests.browser.cuttable import cuttable
from tests.browser.pupils import PupilsPage, Teacher
from tests.browser.test_accessibility import expect_nothing_serious
from tests.browser.test_layout import SCHEMES
from tests.browser.test_strokes import at, fingers_on
from tests.drawings import CROSSED_SEVEN, SEVEN

LINE: tuple[Point, ...] = ((0.3, 0.5), (0.7, 0.5))

LIGHT_KB = 120
"""The page with all its modules, uncompressed."""

TAP: Point = (0.2, 0.2)
TAP_PX = 112


@pytest.fixture
def teacher(address: str) -> Iterator[Teacher]:
    teacher = Teacher(address)
    yield teacher
    teacher.end()


def test_a_pupil_draws_with_a_finger_and_gives_the_very_pixels(
    open_pupil: OpenPupil, address: str, teacher: Teacher
) -> None:
    pupil = open_pupil("/class")
    pupil.join(f"{teacher.code[:4].lower()} {teacher.code[4:].lower()}")
    expect(pupil.title).to_have_text(re.compile(r"Write an? \d"))
    assert pupil.page.url == f"{address}/class/{teacher.code}"
    [device] = teacher.view()["devices"]
    expect(pupil.page.locator(".mark")).to_contain_text(f"{device['colour']} {device['animal']}")
    for name in ("Undo", "Clear", "Give"):
        expect(pupil.button(name)).to_be_disabled()

    with fingers_on(pupil) as fingers:
        fingers.put(1, *at(pupil, (0.9, 0.95)))  # a palm, on the paper, which rests
        fingers.draw(2, LINE)
        fingers.put(3, 195, 800)  # and another below it, which moves
        fingers.put(3, 195, 500)
        assert pupil.page.evaluate("scrollY") == 0
        for finger in (3, 2, 1):
            fingers.lift(finger)
        expect(pupil.button("Give")).to_be_enabled()
        rows, columns = np.nonzero(ink.from_rgba(pupil.rgba()))
        assert (rows.min() > 250, rows.max() < 310) == (True, True)
        assert (columns.min() > 140, columns.max() < 420) == (True, True)
        line = pupil.rgba()
        fingers.put(1, *at(pupil, TAP))
        fingers.lift(1)
    pupil.wait_until(lambda: pupil.rgba()[TAP_PX, TAP_PX, 0] > 0)
    pupil.button("Undo").click()
    pupil.wait_until(lambda: np.array_equal(pupil.rgba(), line))
    pupil.page.keyboard.press("Control+z")
    expect(pupil.button("Give")).to_be_disabled()
    assert not ink.from_rgba(pupil.rgba()).any()

    pupil.draw(*CROSSED_SEVEN)
    label, grid = pupil.asked(), pupil.grid()
    pupil.button("Give").click()
    expect(pupil.said).to_contain_text(f"Your {label} is in the class")
    expect(pupil.counts).to_contain_text("1 from you 1 from the class")
    [digit] = teacher.view()["digits"]
    assert (digit["label"], digit["device"]) == (label, device["device"])
    assert np.array_equal(teacher.grids()[0], grid)
    assert np.array_equal(pupil.shown(), grid)
    assert not ink.from_rgba(pupil.rgba()).any()

    link = pupil.page.get_by_role("link", name="See it as pixels")
    code = (link.get_attribute("href") or "").removeprefix("./?drawing=")
    assert np.array_equal(share_link.decode(code), grid)
    with pupil.page.expect_popup() as opened:
        link.click()
    assert opened.value.url == f"{address}/?drawing={code}"
    sizes = "performance.getEntriesByType('resource').map((each) => each.decodedBodySize)"
    assert 10_000 < sum(pupil.page.evaluate(sizes)) < 1000 * LIGHT_KB


def test_a_digit_is_given_once_whatever_is_lost(
    open_pupil: OpenPupil, address: str, teacher: Teacher
) -> None:
    with cuttable(address) as connection:
        pupil = open_pupil(f"/class/{teacher.code}", at=connection.address)
        pupil.draw(*SEVEN)
        grid, drawn, label = pupil.grid(), pupil.rgba(), pupil.asked()
        connection.cut()
        pupil.button("Give").click()
        expect(pupil.said).to_contain_text("The server cannot be reached.")
        expect(pupil.said).to_contain_text(f"Your {label} is kept here")
        assert np.array_equal(pupil.rgba(), drawn)
        assert teacher.grids() == []
        connection.mend()
        expect(pupil.counts).to_contain_text("1 from you 1 from the class")
        assert np.array_equal(teacher.grids(), [grid])

        def lose_the_answer(route: Route) -> None:
            route.fetch()
            route.abort()

        pupil.draw(*CROSSED_SEVEN)
        grids = [grid, pupil.grid()]
        pupil.page.route("**/digits", lose_the_answer)
        pupil.button("Give").click()
        expect(pupil.said).to_contain_text("is kept here")
        assert np.array_equal(teacher.grids(), grids)
        pupil.page.reload()
        expect(pupil.said).to_contain_text("is kept here")
        assert np.array_equal(pupil.grid(), grids[1])  # shown as it was given
        pupil.page.unroute_all()
        expect(pupil.counts).to_contain_text("2 from you 2 from the class")
        assert np.array_equal(teacher.grids(), grids)


def test_a_pupil_reads_what_the_teacher_does(open_pupil: OpenPupil, teacher: Teacher) -> None:
    pupil = open_pupil("/class/KRTW")
    expect(pupil.page.get_by_role("alert")).to_contain_text("A code has eight letters")
    pupil.join("BBBBBBBB")
    expect(pupil.page.get_by_role("alert")).to_contain_text("There is no class BBBB BBBB")
    expect(pupil.page.get_by_label("The code")).to_have_attribute("aria-invalid", "true")
    pupil.join(teacher.code)
    pupil.draw(*SEVEN)
    drawn = pupil.rgba()
    teacher.pause(True)
    pupil.ask_now()
    expect(pupil.page.locator(".cover")).to_have_text(
        "Your teacher has paused. Your drawing stays here."
    )
    expect(pupil.button("Give")).to_be_disabled()
    pupil.page.keyboard.press("Control+z")
    assert np.array_equal(pupil.rgba(), drawn)
    teacher.pause(False)
    pupil.ask_now()
    expect(pupil.page.locator(".cover")).to_be_hidden()
    expect(pupil.button("Give")).to_be_enabled()
    teacher.remove_devices()
    pupil.button("Give").click()
    expect(pupil.page.get_by_label("The code")).to_have_value("")
    expect(pupil.page.get_by_role("alert")).to_contain_text("your teacher has removed this device")
    expect(pupil.page.get_by_label("The code")).to_have_attribute("aria-invalid", "false")
    assert pupil.page.url.endswith("/class/")
    pupil.page.reload()
    expect(pupil.page.get_by_label("The code")).to_be_focused()
    assert teacher.view()["devices"] == []


@pytest.mark.parametrize("viewport", [PHONE["viewport"], LAPTOP], ids=["phone", "laptop"])
def test_axe_finds_nothing_serious(
    open_pupil: OpenPupil, teacher: Teacher, viewport: dict[str, int]
) -> None:
    pupil = open_pupil(viewport=viewport)
    expect(pupil.page.get_by_label("The code")).to_be_focused()
    for scheme in SCHEMES:
        pupil.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        expect_nothing_serious(pupil)
    pupil.join(teacher.code)
    pupil.draw(*SEVEN)
    pupil.button("Give").click()
    expect(pupil.page.locator(".own a")).to_have_count(1)
    pupil.draw(*SEVEN)
    teacher.pause(True)
    pupil.ask_now()
    for is_paused in (True, False):
        teacher.pause(is_paused)
        pupil.ask_now()
        expect(pupil.page.locator(".cover")).to_be_visible(visible=is_paused)
        for scheme in SCHEMES:
            pupil.page.emulate_media(color_scheme=scheme)
            expect_nothing_serious(pupil)
        assert pupil.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for name in ("Undo", "Clear", "Give"):
        expect(pupil.button(name)).to_be_in_viewport(ratio=1)


def test_a_drawing_of_the_main_page_is_given_once_by_the_same_device(
    open_page: OpenPage, address: str, teacher: Teacher
) -> None:
    page = open_page(f"{address}/?chapter=class")
    part = page.page.locator(".st-key-give")
    give = part.get_by_role("button", name="Give", exact=True)
    part.get_by_label("Code of the class").fill(teacher.code.lower())
    part.get_by_role("button", name="Join").click()
    expect(part.locator(".mark .name")).not_to_be_empty()
    expect(part.locator(".mark")).to_contain_text(teacher.view()["devices"][0]["animal"])
    expect(part.locator(".said")).to_have_text("Draw a digit first.")
    expect(give).to_be_disabled()
    page.draw(CROSSED_SEVEN)
    page.expect_digit(7)
    grid = page.wait_until_views_agree()
    part.get_by_role("radio", name="7", exact=True).check(force=True)  # a label lies over it
    give.click()
    expect(part.locator(".said")).to_contain_text("Your 7 is in the class")
    expect(give).to_be_disabled()
    assert [digit["label"] for digit in teacher.view()["digits"]] == [7]
    assert np.array_equal(teacher.grids(), [grid])
    expect_nothing_serious(page)

    tab = page.page.context.new_page()
    tab.goto(f"{address}/class/")
    pupil = PupilsPage(tab)
    expect(pupil.counts).to_contain_text("1 from you 1 from the class")
    pupil.draw(*SEVEN)
    pupil.button("Give").click()
    expect(pupil.counts).to_contain_text("2 from you 2 from the class")
    tab.close()
    assert len(teacher.view()["devices"]) == 1
    assert page.problems == []
