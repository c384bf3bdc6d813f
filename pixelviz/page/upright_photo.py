"""A photo is read upright, however it was taken.

`photo` turns what lies on its side, but cannot tell a digit from one on its head: only a model can.
It is asked about the digits as they were found and about the same ones turned by half. If it is
sure of more of these, the photo is read once more.
"""

from collections.abc import Sequence

import numpy as np

from pixelviz.arrays import Grid
from pixelviz.errors import ModelError, PhotoError
from pixelviz.model import card
from pixelviz.model.classifier import MODELS, Classifier
from pixelviz.page.lesson import prediction_table
from pixelviz.photo.boxed_ink import Box
from pixelviz.photo.reading import Reading
from pixelviz.photo.worksheet_reading import ColouredWorksheet
from pixelviz.server import photo_process, worker_supervisor

MORE_MIN = 3
"""A photo that was not turned is upside down where the model is sure of so many more digits once
they are turned by half. A few may be sixes and nines."""

MORE_SHARE_MIN = 1 / 3
"""And of so many more than now, as a share of these: words have parts that look like digits."""


def read(
    file: bytes, *, turns: int = 0, box: Box | None = None
) -> Grid | Reading | ColouredWorksheet:
    """Return what `photo_process.read` returns for a file, turned upright if nobody has said how.

    While the models load, a photo that lay on its side may come out upside down.

    Args:
        file: The bytes of a PNG, JPEG or WebP.
        turns: How many quarters it is turned to the right first; 0 if nobody has said.
        box: Where on the paper the person says that the digit is.

    Raises:
        PhotoError: The file cannot be read.
    """
    photo = photo_process.read(file, turns=turns, box=box)
    if turns or not isinstance(photo, Reading) or not _is_upside_down(photo):
        return photo
    try:
        return photo_process.read(file, turns=photo.turns + 2, box=box)
    except PhotoError:  # too many other photos are being read
        return photo


def _is_upside_down(photo: Reading) -> bool:
    """Return whether the default model is sure of more digits once they are turned by half."""
    model = _default_model()
    if model is None or not photo.digits:
        return False
    grids = [digit.grid for digit in photo.digits]
    try:
        now = _sure_count(model, grids)
        turned = _sure_count(model, [np.rot90(grid, 2) for grid in grids])
    except ModelError:
        return False
    if photo.turns:  # either way up is as likely
        return turned > now
    return turned - now >= max(MORE_MIN, MORE_SHARE_MIN * now)


def _sure_count(model: Classifier, grids: Sequence[Grid]) -> int:
    """Return of how many grids a model is sure."""
    return sum(answer.is_sure for answer in prediction_table.to_each(model, grids))


def _default_model() -> Classifier | None:
    """Return the model that is chosen at first; None while it loads, or without it."""
    try:
        models_card = card.read(MODELS)
        loading = worker_supervisor.load_async(models_card.models)
        model = loading.result().by_name[models_card.default] if loading.done() else None
    except ModelError:
        return None
    return None if isinstance(model, ModelError) else model
