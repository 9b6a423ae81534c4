"""Finds passages in the wrong language: a paragraph that was not translated, a sentence pasted from
another page. Two or three words are weak evidence, so the report is advice. Text marked with `lang`
is a passage of its own and is compared with its own mark."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from metropolis.content.page import Page
from metropolis.content.page_text import BLANK, excerpt
from metropolis.content.prose import Passage
from metropolis.language.dictionaries import are_words, has_dictionary
from metropolis.language.sentences import split_sentences
from metropolis.problem import Severity
from metropolis.report import counted
from metropolis.wording.detection import FEWEST_WORDS, MOST_ADVISED, LanguageGuard, is_only_in
from metropolis.wording.finding import Finding, found

_SHORTEST_ALONE = 5  # letters of a word that makes up a passage
_LISTED = ("item", "paragraph")
_LONG_WORD = re.compile(r"(?<![\w.])[^\W\d_]{4,}")
_ELIDED = re.compile(r"[^\W\d_]+[’'][^\W\d_]+")


@dataclass
class _Run:
    """Sentences in one wrong language, one after the other: a page that nobody has translated is
    one problem. `start`, `fragment` and `sentence` are those of the first; `words`: the most that
    one has."""

    start: int
    fragment: str
    sentence: str
    locale: str
    language: str
    words: int = 0
    more: int = 0

    def finding(self, page: Page, guard: LanguageGuard) -> Finding:
        """The report of the whole run, at its first sentence."""
        own = guard.locales.get(self.locale, self.locale)
        others = counted(self.more, "sentence") + " after it are"
        verb = f"and {others}" if self.more else "is"
        them = "Translate them" if self.more else "Translate it"
        what = f"“{excerpt(self.sentence)}” {verb} in {guard.locales[self.language]}, not in {own}."
        how = f'{them}; words that stay, mark: <span lang="{self.language}">…</span>.'
        strength = _strength(self.words)
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
        position = 0
        # The end of a line does not end a sentence.
        text = passage.text.replace(BLANK, " ").replace("\n", " ")
        for sentence in split_sentences(text, passage.locale):
            position = text.index(sentence, position)
            end = position + len(sentence)
            language = guard.language_of(" ".join(sentence.split()), passage.locale)
            if language and not _is_command(passage):
                if run is None or (run.locale, run.language) != (passage.locale, language):
                    place, fragment = passage.start + position, passage.text[position:end]
                    run = _Run(place, fragment, sentence, passage.locale, language, more=-1)
                    runs.append(run)
                    unsure = []
                run.more += 1
                run.words = max(run.words, len(guard.words(sentence, passage.locale)))
                wrong += [*unsure, (number, position, end)]
                unsure = []
            elif sentence.count(" ") < MOST_ADVISED:
                unsure.append((number, position, end))
            else:
                run = None
            position = end
    findings = [run.finding(page, guard) for run in runs]
    return findings, _without(passages, wrong) if wrong else passages


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
) -> list[Finding]:
    """Passages that equal the source's word for word without a good reason: they are not in their
    page's language. One word, or a name with hyphens, shows that only if its language has it."""
    originals = {
        (passage.anchor, passage.words)
        for passage in source_passages
        if passage.locale == source.locale
    }
    findings: list[Finding] = []
    passages = [one for one in passages if one.locale == page.locale]
    copies = [one for one in passages if (one.anchor, one.words) in originals]
    lists = {one.anchor for one in copies if _is_name_of_list(one, source.locale, page.locale)}
    for passage in copies:
        if (
            _is_title(passage)
            or _is_command(passage)
            or (" " not in passage.words and passage.anchor in lists)
        ):
            continue
        words = guard.words(passage.words, page.locale)
        known = [*words, *_ELIDED.findall(passage.words)]
        is_one = not re.search(r"\s", passage.words)
        if is_one and not _is_only_of(passage.words, source.locale, page.locale):
            continue
        if not is_one and _are_names(known, source.locale, page.locale):
            continue
        if (is_one or len(words) >= FEWEST_WORDS) and not are_words(known, page.locale):
            what = f"“{excerpt(passage.words)}” is copied word for word from {source.path}."
            how, strength = "Translate it.", _strength(len(words))
            findings.append(
                found(
                    "language", page, passage.start, passage.words, what, how=how, severity=strength
                )
            )
    return findings


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


def _are_names(words: list[str], source: str, own: str) -> bool:
    """Whether no word shows the language of the source: "Dr. Connor", "Applix version 4"."""
    has_both = has_dictionary(source) and has_dictionary(own)
    return has_both and not any(is_only_in(word.lower(), source, own) for word in words)


def _is_only_of(word: str, one: str, other: str) -> bool:
    """Whether a word that is no name is in the dictionary of `one`, and not in that of `other`."""
    is_name = len(word) < _SHORTEST_ALONE or not word[1:].islower()
    has_both = has_dictionary(one) and has_dictionary(other)
    return has_both and not is_name and is_only_in(word.lower(), one, other)


def _strength(words: int) -> Severity | None:
    return "advice" if words <= MOST_ADVISED else None
