"""A file that is dropped anywhere on the page, or pasted, opens the dialog for photos and files."""

from pathlib import Path

from pixelviz.page import component
from pixelviz.photo import image_file

_component = component.register(Path(__file__).with_suffix(".js"))


def show() -> None:
    """Let the browser take files wherever they are dropped; it shows nothing until then."""
    _component(data={"bytesMax": image_file.BYTES_MAX}, key="file_intake")
