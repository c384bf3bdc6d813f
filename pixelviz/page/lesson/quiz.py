"""The questions at the end of a chapter, and the result of all chapters so far."""

import html
from collections.abc import Mapping
from dataclasses import dataclass
from zlib import crc32

import streamlit as st

from pixelviz.errors import ModelError
from pixelviz.model import card
from pixelviz.model.classifier import MODELS
from pixelviz.page import state
from pixelviz.page.lesson import questions
from pixelviz.page.lesson.figures import Drawing
from pixelviz.page.lesson.question import Question

TRIES_MAX = 99
"""Further wrong answers to a question are not counted."""


def show(chapter: str, drawing: Drawing) -> None:
    """Ask the questions of a chapter and check the answers.

    Args:
        chapter: Its name in the address.
        drawing: What the chapter works on: another drawing may change the questions.
    """
    try:
        asked = questions.of(chapter, drawing, card.read(MODELS))
    except ModelError:  # the prediction says what is wrong with the card
        return
    if not asked:
        return
    st.markdown("**Check yourself**")
    for number, (column, question) in enumerate(zip(st.columns(2), asked, strict=False)):
        with column:
            _ask(questions.name_of(chapter, number), question)
    st.caption(_summary())


def show_result(titles: Mapping[str, str]) -> None:
    """Show the result of the whole lesson, to be shown to a teacher.

    Args:
        titles: What the page calls each chapter, by its name, in their order.
    """
    rows = "".join(
        f"<tr><th scope='row'>{html.escape(title)}</th>"
        + "".join(
            f"<td>{_told(_tries(questions.name_of(name, number)))}</td>" for number in range(2)
        )
        + "</tr>"
        for name, title in titles.items()
    )
    st.html(
        f"<div class='scroll'><table class='said'><caption>Your result: {_summary()}</caption>"
        "<thead><tr><th scope='col'>chapter</th><th scope='col'>first question</th>"
        f"<th scope='col'>second question</th></tr></thead><tbody>{rows}</tbody></table></div>"
    )


@dataclass(frozen=True)
class _Tries:
    """How a question was answered.

    Attributes:
        wrong: How often the answer was wrong, before the right one.
        is_right: Whether it was right in the end.
    """

    wrong: int = 0
    is_right: bool = False


def to_keep() -> dict[str, list[int]]:
    """Return how the questions were answered, for the browser to keep while it reloads the page."""
    return {name: [tries.wrong, int(tries.is_right)] for name, tries in _all_tries().items()}


def restore(kept: object) -> None:
    """Take back what the browser has kept.

    Args:
        kept: What `to_keep` returned; a browser can send anything.
    """
    if not isinstance(kept, dict):
        return
    for name in questions.names():
        match kept.get(name):
            case [int(wrong), int(is_right)] if 0 <= wrong <= TRIES_MAX:
                _all_tries()[name] = _Tries(wrong, bool(is_right))


def _ask(name: str, question: Question) -> None:
    version = crc32("\n".join([question.text, *question.options]).encode())
    key = state.answer_key(name, version)
    chosen = st.radio(
        question.text,
        question.options,
        index=None,
        key=key,
        on_change=_count,
        args=(name, key, question.right),
    )
    if chosen == question.right:
        st.success(f"Right. {question.why}", icon=":material/check:")
    elif chosen is not None:
        st.warning("Not yet. Have another look, then choose again.", icon=":material/close:")


def _count(name: str, key: str, right: str) -> None:
    tries = _tries(name)
    if not tries.is_right:
        is_right = st.session_state[key] == right
        _all_tries()[name] = _Tries(min(tries.wrong + (not is_right), TRIES_MAX), is_right)
        st.session_state[state.CHAPTER_PLACED] = True  # for the browser to hear of it


def _all_tries() -> dict[str, _Tries]:
    tries: dict[str, _Tries] = st.session_state.setdefault(state.ANSWERS, {})
    return tries


def _tries(name: str) -> _Tries:
    return _all_tries().get(name, _Tries())


def _summary() -> str:
    """Return how many questions were answered rightly so far, and how many of them at once."""
    right = [tries for tries in _all_tries().values() if tries.is_right]
    at_once = sum(not tries.wrong for tries in right)
    return (
        f"{len(right)} of {len(questions.names())} questions answered correctly, {at_once} of them "
        "at the first try."
    )


def _told(tries: _Tries) -> str:
    if tries.is_right:
        return "✓ at the first try" if not tries.wrong else f"✓ at try {tries.wrong + 1}"
    return f"not yet, {tries.wrong} wrong" if tries.wrong else "not yet"
