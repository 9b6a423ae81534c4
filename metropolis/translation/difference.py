"""What has changed in a source section since a translation of it was accepted: sentences, labels
and figures.

The version then is found in git's history by its fingerprint, not by a date or a commit that
somebody noted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from metropolis.content.page import Page, read_page
from metropolis.content.sections import Section
from metropolis.language.sentences import split_sentences
from metropolis.translation.fingerprint import (
    Fingerprint,
    Shown,
    calls_of,
    fingerprint,
    section_text,
    text_fingerprint,
)


@dataclass(frozen=True)
class Change:
    """One passage: its sentences then and now; one of both may be empty."""

    then: tuple[str, ...]
    now: tuple[str, ...]


@dataclass(frozen=True)
class Difference:
    """`texts` and `shown` are the changes.

    `is_text_found` and `is_shown_found` tell whether the history has the version that was accepted:
    where it has not, the whole section stands as new."""

    anchor: str
    texts: tuple[Change, ...] = ()
    shown: tuple[Change, ...] = ()
    is_text_found: bool = True
    is_shown_found: bool = True


def difference(
    source: Page,
    anchor: str,
    recorded: Fingerprint | None,
    shown: Shown,
    versions: Callable[[], Iterator[str]],
    shown_versions: Callable[[], Iterator[Shown]],
) -> Difference:
    """The difference of one section of `source`, which it has, between `recorded` and now.

    `versions` are the texts that the source page had, newest first; `shown_versions` what calls
    showed, likewise."""
    section = next(section for section in source.sections if section.anchor == anchor)
    now = fingerprint(source, section, shown)
    if recorded is None:
        return Difference(
            section.anchor,
            (_new(section_text(source, section), source.locale),),
            is_text_found=False,
        )
    then, found = section, True
    texts: tuple[Change, ...] = ()
    then_page: Page | None = source
    if recorded.text != now.text:
        then_page, old = _find_text(source, section.anchor, recorded.text, versions())
        found = then_page is not None
        before = section_text(then_page, old) if then_page and old else ""
        texts = _changes(before, section_text(source, section), source.locale)
        then = old or section
    if recorded.shown == now.shown or then_page is None:
        return Difference(
            section.anchor, texts, (), found, recorded.shown == now.shown or then_page is None
        )
    past = _find_shown(then_page, then, recorded.shown, shown_versions())
    lines = tuple(_shown_changes(then_page, then, source, section, past, shown)) if past else ()
    return Difference(section.anchor, texts, lines, found, past is not None)


def _new(text: str, locale: str) -> Change:
    return Change((), tuple(_sentences(text, locale)))


def _find_text(
    source: Page, anchor: str, wanted: str, versions: Iterator[str]
) -> tuple[Page | None, Section | None]:
    """The newest version of the source whose section has the fingerprint `wanted`."""
    for text in versions:
        page, _ = read_page(source.path, source.locale, source.name, text)
        for section in page.sections:
            if section.anchor == anchor and text_fingerprint(page, section) == wanted:
                return page, section
    return None, None


def _find_shown(
    page: Page, section: Section, wanted: str, versions: Iterator[Shown]
) -> Shown | None:
    for shown in versions:
        if fingerprint(page, section, shown).shown == wanted:
            return shown
    return None


def _changes(then: str, now: str, locale: str) -> tuple[Change, ...]:
    before, after = _sentences(then, locale), _sentences(now, locale)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    return tuple(
        Change(tuple(before[a:b]), tuple(after[c:d]))
        for operation, a, b, c, d in matcher.get_opcodes()
        if operation != "equal"
    )


def _sentences(text: str, locale: str) -> list[str]:
    """Paragraph by paragraph: a heading and what follows it are not one sentence."""
    return [sentence for block in text.split("\n") for sentence in split_sentences(block, locale)]


def _shown_changes(
    then_page: Page, then: Section, now_page: Page, now: Section, past: Shown, present: Shown
) -> Iterable[Change]:
    """Call by call, what it showed and shows; of long lists, only what differs."""
    old = {str(call): tuple(past(call)) for call in calls_of(then_page, then)}
    new = {str(call): tuple(present(call)) for call in calls_of(now_page, now)}
    for call in dict.fromkeys([*old, *new]):
        before, after = old.get(call, ()), new.get(call, ())
        if set(before) != set(after):
            yield Change(
                tuple(f"{call}: {text}" for text in _only(before, after)),
                tuple(f"{call}: {text}" for text in _only(after, before)),
            )


def _only(one: Sequence[str], other: Sequence[str]) -> list[str]:
    return [text for text in one if text not in other]
