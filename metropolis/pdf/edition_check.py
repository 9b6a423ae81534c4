"""Checks the editions of data/editions.yml against the existing pages."""

from __future__ import annotations

from collections.abc import Sequence

from metropolis.data.load import read_data_file
from metropolis.data.messages import nearest
from metropolis.data.models import Edition
from metropolis.data.records import Records
from metropolis.pdf.outline import LETTERS, select
from metropolis.problem import Problem
from metropolis.project import Project
from metropolis.strict_yaml.document import Path, YamlDocument


def whole_book(records: Records) -> Edition | None:
    """The edition with the whole plan; every pack uses its numbers."""
    return next((edition for edition in records.editions.values() if edition.parts), None)


def page_order(records: Records, written: Sequence[str]) -> list[str]:
    """All pages: hand-written ones by name, then those made from data in the order of the data."""
    return [
        *sorted(written),
        *(f"indicators/{id}" for id in records.indicators),
        *(f"members/{id}" for id in records.members),
    ]


def edition_problems(project: Project, records: Records, written: Sequence[str]) -> list[Problem]:
    """Problems: pages that do not exist, a second whole book, pages that the book omits."""
    document, _ = read_data_file(project, "editions")
    if document is None:
        return []
    names = page_order(records, written)
    problems: list[Problem] = []
    books = 0
    for index, edition in enumerate(records.editions.values()):
        for place, selector in _selectors(index, edition):
            if select([selector], names)[1]:
                what, how = f"There is no page “{selector}”.", nearest(selector, names)
                problems.append(document.problem(place, what, how=how))
        if edition.parts:
            books += 1
            if books > 1:
                how = "Give this one “pages” instead of “parts”."
                what = "There are two whole books."
                problems.append(document.problem((index, "id"), what, how=how))
            else:
                problems += _forgotten(document, index, edition, names, written)
                problems += _without_letter(document, index, edition, names)
    return problems


def _selectors(index: int, edition: Edition) -> list[tuple[Path, str]]:
    """Each selector with its position in the file."""
    lists: dict[Path, Sequence[str]] = {
        (index, "parts", number, "pages"): part.pages for number, part in enumerate(edition.parts)
    }
    lists |= {(index, "pages"): edition.pages, (index, "left_out"): edition.left_out}
    return [((*place, at), one) for place, own in lists.items() for at, one in enumerate(own)]


def _forgotten(
    document: YamlDocument,
    index: int,
    edition: Edition,
    names: Sequence[str],
    written: Sequence[str],
) -> list[Problem]:
    carried, _ = select([selector for _, selector in _selectors(index, edition)], names)
    how = "Add it to a part, or to “left_out”."
    return [
        document.problem((index, "id"), f"The book forgets the page “{name}”.", how=how)
        for name in sorted(set(written) - set(carried))
    ]


def _without_letter(
    document: YamlDocument, index: int, edition: Edition, names: Sequence[str]
) -> list[Problem]:
    """Problems: annex pages beyond the last letter, because annexes are numbered by letters."""
    count = 0
    for number, part in enumerate(edition.parts):
        if part.kind != "annexes":
            continue
        count += len(select(part.pages, names)[0])
        if count > len(LETTERS):
            what = f"The annexes hold {count} pages, and there are letters for {len(LETTERS)}."
            how = "Put pages into a numbered part, or name fewer:"
            how = f"{how} “members/index” is the directory alone."
            return [document.problem((index, "parts", number, "pages"), what, how=how)]
    return []
