"""The time that one page may take: whatever takes longer is ended, and the page is named.

The last line of defence. Pages are kept small enough before (content/limits.py); but a build that
stands still for ten minutes and names no file helps nobody."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

# Processor time. The largest page of a site of 20,000 members needs a fifth of it.
SECONDS = 60


class TooSlowError(BaseException):
    """Raised where the time is up. No Exception: what renders pages catches those, and would go
    on."""


@contextmanager
def patience(seconds: float = SECONDS) -> Iterator[None]:
    """Raises TooSlowError inside when it has taken so many seconds of processor time.

    The system tells only a process's main thread: elsewhere (in a preview), and where it has no
    such timer, nothing is ended."""
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
    raise TooSlowError


def too_slow(seconds: float = SECONDS) -> str:
    """What is said of a page that was ended."""
    return f"The page takes more than {seconds:g} seconds."
