"""Chapter Move and shuffle: it is not the value of each single pixel that matters."""

from collections.abc import Mapping
from pathlib import Path

import streamlit as st

from pixelviz import shuffle
from pixelviz.arrays import LENGTH, Grid
from pixelviz.errors import ModelError
from pixelviz.model.card import Card
from pixelviz.model.classifier import Classifier, Prediction
from pixelviz.page import background, component, state
from pixelviz.page.lesson import prediction_table
from pixelviz.page.lesson.figures import (
    BLUE,
    GREY,
    ORANGE,
    Drawing,
    Figure,
    on_black,
    show_figures,
    tell,
)
from pixelviz.page.lesson.prediction_table import Ready
from pixelviz.page.prediction import percent
from pixelviz.shift import shift
from pixelviz.vector import roll, unroll

MAX_SHIFT = 8
"""How many pixels the digit can be moved."""

_component = component.register(Path(__file__).with_suffix(".js"))
STEPS = {
    "left": ("Left", ":material/arrow_back:", 0, -1),
    "up": ("Up", ":material/arrow_upward:", -1, 0),
    "down": ("Down", ":material/arrow_downward:", 1, 0),
    "right": ("Right", ":material/arrow_forward:", 0, 1),
}
WAYS = {"across": "Left and right", "down": "Up and down"}


def show(drawing: Drawing) -> None:
    """Show the digit moved and shuffled, and how far each model still reads it."""
    tell(
        "Move your digit by a few pixels; here it is not framed again. You read it as before, but "
        "nearly every feature of the digit has another value. The convolutional network looks for "
        "the same shapes everywhere. Does it hold up longest?"
    )
    ready = prediction_table.models()
    _show_move(drawing, ready)
    st.markdown("**Shuffle all pixels, always in the same order**")
    tell(
        "Now every pixel moves to another place, the same one in every picture. You cannot "
        "read it any more. A model of separate features does not mind, if it was trained on "
        "pictures shuffled in that order: it never knew which pixels are neighbours. The "
        "convolutional network does mind: neighbours are what it looks at."
    )
    if ready:
        _show_shuffle(drawing, *ready)
    tell(
        "So **it is not the value of each single pixel that matters**, but how the pixels lie "
        "together; that is why convolutional networks look at neighbourhoods."
    )


def _show_move(drawing: Drawing, ready: Ready | None) -> None:
    rows, columns = _shift()
    with st.container(horizontal=True, vertical_alignment="center"):
        for name, (label, icon, down, right) in STEPS.items():
            st.button(
                label,
                icon=icon,
                key=f"move_{name}",
                shortcut=f"Shift+{name}",
                on_click=_move,
                args=(down, right),
            )
        st.button("Back to the middle", key="move_back", on_click=_move_back)
    moved = shift(drawing.grid, rows=rows, columns=columns)
    changed = moved != drawing.grid
    moved_side, changed_side, curve_side = st.columns([1, 1, 2.4], gap="medium")
    with moved_side:
        _show_picture(drawing.grid, rows, columns)
    with changed_side:
        show_figures(
            [
                Figure(
                    on_black(changed),
                    f"{_distance(rows, 'down', 'up')}, {_distance(columns, 'right', 'left')}",
                    f"{int(changed.sum())} of {LENGTH} features changed, here in white; "
                    f"{int((drawing.grid > 0).sum())} pixels of the digit have ink",
                )
            ],
            width_px=270,
        )
    if not ready:
        return
    models_card, models = ready
    with curve_side:
        way = st.segmented_control(
            "The chart moves the digit",
            list(WAYS),
            format_func=WAYS.__getitem__,
            default="across",
            key=state.SHIFT_DIRECTION,
        )
        across = way != "down"
        here = columns if across else rows
        st.vega_lite_chart(_chart(drawing.grid, models_card, models, across, here), width="stretch")
    prediction_table.show_for_grids({"where it was": drawing.grid, "where it is now": moved}, ready)


def _show_picture(grid: Grid, rows: int, columns: int) -> None:
    """Show the moved digit, for the arrow keys to move it on."""
    _component(
        data={
            "pixels": component.encoded(grid),
            "rows": rows,
            "columns": columns,
            "placed": st.session_state.get(state.SHIFT_NUMBER, 0),
            "farthest": MAX_SHIFT,
        },
        key=state.MOVER,
        on_shift_change=_follow,
    )


