"""Chapter ZIP code: five digits side by side, split and read one by one."""

from dataclasses import dataclass, field
from math import prod
from pathlib import Path

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from pixelviz import ink, raster
from pixelviz.arrays import DIGITS, Ink
from pixelviz.data import sample_digits
from pixelviz.model.classifier import Prediction
from pixelviz.page import canvas, component, state
from pixelviz.page.lesson import prediction_table
from pixelviz.page.lesson.figures import Drawing, Figure, show_figures, tell
from pixelviz.page.placement import next_number
from pixelviz.page.wording import percent, reason
from pixelviz.photo import segmentation
from pixelviz.photo.segmentation import ZIP_LENGTH
from pixelviz.server import streamlit_internals
from pixelviz.server.streamlit_internals import FabricObject

WIDTH_PX, HEIGHT_PX = 640, 200
"""On a phone the canvas is shown at half this size; the style sheet knows the height too."""

PEN_WIDTH_PX = 14
EXAMPLE_HEIGHT_PX = 120
MAX_DIGITS = 12
"""With more parts than these, none is read."""

SHOWN_PX = 104
"""How wide each digit's picture is shown: the code has room beside five of them."""


_guard = component.register(Path(__file__).parent / "zip_strokes.js")


def _nothing() -> Ink:
    return np.zeros((HEIGHT_PX, WIDTH_PX), np.uint8)


@dataclass
class _Placement:
    """What the page has placed on this canvas.

    Attributes:
        objects: What the canvas is to start from.
        number: Another one each time; the canvas sends it back once it has loaded the objects.
        ink: (200, 640) uint8, what the canvas will send then; a new canvas sends nothing before the
            first stroke.
        seen: The objects that the canvas has sent since, for it to start from when the chapter is
            opened again.
        seen_ink: The same as ink.
        contained: How many objects of the canvas's last message are part of these, where that
            message was the reason for placing them; None where a click was.
        is_first: Whether a new canvas starts from them; it does not say when it has loaded them.
    """

    objects: list[FabricObject] = field(default_factory=list)
    number: int = 0
    ink: Ink = field(default_factory=_nothing)
    seen: list[FabricObject] = field(default_factory=list)
    seen_ink: Ink = field(default_factory=_nothing)
    contained: int | None = None
    is_first: bool = False


def show(_: Drawing) -> None:
    """Show a wide canvas, and read what is drawn on it digit by digit."""
    tell(
        "Sorting letters by their **ZIP codes** was an early job of such models. Write five digits "
        "side by side on the wide canvas here; what is on the page's own canvas plays no part. The "
        "ink is split into digits, and each one is framed like MNIST's and read on its own. The "
        "code is right only if all five are: of digits that are read rightly 9 times in 10, all "
        f"five are right in 0.9 × 0.9 × 0.9 × 0.9 × 0.9 = {0.9**ZIP_LENGTH:.2f} of the codes."
    )
    placement = _placement()
    with st.container(horizontal=True):
        st.button("Undo", key="zip_undo", on_click=_undo)
        st.button("Clear", key="zip_clear", on_click=_place, args=([], _nothing()))
        st.button("Write an example", key="zip_example", on_click=_write_example)
    written = _read(placement)
    if not written.any():
        st.caption("Nothing is written yet: write five digits, or press Write an example.")
        return
    parts = segmentation.split(written)
    ready = prediction_table.models()
    if ready is None:
        return
    models_card, models = ready
    if models_card.default not in models:
        st.caption("The model that reads the digits is not available.")
        return
    if not 1 <= len(parts) <= MAX_DIGITS:
        found = f"{len(parts)} pieces" if parts else "no more than specks"
        st.warning(f"Not a ZIP code: expected {ZIP_LENGTH} digits, found {found} of ink. Clear it "
                   "and write five digits side by side.")  # fmt: skip
        return
    title = next(each.title for each in models_card.models if each.name == models_card.default)
    st.caption(f"The {title.lower()} reads them, whichever model is chosen on the page.")
    grids = [raster.to_grid(part) for part in parts]
    predictions = prediction_table.to_each(models[models_card.default], grids)
    with prediction_table.concealable("zip_code"):
        digits_side, code_side = st.columns([1.8, 1], gap="medium")
        with digits_side:
            show_figures(
                [
                    Figure(grid, _digit(prediction), reason(prediction))
                    for grid, prediction in zip(grids, predictions, strict=True)
                ],
                width_px=SHOWN_PX,
            )
        with code_side:
            _say(predictions)


def _placement() -> _Placement:
    """Return what was placed last; where the chapter is opened again, what was on its canvas."""
    placement: _Placement = st.session_state.setdefault(state.ZIP_PLACEMENT, _Placement())
    if placement.seen and state.ZIP_CANVAS not in st.session_state:
        _place(placement.seen, placement.seen_ink)
        st.session_state[state.ZIP_PLACEMENT].is_first = True
    return st.session_state[state.ZIP_PLACEMENT]  # type: ignore[no-any-return]


