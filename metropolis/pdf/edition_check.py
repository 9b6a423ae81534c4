"""Checks the editions of data/editions.yml against the existing pages."""

from __future__ import annotations

from collections.abc import Sequence

from metropolis.data.data_files import read_data_file
from metropolis.data.messages import nearest
from metropolis.data.models import Edition
from metropolis.data.records import Records
from metropolis.pdf.outline import LETTERS, select
from metropolis.problem import Problem
from metropolis.project import Project
from metropolis.strict_yaml.document import YamlDocument


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
    file, _ = read_data_file(project, "editions")
    if file is None:
        return []
    document, path = file.document, file.path
    names = page_order(records, written)
    problems: list[Problem] = []
    books = 0
    for index, edition in enumerate(records.editions.values()):
        for place, selector in _selectors(index, edition):
            _, unknown = select([selector], names)
            if unknown:
                mark = document.mark(place)
                problems.append(
                    Problem(
                        path, *mark, f"There is no page “{selector}”.", how=nearest(selector, names)
                    )
                )
        if edition.parts:
            books += 1
            mark = document.mark((index, "id"))
            if books > 1:
                what, how = (
                    "There are two whole books.",
                    "Give this one “pages” instead of “parts”.",
                )
                problems.append(Problem(path, *mark, what, how=how))
            else:
                problems += _forgotten(path, document, index, edition, names, written)
                problems += _without_letter(path, document, index, edition, names)
    return problems


def _selectors(index: int, edition: Edition) -> list[tuple[tuple[str | int, ...], str]]:
    """Each selector with its position in the file."""
    found: list[tuple[tuple[str | int, ...], str]] = []
    for number, part in enumerate(edition.parts):
        found += [
            ((index, "parts", number, "pages", at), selector)
            for at, selector in enumerate(part.pages)
        ]
    for key in ("pages", "left_out"):
        found += [((index, key, at), selector) for at, selector in enumerate(getattr(edition, key))]
    return found


def _forgotten(
    path: str,
    document: YamlDocument,
    index: int,
    edition: Edition,
    names: Sequence[str],
    written: Sequence[str],
) -> list[Problem]:
    selectors = [selector for _, selector in _selectors(index, edition)]
    carried, _ = select(selectors, names)
    missing = sorted(set(written) - set(carried))
    mark = document.mark((index, "id"))
    how = "Add it to a part, or to “left_out”."
    return [
        Problem(path, *mark, f"The book forgets the page “{name}”.", how=how) for name in missing
    ]


def _without_letter(
    path: str, document: YamlDocument, index: int, edition: Edition, names: Sequence[str]
) -> list[Problem]:
    """Problems: annex pages beyond the last letter, because annexes are numbered by letters."""
    count = 0
    for number, part in enumerate(edition.parts):
        if part.kind != "annexes":
            continue
        count += len(select(part.pages, names)[0])
        if count > len(LETTERS):
            mark = document.mark((index, "parts", number, "pages"))
            what = f"The annexes hold {count} pages, and there are letters for {len(LETTERS)}."
            how = (
                "Put pages into a numbered part, or name fewer: “members/index” is the directory"
                " alone."
            )
            return [Problem(path, *mark, what, how=how)]
    return []
