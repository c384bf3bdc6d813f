from pathlib import Path

import numpy as np
import pytest

from pixelviz.errors import DataError
from pixelviz.samples import strokes_of
from pixelviz.training import strokes
from tests.drawings import drawn

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
    four, one = strokes.read(path)
    assert (four.digit, four.writer, len(four.strokes)) == (4, 12, 2)
    assert (one.digit, one.writer, len(one.strokes)) == (1, 3, 1)
    # The tablet counts upwards, the page downwards.
    assert four.strokes[0].tolist() == [[10, -90], [20, -50]]


@pytest.mark.parametrize("text", ["", ".INCLUDE dene.doc\n", "not strokes at all"])
def test_a_file_without_digits_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "digits.tra"
    path.write_text(text)
    with pytest.raises(DataError, match="Expected segments of digits"):
        strokes.read(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"nowhere\.tra"):
        strokes.read(tmp_path / "nowhere.tra")


def test_a_pen_leaves_a_line_of_its_own_width() -> None:
    line = np.array([[40.0, 140.0], [240.0, 140.0]])
    ink = strokes.draw((line,), pen_width_px=24)
    assert ink[:, 140].sum() == pytest.approx(24 * 255, rel=0.05)
    assert (np.flatnonzero(ink[:, 140]).mean()) == pytest.approx(139.5, abs=1)


def test_round_pens_have_round_ends() -> None:
    dot = np.array([[140.0, 140.0]])
    ink = strokes.draw((dot,), pen_width_px=40)
    assert ink.sum() / 255 == pytest.approx(np.pi * 20**2, rel=0.05)


def test_strokes_leave_the_same_ink_as_the_same_lines_drawn_without_smoothing() -> None:
    seven = strokes_of(7)
    on_paper = tuple(np.array(stroke) * strokes.PAPER_PX for stroke in seven)
    smooth = strokes.draw(on_paper, pen_width_px=24).astype(int)
    assert np.abs(smooth - drawn(seven)).mean() < 4
