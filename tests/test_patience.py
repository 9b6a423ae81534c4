"""What takes too long is ended, whatever it is at."""

from __future__ import annotations

import re
import signal
import threading

import pytest

from metropolis.patience import TooSlowError, patience


def forever() -> None:
    while True:
        pass


def backtrack() -> None:
    re.fullmatch("(a*)*b", "a" * 60)


def catch_all() -> None:
    while True:
        try:
            forever()
        except Exception:
            continue


@pytest.mark.parametrize("work", [forever, backtrack, catch_all])
def test_it_is_ended(work: object) -> None:
    with pytest.raises(TooSlowError), patience(0.05):
        work()  # type: ignore[operator]
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)


def test_what_is_done_in_time_is_left_alone() -> None:
    before = signal.getsignal(signal.SIGPROF)
    with patience(5):
        assert signal.getsignal(signal.SIGPROF) is not before
    assert signal.getsignal(signal.SIGPROF) is before


def test_another_thread_has_no_timer() -> None:
    done: list[bool] = []

    def work() -> None:
        with patience(0.01):
            done.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [True]


def test_it_is_reported_in_plain_words() -> None:
    with (
        pytest.raises(TooSlowError, match=r"^The page takes more than 60 seconds\.$"),
        patience(0.05),
    ):
        forever()
