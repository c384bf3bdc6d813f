"""The models' card: what each model file is, how well it reads, and the hash it must have."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, get_type_hints

from pixelviz.errors import ModelError

FILE_NAME = "card.json"
NAME = re.compile(r"[a-z0-9_-]+")
"""What a model's name in code, links and headers consists of."""

REBUILD = "Download the folder models/ again, or rebuild it: python -m pixelviz.training.train"


@dataclass(frozen=True)
class Score:
    """How well a model reads one set of real digits.

    Attributes:
        accuracy: Share of the digits read correctly, 0 to 1.
        calibration_error: Expected calibration error, 0 to 1: the average gap between confidence
            and accuracy.
        sure_and_right: Share of the digits that are read correctly with a confidence of at least
            the model's threshold, 0 to 1.
        sure_and_wrong: Share of those that are misread with such a confidence, 0 to 1.
    """

    accuracy: float
    calibration_error: float
    sure_and_right: float
    sure_and_wrong: float

    @property
    def abstention_rate(self) -> float:
        """Share of the digits for which the model abstains, 0 to 1."""
        return 1 - self.sure_and_right - self.sure_and_wrong


@dataclass(frozen=True)
class HeldOut:
    """How well models read digits of people who were held out of their training.

    Measured by six-fold cross-validation: six models are trained in the same way, each without some
    of the people.

    Attributes:
        overall: On the digits of all people, each read by the model trained without that person.
        parts: On the digits that each of the six models was measured on, by name.
    """

    overall: Score
    parts: Mapping[str, Score]


@dataclass(frozen=True)
class OodAbstention:
    """How often models abstain on one kind of non-digits, which are out of distribution (OOD).

    Attributes:
        final_model: Abstention rate of the model in the folder, 0 to 1. Except for softmax
            regression, it was trained to abstain on every kind but the letters and symbols that
            are kept for measuring.
        held_out: Abstention rate of a cross-validation model trained without this kind, 0 to 1.
    """

    final_model: float
    held_out: float


@dataclass(frozen=True)
class ModelCard:
    """What is known about one trained model.

    Attributes:
        name: Its name in code and links: "softmax", "dense" or "convolutional".
        title: Its name on the page.
        shuffled: Whether it was trained on pixels in the order of `pixelviz.shuffle` and reads only
            such pixels. These models are measured on MNIST's test images only.
        file: The model's file, in the same folder as the card.
        sha256: The hash of the file's bytes, in hex.
        parameters: How many numbers the model has learned.
        epochs: How many times training went through all the training images.
        seed: The seed of the training's random numbers.
        temperature: The number that the logits were divided by to calibrate the probabilities; the
            weights in the file already contain it.
        threshold: The confidence below which the model abstains, 0 to 1.
        test: On MNIST's 10,000 test images.
        held_out: By the name of the set, on digits of people held out of the training.
        out_of_distribution: By kind of non-digits.
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
    threshold: float
    test: Score
    held_out: Mapping[str, HeldOut]
    out_of_distribution: Mapping[str, OodAbstention]


@dataclass(frozen=True)
class Card:
    """The card of all models.

    Attributes:
        default: The name of the model that the page starts with.
        data: The sha256 of each array and file that the models were trained and tested on.
        pen_widths: By width of the page's pen in px, the default model's accuracy on the digits of
            held-out writers, 0 to 1.
        contributors: By contributor who was held out, by digit, the default model's accuracy with
            the page's pen, 0 to 1.
        hardest_writers: By collection and number, the default model's accuracy on the digits of the
            held-out writers whom it reads worst, 0 to 1.
        models: One card per model, the simplest model first.
        shuffled: The same for the models trained on shuffled pixels.
    """

    default: str
    data: Mapping[str, str]
    pen_widths: Mapping[str, float]
    contributors: Mapping[str, Mapping[str, float]]
    hardest_writers: Mapping[str, float]
    models: tuple[ModelCard, ...]
    shuffled: tuple[ModelCard, ...]


def read(folder: Path) -> Card:
    """Return the card in a folder of models; it is parsed again only after it has changed.

    Args:
        folder: The folder that contains `card.json`.

    Raises:
        ModelError: The card is missing or invalid.
    """
    try:
        card = _parse((folder / FILE_NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ModelError(
            f"Expected the card of the models, models/{FILE_NAME}, but it is missing or invalid.",
            REBUILD,
        ) from error
    if card.default not in {model.name for model in card.models}:
        raise ModelError(
            f"Expected the default model to be one of the card's, got {card.default!r}.", REBUILD
        )
    return card


def write(card: Card, folder: Path) -> None:
    """Write a card into a folder of models, as indented JSON that people can read too."""
    text = json.dumps(asdict(card), indent=2)
    (folder / FILE_NAME).write_text(text + "\n", encoding="utf-8")


def hash_of(path: Path) -> str:
    """Return the sha256 of a file's bytes, in hex."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read_file(model_card: ModelCard, folder: Path) -> bytes:
    """Return the bytes of the file that a card describes, after checking that it is the right one.

    Args:
        model_card: The model's card.
        folder: The folder of its file.

    Raises:
        ModelError: The file is missing or altered.
    """
    path, title = folder / model_card.file, model_card.title.lower()
    try:
        file = path.read_bytes()
    except OSError as error:
        raise ModelError(
            f"The {title} is missing: there is no {path.name} in models/.", REBUILD
        ) from error
    if (found := hashlib.sha256(file).hexdigest()) != model_card.sha256:
        raise ModelError(
            f"The {title} was altered: {path.name} should have the sha256 "
            f"{model_card.sha256[:12]}… and has {found[:12]}….",
            REBUILD,
        )
    return file


@lru_cache(maxsize=1)
def _parse(text: str) -> Card:
    stored: dict[str, Any] = json.loads(text)
    return Card(
        default=stored["default"],
        data=dict(stored["data"]),
        pen_widths=_shares(stored["pen_widths"]),
        contributors={name: _shares(digits) for name, digits in stored["contributors"].items()},
        hardest_writers=_shares(stored["hardest_writers"]),
        models=tuple(map(_model_card, stored["models"])),
        shuffled=tuple(map(_model_card, stored["shuffled"])),
    )


def _model_card(entry: dict[str, Any]) -> ModelCard:
    parts = {
        "test": Score(**entry["test"]),
        "held_out": {name: _held_out(scores) for name, scores in entry["held_out"].items()},
        "out_of_distribution": {
            kind: OodAbstention(**rates) for kind, rates in entry["out_of_distribution"].items()
        },
    }
    model = ModelCard(**(entry | parts))
    for field, kind in get_type_hints(ModelCard).items():
        if field not in parts and not isinstance(getattr(model, field), kind):
            raise TypeError(f"{field} of {model.name!r} is not of type {kind}")
    if Path(model.file).name != model.file:
        raise ValueError(f"{model.file!r} is not the name of a file in the card's own folder")
    if not NAME.fullmatch(model.name):
        raise ValueError(f"{model.name!r} is no name for code and links")
    if not 0 <= model.threshold <= 1:  # nor is NaN
        raise ValueError(f"{model.threshold} is no confidence from 0 to 1")
    return model


def _held_out(entry: dict[str, Any]) -> HeldOut:
    parts = {name: Score(**score) for name, score in entry["parts"].items()}
    return HeldOut(Score(**entry["overall"]), parts)


def _shares(entry: dict[str, Any]) -> dict[str, float]:
    return {name: float(share) for name, share in entry.items()}
