"""Many digits with their labels as CSV and NPZ, for numpy, pandas, and the page itself."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pixelviz.arrays import LENGTH, SIDE, expect_vectors
from pixelviz.errors import ArrayError


@dataclass(frozen=True)
class LabelledDigits:
    """Digits, what each was meant to be, and who wrote it.

    Attributes:
        vectors: (n, 784) uint8.
        labels: (n,) uint8, 0 to 9.
        writers: n names.

    Raises:
        ArrayError: They are not, or not as many of each.
    """

    vectors: NDArray[np.uint8]
    labels: NDArray[np.uint8]
    writers: Sequence[str]

    def __post_init__(self) -> None:
        expect_vectors(self.vectors)
        counts = len(self.vectors), *self.labels.shape, len(self.writers)
        if len(set(counts)) != 1:
            raise ArrayError(
                f"Expected as many labels and writers as vectors, got {counts}.",
                "Pass one of each for every digit.",
            )


def encode_csv(digits: LabelledDigits) -> bytes:
    """Return a line for each digit, its label first and then its 784 integers, below a header."""
    header = ",".join(["label", *(f"pixel{index}" for index in range(LENGTH))])
    rows = np.column_stack([digits.labels, digits.vectors])
    return "\n".join([header, *(",".join(map(str, row)) for row in rows.tolist()), ""]).encode()


def encode_npz(digits: LabelledDigits) -> bytes:
    """Return the arrays x (n, 28, 28) uint8, y (n,) uint8 and writer (n,), names, compressed."""
    file = io.BytesIO()
    np.savez_compressed(
        file,
        x=digits.vectors.reshape(-1, SIDE, SIDE),
        y=digits.labels,
        writer=np.array(digits.writers, dtype=np.str_),
    )
    return file.getvalue()
