"""Forged messages for widgets: each is refused or read, and the page goes on.

A browser can send any value of any type for any name. Streamlit reads them outside of the page's
own functions.
"""

import logging
import runpy
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from streamlit.testing.v1 import AppTest

from pixelviz.model import card
from pixelviz.model.classifier import MODELS
from pixelviz.page import layout
from pixelviz.server import worker_supervisor
from tests.drawings import SEVEN, drawn, message_of, png_of
from tests.page.lesson.chapter import component_data

DEEP = "[" * 10_000 + "]" * 10_000
NESTED = f'{{"drawing": {"[" * 300 + "]" * 300}}}'
ODD = (
    '{"drawing": {"raw": {"objects": [1e999, "\\ud800", NaN]}, "data": "\\ud800"},'
    ' "pinned": 1e999, "edited": "\\ud800", "shift": ["1", "\\ud800"]}'
)

FORGED: dict[str, dict[str, Any]] = {
    "nothing": {},
    "text": {"string_value": "x"},
    "number as text": {"string_value": "-1e999"},
    "huge integer": {"int_value": 2**63 - 1},
    "huge number": {"double_value": 1e308},
    "no number": {"double_value": float("nan")},
    "truth": {"bool_value": True},
    "bytes": {"bytes_value": b"\xff"},
    "no JSON": {"json_value": "{"},
    "5,000 digits": {"json_value": "9" * 5000},
    "5,000 digits in a drawing": {"json_value": f'{{"drawing": {"9" * 5000}}}'},
    "very deep": {"json_value": DEEP},
    "deep": {"json_value": NESTED},
    "odd values": {"json_value": ODD},
    "a list": {"json_value": '[NaN, 1e999, "\\ud800"]'},
    "trigger": {"trigger_value": True},
    "5,000 digits in a trigger": {"json_trigger_value": "9" * 5000},
    "odd trigger": {"json_trigger_value": '[1, {"event": []}]'},
}
FORGED_LISTS = {
    "no numbers": ("double_array_value", []),
    "not a number": ("double_array_value", [float("nan")]),
    "infinity": ("double_array_value", [1e308, float("inf"), 1.0]),
    "integers": ("int_array_value", [2**63 - 1, -1]),
    "texts": ("string_array_value", ["x", "y"]),
    "no texts": ("string_array_value", []),
}
NAMES = ["", "opened", "placement", "shown", "imported", "address_problem", "$$ID", "$$ID-x-shown"]
LEAVES = ("-chapter", "-turn_back", "-turn_next", "-sources")
"""The ends of the names of what leaves the chapter, or opens the dialog, when it is pressed."""


def forged(kind: str, widget: str) -> WidgetState:
    """Return a browser's message for one widget."""
    state = WidgetState(id=widget, **FORGED.get(kind, {}))
    if kind in FORGED_LISTS:
        field, values = FORGED_LISTS[kind]
        getattr(state, field).SetInParent()
        getattr(state, field).data.extend(values)
    if kind == "files":
        state.file_uploader_state_value.uploaded_file_info.add(file_id="x", name="\0")
    return state


def send(page: AppTest, *messages: WidgetState) -> None:
    """Run the page as if a browser had sent these messages and what else its widgets are set to."""
    names = {message.id for message in messages}
    widgets = page._tree.get_widget_states().widgets
    states = WidgetStates(widgets=[each for each in widgets if each.id not in names])
    states.widgets.extend(messages)
    page._run(widget_state=states)


def widgets_of(page: AppTest) -> list[str]:
    """Return the ids of all widgets that the page has registered."""
    state: Any = page.session_state._state
    while not hasattr(type(state), "_new_widget_state"):
        state = object.__getattribute__(state, "_state")
    return list(state._new_widget_state.widget_metadata)


def open_page(root: Path, chapter: str | None = None) -> AppTest:
    worker_supervisor.load_async(card.read(MODELS).models).result()
    page = AppTest.from_file(str(root / "pixelviz/page/main.py"), default_timeout=60)
    if chapter:
        page.query_params["chapter"] = chapter
    return page.run()


def expect_an_answer(page: AppTest) -> None:
    assert not page.exception
    assert not [error for error in page.error if "in the program" in error.value]


CASES = [*FORGED, *FORGED_LISTS, "files"]


@pytest.mark.parametrize(
    "chapter",
    [
        None,
        "pixels",
        "grey-levels",
        "framing",
        "unroll",
        "tensors",
        "rescale",
        "predict",
        "train",
        "data",
        "move",
        "convolution",
        "cover-it",
        "zip",
        "class",
    ],
)
def test_a_forged_message_for_every_widget_never_breaks_the_page(
    root: Path, chapter: str | None
) -> None:
    page = open_page(root, chapter)
    for kind in CASES:
        send(
            page,
            *(forged(kind, each) for each in widgets_of(page) if not each.endswith(LEAVES)),
        )
        expect_an_answer(page)
    expect_an_answer(page.run())
    page.session_state["canvas"] = message_of(png_of(drawn(SEVEN)))
    page.run()
    logits = component_data(page, "messenger")["answer"]["logits"]["convolutional"]
    assert np.argmax(logits) == 7  # not in words, as the answer was hidden too


def test_forged_files_and_choices_never_break_the_dialog(root: Path) -> None:
    page = open_page(root)
    for kind in CASES:
        page.button(key="sources").click().run()
        ends = ("-upload", "-camera", "-source", "-chapter")
        send(page, *(forged(kind, each) for each in widgets_of(page) if each.endswith(ends)))
        expect_an_answer(page)
    expect_an_answer(page.run())


@pytest.mark.parametrize("name", NAMES)
def test_a_message_for_no_widget_changes_nothing(
    root: Path, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    page = open_page(root)
    before = page.session_state["placement"]
    with caplog.at_level(logging.WARNING):
        for kind in CASES:
            send(page, forged(kind, name))
            expect_an_answer(page)
    assert page.session_state["placement"] == before
    if not name.startswith("$$ID-"):
        assert f"{name!r:.40}, which is no widget" in caplog.text


def test_an_unreadable_message_is_logged_and_the_widget_keeps_its_value(
    root: Path, caplog: pytest.LogCaptureFixture
) -> None:
    page = open_page(root)
    page.segmented_control(key="tool").set_value("eraser").run()
    (tool,) = (each for each in widgets_of(page) if each.endswith("-tool"))
    with caplog.at_level(logging.WARNING):
        send(page, forged("text", tool))
    assert page.session_state["tool"] == "eraser"
    assert "expected string_array_value, got string_value" in caplog.text


def test_a_browser_that_comes_from_another_server_may_send_anything(root: Path) -> None:
    """Its first message names widgets that the new server has not shown yet."""
    widgets = widgets_of(open_page(root))
    for kind in CASES:
        page = AppTest.from_file(str(root / "pixelviz/page/main.py"), default_timeout=60)
        page._run(
            widget_state=WidgetStates(
                widgets=[forged(kind, each) for each in widgets if not each.endswith(LEAVES)]
            )
        )
        expect_an_answer(page)


def test_what_goes_wrong_outside_of_the_page_gets_the_pages_own_message() -> None:
    def failing() -> None:
        from pixelviz.page import layout

        assert layout.show_bug(ValueError("secret"))

    page = AppTest.from_function(failing).run()
    (error,) = page.error
    assert "bug in the program" in error.value
    assert "secret" not in error.value


def test_the_server_shows_the_pages_own_message(root: Path) -> None:
    app = runpy.run_path(str(root / "app.py"))["app"]
    assert app._on_script_error is layout.show_bug
