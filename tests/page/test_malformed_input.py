"""Odd input at every entry of the page: a thousand cases, of which none may get through.

By hypothesis: 60 canvas states and 40 component messages on the whole page, and 600 pictures,
400 changes of integers and 200 files at the functions that take them in. Links and photos have
their own such tests beside their modules.
"""

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import streamlit
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from streamlit.testing.v1 import AppTest

from pixelviz import ink
from pixelviz.arrays import LENGTH
from pixelviz.errors import DrawingError, PixelvizError
from pixelviz.model import card
from pixelviz.model.classifier import MODELS
from pixelviz.photo import reading
from pixelviz.server import photo_process, worker_supervisor
from tests.drawings import SEVEN, drawn, message_of, png_of
from tests.page.lesson.chapter import words

SEVEN_PNG = png_of(drawn(SEVEN))
MOST_BYTES = 100_000_000
"""A forged picture would unpack into gigabytes."""

odd_values = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(max_size=20),
    lambda inner: (
        some.lists(inner, max_size=4) | some.dictionaries(some.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=8,
)


@some.composite
def mutated(pick: some.DrawFn, original: bytes) -> bytes:
    """Return some bytes with a few of them changed, cut off or doubled."""
    changed = bytearray(original)
    for _ in range(pick(some.integers(1, 6))):
        changed[pick(some.integers(0, len(changed) - 1))] = pick(some.integers(0, 255))
    end = pick(some.integers(0, len(changed)))
    return bytes(changed[:end]) * pick(some.integers(1, 2))


@some.composite
def canvas_states(pick: some.DrawFn) -> Any:
    """Return what a canvas might send: its real message with odd values in odd places."""
    message: Any = message_of(SEVEN_PNG)
    where = pick(some.sampled_from(["all", "drawing", "raw", "objects", "object", "data", "png"]))
    odd = pick(odd_values)
    if where == "all":
        return odd
    if where == "drawing":
        return {"drawing": odd}
    if where == "raw":
        message["drawing"]["raw"] = odd
    elif where == "objects":
        message["drawing"]["raw"]["objects"] = odd
    elif where == "object":
        message["drawing"]["raw"]["objects"] = [odd]
    elif where == "data":
        message["drawing"]["data"] = odd
    else:
        picture = base64.b64encode(pick(mutated(SEVEN_PNG))).decode("ascii")
        message["drawing"]["data"] = f"data:image/png;base64,{picture}"
    return message


@pytest.fixture(scope="module")
def page() -> AppTest:
    """Return the page with its models loaded; these tests send it one message after the other."""
    worker_supervisor.load_async(card.read(MODELS).models).result()
    path = Path(__file__).parents[2] / "pixelviz/page/main.py"
    return AppTest.from_file(str(path), default_timeout=60).run()


@pytest.fixture(autouse=True)
def _little_memory() -> Iterator[None]:
    """Let no test take much memory, as far as Linux tells; what Pillow takes counts too."""
    some.text().validate()  # for its first text hypothesis takes 200 MB
    if not Path("/proc/self/clear_refs").exists():
        yield
        return
    Path("/proc/self/clear_refs").write_text("5")  # the most counts from now on
    before = _bytes_of("VmRSS")
    yield
    assert _bytes_of("VmHWM") - before < MOST_BYTES


def _bytes_of(name: str) -> int:
    """Return what Linux tells of this process: the memory that it holds, or the most it held."""
    status = Path("/proc/self/status").read_text().splitlines()
    return 1024 * int(next(line for line in status if line.startswith(name)).split()[1])


def on_page(cases: int) -> settings:
    return settings(
        max_examples=cases,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )


def expect_an_answer(page: AppTest) -> None:
    assert not page.exception
    assert not [error for error in page.error if "in the program" in error.value]
    shown = words(page)
    assert "Draw a digit" in shown or "Prediction:" in shown


@on_page(60)
@given(message=canvas_states())
def test_a_malformed_canvas_message_never_breaks_the_page(page: AppTest, message: Any) -> None:
    page.session_state["canvas"] = message
    expect_an_answer(page.run())
    page.session_state["canvas"] = message_of(SEVEN_PNG)
    expect_an_answer(page.run())
    assert "Prediction: 7" in words(page)


@on_page(40)
@given(message=odd_values | some.fixed_dictionaries({"pinned": odd_values, "edited": odd_values}))
def test_a_malformed_component_message_never_breaks_the_page(page: AppTest, message: Any) -> None:
    page.session_state["pixel_view"] = message
    expect_an_answer(page.run())


@settings(max_examples=600, deadline=None)
@given(png=some.binary(max_size=200) | mutated(SEVEN_PNG))
def test_a_malformed_picture_is_decoded_or_refused(png: bytes) -> None:
    try:
        found = ink.from_png(png, width_px=280, height_px=280)
    except DrawingError:
        return
    assert found.shape == (280, 280)


@settings(
    max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    sent=odd_values
    | some.binary(max_size=LENGTH + 2).map(lambda values: base64.b64encode(values).decode())
    | some.binary(min_size=LENGTH, max_size=LENGTH).map(
        lambda values: base64.b64encode(values).decode()
    ),
    number=odd_values | some.integers(),
)
def test_a_malformed_edit_is_a_complete_grid_or_ignored(
    page: AppTest, monkeypatch: pytest.MonkeyPatch, sent: Any, number: Any
) -> None:
    from pixelviz.page.pixel_view import (
        pixel_view,  # components can be imported once a page has run
    )

    assert page
    edited = {"pixels": sent, "number": number}
    monkeypatch.setattr(streamlit, "session_state", {"pixel_view": {"edited": edited}})
    read = pixel_view.edited()
    if read is not None:
        grid, edited_number = read
        assert edited_number == number
        assert grid.shape == (28, 28)
        assert grid.dtype == np.uint8
        assert base64.b64encode(grid.tobytes()).decode() == sent


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    kind=some.sampled_from(["png", "jpg", "jpeg", "webp", "csv", "npy", "PNG", "txt", ""]),
    content=some.binary(max_size=400) | mutated(SEVEN_PNG[:2000]),
)
def test_a_malformed_file_is_imported_completely_or_changes_nothing(
    page: AppTest, monkeypatch: pytest.MonkeyPatch, kind: str, content: bytes
) -> None:
    from pixelviz.page import canvas, import_dialog

    assert page
    placed: list[Any] = []
    # In this process: hundreds of processes would take minutes, and their limits are tested apart.
    monkeypatch.setattr(photo_process, "read", reading.read)
    monkeypatch.setattr(canvas, "place_grid", placed.append)
    monkeypatch.setattr(canvas, "place_ink", placed.append)
    try:
        opened = import_dialog._open(import_dialog.Chosen(f"file.{kind}", content))
    except PixelvizError:
        assert placed == []
        return
    assert opened.problem is None or placed == []
