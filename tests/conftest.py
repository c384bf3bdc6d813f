"""What many tests share."""

import os
from collections.abc import Generator
from pathlib import Path

import pytest

from pixelviz.arrays import Grid
from pixelviz.data.mnist import Mnist
from tests import mnist_sample
from tests.grids import GRIDS

ROOT = Path(__file__).parents[1]


MARKED = ("page", "browser", "benchmark")
"""Tests are marked by the folder that they lie in: tests/page, tests/browser, tests/benchmarks."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark each test by its folder, so that `-m "not browser"` leaves the browsers out."""
    for item in items:
        folder = item.path.relative_to(ROOT).parts[1].removesuffix("s")
        if folder in MARKED:
            item.add_marker(folder)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skipped test into a failed one in continuous integration, where all must run."""
    report = yield
    if report.skipped and os.environ.get("CI") == "true" and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
    return report


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the folder of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def digits() -> Mnist:
    """Return MNIST where the environment names it, else the sample of it in tests/data."""
    return mnist_sample.load()


@pytest.fixture(params=list(GRIDS))
def grid(request: pytest.FixtureRequest) -> Grid:
    """Return each of the grids made in code."""
    return GRIDS[request.param]
