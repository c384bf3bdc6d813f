"""What is placed on the canvas and taken back, and how the framing follows."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from pixelviz.arrays import SIDE, Grid
from pixelviz.model import card
from pixelviz.model.classifier import MODELS
from pixelviz.server import worker_supervisor
from pixelviz.server.streamlit_internals import NUMBER_KEY
from tests.drawings import SEVEN, drawn, message_of, png_of

SEVENS_STROKE = {"type": "Path", "path": [["M", 1, 1], ["L", 9, 9]]}
COLUMN = np.zeros((SIDE, SIDE), np.uint8)
COLUMN[2:8, 3] = 200  # which framing would enlarge


@pytest.fixture
def page(root: Path) -> AppTest:
    worker_supervisor.load_async(card.read(MODELS).models).result()
    return AppTest.from_file(str(root / "pixelviz/page/main.py"), default_timeout=60).run()


def draw_seven(page: AppTest) -> None:
    """Let the canvas send a seven, drawn on what was placed there last."""
    placement = page.session_state["placement"]
    message: dict[str, Any] = message_of(png_of(drawn(SEVEN)))
    message["drawing"]["raw"] = {
        "objects": [*placement.strokes, SEVENS_STROKE],
        NUMBER_KEY: placement.number,
    }
    page.session_state["canvas"] = message
    page.run()


def shown(page: AppTest) -> Grid:
    grid: Grid = page.session_state["shown"].grid
    return grid


def press(page: AppTest, key: str) -> None:
    page.button(key=key).click().run()


def edit(page: AppTest, grid: Grid, number: int) -> None:
    """Let the browser send a grid whose pixels were changed, as it does in a run of its own."""

    def one_edit(grid: list[int], number: int) -> None:
        import numpy as np

        from pixelviz.page import canvas

        canvas.edit_grid(np.array(grid, np.uint8).reshape(28, 28), number)

    inner = AppTest.from_function(one_edit, args=(grid.ravel().tolist(), number))
    inner.session_state["placement"] = page.session_state["placement"]
    for key in ("framing", "canvas"):
        if key in page.session_state:
            inner.session_state[key] = page.session_state[key]
    inner.run()
    assert not inner.exception
    page.session_state["placement"] = inner.session_state["placement"]
    if "changed_settings" in inner.session_state:
        page.session_state["changed_settings"] = inner.session_state["changed_settings"]
    page.run()


def test_the_same_stroke_drawn_again_after_clear_counts(page: AppTest) -> None:
    draw_seven(page)
    seven = shown(page)
    assert seven.any()
    press(page, "clear")
    assert not shown(page).any()
    draw_seven(page)
    assert np.array_equal(shown(page), seven)


def test_what_was_drawn_before_clear_and_arrives_after_it_is_left_out(page: AppTest) -> None:
    draw_seven(page)
    late = page.session_state["canvas"]
    press(page, "clear")
    late["drawing"]["raw"]["objects"].append(SEVENS_STROKE)
    page.session_state["canvas"] = late
    page.run()
    assert not shown(page).any()


@pytest.mark.parametrize("presses", [["example_3"], ["example_3", "clear"]])
def test_undo_leads_back_to_the_empty_canvas(page: AppTest, presses: list[str]) -> None:
    for key in presses:
        press(page, key)
    for _ in presses:
        press(page, "undo")
    assert page.session_state["placement"].strokes == []
    press(page, "undo")
    assert page.session_state["placement"].strokes == []


def test_clear_on_an_empty_canvas_is_nothing_to_take_back(page: AppTest) -> None:
    draw_seven(page)
    for key in ("clear", "clear", "clear", "undo"):
        press(page, key)
    assert page.session_state["placement"].strokes == [SEVENS_STROKE]


@pytest.mark.parametrize("key", ["clear", "example_4"])
def test_a_new_digit_is_framed_like_mnist_again_and_that_is_said(page: AppTest, key: str) -> None:
    draw_seven(page)
    page.segmented_control(key="framing").set_value("drawn").run()
    assert not page.toast
    press(page, key)
    assert page.segmented_control(key="framing").value == "mnist"
    assert page.toast[0].value == "Framed like MNIST again."
    assert "framing" not in page.query_params
    page.run()
    assert not page.toast
    press(page, "undo")
    assert page.segmented_control(key="framing").value == "drawn"
    assert page.query_params["framing"] == "drawn"


def test_an_edited_pixel_is_shown_as_it_is_and_that_is_said(page: AppTest) -> None:
    draw_seven(page)
    changed = shown(page).copy()
    changed[0, 0] = 9
    edit(page, changed, page.session_state["placement"].number)
    assert np.array_equal(shown(page), changed)
    assert page.segmented_control(key="framing").value == "drawn"
    assert page.toast[0].value.startswith("Shown as drawn from here on")


def test_one_edit_after_the_other_counts_and_none_after_clear(page: AppTest) -> None:
    number = page.session_state["placement"].number
    grid = COLUMN.copy()
    placed = []
    for value in (1, 2, 3):  # all typed before the server has answered
        grid[5, 5] = value
        edit(page, grid, number)
        placed.append(page.session_state["placement"].strokes)
    assert shown(page)[5, 5] == 3
    press(page, "clear")
    edit(page, COLUMN, number)
    assert not shown(page).any()
    press(page, "undo")
    press(page, "undo")
    assert page.session_state["placement"].strokes == placed[1]


def test_what_undo_brings_back_is_kept_as_json(page: AppTest) -> None:
    draw_seven(page)
    press(page, "clear")
    (earlier,) = page.session_state["placement"].history
    assert json.loads(earlier.strokes) == [SEVENS_STROKE]


def undo_late(page: AppTest, pressed_on: int) -> None:
    """Let a press of Undo arrive that was made on a certain placement."""

    def one_undo(number: int) -> None:
        from pixelviz.page import placement

        placement.undo(pressed_on=number)

    inner = AppTest.from_function(one_undo, args=(pressed_on,))
    for key in ("placement", "canvas", "framing"):
        if key in page.session_state:
            inner.session_state[key] = page.session_state[key]
    assert not inner.run().exception
    page.session_state["placement"] = inner.session_state["placement"]
    page.run()


def test_undo_that_arrives_after_another_click_does_not_take_that_back(page: AppTest) -> None:
    draw_seven(page)
    number = page.session_state["placement"].number
    press(page, "example_3")
    three = shown(page)
    undo_late(page, number)
    assert np.array_equal(shown(page), three)
    undo_late(page, page.session_state["placement"].number)
    assert not np.array_equal(shown(page), three)


def test_several_presses_of_undo_on_the_same_placement_count(page: AppTest) -> None:
    for _ in range(3):
        draw_seven(page)  # one stroke more each time
        page.session_state["placement"].strokes = page.session_state["canvas"]["drawing"]["raw"][
            "objects"
        ]
    number = page.session_state["placement"].number
    count = len(page.session_state["placement"].strokes)
    for undone in (1, 2):
        undo_late(page, number)
        assert len(page.session_state["placement"].strokes) == count - undone
