"""Finds passages in the wrong language: a paragraph that was not translated, a sentence pasted from
another page. Two or three words are weak evidence, so the report is advice. Text marked with `lang`
is a passage of its own and is compared with its own mark."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from metropolis.content.page import Page
from metropolis.content.page_text import BLANK, excerpt
from metropolis.content.prose import Passage
from metropolis.language.dictionaries import are_words, has_dictionary, is_word
from metropolis.language.sentences import split_sentences
from metropolis.problem import Severity
from metropolis.report import counted
from metropolis.wording.detection import (
    FEWEST_WORDS,
    MOST_ADVISED,
    QUOTED,
    WORD,
    LanguageGuard,
    is_only_in,
)
from metropolis.wording.finding import Finding, found

_SHORTEST_ALONE = 5  # letters of a word that makes up a passage
_LISTED = ("item", "paragraph", "quotation", "note")
_LONG_WORD = re.compile(r"(?<![\w./])[^\W\d_]{4,}")
_ENDED = re.compile(r"[.!?…](?:\s|\W+\w)")  # the end of a sentence inside
# A book or an article in a list of references, whose title stays: "Rice, P., Longden, I. (2000). A
# suite", perhaps behind a name: "EMBOSS: Rice, P. …".
_REFERENCE = re.compile(
    r"(?:[^\n.,:]{1,40}: )?[A-ZÀ-Þ][\w’'-]+,? (?:[A-Z]\.[ -]?)+,?[^\n]{0,300}?"
    r"\b(?:1[5-9]|20)\d\d[a-z]?\b"
)
_ELIDED = re.compile(r"[^\W\d_]+[’'][^\W\d_]+")


@dataclass
class _Run:
    """Passages in one wrong language, one after the other: a page that nobody has translated is one
    problem. `start` and `text` are those of the first, `last` is where the last begins; `fragment`
    has all, so that an exception for the first one hides no other; `words`: the most that one
    has."""

    start: int
    text: str
    locale: str
    language: str = ""
    fragment: str = ""
    words: int = 0
    count: int = 0
    last: int = 0

    def add(self, start: int, fragment: str, words: int) -> None:
        """One more."""
        self.last = start
        self.fragment = f"{self.fragment} {fragment}" if self.count else fragment
        self.words = max(self.words, words)
        self.count += 1

    def finding(self, page: Page, noun: str, fault: str, rest: str = "") -> Finding:
        """The report of the whole run, at its beginning."""
        more = self.count - 1
        first, last = (page.text.place(one)[0] for one in (self.start, self.last))
        to = f", to line {last}," if last > first else ""
        verb = f"and {counted(more, noun)} after it{to} are" if more else "is"
        what = f"“{excerpt(self.text.strip(' |'))}” {verb} {fault}."
        how = f"Translate {'them' if more else 'it'}{rest}."
        strength: Severity | None = "advice" if self.words <= MOST_ADVISED else None
        return found("language", page, self.start, self.fragment, what, how=how, severity=strength)


def part_languages(
    page: Page, passages: Iterable[Passage], guard: LanguageGuard
) -> tuple[list[Finding], list[Passage]]:
    """Separates sentences in the wrong language from the passages. The sentences need no further
    check."""
    runs: list[_Run] = []
    run: _Run | None = None
    wrong: list[tuple[int, int, int]] = []  # the number of a passage, and the place in it
    unsure: list[tuple[int, int, int]] = []
    passages = list(passages)
    for number, passage in enumerate(passages):
        if _REFERENCE.match(passage.words):
            continue
        position = 0
        # The end of a line does not end a sentence.
        whole = passage.text.replace(BLANK, " ").replace("\n", " ")
        text = _without_speeches(whole)
        for sentence in split_sentences(text, passage.locale):
            position = text.index(sentence, position)
            end = position + len(sentence)
            language = guard.language_of(" ".join(sentence.split()), passage.locale)
            if language and not _is_command(passage):
                if run is None or (run.locale, run.language) != (passage.locale, language):
                    shown = whole[position:end]
                    run = _Run(passage.start + position, shown, passage.locale, language)
                    runs.append(run)
                    unsure = []
                place = slice(passage.start + position, passage.start + end)
                run.add(
                    place.start, page.text.text[place], len(guard.words(sentence, passage.locale))
                )
                wrong += [*unsure, (number, position, end)]
                unsure = []
            elif sentence.count(" ") < MOST_ADVISED:
                unsure.append((number, position, end))
            else:
                run = None
            position = end
    findings = _once(_foreign(run, page, guard) for run in runs)
    return findings, _without(passages, wrong) if wrong else passages


def _without_speeches(text: str) -> str:
    """The text without the quotations that have an end of a sentence inside: their parts would be
    sentences. If there are hardly any other words, it stays as it is."""
    bare = QUOTED.sub(lambda one: " " * len(one[0]) if _ENDED.search(one[0]) else one[0], text)
    return bare if len(WORD.findall(bare)) >= FEWEST_WORDS else text


def _foreign(run: _Run, page: Page, guard: LanguageGuard) -> Finding:
    own = guard.locales.get(run.locale, run.locale)
    fault = f"in {guard.locales[run.language]}, not in {own}"
    rest = f'; words that stay, mark: <span lang="{run.language}">…</span>'
    return run.finding(page, "sentence", fault, rest)


def _without(passages: list[Passage], wrong: list[tuple[int, int, int]]) -> list[Passage]:
    """The passages with some sentences blank. The space after one is blank too: its neighbours
    would be two spaces apart."""
    rest = passages[:]
    for number, start, end in wrong:
        text = rest[number].text
        end += len(text) - end - len(text[end:].lstrip(" "))
        kept = text[:start] + BLANK * (end - start) + text[end:]
        rest[number] = replace(rest[number], text=kept)
    return rest


def find_untranslated(
    page: Page,
    source: Page,
    passages: Iterable[Passage],
    source_passages: Iterable[Passage],
    guard: LanguageGuard,
) -> tuple[list[Finding], list[Passage]]:
    """Passages that equal the source's word for word without a good reason: they are not in their
    page's language. Those that follow each other are one problem."""
    originals = {
        (passage.anchor, passage.words)
        for passage in source_passages
        if passage.locale == source.locale
    }
    mine = [one for one in passages if one.locale == page.locale]
    copies = [one for one in mine if (one.anchor, one.words) in originals]
    starts = {one.start for one in copies}
    lists = {one.anchor for one in copies if _is_name_of_list(one, source.locale, page.locale)}
    said = {
        word.lower() for one in mine if one.start not in starts for word in WORD.findall(one.words)
    }
    runs: list[_Run] = []
    faulty: list[Passage] = []
    is_next = False
    for passage in mine:
        if passage.start not in starts:
            is_next = False
        elif (" " in passage.words or passage.anchor not in lists) and _is_untranslated(
            passage, source.locale, said, guard
        ):
            if not is_next:
                runs.append(_Run(passage.start, passage.words, page.locale))
            runs[-1].add(passage.start, passage.words, len(guard.words(passage.words, page.locale)))
            faulty.append(passage)
            is_next = True
    fault = f"copied word for word from {source.path}"
    return _once(run.finding(page, "passage", fault) for run in runs), faulty


