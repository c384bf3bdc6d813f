"""The table of chapters: each name can stand in an address."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

from pixelviz.formats.share_link import Settings

NAMES = """
import streamlit as st
from pixelviz.page.lesson.chapters import CHAPTERS
st.write(" ".join(CHAPTERS))
"""

CHAPTERS = (
    "pixels",
    "grey-levels",
    "data",
    "framing",
    "unroll",
    "tensors",
    "rescale",
    "predict",
    "train",
    "move",
    "convolution",
    "cover-it",
    "zip",
    "class",
)
"""The names of the chapters, in the course's order."""


def test_the_chapters_are_in_the_courses_order_and_each_can_stand_in_a_link(tmp_path: Path) -> None:
    (tmp_path / "names.py").write_text(NAMES, "utf-8")
    names = AppTest.from_file(str(tmp_path / "names.py")).run(timeout=30).markdown[0].value.split()
    assert names == list(CHAPTERS)
    for name in names:
        assert Settings(chapter=name).chapter == name
