"""The same numbers, percentages and dates in each language, passage by passage, whatever their
format.

Words and signs of a sentence move from language to language; what it counts does not. A number may
be written in words on one side, and be repeated or replaced by a pronoun: what counts is whether
each side says it at all."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from metropolis.content.page import Page
from metropolis.content.prose import Passage
from metropolis.language.dates import format_day, format_day_of_year, format_month
from metropolis.language.numbers import SCALES, format_number, format_percent, format_scaled
from metropolis.language.reading import Quantity, Value, read_quantities
from metropolis.language.spelling_out import spelled_out
from metropolis.wording.finding import Finding, found

_LARGEST_IN_WORDS = 100
_WORD = re.compile(r"[^\W_]+")
_NAME = re.compile(r"(?!^)\b[A-ZÀ-Þ]\w{3,}")
# Differences that are told of one section; what is beyond them is counted.
_MOST_TOLD = 50


@dataclass(frozen=True)
class _Mention:
    """A quantity where it stands: the passage, its number in the section, and the words."""

    quantity: Quantity
    passage: Passage
    number: int

    @property
    def words(self) -> str:
        return self.passage.text[self.quantity.start : self.quantity.end]

    @property
    def start(self) -> int:
        return self.passage.start + self.quantity.start

    @property
    def key(self) -> tuple[str, Value]:
        return self.quantity.kind, self.quantity.value


class _Section:
    """The passages of one section in one language, and what they mention."""

    def __init__(self, locale: str) -> None:
        self.locale = locale
        self.passages: list[Passage] = []
        self.mentions: list[_Mention] = []
        self.foreign: set[tuple[str, Value]] = set()

    def add(self, passage: Passage) -> None:
        """Words marked as another language say what they say, and owe nothing: a translation may
        have its own."""
        if passage.locale != self.locale:
            self.foreign |= {
                (one.kind, one.value) for one in read_quantities(passage.text, passage.locale)
            }
            return
        if passage.kind != "foreign" or not self.passages:
            self.passages.append(passage)
        number = (
            len(self.passages) - 1
        )  # marked words of its own language belong to the passage that they stand in
        self.mentions += [
            _Mention(one, passage, number) for one in read_quantities(passage.text, passage.locale)
        ]

    @property
    def kinds(self) -> list[str]:
        """The kinds of its passages, in their order."""
        return [passage.kind for passage in self.passages]

    def alone(self) -> list[_Section]:
        """Each passage as a section of its own."""
        found = []
        for passage in self.passages:
            one = _Section(self.locale)
            one.passages = [passage]
            one.foreign = self.foreign
            found.append(one)
        for mention in self.mentions:
            found[mention.number].mentions.append(mention)
        return found

    @cached_property
    def _keys(self) -> set[tuple[str, Value]]:
        return {one.key for one in self.mentions}

    @cached_property
    def _dates(self) -> set[int]:
        """The years and days of its dates."""
        return {
            part
            for _, value in self._keys
            if isinstance(value, tuple)
            for part in (value[0], value[2])
        }

    def says(self, mention: _Mention) -> bool:
        """Whether the section says what `mention` does: in digits, as a part of a date, or in
        words."""
        kind, value = mention.key
        if mention.key in self.foreign or mention.key in self._keys:
            return True
        if not isinstance(value, Decimal):
            return False
        if kind == "number" and value and value in self._dates:
            return True
        is_small = value == value.to_integral_value() and value <= _LARGEST_IN_WORDS
        return is_small and self._has_words(spelled_out(int(value), self.locale))

    @cached_property
    def _text(self) -> str:
        return _plain(" ".join(passage.words for passage in self.passages))

    def _has_words(self, wordings: Iterable[str]) -> bool:
        return any(_plain(words) in self._text for words in wordings)

    @cached_property
    def landmarks(self) -> list[set[object]]:
        """What each passage has in common with its translation: quantities and names."""
        found: list[set[object]] = [set(_NAME.findall(passage.words)) for passage in self.passages]
        for mention in self.mentions:
            found[mention.number].add(mention.key)
        return found

    def nearest(self, mention: _Mention, other: _Section) -> Passage:
        """Where `mention` of `other` should stand here: the same passage, or the one that says most
        of the same."""
        if len(self.passages) == len(other.passages):
            return self.passages[mention.number]
        theirs = other.landmarks[mention.number]
        shared = [len(theirs & mine) for mine in self.landmarks]
        if any(shared):
            return self.passages[shared.index(max(shared))]
        return next(
            (passage for passage in self.passages if passage.kind == "heading"), self.passages[0]
        )


def _plain(text: str) -> str:
    """Whole words in small letters without accents, between spaces; ICU hides soft hyphens in long
    ones."""
    bare = "".join(
        c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c)
    )
    words = _WORD.findall(bare.replace("\u00ad", ""))
    return f" {' '.join(words)} "


def find_figure_differences(
    page: Page, source: Page, passages: Iterable[Passage], source_passages: Iterable[Passage]
) -> list[Finding]:
    """Quantities that only one of the two says, on the translation's line."""
    mine, theirs = _sections(passages, page.locale), _sections(source_passages, source.locale)
    findings: list[Finding] = []
    for anchor in mine.keys() & theirs.keys():
        own, other = mine[anchor], theirs[anchor]
        extra, lost = _compare(own, other)
        findings += _tell(page, source, own, other, extra[:_MOST_TOLD], lost[:_MOST_TOLD])
        if more := len(extra[_MOST_TOLD:]) + len(lost[_MOST_TOLD:]):
            what = f"In this section, {more:,} more figures are not those of {source.path}."
            findings.append(
                found("figure", page, own.passages[0].first, own.passages[0].words, what)
            )
    return sorted(findings, key=lambda finding: finding.problem)


