"""Paragraphs that do not pair one and one: what is certain, and what only seems so."""

from __future__ import annotations

import pytest

from metropolis.content.alignment import Pair
from metropolis.content.page import Page, read_page
from metropolis.content.pairing import Paired
from metropolis.content.paragraphs import compare_paragraphs, sum_up, tell_other_version
from metropolis.content.prose import find_passages

FRENCH = ["# X { #x }", "Un.", "Deux.", "Trois.", "Quatre.", "Cinq.", "Six."]
ENGLISH = ["# X { #x }", "One.", "Two.", "Three.", "Four.", "Five.", "Six."]


def page_of(locale: str, paragraphs: list[str]) -> Page:
    page, _ = read_page(f"content/{locale}/x.md", locale, "x", "\n\n".join(paragraphs) + "\n")
    assert page
    return page


def paired(*shapes: tuple[int, ...]) -> Paired:
    """The six paragraphs of both languages in pairs of these shapes; with a third number, a pair
    is not sure."""
    source, page = page_of("fr", FRENCH), page_of("en", ENGLISH)
    theirs, (heading, *mine) = find_passages(source, {})[1:], find_passages(page, {})
    pairs, i, j = [], 0, 0
    for taken, given, *doubt in shapes:
        pairs.append(Pair(range(i, i + taken), range(j, j + given), not doubt))
        i, j = i + taken, j + given
    assert (i, j) == (6, 6)
    return Paired(source, page, theirs, mine, pairs, heading, frozenset())


ONE = (1, 1)
HERE = "content/en/x.md"


@pytest.mark.parametrize(
    ("shapes", "problems"),
    [
        pytest.param([ONE] * 6, [], id="one by one"),
        pytest.param(
            [ONE, (1, 0), ONE, ONE, ONE, (0, 1), ONE],
            [
                f"{HERE}:3:1: A paragraph is missing: content/fr/x.md has it on line 5, “Deux.”."
                " Add it below this line. error",
                f"{HERE}:11:1: This paragraph has no counterpart in content/fr/x.md."
                " Add it there, or delete it. advice",
            ],
            id="one lost, and one more far from it",
        ),
        pytest.param(
            [ONE, (1, 0), (0, 1), ONE, ONE, ONE, ONE],
            [
                f"{HERE}:5:1: 1 paragraph here and 1 of content/fr/x.md, from line 5 on, do not pair"
                " one by one: they seem to say other things. Compare them. advice"
            ],
            id="one in the place of another",
        ),
        pytest.param(
            [ONE, (1, 2), (1, 0), ONE, ONE, ONE],
            [
                f"{HERE}:5:1: These 2 paragraphs are one in content/fr/x.md, on line 5."
                " Join them as there. advice",
                f"{HERE}:7:1: A paragraph is missing: content/fr/x.md has it on line 7, “Trois.”."
                " Add it below this line. error",
            ],
            id="one split, and the next one lost",
        ),
        pytest.param(
            [ONE, (2, 1, 0), ONE, (0, 1), ONE, ONE],
            [
                f"{HERE}:5:1: This paragraph joins 2 of content/fr/x.md, from line 5 on, or one of"
                " them is missing. Compare them. advice",
                f"{HERE}:9:1: This paragraph has no counterpart in content/fr/x.md."
                " Add it there, or delete it. advice",
            ],
            id="two that may be joined, or one is lost",
        ),
        pytest.param(
            [(0, 1), ONE, (2, 1), ONE, (1, 2), (1, 0)],
            [
                f"{HERE}:3:1: From here on, the section’s paragraphs are not those of"
                " content/fr/x.md in 4 places: they are lost, joined, split, or say other things."
                " Compare them. advice",
            ],
            id="many that are not one and one",
        ),
        pytest.param(
            [ONE, (3, 1), (1, 0), ONE, (0, 3)],
            [
                f"{HERE}:5:1: 1 paragraph here and 4 of content/fr/x.md, from line 5 on, do not pair"
                " one by one: they seem to say other things. Compare them. advice",
                f"{HERE}:9:1: This paragraph has no counterpart in content/fr/x.md."
                " Add it there, or delete it. advice",
            ],
            id="many that became one, beside one that is lost",
        ),
    ],
)
def test_pairs(shapes: list[tuple[int, ...]], problems: list[str]) -> None:
    section = paired(*shapes)
    found = sum_up(section, compare_paragraphs(section))
    assert [f"{problem} {problem.severity}" for problem in found] == problems


@pytest.mark.parametrize(
    ("shapes", "counts"),
    [
        ([(1, 0), (0, 1)] * 3 + [ONE] * 3, None),
        ([(1, 0), (0, 1)] * 4 + [ONE] * 2, "4 of its 6 passages have no counterpart here, and 4"),
        ([(3, 1), (1, 3), ONE, ONE], "4 of its 6 passages have no counterpart here, and 4"),
        ([(2, 1), (1, 2), ONE, ONE, ONE], None),
    ],
)
def test_other_version(shapes: list[tuple[int, ...]], counts: str | None) -> None:
    section = paired(*shapes)
    problem = tell_other_version(section.page, section.source, [section])
    assert (problem is None) == (counts is None)
    if problem:
        assert str(problem) == (
            f"{HERE}:1:1: This page seems to translate another version of content/fr/x.md: {counts}"
            " of 6 here none there. Translate the page as it is now."
        )
        assert problem.severity == "advice"
