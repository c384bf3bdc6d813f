"""The choice of the data set: MNIST, a file, the digits of this visit, or those of the class."""

from collections.abc import Sequence
from pathlib import Path

from pixelviz.page import component
from pixelviz.page.lesson.data.keep import keep
from pixelviz.page.lesson.figures import Drawing
from pixelviz.server.mnist_files import PartAddress

_sources = component.register(Path(__file__).with_suffix(".js"), styles=keep.STYLES)


def show(
    drawing: Drawing, parts: Sequence[PartAddress], *, is_mnist_wanted: bool, is_mnist_loading: bool
) -> None:
    """Show which data sets there are, what they come from, and how to get another one.

    Args:
        drawing: What can be kept, with its label.
        parts: Those of MNIST; none where the server does not have it.
        is_mnist_wanted: Whether MNIST is to be shown first.
        is_mnist_loading: Whether the server will soon have more to tell: the browser asks for it.
    """
    _sources(
        data={
            **keep.what_can_be_kept(drawing),
            "parts": list(parts),
            "isMnistWanted": is_mnist_wanted,
            "isMnistLoading": is_mnist_loading,
        },
        key="sources_of_data",
        on_again_change=lambda: None,  # what it asks for is that the page runs
    )