def _compare(own: _Section, other: _Section) -> tuple[list[_Mention], list[_Mention]]:
    """What only `own` says, and what only `other` says: passage by passage where both have the same
    ones.

    What has moved from one passage of the section to another is neither.
    """
    pairs = (
        list(zip(own.alone(), other.alone(), strict=True))
        if own.kinds == other.kinds
        else [(own, other)]
    )
    extra = [
        mention for mine, theirs in pairs for mention in mine.mentions if not theirs.says(mention)
    ]
    lost = [
        mention for mine, theirs in pairs for mention in theirs.mentions if not mine.says(mention)
    ]
    moved = {mention.key for mention in extra} & {mention.key for mention in lost}
    return [one for one in extra if one.key not in moved], [
        one for one in lost if one.key not in moved
    ]


def _sections(passages: Iterable[Passage], locale: str) -> dict[str, _Section]:
    sections: dict[str, _Section] = {}
    for passage in passages:
        sections.setdefault(passage.anchor, _Section(locale)).add(passage)
    return {anchor: section for anchor, section in sections.items() if section.passages}


def _tell(
    page: Page,
    source: Page,
    own: _Section,
    other: _Section,
    extra: list[_Mention],
    lost: list[_Mention],
) -> Iterator[Finding]:
    told: set[tuple[str, Value]] = set()
    for mention in extra:
        twin = next(
            (one for one in lost if one.number == mention.number and _are_alike(one, mention)), None
        )
        if twin:
            lost.remove(twin)
            told.add(twin.key)
            line = source.text.place(twin.start)[0]
            what = f"“{mention.words}” is “{twin.words}” in {source.path}, line {line}."
            how = f"Write “{_in_locale(twin, page.locale)}”, or mend the source."
        else:
            what = f"“{mention.words}” does not stand in {source.path}."
            how = "Take it out, or add it there."
        if mention.key not in told:
            told.add(mention.key)
            yield found("figure", page, mention.start, mention.words, what, how=how)
    for mention in lost:
        if mention.key not in told:
            told.add(mention.key)
            where = own.nearest(mention, other)
            line = source.text.place(mention.start)[0]
            what = f"“{mention.words}” ({source.path}, line {line}) is not said here."
            how = f"Write “{_in_locale(mention, page.locale)}”."
            yield found("figure", page, where.first, mention.words, what, how=how)


def _are_alike(one: _Mention, other: _Mention) -> bool:
    return one.quantity.kind == other.quantity.kind


def _in_locale(mention: _Mention, locale: str) -> str:
    """The quantity as the other language writes it; a code, as it stands."""
    value, words = mention.quantity.value, mention.words
    if not isinstance(value, Decimal):
        return _date_in_locale(value, locale) or words
    if mention.quantity.kind == "percentage":
        return format_percent(float(value), locale)
    if not words[-1].isdigit() and value >= SCALES["million"]:
        scaled = format_scaled(float(value), locale)
        if [one.value for one in read_quantities(scaled, locale)] == [value]:
            return scaled  # else rounded: all its digits are needed
    if words.startswith("0"):
        return words
    is_year_like = value % 1 == 0 and value < 10_000  # and so without separators
    return str(int(value)) if is_year_like else format_number(float(value), locale)


def _date_in_locale(value: tuple[int, int, int], locale: str) -> str:
    """The date in words; nothing for one that no calendar has."""
    year, month, day = value
    # Day before month in English too: no comma, which would read as a part of the sentence.
    try:
        moment = date(year or 2000, month, day or 1)
    except ValueError:
        return ""
    form = format_day_of_year if not year else format_day if day else format_month
    text = form(moment, locale)
    return re.sub(r"^1 ", "1er ", text) if locale == "fr" else text


def find_foreign_formats(page: Page, passages: Iterable[Passage]) -> list[Finding]:
    """Decimals written as another language writes them."""
    findings: list[Finding] = []
    for passage in passages:
        if passage.locale != page.locale:
            continue
        for quantity in read_quantities(passage.text, passage.locale):
            if quantity.is_foreign:
                words = passage.text[quantity.start : quantity.end].rstrip("% \u00a0\u202f")
                right = words.replace(".", "\0").replace(",", ".").replace("\0", ",")
                what = f"“{words}” is not how this language writes a decimal."
                start = passage.start + quantity.start
                findings.append(
                    found("typography", page, start, words, what, how=f"Write “{right}”.")
                )
    return findings
