"""Chapter Tensors: one digit as tensors of rank 0 to 4, and the shapes on its way to the answer."""

from functools import cache
from pathlib import Path

import streamlit as st

from pixelviz import raster
from pixelviz.arrays import DIGITS, LENGTH, PIXEL_MAX, SIDE
from pixelviz.data import mnist
from pixelviz.errors import ModelError
from pixelviz.model import card, summary
from pixelviz.model.classifier import MODELS
from pixelviz.page import canvas, component, settings, state
from pixelviz.page.lesson.figures import CONTROLS, Drawing, tell
from pixelviz.page.lesson.tensors import network_table
from pixelviz.raster import Framing

_HERE = Path(__file__).parent
_STYLES = (CONTROLS, _HERE / "tensors.css")

_ranks, _batch, _colour, _reshape = (
    component.register(_HERE / f"{name}.js", styles=_STYLES)
    for name in ("ranks", "batch", "colour", "reshape")
)


def show(drawing: Drawing) -> None:
    """Show the digit as tensors of rank 0 to 4, in a batch, in colour, reshaped, and the layers."""
    pixels = {"pixels": component.encoded(drawing.grid)}
    tell(
        "A **tensor** is an array of numbers. Its **rank** says how many axes it has, its "
        "**shape** how long each of them is. Click a pixel: it is one number of each tensor here."
    )
    _ranks(data=pixels, key="ranks")
    tell(
        f"As **uint8**, a whole number from 0 to {PIXEL_MAX}, a pixel takes one byte. Networks "
        "compute with decimals, as **float32**: each number takes four."
    )
    _show_batch(pixels)
    _show_colour(pixels)
    _show_reshape(pixels)
    _show_network()


def _show_batch(pixels: dict[str, str]) -> None:
    st.markdown("**A batch: many pictures in one tensor**")
    tell(
        f"A stack of pictures has rank 3; MNIST's shape is {_nobreak(mnist.COUNT, SIDE, SIDE)}. A "
        "convolution works on a **batch** of rank 4: picture, row, column and **channel**, such as "
        "red, green or blue. So four numbers in brackets name one number in it, counted from 0: "
        "type `tensor[2, 14, 9, 0]`, or click."
    )
    examples = {"examples": list(_examples(settings.framing()))}
    _batch(data=pixels | examples, key="batch")


@cache
def _examples(framing: Framing) -> tuple[str, ...]:
    """Return the ten sample digits, framed as the page frames them."""
    return tuple(
        component.encoded(raster.to_grid(canvas.example(digit), framing=framing))
        for digit in DIGITS
    )


def _nobreak(*shape: int) -> str:
    """Return a shape as Python writes it, to stand on one line."""
    return str(shape).replace(" ", "\N{NO-BREAK SPACE}")


def _show_colour(pixels: dict[str, str]) -> None:
    st.markdown("**Colour: three numbers for each pixel**")
    tell(
        f"A colour on a screen is made of red, green and blue light, each from 0 to {PIXEL_MAX}. "
        f"So a picture in colour is three grids, of shape {_nobreak(SIDE, SIDE, 3)}. In white, and "
        "in any grey, the three are equal: that is why MNIST, which is grey, keeps only one."
    )
    _colour(data=pixels, key="colour")


def _show_reshape(pixels: dict[str, str]) -> None:
    st.markdown(f"**Reshape: {LENGTH}, or {SIDE} × {SIDE}, or {SIDE} × {SIDE} × 1**")
    tell(
        "Memory has one axis only: byte after byte. A shape says how to count them, so to "
        "**reshape** moves no byte; each only gets another name. MNIST, a stack of "
        f"{mnist.COUNT:,} pictures, is one such row of {mnist.COUNT * LENGTH:,} bytes."
    )
    _reshape(data=pixels, key="reshape")


def _show_network() -> None:
    st.markdown("**The way through a network**")
    tell(
        "Each **layer** takes a tensor and makes another one of it, from your "
        f"{LENGTH} features to 10 logits. **Parameters** are the numbers that a layer has learned; "
        "they are the same for every picture. What Conv2D, a convolution, and MaxPooling2D do, the "
        "chapter *Convolution* shows. *n* is how many pictures the batch has: Keras's "
        "`model.summary()` writes None for it."
    )
    models_card = card.read(MODELS)
    models = {each.name: each for each in models_card.models}
    asked = st.session_state.get(state.MODEL)
    first = asked if asked in models else models_card.default  # a browser can send anything
    name = st.segmented_control(
        "Network",
        list(models),
        format_func=lambda each: models[each].title,
        required=True,
        key=state.TENSORS_MODEL,
        default=state.held(state.TENSORS_MODEL, first, tuple(models)),
        label_visibility="collapsed",
    )
    chosen = models[name if name in models else first]
    try:
        layers = summary.of(chosen, MODELS)
    except ModelError as error:
        st.caption(f"The layers cannot be shown. {error}")
        return
    network_table.show(layers, chosen.title)
