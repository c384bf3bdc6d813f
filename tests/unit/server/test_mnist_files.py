"""MNIST is served in parts: compressed once, kept for good, and only where it is there."""

import gzip
from collections.abc import Mapping

import numpy as np
import pytest
from starlette.applications import Starlette

from pixelviz.data import mnist, mnist_parts
from pixelviz.data.mnist import Mnist
from pixelviz.server.mnist_files import MnistFiles
from tests.asgi import messages_of
from tests.unit.server.test_network_files import KEEP, Answer, expect_nothing


def ask(files: MnistFiles, path: str, headers: Mapping[str, str] | None = None) -> Answer:
    start, *bodies = messages_of(Starlette(routes=files.routes()), path, headers=headers)
    answered = {name.decode(): value.decode() for name, value in start["headers"]}
    return Answer(start["status"], answered, b"".join(body["body"] for body in bodies))


@pytest.fixture
def few() -> Mnist:
    """Return 7,000 and 1,500 pictures: two parts of the one, one more of the other."""
    random = np.random.default_rng(1)
    counts = (7_000, 1_500)
    grids = [random.integers(0, 256, (count, 28, 28), np.uint8) for count in counts]
    targets = [random.integers(0, 10, count).astype(np.uint8) for count in counts]
    return Mnist(grids[0], targets[0], grids[1], targets[1])


@pytest.mark.parametrize("base", ["", "/pixels"])
def test_each_part_is_served_and_may_be_kept_for_good(few: Mnist, base: str) -> None:
    files = MnistFiles()
    told = files.offer(few)
    assert [each["training"] for each in told] == [(0, 5_000), (5_000, 7_000), (7_000, 7_000)]
    assert [each["test"] for each in told] == [(0, 1_000), (1_000, 1_000), (1_000, 1_500)]
    for each, part in zip(told, mnist_parts.parts_of(7_000, 1_500), strict=True):
        answer = ask(files, f"{base}/{each['address']}")
        assert answer.status == 200
        assert answer.content == mnist_parts.encode(few, part)
        assert answer.headers["cache-control"] == KEEP
        zipped = ask(files, f"{base}/{each['address']}", {"Accept-Encoding": "gzip"})
        assert zipped.headers["content-encoding"] == "gzip"
        assert zipped.headers["vary"] == "Accept-Encoding"
        assert gzip.decompress(zipped.content) == answer.content


def test_a_part_is_compressed_once(few: Mnist, monkeypatch: pytest.MonkeyPatch) -> None:
    files = MnistFiles()
    address = files.offer(few)[0]["address"]
    first = ask(files, f"/{address}", {"Accept-Encoding": "gzip"})
    monkeypatch.setattr(gzip, "compress", lambda *_, **__: pytest.fail("compressed again"))
    assert files.offer(few)[0]["address"] == address
    assert ask(files, f"/{address}", {"Accept-Encoding": "gzip"}).content == first.content


@pytest.mark.parametrize("ending", ["/3", "/-1", "/first", "/0/1", "/00x", "/²"])
def test_there_is_nothing_at_another_address(few: Mnist, ending: str) -> None:
    files = MnistFiles()
    address = files.offer(few)[0]["address"].removesuffix("/0")
    assert ask(files, f"/{address}{ending}").status == 404
    expect_nothing(ask(files, f"/{address[:-1]}_/0"))


def test_nothing_is_served_and_nothing_downloaded_before_it_is_there(
    few: Mnist, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = MnistFiles().offer(few)[0]["address"]
    monkeypatch.setattr(mnist, "download_progress", lambda: 0.5)
    expect_nothing(ask(MnistFiles(), f"/{address}"))
