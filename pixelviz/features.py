"""vector -> features: the same numbers, rescaled to the range the models were trained on."""

import numpy as np

from pixelviz.arrays import LENGTH, PIXEL_MAX, Features, Vector
from pixelviz.errors import ArrayError


def rescale(vector: Vector) -> Features:
    """Return the integers 0 to 255 as floats 0 to 1.

    Args:
        vector: (784,) uint8, or (n, 784) uint8 for n vectors at once.

    Returns:
        The same shape, float32, 0 to 1.

    Raises:
        ArrayError: The last axis is not 784 long, or the type is not uint8. Rescaling what is
            already 0 to 1 would make every picture look black to the model.

    Example:
        >>> import numpy as np
        >>> rescale(np.full(784, 51, np.uint8))[0]
        np.float32(0.2)
    """
    if vector.ndim not in (1, 2) or vector.shape[-1] != LENGTH or vector.dtype != np.uint8:
        raise ArrayError(
            f"Expected a vector of shape ({LENGTH},) or (n, {LENGTH}) and type uint8, "
            f"got shape {vector.shape} and type {vector.dtype}.",
            "Call vector.unroll(grid) first.",
        )
    return vector.astype(np.float32) / np.float32(PIXEL_MAX)
