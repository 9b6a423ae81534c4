"""data/editions.yml against the pages that there are."""

from __future__ import annotations

from pathlib import Path

import pytest

from metropolis.data.load import load_records
from metropolis.pdf.edition_check import edition_problems
from metropolis.project import read_project
from metropolis.report import listing


def problems_after(project_copy: Path, old: str, new: str) -> list[str]:
    file = project_copy / "data/editions.yml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    project, problems = read_project(project_copy)
    assert project, listing(problems)
    records, problems = load_records(project)
    assert records, listing(problems)
    source = project.content_dir / "fr"
    written = [
        page.relative_to(source).as_posix().removesuffix(".md") for page in source.rglob("*.md")
    ]
    return [str(problem) for problem in edition_problems(project, records, written)]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "pages: [vision, mission, gender-mainstreaming, rethink]",
            "pages: [visoin, mission, gender-mainstreaming, rethink, vision]",
            ["data/editions.yml:18:15: There is no page “visoin”. Did you mean “vision”?"],
        ),
        (
            "left_out: [about, accessibility, data, data-changes]",
            "left_out: [about, data, data-changes]",
            [
                "data/editions.yml:5:7: The book forgets the page “accessibility”. Add it to a part, or to “left_out”."
            ],
        ),
        (
            "  pages: [vision, mission, action-plan/]",
            "  parts: [{title: {fr: a, en: b, es: c}, pages: [vision]}]",
            [
                "data/editions.yml:35:7: There are two whole books. Give this one “pages” instead of “parts”."
            ],
        ),
        (
            "pages: [members/index, milestones, references, glossary]",
            "pages: [members/, milestones, references, glossary]",
            [
                "data/editions.yml:32:14: The annexes hold 145 pages, and there are letters for 26."
                " Put pages into a numbered part, or name fewer: “members/index” is the directory"
                " alone."
            ],
        ),
        ("pages: [indicators/]", "pages: [indicators/, members/]", []),
        ("pages: [index]", "pages: [index, members/]", []),
    ],
)
def test_a_page_that_is_not_there_or_forgotten_and_a_second_book_are_told(
    project_copy: Path, old: str, new: str, expected: list[str]
) -> None:
    assert problems_after(project_copy, old, new) == expected