def _read(placement: _Placement) -> Ink:
    """Show the canvas and return what is written on it, (200, 640) uint8.

    Raises:
        DrawingError: What the canvas sent cannot be read.
    """
    _guard(
        data={
            "number": placement.number,
            "isLoaded": placement.is_first or _loaded_number() == placement.number,
            "size": len(placement.objects),
            "contained": placement.contained,
        },
        key=state.ZIP_STROKES,
    )
    png = canvas.show_component(
        key=state.ZIP_CANVAS,
        width_px=WIDTH_PX,
        height_px=HEIGHT_PX,
        pen_width_px=PEN_WIDTH_PX,
        colour=canvas.PEN,
        objects=placement.objects,
        number=placement.number,
    ).image_bytes
    sent = _sent()
    written = None if png is None else ink.from_png(png, width_px=WIDTH_PX, height_px=HEIGHT_PX)
    loaded = _loaded_number()
    if written is not None and loaded and not placement.number:
        # This server does not know yet what is on the canvas.
        _place(sent, written, contained=len(sent))
        st.rerun()
    if written is None or loaded != placement.number:
        return placement.ink  # on its way
    placement.seen, placement.seen_ink = sent, written
    if streamlit_internals.is_long(sent):
        _place([canvas.as_object(written)], written, contained=len(sent))
        st.rerun()
    return written


def _loaded_number() -> int:
    """Return the number of the placement that the canvas has loaded, 0 for none."""
    return streamlit_internals.placement_number(st.session_state.get(state.ZIP_CANVAS)) or 0


def _sent() -> list[FabricObject]:
    """Return the strokes that the canvas last sent."""
    objects = streamlit_internals.stored_objects(st.session_state.get(state.ZIP_CANVAS)) or []
    return [each for each in objects if isinstance(each, dict)]


def _say(predictions: list[Prediction]) -> None:
    code = "".join(map(_digit, predictions))
    if len(predictions) != ZIP_LENGTH:
        found = f"{len(predictions)} digit{'s' if len(predictions) > 1 else ''}"
        st.html(f"<div class='zip'><b>{code}</b><p>Not a ZIP code: it has {found}, not "
                f"{ZIP_LENGTH}.</p></div>")  # fmt: skip
        return
    if all(prediction.is_sure for prediction in predictions):
        together = prod(prediction.confidence for prediction in predictions)
        how_sure = f"{percent(together)} sure of all five: the five confidences multiplied"
    else:
        unsure = sum(not prediction.is_sure for prediction in predictions)
        how_sure = f"not sure of {unsure} of the {ZIP_LENGTH} digits"
    st.html(f"<div class='zip'><b>{code}</b><p>{how_sure}</p></div>")


def _digit(prediction: Prediction) -> str:
    return str(prediction.digit) if prediction.is_sure else "?"


def _place(objects: list[FabricObject], written: Ink, *, contained: int | None = None) -> None:
    before: _Placement = st.session_state[state.ZIP_PLACEMENT]
    number = next_number(before.number)
    st.session_state[state.ZIP_PLACEMENT] = _Placement(
        objects, number, written, seen=objects, seen_ink=written, contained=contained
    )


def _undo() -> None:
    """Take the last stroke back; until the canvas has loaded that, the stroke is still read."""
    placement: _Placement = st.session_state[state.ZIP_PLACEMENT]
    if len(placement.seen) > 1:
        _place(placement.seen[:-1], placement.seen_ink)
    else:
        _place([], _nothing())


def _write_example() -> None:
    """Write five random digits."""
    digits = np.random.default_rng().choice(DIGITS, ZIP_LENGTH)
    share = WIDTH_PX / ZIP_LENGTH
    strokes: list[NDArray[np.float64]] = []
    for number, digit in enumerate(digits):
        ways = [np.array(stroke) for stroke in sample_digits.strokes_of(int(digit))]
        points = np.concatenate(ways)
        low, high = points.min(axis=0), points.max(axis=0)
        scale = EXAMPLE_HEIGHT_PX / (high[1] - low[1])
        middle = (share * (number + 0.5), HEIGHT_PX / 2)
        strokes += [(way - (low + high) / 2) * scale + middle for way in ways]
    _place(
        [
            streamlit_internals.stroke(
                [(float(x), float(y)) for x, y in stroke],
                pen_width_px=PEN_WIDTH_PX,
                colour=canvas.PEN,
            )
            for stroke in strokes
        ],
        ink.from_strokes(
            tuple(strokes), pen_width_px=PEN_WIDTH_PX, width_px=WIDTH_PX, height_px=HEIGHT_PX
        ),
    )
