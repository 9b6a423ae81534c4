"""Faults put into right pages are found, and edits that harm nothing are no error.

Each page of the project is right. Every fault of a kind is put into it in turn, at every place that
has one; the comparison with the source then reports an error on the fault's place."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from bench.page_faults import HARMLESS, MIXED, STRUCTURE, Edits, dropped_item, dropped_row

from metropolis.cache import Cache
from metropolis.components.registry import signatures
from metropolis.content.page import Page, read_page, read_pages
from metropolis.content.structure import check_structure
from metropolis.data.records import Records
from metropolis.inputs import Known
from metropolis.problem import Problem
from metropolis.project import Project

NEAR = 4  # lines: a missing thing is reported on the line above where it stood
FOUND = 0.95  # of the faults of each kind


@pytest.fixture(scope="session")
def pairs(project: Project) -> list[tuple[Page, Page]]:
    """Each translation with its source."""
    pages, problems = read_pages(project)
    assert not problems
    sources = {page.name: page for page in pages if page.locale == "fr"}
    mixed = [read_page(f"content/{one}/mixed.md", one, "mixed", MIXED)[0] for one in ("fr", "en")]
    own = [(sources[page.name], page) for page in pages if page.locale != "fr"]
    return [*own, (mixed[0], mixed[1])]


def outcomes(
    pairs: list[tuple[Page, Page]], records: Records, edits: Edits
) -> Iterator[tuple[str, int, list[Problem]]]:
    """For each edit of each page: where it is, its line, and what is then reported."""
    known = Known("", signatures(records))
    for source, page in pairs:
        for offset, text in edits(page):
            edited, _ = read_page(page.path, page.locale, page.name, text)
            line = edited.text.place(min(offset, len(text)))[0]
            yield (
                f"{page.path}:{line}",
                line,
                check_structure([source, edited], "fr", known, Cache(None)),
            )


@pytest.mark.parametrize("fault", STRUCTURE)
def test_faults_are_found_on_their_place(
    pairs: list[tuple[Page, Page]], records: Records, fault: Edits
) -> None:
    found = 0
    missed: list[str] = []
    for place, line, problems in outcomes(pairs, records, fault):
        lines = [one.line for one in problems if one.severity == "error"]
        is_list = fault in (dropped_item, dropped_row)  # reported where the list begins
        if any(line - (40 if is_list else NEAR) <= one <= line + NEAR for one in lines):
            found += 1
        else:
            missed.append(f"{place}: {[str(one) for one in problems]}")
    assert found >= FOUND * (found + len(missed)) > 0, "\n".join(missed)


@pytest.mark.parametrize("edit", HARMLESS)
def test_what_harms_nothing_is_no_error(
    pairs: list[tuple[Page, Page]], records: Records, edit: Edits
) -> None:
    errors = [
        str(problem)
        for _, _, problems in outcomes(pairs, records, edit)
        for problem in problems
        if problem.severity == "error"
    ]
    assert errors == []
