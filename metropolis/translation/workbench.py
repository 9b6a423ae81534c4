"""What the translators' commands work with: pages, records, and the status of each translation. It
opens whatever errors the pages have: a page with an error is the one that somebody works on."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from macros import signatures
from metropolis.cache import Cache
from metropolis.components.shown_values import shown_by
from metropolis.content.calls import wrong_calls
from metropolis.content.files import page_paths
from metropolis.content.headings import section_at
from metropolis.content.macro_signature import MacroSignature
from metropolis.content.page import Page, read_pages
from metropolis.data.labels import check_labels
from metropolis.data.load import load_records
from metropolis.data.records import Records
from metropolis.git import commits_of, file_at, files_at, names_of
from metropolis.inputs import ChangedFileError, Files, Known, digest
from metropolis.leftovers import without_leftovers
from metropolis.problem import Problem, ProblemsError, of_kind
from metropolis.project import Project, read_project
from metropolis.translation.acceptance import Log, lost_log, read_log
from metropolis.translation.fingerprint import Fingerprint, Shown, fingerprints
from metropolis.translation.section_difference import Difference, difference
from metropolis.translation.status import (
    PageStatus,
    SectionStatus,
    find_strays,
    status_problems,
    translation_status,
)
from metropolis.wording.rules import read_rules

if TYPE_CHECKING:
    from metropolis.wording.wording_check import WordingCheck


@dataclass(frozen=True)
class Workbench:
    """`pages` are the readable ones, by path; `lists` is a digest of the files in language/."""

    project: Project
    known: Known[Records]
    pages: Mapping[str, Page]
    logs: Mapping[str, Log]
    problems: tuple[Problem, ...]
    lists: str

    @property
    def records(self) -> Records:
        return self.known.value

    @cached_property
    def sources(self) -> dict[str, Page]:
        return {one.name: one for one in self.pages.values() if one.locale == self.project.source}

    @property
    def sound_pages(self) -> dict[str, Page]:
        """The pages without a problem of reading."""
        wrong = {problem.path for problem in self.problems}
        return {path: page for path, page in self.pages.items() if path not in wrong}

    @cached_property
    def signatures(self) -> dict[str, MacroSignature]:
        return signatures(self.records)

    @cached_property
    def wording(self) -> WordingCheck:
        # Imported late: it is slow to load, and a build runs it in a separate process.
        from metropolis.wording.wording_check import WordingCheck

        return WordingCheck(self.project, self.known, self.signatures, self.lists, self.cache)

    @cached_property
    def cache(self) -> Cache:
        return Cache(self.project.root / ".cache")

    @cached_property
    def shown(self) -> Shown:
        return shown_by(self.records, self.project.source)

    @cached_property
    def unread(self) -> set[str]:
        """The paths of pages that stand and cannot be read: nothing may take them for missing."""
        return page_paths(self.project) - self.pages.keys()

    @cached_property
    def statuses(self) -> list[PageStatus]:
        pages = self.pages.values()
        # Fingerprints stand in the header, and title and description are in those of the source.
        without_header = {page.path for page in pages if page.front_matter is None}
        unreadable = self.unread | without_header
        return translation_status(self.project, pages, self.shown, self.logs, unreadable)

    def status_problems(self) -> list[Problem]:
        strays = find_strays(self.pages.values(), self.project.source)
        # Of each section of a language without a log, all that can be said is that it has none.
        recorded = {page.locale for page in self.pages.values() if page.recorded}
        lost = {code for code in self.logs if code in recorded and not self.logs[code].acceptances}
        known = [one for one in self.statuses if one.locale not in lost]
        told = {problem.path for problem in self.problems}
        without_log = (lost_log(self.project, code) for code in sorted(lost))
        return [
            *(one for one in without_log if one.path not in told),
            *status_problems(known, self._wrong_sections()),
            *strays,
        ]

    def _wrong_sections(self) -> Iterator[tuple[str, str]]:
        """The paths of source pages, and their sections with a call that is reported as wrong."""
        for page in self.sources.values():
            for start in wrong_calls(page, self.signatures):
                yield page.path, section_at(page.sections, start)

    def wording_problems(self) -> list[Problem]:
        from metropolis.wording.label_check import find_label_slips  # slow to load, too

        rules, problems = read_rules(self.project)
        # A page beside its translations: what was read of its passages is still in memory.
        pages = sorted(self.pages.values(), key=lambda page: page.name)
        findings = self.wording.findings(pages, self.sources) if rules else []
        findings += find_label_slips(self.project, self.wording) if rules else []
        return [
            *of_kind("lists", [*problems, *self.wording.problems]),
            *of_kind("data", check_labels(self.project)),
            *(rules.apply(findings) if rules else ()),
        ]

    def status_of(self, page: Page) -> PageStatus | None:
        """The status of a translation; None for a page in the source language."""
        return next((one for one in self.statuses if one.path == page.path), None)

    def fingerprints_of(self, source: Page) -> dict[str, str]:
        """The exact fingerprints of a source page's sections as they are now, for exchange."""
        return {anchor: one.exact for anchor, one in fingerprints(source, self.shown).items()}

    def differences(
        self, page: Page, status: PageStatus
    ) -> Iterator[tuple[SectionStatus, Difference]]:
        """The changes in the source, for each section of `page` that is stale, or new there."""
        source = self.sources.get(page.name)
        if source is None:
            return
        texts = partial(self.texts_of, source.path)
        for section in status.waiting_sections:
            anchor, written = section.anchor, page.recorded.get(section.anchor)
            then = Fingerprint.parse(written) if written else None
            yield section, difference(source, anchor, then, self.shown, texts, self._past_shown)

    def texts_of(self, path: str) -> Iterator[str]:
        """The earlier texts of a file in git's history, newest first."""
        for commit, name in names_of(self.project.root, path):
            if (text := file_at(self.project.root, commit, name)) is not None:
                yield text

    def _past_shown(self) -> Iterator[Shown]:
        """What calls showed at each commit of the data that can still be read, newest first."""
        folder = self.project.data_dir.name
        for commit in commits_of(self.project.root, folder):
            with TemporaryDirectory(prefix="metropolis-") as name:
                past = Path(name)
                (past / folder).mkdir()
                for path, content in files_at(self.project.root, commit, folder):
                    (past / path).write_bytes(content)
                then = replace(self.project, root=past)
                records, _ = load_records(then)
            if records is not None:
                yield shown_by(records, self.project.source)


