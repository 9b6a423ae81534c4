"""The log of acceptances, language/accepted.<locale>.tsv, to which lines are only appended. It
records what a fingerprint in a header cannot: who looked at a section, a page or many files, or
decided that no new wording is needed. A fingerprint without a line was typed by hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, get_args

from metropolis.git import ask_git_text
from metropolis.leftovers import is_merge_line
from metropolis.problem import Problem
from metropolis.project import Project
from metropolis.text_file import append_lines, read_text
from metropolis.translation.fingerprint import Fingerprint

# One named section; a whole file; several files in one command; a section whose source changed only
# in form; a section or page that moved; a fingerprint rewritten in a new form.
How = Literal["section", "page", "bulk", "editorial", "move", "renew"]


@dataclass(frozen=True)
class Author:
    """`name` as git has it; `date` in ISO 8601."""

    name: str
    date: str


def author_of(root: Path) -> Author:
    name = ask_git_text(root, "config", "user.name") or "unknown"
    return Author(name, datetime.now(tz=UTC).date().isoformat())


@dataclass(frozen=True)
class Acceptance:
    """One line. `source` and `translation` are fingerprints of that time (the translation's without
    what its calls show); `date` is ISO 8601."""

    date: str
    how: How
    page: str
    section: str
    source: str
    translation: str
    by: str
    reason: str = ""


class Log:
    """The acceptances of one locale, oldest first."""

    def __init__(self, acceptances: Iterable[Acceptance] = ()) -> None:
        self.acceptances = tuple(acceptances)
        self._last: dict[tuple[str, ...], Acceptance] = {}
        for one in self.acceptances:
            self._last[(one.page, one.section)] = one
            self._last[(one.page, one.section, one.source)] = one
            self._last[(one.source, one.translation)] = one

    def last(self, page: str, section: str, source: str = "") -> Acceptance | None:
        """The newest line for a section, or the newest with this fingerprint of its source."""
        return self._last.get((page, section, source) if source else (page, section))

    def has_pair(self, source: str, translation: Fingerprint) -> bool:
        """Whether these texts were accepted together, in any place: files are renamed by hand."""
        return any((source, one) in self._last for one in (translation.text, translation.whole))


_BACK = "Take the file back from git; `metropolis translation accept` adds its lines."
HEADER = tuple(field.name for field in fields(Acceptance))


def log_path(project: Project, locale: str) -> Path:
    return project.root / "language" / f"accepted.{locale}.tsv"


def read_log(project: Project, locale: str) -> tuple[Log, list[Problem]]:
    """The log of `locale`, perhaps empty, and a problem for each unreadable line."""
    file = log_path(project, locale)
    path = file.relative_to(project.root).as_posix()
    try:
        text, problems = read_text(file, path)
    except FileNotFoundError:
        return Log(), []
    acceptances: list[Acceptance] = []
    strange: list[int] = []
    for number, line in enumerate(text.split("\n"), 1):
        cells = line.split("\t")
        if len(cells) == len(HEADER) - 1:
            cells.append("")  # an editor has cut the tab before an empty reason
        # Both sides of a merge conflict are lines of the log.
        if not line or cells == list(HEADER) or (problems and is_merge_line(line)):
            continue
        if len(cells) == len(HEADER) and cells[1] in get_args(How):
            acceptances.append(Acceptance(*cells))  # type: ignore[arg-type]
        else:
            strange.append(number)
    if strange:
        what = "This line is not one that the command has written."
        what += f" So it is with {len(strange) - 1} more." if strange[1:] else ""
        problems.append(Problem(path, strange[0], 1, what, how=_BACK))
    return Log(acceptances), problems


def lost_log(project: Project, locale: str) -> Problem:
    """The problem of pages with fingerprints of which the log of `locale` knows nothing."""
    path = log_path(project, locale).relative_to(project.root).as_posix()
    what = "The pages of this language have fingerprints, and the log of acceptances has none."
    return Problem(path, 0, 0, what, how=_BACK)


def append_to_log(project: Project, locale: str, acceptances: Iterable[Acceptance]) -> None:
    """Appends lines and waits until they are on the disk: a page is marked only after that."""
    file = log_path(project, locale)
    file.parent.mkdir(exist_ok=True)
    append_lines(file, map(written_line, acceptances), heading="\t".join(HEADER))


def log_text(file: Path, acceptances: Iterable[Acceptance]) -> str:
    lines = (file.read_text("utf-8") if file.exists() else "").splitlines() or ["\t".join(HEADER)]
    return "".join(f"{line}\n" for line in [*lines, *map(written_line, acceptances)])


def written_line(one: Acceptance) -> str:
    return "\t".join(" ".join(cell.split()) for cell in astuple(one))
