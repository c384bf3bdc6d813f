"""The run lock: one run after the other."""

import threading
import time

from pixelviz.server import run_lock


def test_runs_do_not_overlap_and_a_run_may_start_another() -> None:
    running, most = 0, 0

    @run_lock.serialized
    def inner() -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        time.sleep(0.005)
        running -= 1

    @run_lock.serialized
    def outer() -> None:
        inner()

    threads = [threading.Thread(target=outer) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert most == 1


def test_a_run_that_waits_lets_others_run_and_goes_on_after_them() -> None:
    other_ran, steps = threading.Event(), []

    @run_lock.serialized
    def other() -> None:
        steps.append("other")
        other_ran.set()

    @run_lock.serialized
    def waiting() -> None:
        steps.append("before")
        thread = threading.Thread(target=other)
        with run_lock.released():
            thread.start()
            assert other_ran.wait(10)
        steps.append("after")
        thread.join(10)

    waiting()
    other_ran.clear()
    with run_lock.released():  # without the lock it changes nothing
        waiting()
    assert steps == ["before", "other", "after"] * 2
