"""What many tests share."""

import os
from pathlib import Path

import pytest

from pixelviz.arrays import Grid
from pixelviz.data import mnist
from pixelviz.data.mnist import Mnist
from tests.grids import GRIDS

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the folder of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def digits() -> Mnist:
    """Return MNIST, for the tests that need the real thing; they are skipped where it is not."""
    if mnist.PATH_VARIABLE not in os.environ:
        pytest.skip(f"Set {mnist.PATH_VARIABLE} to the path of an mnist.npz to run this test.")
    return mnist.load()


@pytest.fixture(params=list(GRIDS))
def grid(request: pytest.FixtureRequest) -> Grid:
    """Return each of the grids made in code."""
    return GRIDS[request.param]
