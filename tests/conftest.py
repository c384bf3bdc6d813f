"""What many tests share."""

import os
from collections.abc import Generator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from pixelviz.arrays import Grid
from pixelviz.data.mnist import Mnist
from tests import mnist_sample
from tests.grids import GRIDS

ROOT = Path(__file__).parents[1]


def pytest_configure(config: pytest.Config) -> None:
    """Let the servers that tests start keep their classes in a file that is gone afterwards."""
    folder = TemporaryDirectory(prefix="pixelviz-classes-")
    config.add_cleanup(folder.cleanup)
    os.environ["PIXELVIZ_DATABASE_URL"] = f"sqlite:///{folder.name}/classes.db"


MARKS = {
    ROOT / "tests" / "page": "page",
    ROOT / "tests" / "browser": "browser",
    ROOT / "tests" / "benchmarks": "benchmark",
}
"""Tests get their marks by the folder that they lie in."""

MAX_WORKERS = 4


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Return how many processes run the tests: none of their own if only files are named.

    One more than there are cores, since tests that wait for a browser or a server leave them idle.
    """
    if all(arg.partition("::")[0].endswith(".py") for arg in config.args):
        return 0
    return min((os.cpu_count() or 1) + 1, MAX_WORKERS)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark each test by its folder; leave the benchmarks' tests out unless they are asked for."""
    deselected = []
    for item in list(items):
        for folder in MARKS.keys() & set(item.path.parents):
            item.add_marker(MARKS[folder])
        if item.get_closest_marker("benchmark") and leaves_benchmarks_out(config):
            items.remove(item)
            deselected.append(item)
    config.hook.pytest_deselected(items=deselected)


def leaves_benchmarks_out(config: pytest.Config) -> bool:
    """Return whether neither the marks nor the paths that pytest was given name the benchmarks."""
    return not any("benchmark" in each for each in (config.option.markexpr, *config.args))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skipped test into a failed one in continuous integration."""
    report = yield
    _let_no_skip_pass(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Turn a skipped module into a failed one in continuous integration."""
    report = yield
    _let_no_skip_pass(report)
    return report


def _let_no_skip_pass(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Fail what was skipped where everything that a test may need is installed."""
    if report.skipped and os.environ.get("CI") == "true" and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"In continuous integration no test may be skipped. {report.longrepr}"


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
