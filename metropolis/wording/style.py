"""Style that a rule can see: the same words twice on a page, chains of short sentences, two colons.
All of it is advice; docs/translators/style.md has examples."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from itertools import accumulate, islice

from metropolis.content.page import Page
from metropolis.content.page_text import BLANK
from metropolis.content.prose import Passage
from metropolis.data.records import Records
from metropolis.language.sentences import split_sentences
from metropolis.wording.finding import Finding, found
from metropolis.wording.own_words import named_texts

_RUN = 7  # words that may not stand twice on a page, in the same order …
_TELLING, _LONG = 5, 5  # … if so many have so many letters: "in the same way as the" says nothing
_SHORT, _CHAIN = 6, 4  # four sentences of at most six words
_WORD = re.compile(r"[^\W\d_]+(?:[’'·-][^\W\d_]+)*|\d+")
# What is between the words of a path through menus, or of a list, but not of a sentence.
_BREAK = re.compile(r"[^\w\s,.;:’'·«»“”-]| [-–] |\d\.")
_SENTENCE_END = re.compile(r"\W*\Z|[\s»”)\"\ufffc]*[.!?…]")
_BEFORE = f" \u00a0\u202f{BLANK}«“\"'¿¡(*"  # between the end of a sentence and the next one
_AFTER = f" \n{BLANK}*"  # behind the last sign of what leads to a list
# Not "the Width: and Height: fields", …
_COLON = re.compile(r"\w[»”]?[\s\u202f\u00a0]?:(?=\s)(?!\s(?:and|or|et|ou|y|o)\s)")
_LABEL = re.compile(
    r"\s[A-ZÀ-Þ]\w*[\s\u202f\u00a0]?:\s[A-ZÀ-Þ]"  # … "set Color: Dark", …
    r"|\A\W*[^\W\d]+(?:\s\d+)?[\s\u202f\u00a0]?:(?=\s)"  # … "Note 1: words", …
    r"|\((?:[^()]|\([^()]*\))*\)|(?<!\w):\w+:"  # … "(Greek: …)", or ":name:".
)
# "Author: Ann, Date: today".
_NEXT_LABEL = re.compile(r"[,;](?:\s[^\s,;:]+){1,3}[\s\u202f\u00a0]?:(?=\s)")
_MANY = 4  # colons of a sentence, between labels and values
_INITIAL = re.compile(r"(?<!\w)[A-ZÀ-Þ]\.\Z")  # ends no sentence: "J. Neubüser"
# Prose only: headings, cells and items are short, and may well say again what a text has said.
_KINDS = ("paragraph", "quotation", "note")


def find_style(page: Page, passages: Iterable[Passage], names: str) -> list[Finding]:
    """What of `page` would read better. `names` are those of official_names: they may repeat."""
    own = (one for one in passages if one.kind in _KINDS and one.locale == page.locale)
    prose = [_without_images(page, one) for one in own]
    told = (one for one in prose if not one.text[-9:].rstrip(_AFTER).endswith(":"))
    return [
        *_first_repeated(page, told, names),
        *(finding for passage in prose for finding in _chains(page, passage)),
    ]


def _without_images(page: Page, passage: Passage) -> Passage:
    """`passage` without what describes its images: a caption may well say it again."""
    text, start = passage.text, passage.start
    for image in page.links if "![" in page.text.text else ():
        first, last = image.start - start, image.address_start - start
        if image.is_image and first >= 0 and last <= len(text):
            text = text[:first] + BLANK * (last - first) + text[last:]
    return replace(passage, text=text)


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


class _Words:
    """The words of a passage, and where sentences begin and end among them."""

    def __init__(self, passage: Passage) -> None:
        self.text, self.start = passage.text, passage.start
        self.words = [word.casefold() for word in _WORD.findall(passage.text)]

    @cached_property
    def places(self) -> list[tuple[int, int]]:
        """Where each word stands."""
        return [match.span() for match in _WORD.finditer(self.text)]

    def runs(self) -> Iterator[tuple[str, ...]]:
        """The words from each word on, as many as may not stand twice."""
        return zip(*(islice(self.words, number, None) for number in range(_RUN)), strict=False)

    @cached_property
    def firsts(self) -> list[int]:
        """For each word, the first word of its sentence."""
        begins = (number if self._begins(number) else 0 for number in range(len(self.words)))
        return list(accumulate(begins, max))

    @cached_property
    def lasts(self) -> list[int]:
        """For each word, the last word of its sentence."""
        count = len(self.words)
        ends = (number if self._ends(number) else count for number in reversed(range(count)))
        return list(accumulate(ends, min))[::-1]

    def _begins(self, number: int) -> bool:
        """Whether a sentence begins with the word."""
        start = self.places[number][0]
        before = self.text[max(0, start - 5) : start].rstrip(_BEFORE)
        return number == 0 or before[-1:] in ("", ".", "!", "?", ":", "…", "»", "”", "\n")

    def _ends(self, number: int) -> bool:
        """Whether a sentence ends with the word."""
        return _SENTENCE_END.match(self.text, self.places[number][1]) is not None


def _repeated(prose: Iterable[Passage], names: str) -> Iterator[tuple[int, str, int]]:
    """The second of two equal runs of words: its place, its text, the place of the first;
    overlapping runs are one."""
    passages = [_Words(passage) for passage in prose]
    times = Counter(run for passage in passages for run in passage.runs())
    if times.total() == len(times):
        return  # as on most pages
    seen: dict[tuple[str, ...], tuple[_Words, int]] = {}
    for here in passages:
        last = -_RUN
        for place, run in enumerate(here.runs()):
            if times[run] == 1:
                continue
            earlier, first = seen.setdefault(run, (here, place))
            if (earlier is here and first == place) or place < last + _RUN:
                continue
            start = here.places[place][0]
            text = here.text[start : here.places[place + _RUN - 1][1]]
            if BLANK in text or _BREAK.search(text):
                continue
            # Nearly all of it belongs to an official name.
            is_name = " ".join(run[1:]) in names or " ".join(run[:-1]) in names
            if is_name or not _is_telling(run, text) or _is_alike(earlier, first, here, place):
                continue
            last = place
            yield here.start + start, text, earlier.start + earlier.places[first][0]


def _is_alike(earlier: _Words, first: int, here: _Words, place: int) -> bool:
    """Whether two runs are in the beginnings of sentences that go on otherwise: those of
    instructions and definitions begin alike on purpose. So do the parts of a sentence; and a run
    over two sentences is there by chance."""
    begin, end = here.firsts[place], here.firsts[place + _RUN - 1]
    if earlier is here and begin == here.firsts[first]:
        return True
    before = earlier.words[earlier.firsts[first] : first], here.words[begin:place]
    one, other = first + _RUN - 1, place + _RUN - 1
    rest = earlier.words[one : earlier.lasts[one] + 1], here.words[other : here.lasts[other] + 1]
    return rest[0] != rest[1] and (begin != end or before[0] == before[1])


def _is_telling(run: tuple[str, ...], text: str) -> bool:
    """Whether enough of its words mean something by themselves, and are not those of a name."""
    long = sum(len(word) >= _LONG for word in run)
    capitals = sum(word[0].isupper() for word in _WORD.findall(text) if len(word) >= _LONG)
    return long >= _TELLING and 2 * capitals <= long and not any(map(str.isdigit, run))


def _chains(page: Page, passage: Passage) -> Iterator[Finding]:
    """Four short sentences in a row, or two colons in a sentence."""
    short, start = 0, 0
    for sentence in split_sentences(passage.text, page.locale):
        place = passage.text.index(sentence, start)
        start = place + len(sentence)
        is_short = len(_WORD.findall(sentence)) <= _SHORT and not _INITIAL.search(sentence)
        short = short + 1 if is_short else 0
        if short == _CHAIN:
            what = f"{_CHAIN} sentences in a row have at most {_SHORT} words."
            how = "Join two of them."
            yield found("style", page, passage.start + place, sentence, what, how=how)
        if sentence.count(":") > 1 and _has_two_colons(sentence):
            what = "One sentence has two colons."
            yield found("style", page, passage.start + place, sentence, what, how="Make two of it.")


def _has_two_colons(sentence: str) -> bool:
    """Whether they lead to what a sentence says: many are those of labels without signs between
    their values."""
    head, colon, tail = _LABEL.sub(")", sentence).partition(":")
    bare = head + colon + _NEXT_LABEL.sub(")", tail)
    return len(_COLON.findall(bare)) > 1 and len(_COLON.findall(sentence)) < _MANY


def official_names(records: Records, locale: str) -> str:
    """Names and terms of the data, folded, each on its line: a page may repeat them."""
    names = [text.casefold() for code, text in named_texts(records) if code in ("", locale)]
    return "\n".join(dict.fromkeys(" ".join(_WORD.findall(name)) for name in names))
