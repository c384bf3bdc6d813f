"""What a teacher can take away of a class, by the names of the files."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from pixelviz.arrays import LENGTH
from pixelviz.classroom.marks import Mark
from pixelviz.classroom.records import View
from pixelviz.formats import contact_sheet, labelled_digits
from pixelviz.formats.labelled_digits import LabelledDigits


@dataclass(frozen=True)
class ClassFile:
    """A file that is made of a class.

    Attributes:
        media_type: What a browser is told that it is.
        encode: Returns its bytes.
    """

    media_type: str
    encode: Callable[[View], bytes]


def _with_digits(encode: Callable[[LabelledDigits], bytes]) -> Callable[[View], bytes]:
    return lambda view: encode(digits_of(view))


def digits_of(view: View) -> LabelledDigits:
    """Return a class's digits with what each was meant to be, and who wrote it."""
    pixels = b"".join(digit.pixels for digit in view.digits)
    marks = [Mark(digit.device) for digit in view.digits]
    return LabelledDigits(
        vectors=np.frombuffer(pixels, np.uint8).reshape(-1, LENGTH),
        labels=np.array([digit.label for digit in view.digits], np.uint8),
        writers=[f"{mark.colour} {mark.animal}" for mark in marks],
    )


FILES = {
    "digits.csv": ClassFile("text/csv", _with_digits(labelled_digits.encode_csv)),
    "digits.npz": ClassFile("application/octet-stream", _with_digits(labelled_digits.encode_npz)),
    "contact_sheet.png": ClassFile("image/png", _with_digits(contact_sheet.encode_png)),
    "contact_sheet.pdf": ClassFile("application/pdf", _with_digits(contact_sheet.encode_pdf)),
}
"""All of them; a View has to have a digit."""
