import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pixelviz.errors import ModelError
from pixelviz.model import card
from pixelviz.model.classifier import MODELS


def test_a_written_card_reads_back_the_same(tmp_path: Path) -> None:
    written = replace(card.read(MODELS), default="dense")
    card.write(written, tmp_path)
    assert card.read(tmp_path) == written


def test_a_missing_card_is_reported_with_the_command_that_makes_one(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"python -m pixelviz\.training\.train"):
        card.read(tmp_path)


@pytest.mark.parametrize(
    "change",
    [
        {"default": "largest"},
        {"models": [{"name": "softmax"}]},
        {"models": 3},
        {"data": None},
        {"pen_widths": "all"},
        {"contributors": {"gmd": 1}},
        {"hardest_writers": None},
        {"shuffled": [{"name": "softmax"}]},
    ],
)
def test_a_card_with_wrong_contents_is_refused(tmp_path: Path, change: dict[str, Any]) -> None:
    stored = json.loads((MODELS / card.FILE_NAME).read_text("utf-8"))
    (tmp_path / card.FILE_NAME).write_text(json.dumps(stored | change), "utf-8")
    with pytest.raises(ModelError):
        card.read(tmp_path)


@pytest.mark.parametrize(
    "change",
    [
        {"file": "../../secret.keras"},
        {"parameters": "many"},
        {"name": "größe"},
        {"name": "a\r\nb: c"},
        {"name": "a/b?c#d>e"},
        {"name": ""},
        {"threshold": float("nan")},
        {"threshold": 1.5},
        {"threshold": -0.1},
    ],
)
def test_a_model_whose_entry_cannot_be_used_is_refused(
    tmp_path: Path, change: dict[str, Any]
) -> None:
    stored = json.loads((MODELS / card.FILE_NAME).read_text("utf-8"))
    stored["models"][0].update(change)
    (tmp_path / card.FILE_NAME).write_text(json.dumps(stored), "utf-8")
    with pytest.raises(ModelError):
        card.read(tmp_path)


@pytest.mark.parametrize("text", ["", "[]", "not json", "\x00", "[" * 200_000])
def test_an_invalid_card_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / card.FILE_NAME).write_text(text, "utf-8")
    with pytest.raises(ModelError, match="Expected the card"):
        card.read(tmp_path)
