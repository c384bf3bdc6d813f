"""vector -> features: the same numbers, rescaled to the range the models were trained on."""

import numpy as np

from pixelviz.arrays import PIXEL_MAX, Features, Vector, expect_vector_or_batch


def rescale(vector: Vector) -> Features:
    """Return the integers 0 to 255 as floats 0 to 1.

    Args:
        vector: (784,) uint8, or (n, 784) uint8 for n vectors at once.

    Returns:
        The same shape, float32, 0 to 1.

    Raises:
        ArrayError: The vector is not (784,) or (n, 784) uint8. Rescaling what is already 0 to 1
            would make every picture look black to the model.

    Example:
        >>> import numpy as np
        >>> rescale(np.full(784, 51, np.uint8))[0]
        np.float32(0.2)
    """
    expect_vector_or_batch(vector)
    return vector.astype(np.float32) / np.float32(PIXEL_MAX)
