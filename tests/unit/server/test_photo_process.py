"""The process that reads a photo: what it returns, and the limits that hold for any file."""

import resource
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from queue import Queue
from threading import Event
from typing import Any

import numpy as np
import pytest

from pixelviz.errors import PhotoError
from pixelviz.photo import reading
from pixelviz.photo.reading import Reading
from pixelviz.photo.worksheet_reading import ColouredWorksheet
from pixelviz.raster import to_grid
from pixelviz.server import photo_process, run_lock
from pixelviz.worksheet.kinds import KINDS
from tests import photo_work, worst_photos
from tests.coloured_worksheets import Shot, coloured, photographed, printed
from tests.drawings import SEVEN, dark_on_light, drawn
from tests.photographs import CONDITIONS, file_of, photo_of, smaller

MB_MAX = photo_process.MEMORY_BYTES / 2**20
PROCESSOR_S_MAX = photo_process.PROCESSOR_S + 0.3
"""The system looks at the time only now and then, and ends the process a little later."""


def assert_alike(one: Any, other: Any) -> None:
    """Check that two photos, or two digits in them, are the same, arrays included."""
    for field in fields(one):
        mine, its = getattr(one, field.name), getattr(other, field.name)
        if field.name == "digits":
            for digit, its_digit in zip(mine, its, strict=True):
                assert_alike(digit, its_digit)
        else:
            assert np.array_equal(mine, its)


def test_a_photo_is_read_as_in_this_process() -> None:
    file = photo_of("472", smaller(CONDITIONS["sheet on wood"]), seed=4)
    there, here = photo_process.read(file), reading.read(file)
    assert isinstance(there, Reading)
    assert isinstance(here, Reading)
    assert len(there.digits) == 3
    assert_alike(there, here)


@pytest.mark.parametrize("kind", KINDS)
def test_a_worksheet_is_read_within_the_limits(kind: str) -> None:
    grid, random = to_grid(drawn(SEVEN)), np.random.default_rng(2)
    sheet = coloured(printed(grid, kind), kind, KINDS[kind].levels_of(grid), "pencil", random)
    file = photographed(sheet, Shot(size=(3000, 4000), tilt=20), random)
    there, here = photo_process.read(file), reading.read(file)
    assert isinstance(there, ColouredWorksheet)
    assert isinstance(here, ColouredWorksheet)
    assert there.kind_name == kind
    assert_alike(there, here)
    *_, peak_mb, processor_s = photo_process.run_limited(photo_work.measured, file)
    assert peak_mb <= MB_MAX
    assert processor_s < PROCESSOR_S_MAX / 2


def test_a_picture_of_28_by_28_comes_back_as_the_grid() -> None:
    grid = np.pad(np.random.default_rng(0).integers(0, 100, (20, 20), dtype=np.uint8), 4)
    assert np.array_equal(np.asarray(photo_process.read(file_of(grid))), grid)


def test_the_process_imports_nothing_of_the_server() -> None:
    imported = set(photo_process.run_limited(photo_work.imported))
    assert not imported & {"streamlit", "starlette", "asyncio", "tensorflow", "pandas"}


def test_a_refusal_comes_back_in_its_words() -> None:
    with pytest.raises(PhotoError, match="got a GIF"):
        photo_process.read(file_of(dark_on_light(1), "GIF"))


@pytest.mark.parametrize(
    "name",
    [
        "JPEG, 48 MP, baseline, a scan for each channel",
        "JPEG, 8.6 MP, baseline, a scan for each channel",
        "JPEG, 3.5 MP of noise, progressive",
        "JPEG, a thousand scans",
        "JPEG, a million comments",
        "PNG, 15 MP, RGBA of 16 bits",
        "PNG, 15 MP in one column",
        "PNG, 65,000 Exif tags",
        "PNG, 50 frames",
        "WebP, 3.7 MP, RGBA",
        "bars, a thousand",
        "noise",
    ],
)
def test_no_file_takes_more_than_100_mb_and_2_s(name: str) -> None:
    file = worst_photos.FILES[name]()
    assert len(file) <= 5 * 2**20
    before = processor_s_of_children()
    try:
        *_, peak_mb, _ = photo_process.run_limited(photo_work.measured, file)
    except PhotoError:  # stopped at its 2 s
        peak_mb = 0
    assert peak_mb <= MB_MAX
    assert processor_s_of_children() - before <= PROCESSOR_S_MAX


def test_what_needs_too_much_memory_is_refused() -> None:
    with pytest.raises(PhotoError, match="too much memory"):
        photo_process.run_limited(photo_work.fill_memory)


def test_the_memory_is_limited_as_resident_memory() -> None:
    peak_mb = photo_process.run_limited(photo_work.peak_of_filling_memory)
    assert 0.8 * MB_MAX < peak_mb <= MB_MAX


def test_what_takes_too_long_is_refused_after_2_s_of_processor_time() -> None:
    before = processor_s_of_children()
    with pytest.raises(PhotoError, match="too long"):
        photo_process.run_limited(photo_work.compute_for_ever)
    assert processor_s_of_children() - before <= PROCESSOR_S_MAX


def processor_s_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def test_what_only_waits_is_refused_at_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(photo_process, "DEADLINE_S", 0.5)
    with pytest.raises(PhotoError, match="too long"):
        photo_process.run_limited(time.sleep, 600)


def test_a_process_that_is_killed_is_a_refusal_too() -> None:
    with pytest.raises(PhotoError, match="crashes"):
        photo_process.run_limited(photo_work.be_killed)


class WaitingProcess:
    """Stands for a process: each call lets the test know, and answers when the test says so."""

    asked: Queue[None]
    may_answer: Event

    def call(self, *_: object) -> str:
        self.asked.put(None)
        assert self.may_answer.wait(60)
        return "read"

    def stop(self) -> None:
        pass


@pytest.fixture
def process(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[WaitingProcess]]:
    WaitingProcess.asked, WaitingProcess.may_answer = Queue(), Event()
    monkeypatch.setattr(photo_process, "WorkerProcess", WaitingProcess)
    yield WaitingProcess
    WaitingProcess.may_answer.set()


def test_two_photos_are_read_at_a_time_and_the_third_hears_so(
    process: type[WaitingProcess], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(photo_process, "PATIENCE_S", 0)
    with ThreadPoolExecutor() as threads:
        photos = [threads.submit(photo_process.read, b"") for _ in range(2)]
        for _ in photos:
            process.asked.get(timeout=60)
        with pytest.raises(PhotoError, match="2 other photos"):
            photo_process.read(b"")
        process.may_answer.set()
        assert [photo.result() for photo in photos] == ["read", "read"]
    assert process.asked.empty()
    assert photo_process.read(b"") == "read"


def test_the_third_photo_is_read_when_one_of_two_is_done(process: type[WaitingProcess]) -> None:
    with ThreadPoolExecutor() as threads:
        photos = [threads.submit(photo_process.read, b"") for _ in range(3)]
        for _ in range(2):
            process.asked.get(timeout=60)
        assert process.asked.empty()
        process.may_answer.set()
        assert [photo.result() for photo in photos] == 3 * ["read"]


def test_other_pages_run_while_a_photo_is_read(process: type[WaitingProcess]) -> None:
    read: Callable[[bytes], object] = run_lock.serialized(photo_process.read)
    with ThreadPoolExecutor() as threads:
        photo = threads.submit(read, b"")
        process.asked.get(timeout=60)
        other = threads.submit(run_lock.serialized(lambda: "answered"))
        assert other.result(timeout=60) == "answered"
        process.may_answer.set()
        assert photo.result() == "read"
