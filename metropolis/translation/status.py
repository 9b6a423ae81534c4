"""The status of each page and section in every target locale: current, stale, missing or orphan. It
depends on files alone: fingerprints in headers, the log of acceptances, and the source."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from metropolis.content.page import Page
from metropolis.problem import Problem
from metropolis.project import Project
from metropolis.translation.acceptance import Log
from metropolis.translation.fingerprint import Fingerprint, Shown, copied_sections, fingerprints

State = Literal["current", "stale", "missing", "orphan"]

# Why a section is stale, in words that follow its name.
TEXT = "the source's text has changed"
COPIED = "a macro call or a code block of the source has changed: copy it"
SHOWN = "the labels or figures that the source shows have changed"
LOST = "the translation does not have it"
NEW = "the source has it, and nobody has translated it yet"


@dataclass(frozen=True)
class SectionStatus:
    """`line` is in the translation, `source_line` in the source; 0 if the section is not there."""

    anchor: str
    title: str
    state: State
    reason: str = ""
    line: int = 0
    source_line: int = 0


@dataclass(frozen=True)
class PageStatus:
    """A page in one target locale. `path` is the translation's, whether or not it exists."""

    locale: str
    name: str
    path: str
    source_path: str
    state: State
    sections: tuple[SectionStatus, ...]

    def stands_under(self, paths: Iterable[str]) -> bool:
        """Whether the page or its source is one of `paths`, or in one of these folders."""
        names = (f"{self.path}/", f"{self.source_path}/")
        return any(name.startswith(f"{path}/") for name in names for path in paths)

    @property
    def stale_sections(self) -> tuple[SectionStatus, ...]:
        return tuple(section for section in self.sections if section.state == "stale")

    @property
    def new_sections(self) -> tuple[SectionStatus, ...]:
        """Those that the source got after the page was translated."""
        return tuple(section for section in self.sections if section.reason == NEW)

    @property
    def waiting_sections(self) -> tuple[SectionStatus, ...]:
        """Those that wait for a translator: stale or new."""
        return (*self.stale_sections, *self.new_sections)

    @property
    def behind(self) -> tuple[str, ...]:
        """The anchors of the sections whose source has other text, calls or code than when they
        were accepted: what they lack, nobody has lost."""
        changed = (one for one in self.stale_sections if TEXT in one.reason or COPIED in one.reason)
        return tuple(section.anchor for section in (*changed, *self.new_sections))


def translation_status(
    project: Project,
    pages: Iterable[Page],
    shown: Shown,
    logs: Mapping[str, Log],
    unreadable: Collection[str] = (),
) -> list[PageStatus]:
    """The status of every page by locale and name, without the `unreadable` paths."""
    by_locale: dict[str, dict[str, Page]] = {locale.code: {} for locale in project.all_locales}
    for page in pages:
        by_locale[page.locale][page.name] = page
    sources = by_locale[project.source]
    expected = {name: fingerprints(page, shown) for name, page in sources.items()}
    found: list[PageStatus] = []
    for locale in project.targets:
        own, log = by_locale[locale.code], logs.get(locale.code, Log())
        for name in sorted({*sources, *own}):
            source, mine = sources.get(name), own.get(name)
            paths = project.page_path(locale.code, name), project.page_path(project.source, name)
            if {*paths}.isdisjoint(unreadable):
                sections = tuple(_sections(source, mine, expected.get(name, {}), log))
                state = _page_state(source, mine, sections)
                found.append(PageStatus(locale.code, name, *paths, state, sections))
    return found


def _page_state(
    source: Page | None, page: Page | None, sections: Collection[SectionStatus]
) -> State:
    if source is None:
        return "orphan"
    states = {section.state for section in sections}
    if page is None or states == {"missing"}:
        return "missing"
    return "current" if states == {"current"} else "stale"


def _sections(
    source: Page | None, page: Page | None, expected: Mapping[str, Fingerprint], log: Log
) -> Iterator[SectionStatus]:
    sources = {section.anchor: section for section in source.sections} if source else {}
    own = {section.anchor: section for section in page.sections} if page else {}
    copied = copied_sections(source, page) if source and page else set()
    state: State
    # Beside an orphan, a section that is missing has perhaps only another anchor.
    recorded = page.recorded if page and own.keys() <= sources.keys() else {}
    for anchor, section in sources.items():
        mine = own.get(anchor)
        if mine is None or page is None:
            reason = NEW if recorded and anchor not in recorded else LOST
            yield SectionStatus(anchor, section.title, "missing", reason, 0, section.line)
            continue
        reason = staleness(page, anchor, expected[anchor], log)
        if reason and anchor in copied:
            state, reason = "missing", "it is still in the source language"
        else:
            state = "stale" if reason else "current"
        yield SectionStatus(anchor, mine.title, state, reason, mine.line, section.line)
    reason = "the source does not have it"
    for anchor, section in own.items():
        if anchor not in sources:
            yield SectionStatus(anchor, section.title, "orphan", reason, section.line)


def staleness(page: Page, anchor: str, expected: Fingerprint, log: Log) -> str:
    """Why the section is stale; "" if it is current."""
    recorded = page.recorded.get(anchor)
    if recorded is None:
        return "nobody has accepted it yet"
    is_logged = log.last(page.name, anchor, recorded) is not None
    if not is_logged and not log.has_pair(recorded, fingerprints(page)[anchor]):
        return "its fingerprint was typed by hand, and not recorded by accept"
    then = Fingerprint.parse(recorded)
    changes = (
        (not then.has_words_of(expected), TEXT),
        (not then.is_earlier_form and then.copied != expected.copied, COPIED),
        (then.shown != expected.shown, SHOWN),
    )
    return ", and ".join(words for has_changed, words in changes if has_changed)


def status_problems(
    statuses: Iterable[PageStatus], wrong: Iterable[tuple[str, str]] = ()
) -> Iterator[Problem]:
    """Advice for each section that is stale or new. The checks of structure report lost ones and
    orphans; a section of a source, by its path, is left out while a call in it is `wrong`."""
    left_out = set(wrong)
    for page in statuses:
        for section in page.waiting_sections:
            if (page.source_path, section.anchor) in left_out:
                continue
            state = "is missing" if section.reason == NEW else "is stale"
            what = f"The section “{section.title}” {state}: {section.reason}."
            expected = f"Its source is {page.source_path}, line {section.source_line}."
            verb = "add" if section.reason == NEW else "edit"
            how = f"See metropolis translation diff {page.path}, {verb} it, then accept it."
            yield Problem(
                page.path, section.line, section.line and 1, what, expected, how, "advice"
            )


def find_strays(pages: Collection[Page], source_locale: str) -> Iterator[Problem]:
    """Fingerprints without meaning: on a source page, or for a section that neither page has."""
    sources = {page.name: page for page in pages if page.locale == source_locale}
    for page in pages:
        if page.locale == source_locale and page.recorded:
            what = "A page in the source language has no fingerprints."
            yield page.problem(0, what, how="Delete “source:” and the lines below it.")
            continue
        both = (page, sources.get(page.name, page))
        known = {section.anchor for one in both for section in one.sections}
        for anchor in page.recorded:
            if anchor not in known:
                what = f"The header has a fingerprint for “{anchor}”, and the page no such section."
                yield page.problem(0, what, how="Delete its line.")