def _chart(
    grid: Grid, models_card: Card, models: Mapping[str, Classifier], across: bool, here: int
) -> dict[str, object]:
    """Return each model's probability of its first answer, against the shift."""
    steps = range(-MAX_SHIFT, MAX_SHIFT + 1)
    grids = [
        shift(grid, rows=0 if across else step, columns=step if across else 0) for step in steps
    ]
    titles = {card.name: card.title for card in models_card.models}
    points = []
    for name, model in models.items():
        predictions = prediction_table.to_each(model, grids)
        digit = predictions[MAX_SHIFT].digit  # not moved
        points += [
            {
                "model": f"{titles[name].split()[0]}: {digit}",  # short enough for a phone
                "shift": step,
                "probability": float(prediction.probabilities[digit]),
            }
            for step, prediction in zip(steps, predictions, strict=True)
        ]
    return {
        "height": 330,
        "layer": [
            {
                "data": {"values": points},
                "mark": {"type": "line", "point": True, "tooltip": True, "strokeWidth": 2.5},
                "encoding": {
                    "x": {
                        "field": "shift",
                        "type": "quantitative",
                        "title": "pixels to the right" if across else "pixels down",
                        "axis": {"tickMinStep": 1},
                    },
                    "y": {
                        "field": "probability",
                        "type": "quantitative",
                        "title": "probability of its first answer",
                        "scale": {"domain": [0, 1]},
                    },
                    "color": {
                        "field": "model",
                        "type": "nominal",
                        "scale": {"range": [GREY, ORANGE, BLUE]},
                        "sort": None,
                        "legend": {"orient": "top", "title": None, "columns": 2},
                    },
                    "shape": {"field": "model", "type": "nominal", "sort": None, "legend": None},
                },
            },
            {
                "data": {"values": [{"shift": here}]},
                "mark": {"type": "rule", "strokeDash": [4, 4], "color": GREY},
                "encoding": {"x": {"field": "shift", "type": "quantitative"}},
            },
        ],
    }


def _show_shuffle(drawing: Drawing, models_card: Card, models: Mapping[str, Classifier]) -> None:
    shuffled = roll(shuffle.shuffle(unroll(drawing.grid)))
    show_figures(
        [
            Figure(drawing.grid, "Your digit", f"{int(drawing.grid.astype(int).sum()):,} in all"),
            Figure(
                shuffled,
                "Shuffled",
                f"the same {LENGTH} numbers, {int(shuffled.astype(int).sum()):,} in all",
            ),
        ],
        width_px=180,
    )
    twins: Mapping[str, Classifier | ModelError] = {}
    if models_card.shuffled:
        loaded = background.loaded_models(models_card.shuffled)
        if loaded is None:
            st.caption("The models trained on shuffled pixels are still loading.")
        twins = loaded.by_name if loaded else {}
    else:
        st.caption(
            "The folder models/ has only the models trained on unshuffled pixels, not those "
            "trained on shuffled pixels."
        )
    rows: dict[str, list[Prediction | str]] = {}
    for model_card in models_card.models:
        pair = {
            model_card.title: models.get(model_card.name),
            f"{model_card.title}, trained on shuffled pixels": twins.get(model_card.name),
        }
        for title, model in pair.items():
            if model is not None and not isinstance(model, ModelError):
                rows[title] = [
                    *prediction_table.to_each(model, [drawing.grid, shuffled]),
                    percent(model.card.test.accuracy),
                ]
    prediction_table.show(
        ["your digit", "shuffled", "accuracy on MNIST's test set, in the order it was trained on"],
        rows,
        "What each model reads, and how many of MNIST's test images it reads correctly",
    )


def _shift() -> tuple[int, int]:
    return int(st.session_state.get(state.SHIFT_ROWS, 0)), int(
        st.session_state.get(state.SHIFT_COLUMNS, 0)
    )


def _move(down: int, right: int) -> None:
    rows, columns = _shift()
    _place(rows + down, columns + right)


def _move_back() -> None:
    _place(0, 0)


def _place(rows: int, columns: int) -> None:
    """Move the digit to a place, and let the picture follow."""
    st.session_state[state.SHIFT_ROWS], st.session_state[state.SHIFT_COLUMNS] = (
        _within(rows),
        _within(columns),
    )
    st.session_state[state.SHIFT_NUMBER] = st.session_state.get(state.SHIFT_NUMBER, 0) + 1


def _follow() -> None:
    """Move the digit to where the arrow keys moved the picture."""
    try:
        rows, columns = map(int, st.session_state[state.MOVER]["shift"])
    except (KeyError, TypeError, ValueError, OverflowError):  # a browser can send anything
        return
    st.session_state[state.SHIFT_ROWS], st.session_state[state.SHIFT_COLUMNS] = (
        _within(rows),
        _within(columns),
    )


def _within(pixels: int) -> int:
    return min(max(pixels, -MAX_SHIFT), MAX_SHIFT)


def _distance(pixels: int, forth: str, back: str) -> str:
    return f"{abs(pixels)} {back if pixels < 0 else forth}"
