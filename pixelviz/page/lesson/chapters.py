"""The chapters of the lesson, in their order: the one table that names them all."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pixelviz.page.lesson import framing, grey_levels, pixels, predict, rescale, zip_code
from pixelviz.page.lesson.convolution import convolution
from pixelviz.page.lesson.cover_it import cover_it
from pixelviz.page.lesson.data import data
from pixelviz.page.lesson.figures import Drawing
from pixelviz.page.lesson.move_and_shuffle import move_and_shuffle
from pixelviz.page.lesson.our_class import our_class
from pixelviz.page.lesson.tensors import tensors
from pixelviz.page.lesson.train import train
from pixelviz.page.lesson.unroll import unroll


@dataclass(frozen=True)
class Chapter:
    """One chapter of the lesson.

    Attributes:
        title: What the page calls it.
        show: What shows it.
        on_drawing: Whether it is about the digit on the canvas.
    """

    title: str
    show: Callable[[Drawing], None]
    on_drawing: bool = True


CHAPTERS: Mapping[str, Chapter] = {
    "pixels": Chapter("Pixels", pixels.show),
    "grey-levels": Chapter("Grey levels", grey_levels.show),
    "data": Chapter("Data", data.show),
    "framing": Chapter("Framing", framing.show),
    "unroll": Chapter("Unroll", unroll.show),
    "tensors": Chapter("Tensors", tensors.show),
    "rescale": Chapter("Rescale", rescale.show),
    "predict": Chapter("Predict", predict.show),
    "train": Chapter("Train", train.show),
    "move": Chapter("Move and shuffle", move_and_shuffle.show),
    "convolution": Chapter("Convolution", convolution.show),
    "cover-it": Chapter("Cover it", cover_it.show),
    "zip": Chapter("ZIP code", zip_code.show, on_drawing=False),
    "class": Chapter("Our class", our_class.show, on_drawing=False),
}
"""The chapters by their names in the address: `?chapter=unroll`."""

FORMER_NAMES: Mapping[str, str] = {"mnist": "data"}
"""What chapters were called before, in addresses that people have shared."""
