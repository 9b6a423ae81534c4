"""Paragraphs that a translation has lost, found by their lengths.

A translation says a paragraph in a paragraph. Where it has fewer than its source, the ones that fit each other best by
length are taken for counterparts (Gale and Church, 1993), and what is left over is what is missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from math import log
from typing import TYPE_CHECKING

from metropolis.content.calls import MacroSignature
from metropolis.content.page_text import excerpt
from metropolis.content.prose import Passage, find_passages
from metropolis.problem import Problem

if TYPE_CHECKING:
    from metropolis.content.page import Page


def compare_paragraphs(source: Page, page: Page, signatures: Mapping[str, MacroSignature]) -> list[Problem]:
    """A problem for each paragraph that `page` lacks; advice for a section that has more than its source's."""
    theirs, mine = passages_by_section(source, signatures), passages_by_section(page, signatures)
    if theirs.keys() != mine.keys():
        return []  # a section is missing or moved, and counts would only repeat it
    problems: list[Problem] = []
    for anchor, section in mine.items():
        expected = [passage for passage in theirs[anchor] if passage.kind == "paragraph"]
        found = [passage for passage in section if passage.kind == "paragraph"]
        if len(found) > len(expected):
            what = f"“{excerpt(section[0].words)}” has {len(found)} paragraphs, and {len(expected)} in {source.path}."
            how = "Join what is one there."
            problems.append(page.text.problem(section[0].start, what, how=how, severity="advice"))
        for index in left_over([len(one.words) for one in expected], [len(one.words) for one in found]):
            line = source.text.place(expected[index].first)[0]
            before = [section[0], *found][min(index, len(found))]
            what = f"A paragraph is missing: {source.path} has it on line {line}, “{excerpt(expected[index].words)}”."
            problems.append(page.text.problem(before.start, what, how="Add it below this line."))
    return problems


def passages_by_section(page: Page, signatures: Mapping[str, MacroSignature]) -> dict[str, list[Passage]]:
    """The passages of `page` under each anchor, its headings among them and its header not."""
    found: dict[str, list[Passage]] = {}
    for passage in find_passages(page, signatures):
        if passage.start >= page.body_start and passage.kind != "foreign":
            found.setdefault(passage.anchor, []).append(passage)
    return found


def left_over(expected: list[int], found: list[int]) -> list[int]:
    """Which of the lengths `expected` have no counterpart in the fewer lengths `found`, in the same order."""

    @cache
    def best(first: int, second: int) -> tuple[float, tuple[int, ...]]:
        """The cost of matching what begins at both places, and what is left over."""
        spare = (len(expected) - first) - (len(found) - second)
        if first == len(expected) or spare < 0:
            return 0.0, ()
        choices: list[tuple[float, tuple[int, ...]]] = []
        if spare:
            cost, left = best(first + 1, second)
            choices.append((cost, (first, *left)))
        if second < len(found):
            cost, left = best(first + 1, second + 1)
            choices.append((cost + abs(log((expected[first] + 1) / (found[second] + 1))), left))
        return min(choices)

    return list(best(0, 0)[1])
