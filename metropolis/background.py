"""Work in other processes: one beside the build, or several that share it. A fork has everything
that was read before, and sends back only results. Without forks, this process does the work."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import pairwise, repeat
from multiprocessing.connection import Connection
from multiprocessing.context import ForkProcess
from typing import Any, Generic, Self, TypeVar

Maker = TypeVar("Maker")
Work = TypeVar("Work")
Result = TypeVar("Result")
_CAN_FORK = "fork" in multiprocessing.get_all_start_methods() and (os.cpu_count() or 1) > 1


class Background(Generic[Result]):
    """Begins `work` at once; its result must be picklable. `result`, called once, waits for it or
    raises its error. Work that `is_short` is done without a process when its result is requested;
    work that `is_urgent` has normal priority, because the build soon waits for it."""

    def __init__(
        self, work: Callable[[], Result], is_short: bool = False, is_urgent: bool = False
    ) -> None:
        self._work = work
        self._process: ForkProcess | None = None
        # A fork of one thread among several may wait for ever for a lock that another one held.
        if _CAN_FORK and not is_short and threading.active_count() == 1:
            context = multiprocessing.get_context("fork")
            self._here, there = context.Pipe(duplex=False)
            # A daemon ends with the build, however that ends.
            self._process = context.Process(target=_run, args=(work, there, is_urgent), daemon=True)
            # Ctrl-C goes to all processes: this one would hear it, and its end, as two.
            before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
            self._process.start()
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
            there.close()

    def result(self) -> Result:
        """The result of the work. It is not stored here: it may be large."""
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
    try:
        if not is_urgent:
            os.nice(19)
        there.send((work(), None))
    except Exception as error:  # raised when the result is requested
        there.send((None, error))
    except KeyboardInterrupt:
        return  # the process that waits for the result was interrupted too


# The tools of this process's workers. A fork has them too, so they need not be picklable.
_forked: Any = None


class Workers(Generic[Maker]):
    """One process for each processor, if each gets at least `few` of the `count` pieces of work.
    Only this process if there is little work, or if the system cannot fork."""

    def __init__(self, maker: Maker, count: int, few: int) -> None:
        self.maker = maker
        self.count = min(os.cpu_count() or 1, 1 + count // few)
        self.pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        if self.count > 1 and _CAN_FORK:
            global _forked
            _forked = self.maker
            context = multiprocessing.get_context("fork")
            self.pool = ProcessPoolExecutor(self.count, mp_context=context)
        return self

    def __exit__(self, *_: object) -> None:
        global _forked
        if self.pool:
            self.pool.shutdown()
            _forked = None  # so that a long-lived process can free their memory

    def share(
        self, do: Callable[[Maker, Sequence[Work]], Result], work: Sequence[Work]
    ) -> Iterator[Result]:
        """The result of `do` for each share of the work; neighbours stay in the same share."""
        if self.pool is None:
            yield do(self.maker, work)
            return
        bounds = [len(work) * part // self.count for part in range(self.count + 1)]
        shares = [work[first:last] for first, last in pairwise(bounds)]
        yield from self.pool.map(_do, repeat(do), shares)


def _do(do: Callable[[Any, Sequence[Work]], Result], work: Sequence[Work]) -> Result:
    return do(_forked, work)
