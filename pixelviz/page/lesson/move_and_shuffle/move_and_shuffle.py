"""Chapter Move and shuffle: it is not the value of each single pixel that matters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
from pixelviz.page.prediction import prediction
from pixelviz.page.wording import NOT_SURE, percent
from pixelviz.shift import shift
from pixelviz.vector import roll, unroll

MAX_SHIFT = 8
"""How many pixels the digit can be moved."""

START_ROWS, START_COLUMNS = 0, 4
"""How far it is moved at first, for the pictures to show what a move does."""

_component = component.register(Path(__file__).with_suffix(".js"))
STEPS = {
    "left": ("Left", ":material/arrow_back:", 0, -1),
    "up": ("Up", ":material/arrow_upward:", -1, 0),
    "down": ("Down", ":material/arrow_downward:", 1, 0),
    "right": ("Right", ":material/arrow_forward:", 0, 1),
}
PLACES = {
    "back": ("Move back", 0, 0),
    "far": ("4 right", 0, 4),
    "corner": ("3 down, 3 right", 3, 3),
}
"""One click each: a title, and how far down and to the right."""

WAYS = {"across": "Left and right", "down": "Up and down"}


@dataclass(frozen=True)
class _Curve:
    """What a model reads while the digit is moved along one axis.

    Attributes:
        model: Its name.
        first: Its answer to the unmoved digit.
        predictions: Its answers by the shift along the axis, in pixels.
        across: Whether the digit moves from left to right, not from top to bottom.
        here: How far along the axis the digit is moved now, in pixels.
    """

    model: str
    first: Prediction
    predictions: Mapping[int, Prediction]
    across: bool
    here: int


def show(drawing: Drawing) -> None:
    """Show the digit moved and shuffled, and how far each model still reads it."""
    tell(
        "Move your digit; here it is not framed again. Can you still read it? How many features "
        "have another value, and which model reads it longest?"
    )
    ready = prediction_table.models()
    _show_move(drawing, ready)
    st.markdown("**Shuffle all pixels, always in the same order**")
    tell(
        "Now every pixel moves to another place, the same one in every picture. Can you still read "
        "it? And can a model that was trained on pictures shuffled in the same order?"
    )
    if ready:
        _show_shuffle(drawing, *ready)
    rows, columns = _shift()
    changed = int((shift(drawing.grid, rows=rows, columns=columns) != drawing.grid).sum())
    tell(
        f"Moved {_moved_by(rows, columns)}, {changed} of the {LENGTH} features have another "
        f"value; shuffled, all {LENGTH} values are still there. Which of the two can you read? "
        "**It is not the value of each single pixel that matters**, but how the pixels lie "
        "together."
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
        for name, (label, down, right) in PLACES.items():
            st.button(label, key=f"move_{name}", on_click=_place, args=(down, right))
    moved = shift(drawing.grid, rows=rows, columns=columns)
    moved_side, changed_side, curve_side = st.columns([1, 1, 2], gap="medium")
    with moved_side:
        _show_picture(drawing.grid, rows, columns)
    with changed_side:
        show_figures([_changes(drawing.grid, moved, rows, columns)], width_px=270)
    if not ready:
        return
    models_card, models = ready
    with curve_side:
        way = st.segmented_control(
            "The chart moves the digit",
            list(WAYS),
            format_func=WAYS.__getitem__,
            required=True,
            key=state.SHIFT_DIRECTION,
            default=state.held(state.SHIFT_DIRECTION, "across", tuple(WAYS)),
        )
        curves = _curves(drawing.grid, models, rows, columns, across=way != "down")
        titles = {card.name: card.title for card in models_card.models}
        with prediction_table.concealable("move_chart"):
            st.vega_lite_chart(_chart(curves, titles), width="stretch")
    prediction_table.show_for_grids(
        {"not moved": drawing.grid, "where it is now": moved},
        ready,
        more=("along the chart", {curve.model: _reach(curve) for curve in curves}),
    )


def _changes(grid: Grid, moved: Grid, rows: int, columns: int) -> Figure:
    """Return where a picture and the moved one differ, with how many pixels and how much ink."""
    changed = int((moved != grid).sum())
    involved = int(((moved > 0) | (grid > 0)).sum())
    lost = int(grid.sum(dtype=int)) - int(moved.sum(dtype=int))
    gone = (
        f"{_share(lost, int(grid.sum(dtype=int)))} of the ink is over the edge and gone"
        if lost
        else "all the ink is still on the picture"
    )
    return Figure(
        on_black(moved != grid),
        _moved_by(rows, columns),
        f"{changed} of {LENGTH} features changed, here in white: {_share(changed, involved)} of "
        f"the {involved} pixels that have ink before or after; {gone}",
    )


def _share(count: int, total: int) -> str:
    """Return a share in percent; none and all are exact."""
    if not count:
        return "0\u202f%"
    return "100\u202f%" if count == total else percent(count / total)


def _show_picture(grid: Grid, rows: int, columns: int) -> None:
    """Show the moved digit, for the arrow keys to move it on."""
    _component(
        data={
            "pixels": component.encoded(grid),
            "rows": rows,
            "columns": columns,
            "placed": st.session_state.get(state.SHIFT_NUMBER, 0),
            "farthest": MAX_SHIFT,
            "model": prediction.chosen_for_browser(),
        },
        key=state.MOVER,
        on_shift_change=_follow,
    )


def _curves(
    grid: Grid, models: Mapping[str, Classifier], rows: int, columns: int, *, across: bool
) -> list[_Curve]:
    """Return what each model reads on the way along one axis; the other stays where it is."""
    steps = range(-MAX_SHIFT, MAX_SHIFT + 1)
    grids = [
        shift(grid, rows=rows if across else step, columns=step if across else columns)
        for step in steps
    ]
    curves = []
    for name, model in models.items():
        first, *predictions = prediction_table.to_each(model, [grid, *grids])
        here = columns if across else rows
        curves.append(_Curve(name, first, dict(zip(steps, predictions, strict=True)), across, here))
    return curves


def _reach(curve: _Curve) -> str:
    """Return at how many of the places a model keeps its first answer."""
    first = curve.first
    if not first.is_sure:
        return f"{NOT_SURE} at first"
    kept = sum(each.is_sure and each.digit == first.digit for each in curve.predictions.values())
    return f"{first.digit} at {kept} of {len(curve.predictions)} places"


def _named(answer: Prediction) -> str:
    return f"{answer.digit}" if answer.is_sure else f"{answer.digit}?"


def _chart(curves: Sequence[_Curve], titles: Mapping[str, str]) -> dict[str, object]:
    """Return each model's probability of its first answer, against the shift."""
    points = [
        {
            # short enough for a phone
            "model": f"{titles[curve.model].split()[0]}: {_named(curve.first)}",
            "shift": step,
            "probability": float(prediction.probabilities[curve.first.digit]),
        }
        for curve in curves
        for step, prediction in curve.predictions.items()
    ]
    across = all(curve.across for curve in curves)
    here = {curve.here for curve in curves}
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
                "data": {"values": [{"shift": place} for place in here]},
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
                    _exactly(model.card.test.accuracy),
                ]
    prediction_table.show(
        ["your digit", "shuffled", "MNIST's test images"],
        rows,
        "What each model reads, and how many of MNIST's test images it reads correctly, with their "
        "pixels in the order it was trained on",
    )
    if losses := _losses(models_card):
        tell(losses)


