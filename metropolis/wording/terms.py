"""Checks the glossary's terms: a translation uses the counterpart of each in its source. They are
found in any number and case, by the stems of their words; one with a text in brackets at its end is
found by either name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from metropolis.content.call_grammar import Call
from metropolis.content.page import Page
from metropolis.content.pairing import join_sections, pair_sections
from metropolis.content.prose import Passage
from metropolis.data.models import GlossaryEntry
from metropolis.wording.finding import Finding, found
from metropolis.wording.words import Word, find_words

# The letters that a noun and its adjective share: "prospectiva", "prospectivo".
_ROOT = 5
_TWO_NAMES = re.compile(r"(.+?) \(([^()]+)\)")


@dataclass(frozen=True)
class Term:
    """One entry in one language, and its names as stems."""

    text: str
    names: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Use:
    """A term in a text: the entry's id, and its start and end. `is_binding`: if a source uses it,
    the translation must too. A second name that is no acronym ("Metropolis", of the association) is
    too common for that. `is_common`: a single word in small letters, which also means other things
    ("as a result"): it is the term on pages that link it as one."""

    id: str
    start: int
    end: int
    is_binding: bool
    is_common: bool

    def binds(self, source: Page) -> bool:
        """Whether the translation of `source`, which uses it, must too."""
        if not self.is_common:
            return self.is_binding
        return self.is_binding and self.id in {call.arguments[0] for call in _term_calls(source)}


class Terms:
    """The glossary in one language. Created once for a check."""

    def __init__(self, glossary: Mapping[str, GlossaryEntry], locale: str) -> None:
        self.locale = locale
        texts = {id: text for id, entry in glossary.items() if (text := entry.term.get(locale))}
        self.entries = {id: Term(one, tuple(_names(one, locale))) for id, one in texts.items()}
        self._names: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for id, term in self.entries.items():
            for name in term.names:
                self._names.setdefault(name[0], []).append((name, id))
        self._look = cache(self._search)  # several checks ask for each text

    def find(self, text: str) -> list[Use]:
        """The terms in a text, in their order; of two that overlap, the longer one."""
        return self._look(text)[0]

    def said(self, text: str) -> frozenset[str]:
        """The ids of all terms in a text, including those inside a longer one."""
        return self._look(text)[1]

    def _search(self, text: str) -> tuple[list[Use], frozenset[str]]:
        words = find_words(text, self.locale)
        stems = [word.stem for word in words]
        matches = [
            (first, name, id)
            for first, stem in enumerate(stems)
            for name, id in self._names.get(stem, ())
            if tuple(stems[first : first + len(name)]) == name
        ]
        taken = [False] * len(words)
        uses: list[Use] = []
        for first, name, id in sorted(matches, key=lambda match: -len(match[1])):
            last = first + len(name)
            if not any(taken[first:last]) and _is_joined(text, words[first:last]):
                taken[first:last] = [True] * len(name)
                entry, is_one = self.entries[id], len(name) == 1
                is_binding = name == entry.names[0] or (is_one and name[0].isupper())
                start, end = words[first].start, words[last - 1].end
                uses.append(Use(id, start, end, is_binding, is_one and entry.text.islower()))
        return sorted(uses, key=lambda use: use.start), frozenset(id for _, _, id in matches)


def _names(text: str, locale: str) -> Iterator[tuple[str, ...]]:
    two = _TWO_NAMES.fullmatch(text)
    for name in (two[1], two[2]) if two else (text,):
        if stems := tuple(word.stem for word in find_words(name, locale)):
            yield stems


def _is_joined(text: str, words: list[Word]) -> bool:
    """Whether only spaces and small signs separate the words: a full stop ends a name."""
    between = text[words[0].start : words[-1].end]
    return not re.search(r"[.;:!?]\s", between)


def find_untranslated_terms(
    page: Page,
    source: Page,
    passages: Iterable[Passage],
    source_passages: Iterable[Passage],
    terms: Terms,
    source_terms: Terms,
) -> Iterator[Finding]:
    """Terms of the source whose counterpart the translation does not use, passage by passage where
    both sides have the same passages, else section by section, without the passages that are
    lost."""
    mine = _by_section(passages, page.locale, join_sections(page, source))
    theirs = _by_section(source_passages, source.locale, join_sections(source, page))
    yield from _find_odd_wordings(page, terms)
    unlike = {name for name, own in mine.items() if _kinds(own) != _kinds(theirs.get(name, ()))}
    paired = dict(pair_sections(source, page, {}, unlike)) if unlike else {}
    for anchor, section in mine.items():
        originals = theirs.get(anchor, [])
        if anchor in unlike:
            whole = paired.get(anchor)
            left_out = {*whole.lost, *whole.lone} if whole else set()
            kept = [one for one in originals if left_out.isdisjoint((one.start, one.anchor))]
            pairs = [(section, kept)]
        else:
            pairs = [([one], [other]) for one, other in zip(section, originals, strict=True)]
        yield from _compare(page, source, pairs, terms, source_terms)


def _kinds(passages: Iterable[Passage]) -> list[str]:
    return [passage.kind for passage in passages]


def _compare(
    page: Page,
    source: Page,
    pairs: list[tuple[list[Passage], list[Passage]]],
    terms: Terms,
    source_terms: Terms,
) -> Iterator[Finding]:
    """The passages of a section. What the section says as often as its source is moved at most."""
    used = [_used(source, others, source_terms) for _, others in pairs]
    if not any(used):
        return
    said = [_said(page, own, terms) for own, _ in pairs]
    times = Counter(id for ids in said for id in ids)
    times.subtract(Counter(id for uses in used for id in uses))
    for (own, others), ids, uses in zip(pairs, said, used, strict=True):
        spans = [(one.start, one.start + len(one.text)) for one in own]
        if any(first <= start < last for start, _ in page.rejected for first, last in spans):
            continue  # the call may have been one of a term
        called = {id for one in others for id in _called(source, one)}  # compared as calls
        for id, (passage, use) in uses.items():
            if id in ids | called or times[id] >= 0 or id not in terms.entries:
                continue
            words = passage.text[use.start : use.end]
            line = source.text.place(passage.start + use.start)[0]
            right = f"“{terms.entries[id].text}” in the glossary"
            what = f"“{words}” ({source.path}, line {line}) is {right}."
            expected = "This passage does not say it."
            how = "Use that term in it, or its wording in {{ term(…) }}."
            yield found("term", page, own[0].first, words, what, expected, how)


def _said(page: Page, passages: list[Passage], terms: Terms) -> set[str]:
    said = {id for passage in passages for id in terms.said(passage.text)}
    return said | {id for passage in passages for id in _called(page, passage)}


def _used(source: Page, passages: list[Passage], terms: Terms) -> dict[str, tuple[Passage, Use]]:
    """The first use of each term that binds the translation."""
    uses = [(passage, use) for passage in passages for use in terms.find(passage.text)]
    return {use.id: (one, use) for one, use in reversed(uses) if use.binds(source)}


def _called(page: Page, passage: Passage) -> set[str]:
    """The terms that a passage has as calls."""
    end = passage.start + len(passage.text)
    return {
        str(call.arguments[0]) for call in _term_calls(page) if passage.start <= call.start < end
    }


def _term_calls(page: Page) -> Iterator[Call]:
    return (call for call in page.calls if call.name == "term" and call.arguments)


def _find_odd_wordings(page: Page, terms: Terms) -> Iterator[Finding]:
    """Calls of `term` with another wording; another number or part of speech begins alike."""
    for call in _term_calls(page):
        entry = terms.entries.get(str(call.arguments[0]))
        wording = str(call.arguments[1]) if len(call.arguments) > 1 else ""
        stems = [stem for name in entry.names for stem in name] if entry else []
        roots = {stem[:_ROOT] for stem in stems if len(stem) >= _ROOT or stem.isupper()}
        words = {word.stem[:_ROOT] for word in find_words(wording, page.locale)}
        if entry and wording and roots and not words & roots:
            what = f"“{wording}” is not a wording of the glossary's “{entry.text}”."
            how = "Write the term, or link another entry."
            yield found("term", page, call.start, wording, what, how=how)


def _by_section(
    passages: Iterable[Passage], locale: str, into: Mapping[str, str]
) -> dict[str, list[Passage]]:
    """Those in `locale`, by the section that they are compared in."""
    found: dict[str, list[Passage]] = {}
    for passage in passages:
        if passage.locale == locale:
            found.setdefault(into.get(passage.anchor, passage.anchor), []).append(passage)
    return found
