"""Which paragraphs are left over: as the definition says, and for any number of them."""

from __future__ import annotations

from itertools import combinations
from math import log

from hypothesis import given
from hypothesis import strategies as st

from metropolis.content.paragraphs import left_over

LENGTHS = st.lists(st.integers(0, 400), max_size=7)


def by_definition(expected: list[int], found: list[int]) -> list[int]:
    """Of all ways to leave paragraphs over, the cheapest; of those that cost the same, the
    first."""

    def cost(left: tuple[int, ...]) -> float:
        kept = [length for index, length in enumerate(expected) if index not in left]
        return sum(
            abs(log((one + 1) / (other + 1))) for one, other in zip(kept, found, strict=True)
        )

    ways = list(combinations(range(len(expected)), max(len(expected) - len(found), 0)))
    return (
        list(min(ways, key=lambda left: (round(cost(left), 9), left)))
        if len(found) <= len(expected)
        else []
    )


@given(LENGTHS, LENGTHS)
def test_the_cheapest_way_is_found(expected: list[int], found: list[int]) -> None:
    assert left_over(expected, found) == by_definition(expected, found)


def test_any_number_of_paragraphs() -> None:
    assert left_over([5] * 5_000, [5] * 4_999) == [0]
    assert left_over([5] * 3_000 + [90] + [5] * 3_000, [5] * 6_000) == [3_000]
    assert left_over([1, 2, 3], []) == [0, 1, 2]
