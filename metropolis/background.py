"""Work that goes on in a process of its own while the build goes on with something else.

A fork has all that was read already, and hands back only what the work gives. Where a system cannot
fork, the work is done when its result is asked for."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.context import ForkProcess
from typing import Generic, TypeVar

Result = TypeVar("Result")
_CAN_FORK = "fork" in multiprocessing.get_all_start_methods() and (os.cpu_count() or 1) > 1


class Background(Generic[Result]):
    """Begins `work` at once; what it gives must be picklable. `result`, asked once, waits for it or
    raises what it raised.

    Work that `is_short` is not worth a process: it is done when its result is asked for. What
    `is_urgent` is waited for soon; the rest lets the build go first."""

    def __init__(
        self, work: Callable[[], Result], is_short: bool = False, is_urgent: bool = False
    ) -> None:
        self._work = work
        self._process: ForkProcess | None = None
        # A fork of one thread among several may wait for ever for what another one held.
        if _CAN_FORK and not is_short and threading.active_count() == 1:
            context = multiprocessing.get_context("fork")
            self._here, there = context.Pipe(duplex=False)
            # A daemon ends with the build, however that ends.
            self._process = context.Process(target=_run, args=(work, there, is_urgent), daemon=True)
            self._process.start()
            there.close()

    def result(self) -> Result:
        """What the work gives. It is not kept here: it may be large."""
        if self._process is None:
            return self._work()
        try:
            result, error = self._here.recv()
        except EOFError:
            result, error = None, ChildProcessError("A process ended before its work was done.")
        self._here.close()
        self._process.join()
        if error is not None:
            raise error
        done: Result = result
        return done


def _run(work: Callable[[], Result], there: Connection, is_urgent: bool) -> None:
    if not is_urgent:
        os.nice(19)
    try:
        there.send((work(), None))
    except Exception as error:  # raised where the result is asked for
        there.send((None, error))
    except KeyboardInterrupt:
        return  # whoever waits for the result was interrupted too, and says so
