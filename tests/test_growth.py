"""Pages of any shape are answered in a bounded time and memory: refused in a line, or read,
compared, judged, rendered.

The shapes are those of `make bench BENCH=growth`, which tries them all, and larger. Each runs in a
process of its own, which the system ends when it has used up its time."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench.growth import Cost, Ground, measure_shape
from bench.shapes import SHAPES

SIZE = 40_000
# What a page of the largest size may take, for a fifth of it: what grows with the square of its
# size needs far more.
SECONDS, MEGABYTES = 2.0, 100
# A paragraph may be dear in its own way: as large as the limits let it be. Signs alone are tried by
# the bench.
NAMED = [name for name in SHAPES if "sign" not in name]


@pytest.fixture(scope="module")
def ground(root: Path) -> Ground:
    return Ground(root)


def costly(found: dict[str, Cost | str]) -> dict[str, Cost | str]:
    return {
        stage: cost
        for stage, cost in found.items()
        if isinstance(cost, str) or cost.seconds > SECONDS or cost.memory > MEGABYTES
    }


@pytest.mark.parametrize("name", SHAPES)
def test_one_piece_is_answered(ground: Ground, name: str) -> None:
    body = SHAPES[name].text(SIZE)
    assert costly(measure_shape(ground, body, body[: -SIZE // 50])) == {}


@pytest.mark.parametrize("name", NAMED)
def test_what_the_limits_let_pass_is_answered(ground: Ground, name: str) -> None:
    body = ground.within(SHAPES[name], SIZE)
    assert costly(measure_shape(ground, body, body[: -len(body) // 50])) == {}
