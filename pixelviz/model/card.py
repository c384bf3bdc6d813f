"""The models' card: what each model file is, what was measured, and the hash it must have."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, get_type_hints

from pixelviz.errors import ModelError

FILE_NAME = "card.json"
REBUILD = "Fetch the folder models/ anew, or rebuild it: python -m pixelviz.training.train"


@dataclass(frozen=True)
class Score:
    """How well real digits were read.

    Attributes:
        accuracy: Share read correctly, 0 to 1.
        calibration_error: Expected calibration error, 0 to 1: how far the confidence is from the
            share that is right, on average.
        turned_away: Share called "not sure", 0 to 1.
    """

    accuracy: float
    calibration_error: float
    turned_away: float


@dataclass(frozen=True)
class LeftOut:
    """How well the digits of people were read whom the model had never met.

    Measured on five models of the same recipe, each trained without six of the thirty writers, a
    fifth of MNIST's training images and one or two kinds of non-digits.

    Attributes:
        together: On all thirty writers' digits, each read by the model that had not met the writer.
        folds: The same, by model.
    """

    together: Score
    folds: tuple[Score, ...]


@dataclass(frozen=True)
class Noticed:
    """Which share of one kind of non-digits was called "not sure", 0 to 1.

    Attributes:
        learned: By the model in the folder, which has learned to be unsure about this kind.
        left_out: By a model of the same recipe that has never met this kind.
    """

    learned: float
    left_out: float


@dataclass(frozen=True)
class ModelCard:
    """What is known of one trained model.

    Attributes:
        name: How code and links call it: "softmax", "dense" or "convolutional".
        title: How the page calls it.
        shuffled: Whether it learned from pixels in the order of `pixelviz.shuffle`, and reads only
            those. Of such a model no more is measured than its test.
        file: The model's file, in the folder of the card.
        sha256: The hash of the file's bytes, in hex.
        parameters: How many numbers the model has learned.
        epochs: How often training went through all the training images.
        seed: What the training's random numbers started from.
        temperature: By what the logits were divided to make the probabilities honest; it is inside
            the file.
        sure_from: The confidence below which the model is not sure, 0 to 1.
        test: On MNIST's 10,000 test images.
        page_pen: With the page's own pen, digits 40 to 80 % of the canvas high.
        any_pen: With pens of 12 to 32 px, digits 25 to 90 % of the canvas high.
        noticed: By kind of non-digits.
    """

    name: str
    title: str
    shuffled: bool
    file: str
    sha256: str
    parameters: int
    epochs: int
    seed: int
    temperature: float
    sure_from: float
    test: Score
    page_pen: LeftOut | None
    any_pen: LeftOut | None
    noticed: Mapping[str, Noticed]


@dataclass(frozen=True)
class Card:
    """The card of all models.

    Attributes:
        default: The name of the model that the page starts with.
        data: The sha256 of each array and file that the models were trained and tested on.
        pen_widths: By width of the page's pen in px, the share of strangers' digits that the
            default model read, 0 to 1.
        models: One card a model, the simplest model first.
        shuffled: The same models, trained on shuffled pixels.
    """

    default: str
    data: Mapping[str, str]
    pen_widths: Mapping[str, float]
    models: tuple[ModelCard, ...]
    shuffled: tuple[ModelCard, ...]


def read(folder: Path) -> Card:
    """Return the card that lies in a folder of models; it is parsed again only after a change.

    Args:
        folder: Where `card.json` lies.

    Raises:
        ModelError: There is no card, or it is not one.
    """
    try:
        card = _parse((folder / FILE_NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(
            f"Expected the card of the models, models/{FILE_NAME}: it is missing or is no card.",
            REBUILD,
        ) from error
    if card.default not in {model.name for model in card.models}:
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


@lru_cache(maxsize=1)
def _parse(text: str) -> Card:
    stored: dict[str, Any] = json.loads(text)
    return Card(
        default=stored["default"],
        data=dict(stored["data"]),
        pen_widths={width: float(share) for width, share in stored["pen_widths"].items()},
        models=tuple(map(_model_card, stored["models"])),
        shuffled=tuple(map(_model_card, stored["shuffled"])),
    )


def _model_card(entry: dict[str, Any]) -> ModelCard:
    parts = {
        "test": Score(**entry["test"]),
        "page_pen": _left_out(entry["page_pen"]),
        "any_pen": _left_out(entry["any_pen"]),
        "noticed": {kind: Noticed(**shares) for kind, shares in entry["noticed"].items()},
    }
    model = ModelCard(**(entry | parts))
    for field, kind in get_type_hints(ModelCard).items():
        if field not in parts and not isinstance(getattr(model, field), kind):
            raise TypeError(f"{field} of {model.name!r} is not of type {kind}")
    if Path(model.file).name != model.file:
        raise ValueError(f"{model.file!r} is not the name of a file in the card's own folder")
    return model


def _left_out(entry: dict[str, Any] | None) -> LeftOut | None:
    if entry is None:
        return None
    return LeftOut(Score(**entry["together"]), tuple(Score(**score) for score in entry["folds"]))
