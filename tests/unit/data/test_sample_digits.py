import pytest

from pixelviz.arrays import DIGITS
from pixelviz.data import sample_digits
from pixelviz.errors import ArrayError


@pytest.mark.parametrize("digit", DIGITS)
def test_each_sample_lies_on_the_canvas(digit: int) -> None:
    for stroke in sample_digits.strokes_of(digit):
        assert len(stroke) >= 2
        assert all(0.1 < x < 0.9 and 0.1 < y < 0.9 for x, y in stroke)


@pytest.mark.parametrize("wrong", [-1, 10])
def test_other_digits_are_refused(wrong: int) -> None:
    with pytest.raises(ArrayError, match="from 0 to 9"):
        sample_digits.strokes_of(wrong)
