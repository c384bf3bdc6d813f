"""The models' card: what each model file is, how well it read, and the hash it must have."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, get_type_hints

from pixelviz.errors import ModelError

FILE_NAME = "card.json"
REBUILD = "Fetch the folder models/ anew, or rebuild it: python -m pixelviz.training.train"


@dataclass(frozen=True)
class ModelCard:
    """What is known of one trained model.

    Attributes:
        name: How code and links call it: "softmax", "dense" or "convolutional".
        title: How the page calls it.
        file: The model's file, in the folder of the card.
        sha256: The hash of the file's bytes, in hex.
        parameters: How many numbers the model has learned.
        epochs: How often training went through all the training images.
        seed: What the training's random numbers started from.
        test_accuracy: Share of MNIST's 10,000 test images read correctly, 0 to 1.
        page_pen_accuracy: Share of the pen-drawn digits of writers it has not seen that are read
            correctly, drawn with the page's own pen, 40 to 80 % of the canvas high. Measured on
            models trained by the same recipe without those writers.
        any_pen_accuracy: The same with pens of 12 to 32 px, 25 to 90 % of the canvas high. Both are
            None for models that were trained without pen-drawn digits.
    """

    name: str
    title: str
    file: str
    sha256: str
    parameters: int
    epochs: int
    seed: int
    test_accuracy: float
    page_pen_accuracy: float | None
    any_pen_accuracy: float | None


@dataclass(frozen=True)
class Card:
    """The card of all models.

    Attributes:
        default: The name of the model that the page starts with.
        data: The sha256 of each array and file that the models were trained and tested on.
        writers_left_out: The writers whose digits the accuracies with a pen were measured on.
        models: One card a model, the simplest model first.
    """

    default: str
    data: dict[str, str]
    writers_left_out: tuple[int, ...]
    models: tuple[ModelCard, ...]


def read(folder: Path) -> Card:
    """Return the card that lies in a folder of models.

    Args:
        folder: Where `card.json` lies.

    Raises:
        ModelError: There is no card, or it is not one.
    """
    path = folder / FILE_NAME
    try:
        stored: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        models = tuple(_model_card(entry) for entry in stored["models"])
        card = Card(
            default=stored["default"],
            data=dict(stored["data"]),
            writers_left_out=tuple(map(int, stored["writers_left_out"])),
            models=models,
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            f"Expected the card of the models, models/{FILE_NAME}: it is missing or is no card.",
            REBUILD,
        ) from error
    if card.default not in {model.name for model in models}:
        raise ModelError(
            f"Expected the default model to be one of the card's, got {card.default!r}.", REBUILD
        )
    return card


def write(card: Card, folder: Path) -> None:
    """Write a card into a folder of models, in a form that a person can read too."""
    text = json.dumps(asdict(card), indent=2)
    (folder / FILE_NAME).write_text(text + "\n", encoding="utf-8")


def hash_of(path: Path) -> str:
    """Return the sha256 of a file's bytes, in hex."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _model_card(entry: dict[str, Any]) -> ModelCard:
    model = ModelCard(**entry)
    for field, kind in get_type_hints(ModelCard).items():
        if not isinstance(getattr(model, field), kind):
            raise TypeError(f"{field} of {model.name!r} is not of type {kind}")
    if Path(model.file).name != model.file:
        raise ValueError(f"{model.file!r} is not the name of a file in the card's own folder")
    return model
