"""Every key of the session in one table: what the page remembers of one visitor.

Streamlit keeps a visitor's session under string keys: the value of each widget under the widget's
key, and what the page itself remembers. All keys that the code reads or writes stand here, and
nowhere else. A widget's key is also its name for tests and automation (`st-key-<key>` in the page).
"""

from collections.abc import Collection, Sequence
from typing import TypeVar, cast

import streamlit as st

from pixelviz.arrays import PIXEL_MAX, SIDE

_Setting = TypeVar("_Setting")


def held(key: str, initial: _Setting, allowed: Sequence[object]) -> _Setting:
    """Return what a widget starts from, wherever a browser shows it for the first time.

    That is what it is set to, or was when it was last shown: Streamlit forgets what a widget is set
    to as soon as a run does not show it. A browser may first show it in a later run than the one
    that has set it, which was interrupted. And a browser that shows it already pays no attention:
    what the person has chosen since this run began is not taken back.

    Args:
        key: The widget's key.
        initial: What it is set to at first.
        allowed: What else it can be set to; a browser can send anything.
    """
    kept = st.session_state.setdefault(HELD, {})
    value = st.session_state.get(key, kept.get(key, initial))
    kept[key] = value if value in allowed else initial
    return cast(_Setting, kept[key])


HELD = "held"
"""dict by key: what each widget was set to when it was last shown."""

CHANGED_SETTINGS = "changed_settings"
"""dict by key: what the page has changed, and the browser may not know yet."""

# The tools of the canvas
CANVAS = "canvas"
"""What the canvas last sent, in the form of drawable-canvas."""

TOOL = "tool"
"""str: "pen" or "eraser"."""

PEN_WIDTH = "pen_width"
"""int: the pen's width in the canvas's pixels."""

FRAMING = "framing"
"""str: "mnist" or "drawn", how the drawing becomes the grid. In the address too."""

PLACEMENT = "placement"
"""placement.Placement: what the page has put on the canvas, and what Undo brings back."""

PEN = "pen"
"""What the browser counts and keeps of the canvas."""

UNDONE = "undone"
"""int: how often Undo was asked for in this browser and done."""

# The views
PIXEL_VIEW = "pixel_view"
"""What the pixel view sends: the pinned pixel, and the grid after an edit."""

PREDICTION = "prediction"
"""The container of the prediction."""

ANSWER = "answer"
"""What the models say, in that container."""

MODEL = "model"
"""str: the name of the chosen model. In the address too."""

MODEL_ERRORS = "model_errors"
"""dict by name: what is wrong with models, as the page shows it."""

# Import and export
UPLOAD, CAMERA = "upload", "camera"
"""The uploaded file and the photo taken."""

TAKEN = "taken"
"""str or None: the identity of the file or photo that was taken note of last."""

IMPORTING = "importing"
"""bool: whether the dialog for photos and files is open."""

IMPORTED = "imported"
"""import_dialog.Imported or None: what came of the last file or photo."""

DROPPED = "dropped"
"""set of int: the numbers of the digits in a photo that the person says are none."""

FILE_INTAKE = "file_intake"
"""What the browser sends of a file of pictures' values: a picture, or that a set was taken over."""

FILE_PROBLEM = "file_problem"
"""SharingError or None: what is wrong with what it has sent."""

EXPORT_MENU = "export"
"""Whether the menu "Share or save" is open."""

SHOWN = "shown"
"""export_menu.Shown: what the views show, for the menu to offer."""

# The address and admission
ADDRESS_READ = "address_read"
"""bool: whether the page's address was read already."""

ADDRESS_PROBLEM = "address_problem"
"""PixelvizError or None: what is wrong with the page's address."""

LINKED = "linked"
"""int: the number of the placement that put the address's drawing on the canvas."""

ADMITTED = "admitted"
"""bool: whether this visitor was admitted."""

# The lesson
CHAPTER = "chapter"
"""str or None: the name of the open chapter. In the address too."""

CHAPTER_OPENED = "chapter_opened"
"""bool: whether a chapter was opened just now and is still to be scrolled to its beginning."""

