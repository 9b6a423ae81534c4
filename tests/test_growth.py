"""A page of any shape is rejected in a line, or checked and rendered at a cost like that of prose.

The shapes are those of `make bench BENCH=growth`, which tries larger pages and limits seconds. Here
the limit is a ratio: a slow or busy machine is as slow for the prose. Each page is tried in a
process of its own, which the system ends when it has used up its time."""

from __future__ import annotations

from math import ceil
from pathlib import Path

import pytest
from bench.growth import Cost, Ground, measure_shape
from bench.shapes import SHAPES

from metropolis.content.limits import PARAGRAPH
from metropolis.content.page import Page
from metropolis.problem import Problem

SIZE = PARAGRAPH.most  # characters: as many as one paragraph may have
# How many times the cost of all stages of prose one stage may cost. The dearest shape needs 2;
# what grows with the square of its size needs far more.
TIMES, MEGABYTES = 6, 100


@pytest.fixture(scope="module")
def ground(root: Path) -> Ground:
    return Ground(root)


@pytest.fixture(scope="module")
def seconds(ground: Ground, root: Path) -> float:
    """The processor time that a stage may take."""
    pages = "\n\n".join(file.read_text("utf-8") for file in sorted(root.glob("content/fr/*.md")))
    prose = " ".join(pages.replace("---", "").split())[:SIZE]
    costs = measure_shape(ground, prose, prose[: -SIZE // 50]).values()
    return TIMES * sum(cost.seconds for cost in costs if isinstance(cost, Cost))


def costly(ground: Ground, body: str, seconds: float, trials: int = 3) -> dict[str, Cost | str]:
    """The stages of a page that cost too much, or did not end, in each trial: what else the machine
    does can only add to a cost."""
    found: dict[str, Cost | str] = {}
    for _ in range(trials):
        costs = measure_shape(ground, body, body[: -len(body) // 50], ceil(seconds) + 1)
        found = {
            stage: cost
            for stage, cost in costs.items()
            if isinstance(cost, str) or cost.seconds > seconds or cost.memory > MEGABYTES
        }
        if not found:
            break
    return found


@pytest.mark.long
@pytest.mark.parametrize("name", SHAPES)
def test_a_page_of_any_shape_is_answered(ground: Ground, seconds: float, name: str) -> None:
    """A shape that is rejected in one piece is tried as large as the limits allow, too. For single
    signs, only the bench tries that."""
    # There are hundreds of shapes of single signs.
    body = SHAPES[name].text(SIZE // 2 if "sign" in name else SIZE)
    assert costly(ground, body, seconds) == {}
    if "sign" not in name and ground.is_rejected(body):
        assert costly(ground, ground.within(SHAPES[name], SIZE // 2), seconds) == {}


def test_a_cost_that_grows_with_the_square_is_found(
    ground: Ground, seconds: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    def compare_all_signs(_: Page, page: Page) -> list[Problem]:
        sum(sign == other for sign in page.body for other in page.body)
        return []

    monkeypatch.setattr(ground, "judge", compare_all_signs)
    assert set(costly(ground, SHAPES["one sentence"].text(SIZE), seconds, trials=1)) == {"judge"}
