from pathlib import Path

import pytest

from pixelviz.errors import DataError
from pixelviz.training.data import pendigits

UNIPEN = """.INCLUDE dene.doc
.LEXICON "0" "1"
.SEGMENT DIGIT    0 ? "4"
.COMMENT 4 12  224
.PEN_DOWN
 10  90
 20  50
.PEN_UP
.PEN_DOWN
 30  70
 30  10
.PEN_UP
.DT 100
.SEGMENT DIGIT    1-2 ? "1"
.COMMENT 1  3  117
.PEN_DOWN
 5  5
.PEN_UP
"""


def test_a_file_of_pen_strokes_is_read(tmp_path: Path) -> None:
    path = tmp_path / "digits.tra"
    path.write_text(UNIPEN)
    four, one = pendigits.read(path)
    assert (four.label, four.writer, len(four.strokes)) == ("4", "12", 2)
    assert (one.label, one.writer, len(one.strokes)) == ("1", "3", 1)
    # The tablet counts upwards, the page downwards.
    assert four.strokes[0].tolist() == [[10, -90], [20, -50]]


@pytest.mark.parametrize("text", ["", ".INCLUDE dene.doc\n", "not strokes at all"])
def test_a_file_without_digits_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "digits.tra"
    path.write_text(text)
    with pytest.raises(DataError, match="Expected segments of digits"):
        pendigits.read(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"nowhere\.tra"):
        pendigits.read(tmp_path / "nowhere.tra")