TEXT_HIDDEN = "text_hidden"
"""bool: whether the chapters' text is hidden, for a projector."""

THRESHOLD, SMALL_SIDE = "threshold", "small_side"
"""Pixels: from which value up a pixel counts as ink, and the side of the small picture."""

ORDER = "order"
"""Unroll: "rows" or "columns", the order in which the grid is read."""

QUIZ_INDEX, QUIZ_ROW, QUIZ_COLUMN = "quiz_index", "quiz_row", "quiz_column"
"""Unroll: the feature asked for, 0 to 783, and the row and column answered."""

TENSORS_MODEL = "tensors_model"
"""Tensors: the name of the model whose layers are shown."""

RESCALE_MODEL = "rescale_model"
"""Rescale: the name of the model that is compared."""

SHIFT_ROWS, SHIFT_COLUMNS = "shift_rows", "shift_columns"
"""Move and shuffle: how far the digit is moved, in pixels."""

SHIFT_NUMBER = "shift_number"
"""Move and shuffle: the number of moves by buttons, for the picture to notice each."""

SHIFT_DIRECTION = "shift_direction"
"""Move and shuffle: "across" or "down", the direction of the curves."""

PATCH_SIZE, ERASER_SIZE = "patch_size", "eraser_size"
"""Cover it: the sides of the patch and of the eraser, in pixels."""

OF_ONE_DIGIT = (SHIFT_ROWS, SHIFT_COLUMNS)
"""What starts anew with each digit."""

MOVER = "mover"
"""What the picture that is moved with the arrow keys sends."""

MNIST_ASKED = "mnist_asked"
"""Data: whether the address asked for MNIST, by the name that the chapter had before."""

MNIST_WANTED = "mnist_wanted"
"""Data: whether the visitor asked to download MNIST."""

CHAPTER_TURNED = "chapter_turned"
"""The chapters that a button led from and to last, and when, in seconds of `time.monotonic`."""

CHAPTER_PLACED = "chapter_placed"
"""bool: whether a chapter did what concerns the whole page just now, so that all has to run."""

ZIP_CANVAS = "zip_canvas"
"""What the canvas of the chapter ZIP code last sent."""

ZIP_STROKES = "zip_strokes"
"""What tells the browser of the placements on that canvas."""

ZIP_PLACEMENT = "zip_placement"
"""ZIP code: what the page has put on that canvas."""

ANSWERS = "answers"
"""dict: how each question of the lesson was answered, by its name."""

ANSWER_HIDDEN = "answer_hidden"
"""bool: whether the prediction is hidden, for a class to guess first."""


def answer_key(question: str, version: int) -> str:
    """Return the key of the answer that is chosen for a question.

    Args:
        question: The question's name.
        version: Another number for other words: another drawing may change a question.
    """
    return f"answer_{question}_{version}"


PEN_WIDTHS_PX = range(8, 49, 2)
"""The pen's widths, in the canvas's pixels."""

THRESHOLDS = range(1, PIXEL_MAX + 1)
"""From which value up a pixel can count as ink: 0 is paper."""

SMALL_SIDES = (5, 7, 10, 14, SIDE)
"""Pixels: the sides that the small picture can have."""

PATCH_SIZES, ERASER_SIZES = (1, 3, 5, 7, 9), (1, 3, 5)
"""Pixels: the sides that patch and eraser can have; odd, so that a pixel is in the middle."""

KEPT: dict[str, Collection[object]] = {
    TOOL: ("pen", "eraser"),
    PEN_WIDTH: PEN_WIDTHS_PX,
    TEXT_HIDDEN: (False, True),
    ANSWER_HIDDEN: (False, True),
    THRESHOLD: THRESHOLDS,
    SMALL_SIDE: SMALL_SIDES,
    ORDER: ("rows", "columns"),
    SHIFT_DIRECTION: ("across", "down"),
    PATCH_SIZE: PATCH_SIZES,
    ERASER_SIZE: ERASER_SIZES,
}
"""What outlasts a reload besides the drawing, and what each of them can be set to. What is in the
address outlasts it by itself."""
