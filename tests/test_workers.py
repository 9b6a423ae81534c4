"""Work shared out among processes, which keep nothing when it is done."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Sequence

from metropolis import background
from metropolis.background import Workers


class Maker:
    """What the work is done with."""

    def double(self, numbers: Sequence[int]) -> list[int]:
        return [2 * number for number in numbers]


def test_the_work_is_done_and_what_it_was_done_with_is_let_go() -> None:
    maker = Maker()
    with Workers(maker, 10, 1) as several:
        several.count = max(several.count, 2)
        found = [number for part in several.share(Maker.double, list(range(10))) for number in part]
    assert found == [2 * number for number in range(10)]
    assert background._forked is None
    kept = weakref.ref(maker)
    del maker, several
    gc.collect()
    assert kept() is None
