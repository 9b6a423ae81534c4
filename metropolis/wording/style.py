"""Style that a rule can see: the same words twice on a page, chains of short sentences, two colons.
All of it is advice; docs/translators/style.md has examples."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from metropolis.content.page import Page
from metropolis.content.page_text import BLANK
from metropolis.content.prose import Passage
from metropolis.data.records import Records
from metropolis.language.sentences import split_sentences
from metropolis.wording.finding import Finding, found
from metropolis.wording.own_words import named_texts

_RUN = 6  # words that may not stand twice on a page, in the same order …
_TELLING, _LONG = 4, 5  # … if so many have so many letters: "in the same way as the" says nothing
_SHORT, _CHAIN = 6, 4  # four sentences of at most six words
_WORD = re.compile(r"[^\W\d_]+(?:[’'·-][^\W\d_]+)*|\d+")
# What is between the words of a path through menus, or of a list, but not of a sentence.
_BREAK = re.compile(r"[^\w\s,.;:’'·«»“”-]| [-–] |\d\.")
_BEFORE = f" \u00a0\u202f{BLANK}«“\"'¿¡(*"  # between the end of a sentence and the next one
_COLON = re.compile(r"\w[»”]?[\s\u202f\u00a0]?:(?=\s)")
# Prose only: headings, cells and items are short, and may well say again what a text has said.
_KINDS = ("paragraph", "quotation", "note")


def find_style(page: Page, passages: Iterable[Passage], names: str) -> list[Finding]:
    """What of `page` would read better. `names` are those of official_names: they may repeat."""
    prose = [one for one in passages if one.kind in _KINDS and one.locale == page.locale]
    return [
        *_first_repeated(page, prose, names),
        *(finding for passage in prose for finding in _chains(page, passage)),
    ]


def _first_repeated(page: Page, prose: Iterable[Passage], names: str) -> Iterator[Finding]:
    """The first run of words that a page says again. A manual says many again on purpose: the
    others are only counted."""
    runs = list(_repeated(prose, names))
    for start, text, first in runs[:1]:
        what = f"“{' '.join(text.split())}” stands on line {page.text.place(first)[0]} already."
        if len(runs) > 1:
            times = "1 time" if len(runs) == 2 else f"{len(runs) - 1} times"
            what = f"{what} More of this page is said again: {times}."
        yield found("style", page, start, text, what, how="Say it once.")


def _repeated(prose: Iterable[Passage], names: str) -> Iterator[tuple[int, str, int]]:
    """The second of two equal runs of words: its place, its text, the place of the first;
    overlapping runs are one."""
    seen: dict[tuple[str, ...], tuple[int, bool]] = {}
    for passage in prose:
        matches = [*_WORD.finditer(passage.text)]
        words = [match[0].casefold() for match in matches]
        last = -_RUN
        for place in range(len(words) - _RUN + 1):
            run = tuple(words[place : place + _RUN])
            start = matches[place].start()
            is_begun = _is_begin(passage.text, start)
            first, was_begun = seen.setdefault(run, (passage.start + start, is_begun))
            if first == passage.start + start or place < last + _RUN:
                continue
            if is_begun and was_begun:
                continue  # sentences that begin alike on purpose, as those of instructions do
            text = passage.text[start : matches[place + _RUN - 1].end()]
            if BLANK in text or _BREAK.search(text):
                continue
            # Nearly all of it belongs to an official name.
            is_name = " ".join(run[1:]) in names or " ".join(run[:-1]) in names
            if is_name or not _is_telling(run):
                continue
            last = place
            yield passage.start + start, text, first


def _is_begin(text: str, start: int) -> bool:
    """Whether a sentence begins there."""
    before = text[max(0, start - 5) : start].rstrip(_BEFORE)
    return before[-1:] in ("", ".", "!", "?", ":", "…", "»", "”", "\n")


def _is_telling(run: tuple[str, ...]) -> bool:
    """Whether enough of its words mean something by themselves."""
    is_prose = not any(map(str.isdigit, run))
    return is_prose and sum(len(word) >= _LONG for word in run) >= _TELLING


def _chains(page: Page, passage: Passage) -> Iterator[Finding]:
    """Four short sentences in a row, or two colons in a sentence."""
    short, start = 0, 0
    for sentence in split_sentences(passage.text, page.locale):
        place = passage.text.index(sentence, start)
        start = place + len(sentence)
        short = short + 1 if len(_WORD.findall(sentence)) <= _SHORT else 0
        if short == _CHAIN:
            what = f"{_CHAIN} sentences in a row have at most {_SHORT} words."
            how = "Join two of them."
            yield found("style", page, passage.start + place, sentence, what, how=how)
        if len(_COLON.findall(sentence)) > 1:
            what = "One sentence has two colons."
            yield found("style", page, passage.start + place, sentence, what, how="Make two of it.")


def official_names(records: Records, locale: str) -> str:
    """Names and terms of the data, folded, each on its line: a page may repeat them."""
    names = [text.casefold() for code, text in named_texts(records) if code in ("", locale)]
    return "\n".join(dict.fromkeys(" ".join(_WORD.findall(name)) for name in names))
