"""Style that a rule can see: what is said twice in a row, chains of short sentences, two
colons. All of it is advice; docs/translators/style.md has examples."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from metropolis.content.page import Page
from metropolis.content.page_text import BLANK, excerpt
from metropolis.content.prose import Passage
from metropolis.content.repetition import is_statement, is_telling, telling_words
from metropolis.language.sentences import split_sentences
from metropolis.wording.finding import Finding, found

_SHORT, _CHAIN = 6, 4  # four sentences of two to six words
# Not "the Width: and Height: fields", …
_COLON = re.compile(r"\w[»”]?[\s\u202f\u00a0]?:(?=\s)(?!\s(?:and|or|et|ou|y|o)\s)")
_LABEL = re.compile(
    r"\s[A-ZÀ-Þ]\w*(?:\s[^\W\d]+){0,2}[\s\u202f\u00a0]?:(?=\s)"  # … "if Mixed number: is set", …
    r"|\A\W*[^\W\d]+(?:\s\d+)?[\s\u202f\u00a0]?:(?=\s)"  # … "Note 1: words", …
    # … "Debian hint #1: words" …
    r"|\A\W*(?:[^\W\d]+\s){1,3}(?:#|n\.?[º°o]\s?)?\d+[\s\u202f\u00a0]?:(?=\s)"
    r"|\((?:[^()]|\([^()]*\))*\)|\{[^{}]*\}|(?<!\w):\w+:"  # … "(Greek: …)", "{a: b}", or ":name:".
)
# "Author: Ann, Date: today".
_NEXT_LABEL = re.compile(r"[,;](?:\s[^\s,;:]+){1,3}[\s\u202f\u00a0]?:(?=\s)")
_NAME = re.compile(
    r"[*_«“\"](?=\w)[^*_»”\"\n]*[^*_»”\"\n:\s](?=[*_»”\"])|\[(?=\w)[^\[\]\n]*\](?=\()"
)
_END = re.compile(r"[.!?…]\s")
_MANY = 4  # colons of a sentence, between labels and values
# Prose only: headings, cells and items are short, and may well say again what a text has said.
_KINDS = ("paragraph", "quotation", "note")


def find_style(page: Page, passages: Iterable[Passage]) -> list[Finding]:
    """What of `page` would read better."""
    findings: list[Finding] = []
    first = {one.start: one.first for one in page.repetitions}
    for passage in passages:
        if passage.kind in _KINDS and passage.locale == page.locale:
            sentences = list(_sentences(passage))
            if passage.start in first:
                start = passage.start
                findings.append(_said_again(page, start, passage.text, first[start]))
            else:
                findings += _find_said_again(page, sentences)
            findings += _find_chains(page, sentences)
            findings += _find_colons(page, sentences)
    return findings


def _sentences(passage: Passage) -> Iterator[tuple[int, str]]:
    """The place of each sentence in the page, and its text. The end of a line ends none."""
    text, place = passage.text.replace("\n", " "), 0
    for sentence in split_sentences(text, passage.locale):
        place = text.index(sentence, place)
        yield passage.start + place, passage.text[place : place + len(sentence)]
        place += len(sentence)


def _find_said_again(page: Page, sentences: Iterable[tuple[int, str]]) -> Iterator[Finding]:
    """Sentences of a passage that are the same. A manual says many again, further on, on purpose,
    or with other code in them."""
    said: dict[str, int] = {}
    was_again = False  # of several in a row, the first is enough
    for start, text in sentences:
        written = " ".join(page.text.text[start : start + len(text)].split())
        first = said.setdefault(written, start)
        is_again = first != start and is_telling(text)
        if is_again and not was_again:
            yield _said_again(page, start, text, first)
        was_again = is_again


def _said_again(page: Page, start: int, text: str, first: int) -> Finding:
    shown = excerpt(text.replace(BLANK, " "))
    what = f"“{shown}” stands on line {page.text.place(first)[0]} already."
    return found("style", page, start, text, what, how="Say it once.")


def _find_chains(page: Page, sentences: Iterable[tuple[int, str]]) -> Iterator[Finding]:
    """The fourth of four short sentences in a row."""
    short = 0
    for start, sentence in sentences:
        is_short = is_statement(sentence) and 1 < len(telling_words(sentence)) <= _SHORT
        short = short + 1 if is_short else 0
        if short == _CHAIN:
            what = f"{_CHAIN} sentences in a row have at most {_SHORT} words."
            yield found("style", page, start, sentence, what, how="Join two of them.")


def _find_colons(page: Page, sentences: Iterable[tuple[int, str]]) -> Iterator[Finding]:
    """Two colons in a sentence, on the same line: there may be a label on each of its lines."""
    for start, sentence in sentences:
        bare = _without_names(page, start, sentence) if sentence.count(":") > 1 else ""
        if any(map(_has_two_colons, bare.split("\n"))):
            what = "One sentence has two colons."
            yield found("style", page, start, sentence, what, how="Make two of it.")


def _without_names(page: Page, start: int, sentence: str) -> str:
    """The sentence without the colons inside names and quotations: "press *Number: Add*"."""
    bare = list(sentence)
    for name in _NAME.finditer(page.text.text, start, start + len(sentence)):
        for place in range(name.start() - start, name.end() - start):
            bare[place] = "," if bare[place] == ":" else bare[place]
    return "".join(bare)


def _has_two_colons(sentence: str) -> bool:
    """Whether they lead to what a sentence says: many are those of labels without signs between
    their values."""
    head, colon, tail = _LABEL.sub(")", sentence).partition(":")
    bare = head + colon + _NEXT_LABEL.sub(")", tail)
    # "light. dark: words. light: words": a sentence may begin with a small letter.
    parts = _END.split(bare)
    return (
        any(len(_COLON.findall(one)) > 1 for one in parts) and len(_COLON.findall(sentence)) < _MANY
    )