def open_workbench(
    root: Path, before: Workbench | None = None
) -> tuple[Workbench | None, list[Problem]]:
    """The workbench of the project at `root`, or the problems that prevent it. It reuses data and
    cached findings of `before` if the data are the same."""
    project, problems = read_project(root)
    if project is None:
        return None, of_kind("configuration", problems)
    known, problems = _read_records(project, before)
    if known is None:
        return None, of_kind("data", problems)
    pages, problems = read_pages(project, before.sound_pages if before else None)
    logs: dict[str, Log] = {}
    for locale in project.targets:
        logs[locale.code], found = read_log(project, locale.code)
        problems += of_kind("configuration", found)
    lists = _lists_digest(project)
    by_path = {page.path: page for page in pages}
    workbench = Workbench(project, known, by_path, logs, tuple(problems), lists)
    same = (project, known, lists)
    if before is not None and (before.project, before.known, before.lists) == same:
        for name in ("wording", "shown", "signatures", "cache"):
            workbench.__dict__[name] = getattr(before, name)  # where cached_property looks first
    return workbench, []


@dataclass(frozen=True)
class Data:
    project: Known[Project]
    files: Files


def read_records(inputs: Data) -> Records:
    """The records. Raises ProblemsError or ChangedFileError."""
    records, problems = load_records(inputs.project.value)
    if records is None:
        raise ProblemsError(problems)
    inputs.files.check()
    return records


def _read_records(
    project: Project, before: Workbench | None
) -> tuple[Known[Records] | None, list[Problem]]:
    data = project.data_dir
    try:
        # Files that are not read too: they are reported.
        files = _digests(data, "*.*", "observations/*")
        cache, inputs = Cache(project.root / ".cache"), Data(project.known, files)
        entry = cache.entry("records", inputs, read_records)
        if before is not None and before.known.digest == entry.key:
            return before.known, []
        return Known(entry.key, entry.read() or entry.make()), []
    except ProblemsError as error:
        return None, error.problems
    except (OSError, ChangedFileError):  # a file cannot be read, or somebody has just saved it
        records, problems = load_records(project)
        return Known(secrets.token_hex(), records) if records else None, problems


def _lists_digest(project: Project) -> str:
    """The digest of the lists of words. If a list cannot be read, the digest is unique."""
    try:
        return digest(_digests(project.root / "language", "*.yml", "*.txt"))
    except OSError:
        return secrets.token_hex()


def _digests(folder: Path, *patterns: str) -> Files:
    found = (file for pattern in patterns for file in folder.glob(pattern))
    return Files.under(folder, without_leftovers(found))
