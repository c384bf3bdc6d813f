"""The button that shows the page on the full screen, for a class; the key F does the same."""

from pathlib import Path

from pixelviz.page import component

_button = component.register(Path(__file__).with_suffix(".js"))


def show() -> None:
    """Show the button, in browsers that have a full screen."""
    _button(key="full_screen")
