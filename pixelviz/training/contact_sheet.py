"""Contact sheet of mistakes: each misread digit with its target, prediction and confidence."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from pixelviz.arrays import PIXEL_MAX, SIDE, Grid, Logits
from pixelviz.model.classifier import softmax
from pixelviz.training.data.examples import Examples

ENLARGE = 3
COLUMNS = 12
MARGIN_PX = 6
LINE_PX = 12


@dataclass(frozen=True)
class Mistake:
    """One misread digit.

    Attributes:
        index: Its position in the set, from 0.
        grid: (28, 28) uint8.
        target: The correct digit.
        read: The digit that the model read.
        confidence: The probability of that digit, 0 to 1.
    """

    index: int
    grid: Grid
    target: int
    read: int
    confidence: float


def mistakes(logits: Logits, examples: Examples) -> list[Mistake]:
    """Return the misread digits, the most confident mistake first."""
    probabilities = softmax(logits)
    read = probabilities.argmax(axis=1)
    wrong = np.flatnonzero(read != examples.targets)
    wrong = wrong[np.argsort(-probabilities[wrong].max(axis=1), kind="stable")]
    return [
        Mistake(
            index=int(number),
            grid=examples.grids[number],
            target=int(examples.targets[number]),
            read=int(read[number]),
            confidence=float(probabilities[number].max()),
        )
        for number in wrong
    ]


def draw(found: list[Mistake], path: Path) -> None:
    """Draw mistakes into a PNG file, each enlarged three times, with its number and a caption."""
    cell = np.array([ENLARGE * SIDE + 2 * MARGIN_PX, ENLARGE * SIDE + 2 * LINE_PX + 2 * MARGIN_PX])
    rows = max(1, -(-len(found) // COLUMNS))
    width, height = (int(side) for side in cell * (COLUMNS, rows))
    sheet = Image.new("L", (width, height), 40)
    pen = ImageDraw.Draw(sheet)
    for place, mistake in enumerate(found):
        row, column = divmod(place, COLUMNS)
        x, y = (int(side) + MARGIN_PX for side in cell * (column, row))
        sheet.paste(Image.fromarray(_enlarged(mistake.grid)), (x, y))
        y += ENLARGE * SIDE
        pen.text((x, y), f"no. {mistake.index}", fill=PIXEL_MAX)
        caption = f"{mistake.target} as {mistake.read}, {mistake.confidence:.0%}"
        pen.text((x, y + LINE_PX), caption, fill=PIXEL_MAX)
    sheet.save(path, optimize=True)


def _enlarged(grid: Grid) -> NDArray[np.uint8]:
    return grid.repeat(ENLARGE, axis=0).repeat(ENLARGE, axis=1)
