"""Fingerprints notice each change that matters, in data, settings and code."""

import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from pixelviz.training import fingerprint

TRAINING_SET = "pixelviz.training.data.training_set"
MODULES = ("ink", "raster", "framing", "shuffle", "arrays", "features", "errors")


@pytest.fixture
def copied(root: Path, tmp_path: Path) -> Path:
    """Return the folder of a copy of the package's Python."""
    shutil.copytree(
        root / "pixelviz", tmp_path / "pixelviz", ignore=lambda _, names: _others(names)
    )
    return tmp_path


def _others(names: list[str]) -> list[str]:
    return [name for name in names if "." in name and not name.endswith(".py")]


def test_a_copy_of_the_code_has_the_same_fingerprint(copied: Path) -> None:
    here, there = (
        fingerprint.of_code(TRAINING_SET),
        fingerprint.of_code(TRAINING_SET, root=copied),
    )
    assert here == there


@pytest.mark.parametrize(
    "module",
    [
        *MODULES,
        "training/data/augmentation",
        "training/data/examples",
        "training/data/non_digits",
        "training/data/symbols",
        "training/data/pen_characters",
        "training/data/habits",
        "training/data/cross_validation",
        "training/data/training_set",
    ],
)
def test_a_changed_module_that_the_examples_need_changes_the_fingerprint(
    copied: Path, module: str
) -> None:
    before = fingerprint.of_code(TRAINING_SET, root=copied)
    path = copied / "pixelviz" / f"{module}.py"
    path.write_text(path.read_text("utf-8") + "\nADDED = 1\n", "utf-8")
    assert fingerprint.of_code(TRAINING_SET, root=copied) != before


@pytest.mark.parametrize("module", ["training/architectures", "page/main", "training/report"])
def test_a_module_that_the_examples_do_not_need_does_not_count(copied: Path, module: str) -> None:
    before = fingerprint.of_code(TRAINING_SET, root=copied)
    path = copied / "pixelviz" / f"{module}.py"
    path.write_text(path.read_text("utf-8") + "\nADDED = 1\n", "utf-8")
    assert fingerprint.of_code(TRAINING_SET, root=copied) == before


def test_comments_and_layout_do_not_count(copied: Path) -> None:
    before = fingerprint.of_code(TRAINING_SET, root=copied)
    path = copied / "pixelviz" / "raster.py"
    path.write_text("# A comment.\n\n" + path.read_text("utf-8") + "\n\n", "utf-8")
    assert fingerprint.of_code(TRAINING_SET, root=copied) == before


def test_arrays_of_other_values_shapes_or_types_have_other_fingerprints() -> None:
    one = np.arange(6, dtype=np.uint8)
    other: list[list[NDArray[Any]]] = [
        [one + 1],
        [one.reshape(2, 3)],
        [one.astype(np.int8)],
        [one[:3], one[3:]],
        [one, one],
    ]
    found = {fingerprint.of_arrays(arrays) for arrays in ([one], *other)}
    assert len(found) == 6
    assert fingerprint.of_arrays([one.copy()]) == fingerprint.of_arrays([one])
    assert fingerprint.of_arrays([one[::2]]) == fingerprint.of_arrays([one[::2].copy()])
