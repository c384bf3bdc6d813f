"""The page, from top to bottom: draw a digit, and see how a computer sees it."""

import streamlit as st

from pixelviz import raster
from pixelviz.page import (
    address,
    canvas,
    export_menu,
    full_page,
    layout,
    settings,
    toolbar,
)
from pixelviz.page.file_intake import file_intake
from pixelviz.page.full_screen import full_screen
from pixelviz.page.lesson import navigation
from pixelviz.page.lesson.chapters import CHAPTERS, FORMER_NAMES
from pixelviz.page.messenger import messenger
from pixelviz.page.pen import pen
from pixelviz.page.pixel_view import pixel_view
from pixelviz.page.prediction import prediction
from pixelviz.page.teacher import teacher
from pixelviz.server import run_lock


@st.fragment
@run_lock.serialized
@layout.reports_errors
def views() -> None:
    """Show the drawing in all views; a new stroke runs this part of the page only."""
    pen.show(before_undo=edit)
    ink, framing = canvas.show(), settings.framing()
    drawn = raster.as_drawn(ink)
    grid = drawn if framing == "drawn" else raster.to_grid(ink)
    answers = prediction.ask(grid)
    messenger.send(
        grid,
        drawn,
        framing=framing,
        number=canvas.shown_number(),
        answer=prediction.for_panel(answers),
    )
    toolbar.show_quick()
    export_menu.keep(grid, answers.chosen)
    navigation.show(ink, framing)


def edit() -> None:
    """Put what the person has changed in the pixel view onto the canvas."""
    edited = pixel_view.edited()
    if edited is not None:
        canvas.edit_grid(*edited)


@run_lock.serialized
@layout.reports_errors
def page() -> None:
    """Show the page."""
    layout.begin()
    if teacher.is_asked_for():
        teacher.show()
        return
    if not full_page.admit():
        return
    linked = address.read(chapters=CHAPTERS, former=FORMER_NAMES)
    if linked is not None:
        canvas.place_grid(linked)
        address.note_link()
    if settings.apply():
        address.write()
    if canvas.is_empty():
        address.show_problem()
    with st.container(key="workbench"):
        canvas.show_title()
        toolbar.show()
        settings.are_shown()
        prediction.show()
        with st.container(key="views"):
            views()
        pixel_view.show(on_edit=edit)
        export_menu.show()
        full_screen.show()
        file_intake.show()


if __name__ == "__main__":  # Streamlit runs this file; the server also imports it, to be ready
    page()
