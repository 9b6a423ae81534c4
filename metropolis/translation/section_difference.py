"""The changes of a source section since a translation of it was accepted: sentences, labels and
figures. The accepted version is found in git's history by its fingerprint, not by a date."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from metropolis.content.headings import Section
from metropolis.content.page import Page, read_page
from metropolis.language.sentences import split_sentences
from metropolis.translation import fingerprint
from metropolis.translation.fingerprint import Content, Fingerprint, Shown

# The earlier texts of a page, newest first: read only if they are needed.
Versions = Callable[[], Iterable[str]]


@dataclass(frozen=True)
class PassageChange:
    """One passage: its sentences then and now; one of the two may be empty."""

    then: tuple[str, ...]
    now: tuple[str, ...]


@dataclass(frozen=True)
class Difference:
    """`is_text_found`, `is_shown_found`: whether the history has what was accepted."""

    anchor: str
    texts: tuple[PassageChange, ...] = ()
    shown: tuple[PassageChange, ...] = ()
    is_text_found: bool = True
    is_shown_found: bool = True


def difference(
    source: Page,
    anchor: str,
    recorded: Fingerprint | None,
    shown: Shown,
    versions: Versions,
    shown_versions: Callable[[], Iterator[Shown]],
) -> Difference:
    """What changed in a section since `recorded`. `versions` are the earlier texts of the source
    page, `shown_versions` what calls showed: newest first. If nothing is recorded, all is new."""
    now = Version(source, next(one for one in source.sections if one.anchor == anchor))
    if recorded is None:
        return Difference(anchor, _changes(None, now))
    then: Version | None = now
    texts: tuple[PassageChange, ...] = ()
    if not recorded.has_text_of(now.fingerprint()):
        then = find_version(source, anchor, recorded, versions())
        texts = _changes(then, now)
    if then is None or recorded.shown == now.fingerprint(shown).shown:
        return Difference(anchor, texts, is_text_found=then is not None)
    matching = (one for one in shown_versions() if then.fingerprint(one).shown == recorded.shown)
    past = next(matching, None)
    lines = tuple(_shown_changes(then, now, past, shown)) if past else ()
    return Difference(anchor, texts, lines, is_shown_found=past is not None)


@dataclass(frozen=True)
class Version:
    """An earlier version of a section, perhaps with another anchor."""

    page: Page
    section: Section

    @property
    def content(self) -> Content:
        return fingerprint.contents(self.page)[self.section.anchor]

    @property
    def sentences(self) -> tuple[str, ...]:
        """Block by block, because a heading and the text after it are not one sentence."""
        every = (split_sentences(block, self.page.locale) for block in self.content.words)
        return tuple(one for block in every for one in block if fingerprint.even(one))

    def fingerprint(self, shown: Shown | None = None) -> Fingerprint:
        return fingerprint.fingerprints(self.page, shown)[self.section.anchor]


def find_version(
    source: Page, anchor: str, wanted: Fingerprint, versions: Iterable[str]
) -> Version | None:
    """The newest version with a section of the text of `wanted`, best with the same anchor."""
    for text in versions:
        page, _ = read_page(source.path, source.locale, source.name, text)
        prints = fingerprint.fingerprints(page)
        for section in sorted(page.sections, key=lambda one: one.anchor != anchor):
            if wanted.has_text_of(prints[section.anchor]):
                return Version(page, section)
    return None


def _changes(then: Version | None, now: Version) -> tuple[PassageChange, ...]:
    """The sentences whose words differ, and the calls and code blocks that do."""
    if then is None:
        return (PassageChange((), now.sentences),)
    words = _compare(then.sentences, now.sentences, fingerprint.even)
    return (*words, *_compare(then.content.copied, now.content.copied, str))


def _compare(
    before: Sequence[str], after: Sequence[str], key: Callable[[str], str]
) -> Iterator[PassageChange]:
    keys = [*map(key, before)], [*map(key, after)]
    for operation, a, b, c, d in SequenceMatcher(None, *keys, autojunk=False).get_opcodes():
        if operation != "equal":
            yield PassageChange(tuple(before[a:b]), tuple(after[c:d]))


def _shown_changes(
    then: Version, now: Version, past: Shown, present: Shown
) -> Iterable[PassageChange]:
    """What each call showed and shows; of long lists, only the differences."""
    old = {str(call): tuple(past(call)) for call in fingerprint.calls_of(then.page, then.section)}
    new = {str(call): tuple(present(call)) for call in fingerprint.calls_of(now.page, now.section)}
    for call in dict.fromkeys([*old, *new]):
        before, after = old.get(call, ()), new.get(call, ())
        if set(before) != set(after):
            gone = tuple(f"{call}: {text}" for text in before if text not in after)
            added = tuple(f"{call}: {text}" for text in after if text not in before)
            yield PassageChange(gone, added)
