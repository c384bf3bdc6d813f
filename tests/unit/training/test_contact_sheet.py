from pathlib import Path

import numpy as np
from PIL import Image

from pixelviz import raster
from pixelviz.training import contact_sheet
from pixelviz.training.data.examples import Examples
from tests.drawings import SEVEN, drawn

GRID = raster.to_grid(drawn(SEVEN))


def _logits(read: list[int], strength: list[float]) -> np.ndarray:
    logits = np.zeros((len(read), 10), np.float32)
    logits[np.arange(len(read)), read] = strength
    return logits


def test_mistakes_are_sorted_by_confidence_and_exclude_correct_readings() -> None:
    examples = Examples(np.stack([GRID] * 3), np.array([7, 1, 2], np.uint8))
    logits = _logits([7, 7, 7], [9, 2, 5])
    found = contact_sheet.mistakes(logits, examples)
    assert [(each.index, each.target, each.read) for each in found] == [(2, 2, 7), (1, 1, 7)]
    assert found[0].confidence > found[1].confidence > 0.1


def test_the_sheet_shows_every_mistake_enlarged(tmp_path: Path) -> None:
    examples = Examples(np.stack([GRID] * 14), np.full(14, 1, np.uint8))
    found = contact_sheet.mistakes(_logits([7] * 14, [3] * 14), examples)
    contact_sheet.draw(found, tmp_path / "sheet.png")
    sheet = np.asarray(Image.open(tmp_path / "sheet.png"))
    enlarged = GRID.repeat(contact_sheet.ENLARGE, axis=0).repeat(contact_sheet.ENLARGE, axis=1)
    side, margin = enlarged.shape[0], contact_sheet.MARGIN_PX
    assert np.array_equal(sheet[margin : margin + side, margin : margin + side], enlarged)
    assert sheet.shape[1] // (side + 2 * margin) == contact_sheet.COLUMNS
    assert sheet.shape[0] > 2 * side  # fourteen mistakes need a second row


def test_without_mistakes_the_sheet_is_empty(tmp_path: Path) -> None:
    contact_sheet.draw([], tmp_path / "sheet.png")
    assert (np.asarray(Image.open(tmp_path / "sheet.png")) == 40).all()
