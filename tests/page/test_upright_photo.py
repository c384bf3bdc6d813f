"""A photo of digits is read upright, on whichever side it lies, if the default model is there."""

from concurrent.futures import Future

import numpy as np
import pytest

from pixelviz.arrays import Grey
from pixelviz.errors import PhotoError
from pixelviz.model import card
from pixelviz.model.classifier import MODELS
from pixelviz.page import upright_photo
from pixelviz.photo import image_file, reading
from pixelviz.photo.reading import Reading
from pixelviz.server import photo_process, worker_supervisor
from pixelviz.server.model_client import RemoteModels
from tests.paper_kinds import photo_of_kind
from tests.photographs import CONDITIONS, file_of, photo_of, smaller

ROWS = image_file.decode(photo_of_kind("cells of a table", seed=3).file)
"""Rows of 23 digits."""


@pytest.fixture(autouse=True)
def _are_loaded() -> None:
    worker_supervisor.load_async(card.read(MODELS).models).result()


@pytest.fixture
def turns_read(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return by how many quarters the photo is turned each time that it is read."""
    turns: list[int] = []

    def read(file: bytes, **options: int) -> object:
        turns.append(options["turns"])
        return reading.read(file, turns=options["turns"])

    monkeypatch.setattr(photo_process, "read", read)
    return turns


def read(grey: Grey, *, turns: int = 0) -> Reading:
    photo = upright_photo.read(file_of(grey), turns=turns)
    assert isinstance(photo, Reading)
    return photo


def likeness(one: Grey, other: Grey) -> float:
    """Return the correlation of two pictures."""
    return float(np.corrcoef(one.ravel(), other.ravel())[0, 1])


@pytest.mark.parametrize("lies", [1, 2, 3])
def test_a_photo_is_turned_upright_however_it_lies(lies: int) -> None:
    upright, turned = read(ROWS), read(np.rot90(ROWS, lies))
    assert (upright.turns, turned.turns) == (0, lies)
    assert upright.digits_found >= 20
    assert (
        likeness(turned.grey, upright.grey) > 0.99 > likeness(turned.grey, upright.grey[::-1, ::-1])
    )


def test_an_upright_photo_is_read_once(turns_read: list[int]) -> None:
    assert read(ROWS).turns == 0
    assert turns_read == [0]


def test_a_photo_that_the_person_has_turned_stays_as_it_is(turns_read: list[int]) -> None:
    assert read(np.rot90(ROWS, 2), turns=4).turns == 4
    assert turns_read == [4]


def test_sixes_and_nines_stay_what_they_are(turns_read: list[int]) -> None:
    nines = image_file.decode(photo_of("969", smaller(CONDITIONS["scan"]), seed=2))
    assert read(nines).digits_found == 3
    assert turns_read == [0]


def test_while_the_models_load_a_photo_is_read_as_the_digits_stand(
    turns_read: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    loading: Future[RemoteModels] = Future()
    monkeypatch.setattr(worker_supervisor, "load_async", lambda _cards: loading)
    assert read(np.rot90(ROWS, 3)).turns == 1
    assert turns_read == [0]


def test_a_photo_that_cannot_be_read_again_is_shown_as_it_was_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def read_once(file: bytes, *, turns: int, box: None) -> object:
        if turns:
            raise PhotoError("Other photos are being read.", "Choose it again.")
        return reading.read(file, turns=turns, box=box)

    monkeypatch.setattr(photo_process, "read", read_once)
    assert read(np.rot90(ROWS, 3)).turns == 1
