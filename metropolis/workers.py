"""Processes that share work, each with the same tools."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import pairwise, repeat
from typing import Any, Generic, Self, TypeVar

Maker = TypeVar("Maker")
Work = TypeVar("Work")
Result = TypeVar("Result")
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
        if self.count > 1 and "fork" in multiprocessing.get_all_start_methods():
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
