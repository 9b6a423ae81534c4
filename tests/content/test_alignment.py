"""Which passages belong together: right for plain changes of any text, and in bounded work."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from metropolis.content.alignment import Pair, align
from metropolis.content.likeness import AlignedUnit


def unit(length: int, *marks: str) -> AlignedUnit:
    return AlignedUnit("paragraph", length, Counter(marks))


LENGTHS = st.lists(st.integers(40, 900), min_size=1, max_size=12)


def ranges(pairs: list[Pair] | None) -> list[tuple[range, range]]:
    return [(pair.source, pair.translation) for pair in pairs or ()]


@given(LENGTHS, LENGTHS)
def test_every_passage_is_in_one_pair_and_in_its_order(one: list[int], other: list[int]) -> None:
    pairs = align([unit(n) for n in one], [unit(n) for n in other], 1.0) or []
    assert [n for pair in pairs for n in pair.source] == list(range(len(one)))
    assert [n for pair in pairs for n in pair.translation] == list(range(len(other)))


@given(LENGTHS, st.data())
def test_a_lost_passage_with_marks_is_found(lengths: list[int], data: st.DataObject) -> None:
    units = [unit(length, f"figure {number}") for number, length in enumerate(lengths)]
    lost = data.draw(st.sampled_from(range(len(units))))
    pairs = align(units, units[:lost] + units[lost + 1 :], 1.0) or []
    assert [pair.source for pair in pairs if not pair.translation] == [range(lost, lost + 1)]


@given(LENGTHS, st.data())
def test_a_split_passage_is_found(lengths: list[int], data: st.DataObject) -> None:
    units = [unit(length, f"figure {number}") for number, length in enumerate(lengths)]
    split = data.draw(st.sampled_from(range(len(units))))
    half = lengths[split] // 2
    halves = [unit(half, f"figure {split}"), unit(lengths[split] - half)]
    pairs = align(units, units[:split] + halves + units[split + 1 :], 1.0)
    assert (range(split, split + 1), range(split, split + 2)) in ranges(pairs)


def test_any_number_of_passages() -> None:
    """Without recursion; where two long sections have nothing in common, nothing is guessed."""
    many = [unit(90)] * 900
    found = align(many, many[1:], 1.0) or []
    assert sum(1 for pair in found if not pair.translation) == 1
    assert align(many, [unit(5)], 1.0) is None
    assert ranges(align([], many[:2], 1.0)) == [(range(0), range(1)), (range(0), range(1, 2))]
    assert align([], [], 1.0) == []


def test_a_passage_that_moved_is_not_lost() -> None:
    """Passages keep their order, but for one that surely stands elsewhere."""
    there = [
        AlignedUnit(
            "paragraph", 300, Counter([letter]), frozenset(f"{letter}{n}" for n in range(20))
        )
        for letter in "abc"
    ]
    item = AlignedUnit("item", 40, Counter())
    pairs = align(there, [there[1], there[2], there[0], item], 1.0) or []
    assert [pair.translation for pair in pairs if pair.is_moved] == [range(2, 3)]
    assert all(pair.translation for pair in pairs)
    lost = [pair for pair in align(there, [*there[1:], item], 1.0) or [] if not pair.translation]
    assert [pair.is_sure for pair in lost] == [True]


def test_a_passage_that_says_something_else_did_not_move() -> None:
    """Lengths alone are no trace."""
    there = [unit(200), unit(900, "1"), unit(500, "2")]
    here = [unit(900, "1"), unit(500, "2"), unit(200)]
    assert not any(pair.is_moved for pair in align(there, here, 1.0) or [])
