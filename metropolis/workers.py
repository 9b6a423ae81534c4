"""Processes that share work out among them, each with the same thing to do it with."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import pairwise, repeat
from typing import Any, Generic, TypeVar

Maker = TypeVar("Maker")
Work = TypeVar("Work")
Result = TypeVar("Result")
# What the workers of this process have; a fork has all of it, and it need not be picklable.
_forked: Any = None


class Workers(Generic[Maker]):
    """As many as there are processors, and as `count` pieces of work are worth with at least `few`
    for each.

    None but this process where there is little to do, or where a system cannot fork.
    """

    def __init__(self, maker: Maker, count: int, few: int) -> None:
        self.maker = maker
        self.count = min(os.cpu_count() or 1, 1 + count // few)
        self.pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Workers[Maker]:
        if self.count > 1 and "fork" in multiprocessing.get_all_start_methods():
            global _forked
            _forked = self.maker
            self.pool = ProcessPoolExecutor(
                self.count, mp_context=multiprocessing.get_context("fork")
            )
        return self

    def __exit__(self, *_: object) -> None:
        global _forked
        if self.pool:
            self.pool.shutdown()
            _forked = None  # a process that lives on must not keep all that pages were made with

    def share(
        self, do: Callable[[Maker, Sequence[Work]], Result], work: Sequence[Work]
    ) -> Iterator[Result]:
        """What `do` gives for each share of the work; what lies side by side falls to the same
        process."""
        if self.pool is None:
            yield do(self.maker, work)
            return
        bounds = [len(work) * part // self.count for part in range(self.count + 1)]
        yield from self.pool.map(
            _do, repeat(do), [work[first:last] for first, last in pairwise(bounds)]
        )


def _do(do: Callable[[Any, Sequence[Work]], Result], work: Sequence[Work]) -> Result:
    return do(_forked, work)