def _once(findings: Iterable[Finding]) -> list[Finding]:
    """Of a few words that come again, the first advice."""
    found = list(findings)
    advice = {one.fragment: one for one in reversed(found) if one.problem.severity == "advice"}
    return [one for one in found if one is advice.get(one.fragment, one)]


def _is_untranslated(
    passage: Passage, source: str, said: Collection[str], guard: LanguageGuard
) -> bool:
    """Whether a copied passage is in the source's language. One word, or a name with hyphens, shows
    that only if its language has it, and the page does not use it in a sentence. Of several, one
    must be in that language alone, and most of those in small letters in it: names of protocols
    are in none."""
    own = passage.locale
    if _is_title(passage) or _is_command(passage) or _REFERENCE.match(passage.words):
        return False
    words = guard.words(passage.words, own)
    known = [*words, *_ELIDED.findall(passage.words)]
    if not re.search(r"\s", passage.words):
        is_telling = _is_only_of(passage.words, source, own) and passage.words.lower() not in said
    elif has_dictionary(source) and has_dictionary(own):
        is_shown = any(is_only_in(word.lower(), source, own) for word in known)
        strange = [word for word in known if not is_word(word.lower(), source)]
        are_most = len(known) - len(strange) > sum(map(str.islower, strange))
        is_telling = len(words) >= FEWEST_WORDS and is_shown and are_most
    else:
        is_telling = len(words) >= FEWEST_WORDS
    return is_telling and not are_words(known, own)


def _is_name_of_list(passage: Passage, source: str, own: str) -> bool:
    """Whether a copied passage is a name: beside it, a word may be a name too (`Cobalt`, `Classic`
    and `Oblivion` are colour schemes)."""
    is_one = " " not in passage.words
    return passage.kind in _LISTED and is_one and not _is_only_of(passage.words, source, own)


def _is_command(passage: Passage) -> bool:
    """Whether a short heading has small letters alone, as no other heading has: "make install"."""
    is_heading = passage.kind in ("heading", "title")
    return is_heading and passage.words.islower() and len(passage.words.split()) <= MOST_ADVISED


def _is_title(passage: Passage) -> bool:
    """Whether it is a name of several words, or a title: no long word begins in small letters.
    English headings are written so too."""
    words = _LONG_WORD.findall(passage.words)
    return passage.kind in _LISTED and len(words) > 1 and not any(map(str.islower, words))


def _is_only_of(word: str, one: str, other: str) -> bool:
    """Whether a word that is no name is in the dictionary of `one`, and not in that of `other`."""
    is_name = len(word) < _SHORTEST_ALONE or not word[1:].islower()
    has_both = has_dictionary(one) and has_dictionary(other)
    return has_both and not is_name and is_only_in(word.lower(), one, other)
