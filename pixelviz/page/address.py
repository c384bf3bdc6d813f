"""The page's address: it names chapter, model and framing, and may carry a drawing.

    ?chapter=unroll&model=dense&framing=drawn&drawing=1.…

Settings with their initial value are left out. Streamlit's own `bind="query-params"` would put the
widgets' labels into the address (`?chapter=Move+and+shuffle`) and drop unknown names without a
word; so the names are written here.
"""

from collections.abc import Collection, Mapping
from urllib.parse import urlencode

import streamlit as st

from pixelviz.arrays import Grid
from pixelviz.errors import ModelError, PixelvizError, SharingError
from pixelviz.formats import share_link
from pixelviz.formats.share_link import DRAWING_KEY, Settings, Shared
from pixelviz.model import card
from pixelviz.model.classifier import MODELS
from pixelviz.page import layout, placement, settings, state
from pixelviz.server import streamlit_internals


def read(*, chapters: Collection[str], former: Mapping[str, str]) -> Grid | None:
    """Set chapter, model and framing to what the address says.

    That is when the page opens, and after the browser's Back and Forward.

    Args:
        chapters: The names of all chapters.
        former: By the name that a chapter had before, the one that it has now.

    Returns:
        The grid that the address carries when the page opens, (28, 28) uint8; else None.
    """
    is_first = not st.session_state.get(state.ADDRESS_READ)
    if not is_first and not streamlit_internals.is_history_navigation():
        return None
    st.session_state[state.ADDRESS_READ] = True
    st.session_state[state.ADDRESS_PROBLEM] = None
    settings.forget_changes()
    named = st.query_params.get(state.CHAPTER)
    chapter = former.get(named or "", named)
    st.session_state[state.MNIST_ASKED] = named == "mnist"
    st.session_state[state.CHAPTER] = chapter if chapter in chapters else None
    try:
        shared = _shared({*chapters, *former})
    except PixelvizError as error:
        st.session_state[state.ADDRESS_PROBLEM] = error
        return None
    _set(shared.settings, is_first=is_first)
    return shared.grid if is_first else None


def write() -> None:
    """Name chapter, model and framing in the address, so that it can be shared."""
    wanted = _wanted()
    if wanted != st.query_params.to_dict():
        st.query_params.from_dict(wanted)  # in one step: one entry in the history


def without_drawing() -> str | None:
    """Return what the address is to be, as a query, once it carries a drawing no longer shown.

    The browser has to replace it: what Streamlit writes is a further entry in the history, and Back
    would lead to the drawing that the person has just changed.

    Returns:
        The query; None where nothing has to be replaced.
    """
    if DRAWING_KEY not in st.query_params or _is_linked():
        return None
    return urlencode(_wanted())


def note_link() -> None:
    """Note that what was placed on the canvas last is the drawing that the address carries."""
    st.session_state[state.LINKED] = placement.current().number


def _is_linked() -> bool:
    """Return whether the address's drawing is what is on the canvas."""
    placed, strokes = placement.current(), placement.current_strokes()
    if st.session_state.get(state.ADDRESS_PROBLEM) is not None:  # shown until something is drawn
        return not strokes
    return placed.number == st.session_state.get(state.LINKED) and len(strokes) == placed.base


def _wanted() -> dict[str, str]:
    """Return what the address is to name: what differs from the initial settings, and others."""
    names = {
        state.CHAPTER: st.session_state.get(state.CHAPTER),
        state.MODEL: st.session_state.get(state.MODEL),
        state.FRAMING: settings.framing(),
    }
    defaults = {state.MODEL: _default_model(), state.FRAMING: Settings().framing}
    gone = set(names) if _is_linked() else {*names, DRAWING_KEY}
    others = {name: value for name, value in st.query_params.to_dict().items() if name not in gone}
    named = {name: value for name, value in names.items() if value and value != defaults.get(name)}
    return others | named


def show_problem() -> None:
    """Show what is wrong with the address, if anything."""
    problem: PixelvizError | None = st.session_state.get(state.ADDRESS_PROBLEM)
    if problem is not None:
        layout.show_error(problem)


def _shared(chapters: Collection[str]) -> Shared:
    """Return what the address carries.

    Raises:
        SharingError: Something in it is broken, or names what does not exist.
    """
    shared = share_link.from_query(st.query_params.to_dict())
    _expect_known(shared.settings.chapter, chapters, "chapter", "Choose one of the chapters.")
    _expect_known(shared.settings.model, _models(), "model", "Choose one under “Model”.")
    return shared


def _set(settings: Settings, *, is_first: bool) -> None:
    """Set model and framing; what the address does not name is set back after Back and Forward."""
    if settings.model:
        st.session_state[state.MODEL] = settings.model
    elif not is_first:
        st.session_state[state.MODEL] = _default_model()
    if state.FRAMING in st.query_params or not is_first:
        st.session_state[state.FRAMING] = settings.framing


def _expect_known(name: str | None, known: Collection[str], what: str, fix: str) -> None:
    if name is not None and known and name not in known:
        raise SharingError(f"There is no {what} called “{name:.40}”.", fix)


def _models() -> list[str]:
    """Return the names of the models, none where their card cannot be read."""
    try:
        return [model.name for model in card.read(MODELS).models]
    except ModelError:  # the prediction says what is wrong with it
        return []


def _default_model() -> str | None:
    try:
        return card.read(MODELS).default
    except ModelError:
        return None
