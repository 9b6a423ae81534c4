"""Limits the time that one page may take: then the work is stopped, and the page is named. This is
the last line of defence behind limits (content/limits.py): a build that hangs helps nobody."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

# Processor time. The largest page of a site of 20,000 members needs a fifth of it.
SECONDS = 60


class TooSlowError(BaseException):
    """The time is over; the message says so. Not an Exception: what renders pages catches those."""


@contextmanager
def patience(seconds: float = SECONDS) -> Iterator[None]:
    """Raises TooSlowError inside after so many seconds of processor time; only in the main thread,
    which the system signals (not in a preview), and where there is this timer."""
    if threading.current_thread() is not threading.main_thread() or not hasattr(
        signal, "setitimer"
    ):
        yield
        return
    before = signal.signal(signal.SIGPROF, _end)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _end(_number: int, _frame: FrameType | None) -> None:
    raise TooSlowError(f"The page takes more than {SECONDS} seconds.")
