"""Chapter 7, Move and shuffle: it is not the value of each single pixel that matters."""

from collections.abc import Mapping

import numpy as np
import streamlit as st

from pixelviz import shuffle
from pixelviz.card import Card
from pixelviz.classifier import Classifier, Prediction
from pixelviz.page import loading
from pixelviz.page.chapters import answers
from pixelviz.page.chapters.telling import Drawing, Figure, show_figures, tell
from pixelviz.shift import shift
from pixelviz.spec import LENGTH, Grid
from pixelviz.vector import roll, unroll

FARTHEST = 8
"""How many pixels the digit can be moved."""

ROWS_KEY, COLUMNS_KEY = "shift_rows", "shift_columns"
STEPS = {
    "left": ("Left", ":material/arrow_back:", 0, -1),
    "up": ("Up", ":material/arrow_upward:", -1, 0),
    "down": ("Down", ":material/arrow_downward:", 1, 0),
    "right": ("Right", ":material/arrow_forward:", 0, 1),
}
WAYS = {"across": "Left and right", "down": "Up and down"}


def show(drawing: Drawing) -> None:
    """Move the digit, then shuffle it, and see whose answers hold."""
    tell(
        "Move your digit by a few pixels. You read it as before, but look at the numbers: nearly "
        "every pixel with ink has another value. The convolutional network looks for the same "
        "shapes everywhere, so it holds longest."
    )
    ready = answers.models()
    _show_move(drawing, ready)
    st.markdown("**Shuffle all pixels, always in the same order**")
    tell(
        "Now every pixel is put in another place, the same place for every picture. You cannot "
        "read it any more. A model of plain features does not mind, if it has learned from "
        "pictures shuffled in that order: it never knew which pixels are neighbours. The "
        "convolutional network does mind: neighbours are what it looks at."
    )
    if ready:
        _show_shuffle(drawing, *ready)
    tell(
        "So **it is not the value of each single pixel that matters**, but how pixels lie together."
    )


def _show_move(drawing: Drawing, ready: tuple[Card, Mapping[str, Classifier]] | None) -> None:
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
    changed = int((moved != drawing.grid).sum())
    ink = int((drawing.grid > 0).sum())
    picture_side, curve_side = st.columns([1, 2.2], gap="medium")
    with picture_side:
        show_figures(
            [
                Figure(
                    moved,
                    f"{_distance(rows, 'down', 'up')}, {_distance(columns, 'right', 'left')}",
                    f"{changed} of {LENGTH} features changed; {ink} pixels of the digit have ink.",
                )
            ],
            width_px=230,
        )
    if not ready:
        return
    models_card, models = ready
    with curve_side:
        way = st.segmented_control(
            "The curves move the digit",
            list(WAYS),
            format_func=WAYS.__getitem__,
            default="across",
            key="shift_way",
        )
        across = way != "down"
        here = columns if across else rows
        st.vega_lite_chart(_chart(drawing.grid, models_card, models, across, here), width="stretch")
    titles = {card.name: card.title for card in models_card.models}
    answers.show(
        ["where it was", "where it is now"],
        {
            titles[name]: answers.to_each(model, [drawing.grid, moved])
            for name, model in models.items()
        },
        "What each model reads",
    )


def _chart(
    grid: Grid, models_card: Card, models: Mapping[str, Classifier], across: bool, here: int
) -> dict[str, object]:
    """Return each model's probability of its first answer, against the shift."""
    steps = range(-FARTHEST, FARTHEST + 1)
    grids = [
        shift(grid, rows=0 if across else step, columns=step if across else 0) for step in steps
    ]
    titles = {card.name: card.title for card in models_card.models}
    points = []
    for name, model in models.items():
        predictions = answers.to_each(model, grids)
        digit = predictions[FARTHEST].digit  # where the digit is not moved
        points += [
            {
                "model": f"{titles[name]}: {digit}",
                "shift": step,
                "probability": float(prediction.probabilities[digit]),
            }
            for step, prediction in zip(steps, predictions, strict=True)
        ]
    return {
        "height": 270,
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
                        "scale": {"range": ["#8a8a8a", "#e6842a", "#3182bd"]},
                        "sort": None,
                        "legend": {"orient": "top", "title": None, "labelLimit": 260},
                    },
                    "shape": {"field": "model", "type": "nominal", "sort": None, "legend": None},
                },
            },
            {
                "data": {"values": [{"shift": here}]},
                "mark": {"type": "rule", "strokeDash": [4, 4], "color": "#8a8a8a"},
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
        width_px=170,
    )
    if not models_card.shuffled:
        st.caption("The models that learned from shuffled pixels are not in models/.")
        return
    loaded = loading.ready(models_card.shuffled)
    if loaded is None:
        st.caption("The models that learned from shuffled pixels are still loading.")
        return
    rows: dict[str, list[Prediction]] = {}
    for plain, learned in zip(models_card.models, models_card.shuffled, strict=True):
        one, other = models.get(plain.name), loaded[learned.name]
        if one is None or not isinstance(other, Classifier):
            continue
        title = f"{plain.title}: {plain.test.accuracy:.1%} of MNIST, {learned.test.accuracy:.1%}"
        rows[f"{title} shuffled"] = [
            *answers.to_each(one, [drawing.grid, shuffled]),
            *answers.to_each(other, [shuffled]),
        ]
    answers.show(
        ["your digit", "shuffled", "shuffled, to the model that learned so"],
        rows,
        "What each model reads, and how much of MNIST's test images in either order",
    )


def _shift() -> tuple[int, int]:
    return int(st.session_state.get(ROWS_KEY, 0)), int(st.session_state.get(COLUMNS_KEY, 0))


def _move(down: int, right: int) -> None:
    rows, columns = _shift()
    st.session_state[ROWS_KEY] = int(np.clip(rows + down, -FARTHEST, FARTHEST))
    st.session_state[COLUMNS_KEY] = int(np.clip(columns + right, -FARTHEST, FARTHEST))


def _move_back() -> None:
    st.session_state[ROWS_KEY] = st.session_state[COLUMNS_KEY] = 0


def _distance(pixels: int, forth: str, back: str) -> str:
    return f"{abs(pixels)} {back if pixels < 0 else forth}"
