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
