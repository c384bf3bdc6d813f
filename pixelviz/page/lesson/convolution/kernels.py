"""The kernels to choose from, and what one gives at each place of a grid."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pixelviz.arrays import Grid

SIDE = 3
"""How many rows and columns of pixels a window has."""

Weights = tuple[tuple[float, float, float], ...]
"""Three rows of three weights."""


@dataclass(frozen=True)
class Kernel:
    """The weights of a window of pixels.

    Attributes:
        title: What the page calls it.
        weights: What each pixel is multiplied by; with at most four decimals.
        bias: What is added to the sum.
    """

    title: str
    weights: Weights
    bias: float = 0

    def outputs(self, grid: Grid) -> NDArray[np.float64]:
        """Return the sum, with the bias, at each place where the window lies inside the grid.

        That is Keras's Conv2D without activation, with padding "valid" and stride 1.

        Args:
            grid: (28, 28) uint8.

        Returns:
            (26, 26) float64; the window of output (row, column) begins at this pixel.
        """
        windows = np.lib.stride_tricks.sliding_window_view(grid.astype(np.float64), (SIDE, SIDE))
        sums: NDArray[np.float64] = np.einsum("rcij,ij->rc", windows, np.array(self.weights))
        return sums + self.bias


KERNELS: Mapping[str, Kernel] = {
    "identity": Kernel("Identity", ((0, 0, 0), (0, 1, 0), (0, 0, 0))),
    # It adds up to 1; with one decimal, its outputs can be worked out by hand.
    "blur": Kernel("Blur", ((0.1, 0.1, 0.1), (0.1, 0.2, 0.1), (0.1, 0.1, 0.1))),
    "sharpen": Kernel("Sharpen", ((0, -1, 0), (-1, 5, -1), (0, -1, 0))),
    "horizontal": Kernel("Horizontal edge", ((-1, -1, -1), (0, 0, 0), (1, 1, 1))),
    "vertical": Kernel("Vertical edge", ((-1, 0, 1), (-1, 0, 1), (-1, 0, 1))),
    # Along an edge of full ink it adds up to 510 at most, in a corner to 1020.
    "corner": Kernel("Corner", ((-1, -1, -1), (-1, 1, 1), (-1, 1, 1)), bias=-510),
}
"""The kernels by their names. The edges are those where ink begins, from above and from the left;
the corner is the upper left one."""

FIRST = "horizontal"
"""The name of the kernel that the chapter begins with."""