def _losses(models_card: Card) -> str:
    """Return what the shuffle costs each model, by the accuracies on the card."""
    by_name = {each.name: each.test.accuracy for each in models_card.shuffled}
    losses = {
        each.title: each.test.accuracy - by_name[each.name]
        for each in models_card.models
        if each.name in by_name
    }
    if not losses:
        return ""
    told = ", ".join(f"{title.lower()} {100 * loss:.2f}" for title, loss in losses.items())
    convolutional = next(
        (each.title for each in models_card.models if each.name == "convolutional"), ""
    )
    return f"Of every 100 of MNIST's test images, the shuffle costs: {told}. " + (
        f"The {convolutional.lower()} loses most: only it looks at neighbouring pixels, and these "
        "are neighbours no longer."
        if losses.get(convolutional) == max(losses.values())
        else ""
    )


def _exactly(accuracy: float) -> str:
    """Return an accuracy with two decimals: of 10,000 images, that is each one."""
    return f"{100 * accuracy:.2f}\u202f%"


def _shift() -> tuple[int, int]:
    return (
        int(st.session_state.get(state.SHIFT_ROWS, START_ROWS)),
        int(st.session_state.get(state.SHIFT_COLUMNS, START_COLUMNS)),
    )


def _move(down: int, right: int) -> None:
    rows, columns = _shift()
    _place(rows + down, columns + right)


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


def _moved_by(rows: int, columns: int) -> str:
    return f"{_distance(rows, 'down', 'up')}, {_distance(columns, 'right', 'left')}"


def _distance(pixels: int, forth: str, back: str) -> str:
    return f"{abs(pixels)} {back if pixels < 0 else forth}"
