"""Chapter MNIST: the 70,000 digits, and the person's own as a point among them."""

from concurrent.futures import Future

import numpy as np
import streamlit as st

from pixelviz.arrays import DIGITS, LENGTH, SIDE
from pixelviz.data import mnist, neighbours
from pixelviz.errors import DataError
from pixelviz.page import layout, state
from pixelviz.page.lesson import placing
from pixelviz.page.lesson.figures import (
    BLUE,
    ORANGE,
    Drawing,
    Figure,
    a_digit,
    show_figures,
    tell,
)
from pixelviz.server import mnist_loader
from pixelviz.server.mnist_loader import MnistDigits
from pixelviz.vector import unroll

NEIGHBOURS = 10


def show(drawing: Drawing) -> None:
    """Show the data set, after asking to fetch it, any of its digits, and the nearest ones."""
    tell(
        "**MNIST** is a collection of 70,000 digits that people wrote on forms, each with its "
        f"**target**, the digit it was meant to be. Each is {SIDE} × {SIDE} integers, one data "
        "point like yours. The models here learned from 60,000 of them, the **training set**, and "
        "from digits drawn with a pen on a screen. The other 10,000, the **test set**, none of "
        "them has learned from: they show how well it reads."
    )
    fetching = _fetching()
    if fetching is None:
        return
    if not fetching.done():
        _show_progress(fetching)
        return
    try:
        data = fetching.result()
    except DataError as error:
        layout.show_error(error)
        st.caption("Everything else on the page works without it.")
        st.button("Try again", key="mnist_again", on_click=mnist_loader.load_async.clear)
        return
    one_side, counts_side = st.columns([1, 1.6], gap="large")
    with one_side:
        _show_one(data)
    with counts_side:
        st.markdown("**How many of each**")
        st.vega_lite_chart(_counts(data), width="stretch")
    _tell_shapes(data)
    st.markdown("**The mean image of each digit**: each pixel the average of all its images")
    show_figures([Figure(data.means[digit], str(digit)) for digit in DIGITS], width_px=78)
    _show_neighbours(drawing, data)


def _fetching() -> Future[MnistDigits] | None:
    """Return a future with MNIST; or ask whether to download it and return None."""
    if mnist.download_progress() >= 1 or st.session_state.get(state.MNIST_WANTED):
        return mnist_loader.load_async()
    megabytes = round(mnist.DOWNLOAD_BYTES / 1e6)
    st.markdown(
        f"MNIST is not on this server yet. Keras can download it once ({megabytes} MB, from the "
        "internet) and keep it."
    )
    st.button("Download MNIST", key="mnist_fetch", on_click=_want)
    return None


def _want() -> None:
    st.session_state[state.MNIST_WANTED] = True


@st.fragment(run_every=0.3)
def _show_progress(fetching: Future[MnistDigits]) -> None:
    """Show how much of the file is downloaded, and run the page once more when it is loaded."""
    if fetching.done():
        st.rerun()
    share = mnist.download_progress()
    megabytes = mnist.DOWNLOAD_BYTES / 1e6
    st.progress(
        share,
        "Reading the digits …" if share >= 1 else f"{share * megabytes:.1f} of {megabytes:.1f} MB",
    )


def _show_one(data: MnistDigits) -> None:
    numbers = range(len(data.targets))
    last = numbers[-1]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.number_input(
            f"Digit number, 0 to {last:,}",
            0,
            last,
            state.held(state.MNIST_NUMBER, 0, numbers),
            key=state.MNIST_NUMBER,
            width=180,
        )
        st.button("Next", key="mnist_next", on_click=_go_on, args=(len(data.targets),))
        st.button("Random", key="mnist_random", on_click=_go_anywhere, args=(len(data.targets),))
    number = min(max(int(chosen or 0), 0), last)
    grid = data.grids[number]
    part = "training set" if number < data.training_count else "test set"
    show_figures(
        [Figure(grid, f"Number {number:,}: {a_digit(data.targets[number])}", part)],
        width_px=240,
    )
    st.button(
        "Put it on the canvas",
        key="mnist_place",
        on_click=placing.place_grid,
        args=(grid,),
    )


def _tell_shapes(data: MnistDigits) -> None:
    count = len(data.grids)
    tell(
        f"One digit is an array of shape ({SIDE}, {SIDE}). All {count:,} of them are one array of "
        f"shape ({count}, {SIDE}, {SIDE}), and their targets one of shape ({count},), a plain list."
    )


def _go_on(count: int) -> None:
    st.session_state[state.MNIST_NUMBER] = (
        int(st.session_state[state.MNIST_NUMBER] or 0) + 1
    ) % count


def _go_anywhere(count: int) -> None:
    st.session_state[state.MNIST_NUMBER] = int(np.random.default_rng().integers(count))


def _counts(data: MnistDigits) -> dict[str, object]:
    bars = [
        {"digit": digit, "set": name, "digits": int((targets == digit).sum())}
        for name, targets in (
            ("training set", data.targets[: data.training_count]),
            ("test set", data.targets[data.training_count :]),
        )
        for digit in DIGITS
    ]
    x = {"field": "digit", "type": "ordinal", "axis": {"labelAngle": 0}}
    y = {"field": "digits", "type": "quantitative", "title": "digits"}
    return {
        "height": 320,
        "data": {"values": bars},
        "layer": [
            {
                "mark": {"type": "bar", "tooltip": True},
                "encoding": {
                    "x": x,
                    "y": y,
                    "color": {
                        "field": "set",
                        "type": "nominal",
                        "sort": None,
                        "scale": {"range": [BLUE, ORANGE]},
                        "legend": {"orient": "top", "title": None},
                    },
                },
            },
            {
                "mark": {"type": "text", "dy": -8},
                "encoding": {
                    "x": x,
                    "y": {**y, "aggregate": "sum"},
                    "text": {"field": "digits", "aggregate": "sum", "format": ","},
                },
            },
        ],
    }


def _show_neighbours(drawing: Drawing, data: MnistDigits) -> None:
    found = neighbours.nearest(unroll(drawing.grid), data.search_index, count=NEIGHBOURS)
    targets = data.targets[found.indices]
    commonest = int(np.bincount(targets, minlength=len(DIGITS)).argmax())
    st.markdown(
        f"**Your digit's {len(targets)} nearest neighbours**: the most common target is "
        f"{commonest}, {int((targets == commonest).sum())} of {len(targets)}"
    )
    show_figures(
        [
            Figure(drawing.grid, "Yours"),
            *(
                Figure(
                    data.grids[index], a_digit(target), f"no. {index:,}, distance {distance:,.0f}"
                )
                for index, target, distance in zip(
                    found.indices.tolist(), targets.tolist(), found.distances.tolist(), strict=True
                )
            ),
        ],
        width_px=104,
    )
    tell(
        f"The **distance** is the square root of the sum of the {LENGTH} squared differences, "
        "pixel by pixel. So near means similar in each single pixel, which is not the same as "
        "similar to the eye. Choose *As drawn* and draw your digit in a corner: which neighbours "
        "does it get?"
    )
