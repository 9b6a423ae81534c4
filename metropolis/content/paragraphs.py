"""Paragraphs that a translation has lost, found by their lengths.

A translation says a paragraph in a paragraph. Where it has fewer than its source, the ones that fit
each other best by length are taken for counterparts (Gale and Church, 1993), and what is left over
is what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from math import log
from typing import TYPE_CHECKING

from metropolis.content.calls import MacroSignature
from metropolis.content.page_text import excerpt
from metropolis.content.prose import Passage, find_passages
from metropolis.problem import Problem

if TYPE_CHECKING:
    from metropolis.content.page import Page

# Pairs of paragraphs that are compared in one section; beyond, only their numbers are told.
_MOST_COMPARED = 100_000


def compare_paragraphs(
    source: Page, page: Page, signatures: Mapping[str, MacroSignature]
) -> list[Problem]:
    """A problem for each paragraph that `page` lacks; advice for a section that has more than its
    source's."""
    theirs, mine = passages_by_section(source, signatures), passages_by_section(page, signatures)
    if theirs.keys() != mine.keys():
        return []  # a section is missing or moved, and counts would only repeat it
    problems: list[Problem] = []
    for anchor, section in mine.items():
        expected = [passage for passage in theirs[anchor] if passage.kind == "paragraph"]
        found = [passage for passage in section if passage.kind == "paragraph"]
        if len(found) > len(expected):
            what = (
                f"“{excerpt(section[0].words)}” has {len(found)} paragraphs, and {len(expected)} in"
                f" {source.path}."
            )
            how = "Join what is one there."
            problems.append(page.text.problem(section[0].start, what, how=how, severity="advice"))
        spare = len(expected) - len(found)
        if spare * len(found) > _MOST_COMPARED:
            what = (
                f"“{excerpt(section[0].words)}” has {len(found)} paragraphs, and {len(expected)} in"
                f" {source.path}."
            )
            problems.append(
                page.text.problem(section[0].start, what, how="Add those that are missing.")
            )
            continue
        for index in left_over(
            [len(one.words) for one in expected], [len(one.words) for one in found]
        ):
            line = source.text.place(expected[index].first)[0]
            before = [section[0], *found][min(index, len(found))]
            what = (
                f"A paragraph is missing: {source.path} has it on line {line},"
                f" “{excerpt(expected[index].words)}”."
            )
            problems.append(page.text.problem(before.start, what, how="Add it below this line."))
    return problems


def passages_by_section(
    page: Page, signatures: Mapping[str, MacroSignature]
) -> dict[str, list[Passage]]:
    """The passages of `page` under each anchor, its headings among them and its header not."""
    found: dict[str, list[Passage]] = {}
    for passage in find_passages(page, signatures):
        if passage.start >= page.body_start and passage.kind != "foreign":
            found.setdefault(passage.anchor, []).append(passage)
    return found


def left_over(expected: list[int], found: list[int]) -> list[int]:
    """Which of the lengths `expected` have no counterpart in the fewer lengths `found`, in the same
    order."""
    spare = len(expected) - len(found)
    if spare <= 0:
        return []
    # costs[skipped]: the least cost of matching what begins at found[second] and expected[second +
    # skipped]; is_left[second][skipped]: whether that leaves expected[second + skipped] over.
    costs = [0.0] * (spare + 1)
    is_left: list[bytearray] = []
    for second in reversed(range(len(found))):
        row = bytearray(spare + 1)
        costs[spare] += _distance(expected[second + spare], found[second])
        for skipped in reversed(range(spare)):
            matched = costs[skipped] + _distance(expected[second + skipped], found[second])
            row[skipped] = costs[skipped + 1] <= matched
            costs[skipped] = min(costs[skipped + 1], matched)
        is_left.append(row)
    left: list[int] = []
    for second, row in enumerate(reversed(is_left)):
        while row[len(left)]:
            left.append(second + len(left))
    return left + list(range(len(found) + len(left), len(expected)))


def _distance(one: int, other: int) -> float:
    return abs(log((one + 1) / (other + 1)))
