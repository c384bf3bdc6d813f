"""The facts of an MNIST picture and the names of the arrays that carry a digit through Pixelviz.

| name            | what                                       | shape, type             |
|-----------------|--------------------------------------------|-------------------------|
| `rgba`          | the canvas as it arrives                   | (H, W, 4) uint8         |
| `ink`           | how dark the paper is: 0 paper, 255 ink    | (H, W) uint8            |
| `grid`          | the picture that the model gets            | (28, 28) uint8          |
| `vector`        | the grid, read row by row                  | (784,) uint8            |
| `features`      | the vector, rescaled to 0 to 1             | (784,) or (n, 784) float32 |
| `logits`, `probabilities` | the model's answer               | (10,) float32           |
"""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

SIDE = 28
"""Rows, and columns, of a picture."""

LENGTH = SIDE * SIDE
"""Pixels in a picture, hence features in a vector: 784."""

PIXEL_MAX = 255
"""The largest value of a pixel of 8 bits: full ink. Paper is 0."""

DIGITS = range(10)
"""The targets, 0 to 9."""

Rgba: TypeAlias = NDArray[np.uint8]
Ink: TypeAlias = NDArray[np.uint8]
Grid: TypeAlias = NDArray[np.uint8]
Vector: TypeAlias = NDArray[np.uint8]
Features: TypeAlias = NDArray[np.float32]
Logits: TypeAlias = NDArray[np.float32]
Probabilities: TypeAlias = NDArray[np.float32]
