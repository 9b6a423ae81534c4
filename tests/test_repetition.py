"""After many problems of one kind in a file, one line says how many more."""

from __future__ import annotations

from metropolis.problem import Problem
from metropolis.repetition import MOST_TOLD, shorten


def problems(path: str, what: str, count: int) -> list[Problem]:
    return [
        Problem(path, line, 1, what.format(line), "Expected.", "Mend.")
        for line in range(1, count + 1)
    ]


def test_few_problems_stay_as_they_are() -> None:
    few = problems("a.md", "“{}” is unknown.", MOST_TOLD)
    assert shorten(reversed(few)) == few


def test_the_rest_is_counted_at_its_first_place() -> None:
    told = shorten(problems("a.md", "“{}” is unknown.", MOST_TOLD + 500))
    assert len(told) == MOST_TOLD + 1
    assert (
        str(told[-1])
        == "a.md:31:1: From here on, 500 more problems of this kind: “31” is unknown. Mend those"
        " above first."
    )


def test_other_kinds_files_and_strengths_are_counted_apart() -> None:
    found = [
        *problems("a.md", "“{}” is unknown.", MOST_TOLD + 1),
        *problems("b.md", "“{}” is unknown.", MOST_TOLD),
        *problems("a.md", "There is no page fr/nowhere-{}.md.", MOST_TOLD + 1),
        Problem("a.md", 9, 1, "This word is another one."),
    ]
    told = shorten(found)
    assert len(told) == 3 * MOST_TOLD + 3
    assert sum("From here on, 1 more problem of this kind" in problem.what for problem in told) == 2
