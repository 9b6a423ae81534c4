"""The quantities that the passages of a section mention, and whether those of another section
match."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property

from metropolis.content.page import Page
from metropolis.content.prose import Passage
from metropolis.language.quantity import Quantity, Reading, implied_readings, is_conversion
from metropolis.language.reading import read_quantities
from metropolis.language.units import MeasuredUnit
from metropolis.wording.bare_text import bare_text

_NAME = re.compile(r"(?!^)\b[A-ZÀ-Þ]\w{3,}")
_NEXT_WORD = re.compile(r"[^\S\n]?(?:[^\W\d_][\w-]*|[%€$£])")
_CODE = re.compile(r"`+([^`\n]+)`+")
_MARKER = re.compile(r"\W*\d{1,2}(?:\.\d{1,2})*[.)]\s+(?=[^\W\d_])")
_CODE_WORD = re.compile(r"[\w.:/+-]*\w")
_ENDS_OF_RANGE = re.compile(r"(?<![\w.-])\d+(?=-\d+(?![\w.-]))|(?<=\d-)\d+(?![\w.-])")  # "5-7"
_NEITHER = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")  # a decimal in one language, a group in another
# "100 % free" is "totalement libre".
_WHOLE = re.compile(
    r"\b(?:total|enti[eè]r|complet|compl[eè]t|pleine|int[eé]gr|fully|wholly|all\b|tou(?:t|te|s|tes)\b"
    r"|todo|toda|enter[oa]|plenamente)",
    re.I,
)
_LONG_CONTEXT = 20  # characters: as many equal ones are a copied sentence
_SPLIT = re.compile(r"\d[/:]\d|\d\s?/\s?\d")
_MARK = ("[", "]")  # around the number of a note, which each language may count for itself
_LONGEST_MARK = 3  # digits
_MOST_CONVERTED = 250  # each may be tried with each
_SAME = str.maketrans({"\u00a0": " ", "\u202f": " "})


@dataclass(frozen=True)
class Mention:
    """A quantity and its place: at `start` of its page, in a passage or in words marked inside
    one."""

    quantity: Quantity
    passage: Passage
    start: int
    words: str
    full_words: str  # with the unit
    next_words: str  # with the unit, or the word behind
    context: str  # with the words behind, which the source has too if nobody translated them

    @property
    def is_measured(self) -> bool:
        """Whether it has a percent sign, a scale or a unit."""
        return self.quantity.unit is not None or not self.full_words[-1:].isdigit()

    @property
    def key(self) -> tuple[str, object]:
        """Mentions with the same key are reported once."""
        return self.quantity.kind, self.quantity.value


@dataclass
class Passages:
    """Passages of one language that correspond to passages of another, with their mentions."""

    locale: str
    passages: list[Passage] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    # Words marked as another language need no counterpart: a translation may have its own.
    foreign: list[Mention] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    code: set[str] = field(default_factory=set)  # words and numbers in code

    def add(self, page: Page, passage: Passage) -> None:
        """Adds `passage` of `page`, whose markup is not part of any quantity."""
        bare = bare_text(page, passage)
        self.texts.append(bare.text)
        written = page.text.text[passage.start : passage.start + len(passage.text)]
        for code in _CODE.findall(written):
            self.code.update(_CODE_WORD.findall(code), _ENDS_OF_RANGE.findall(code))
        is_own = passage.locale == self.locale
        if is_own and (passage.kind != "foreign" or not self.passages):
            self.passages.append(passage)
        owner = self.passages[-1] if is_own else passage
        found = [
            _mention(_as_marker(quantity, bare.text), owner, bare.text, bare.offsets)
            for quantity in read_quantities(bare.text, passage.locale)
        ]
        (self.mentions if is_own else self.foreign).extend(found)

    @cached_property
    def _units(self) -> dict[Reading, set[MeasuredUnit | None]]:
        """The units of each reading."""
        units: dict[Reading, set[MeasuredUnit | None]] = {}
        for mention in [*self.mentions, *self.foreign]:
            for reading in mention.quantity.readings:
                units.setdefault(reading, set()).add(mention.quantity.unit)
        return units

    @cached_property
    def _dates(self) -> tuple[set[int], set[tuple[int, bool, bool]]]:
        """The years of all dates; of those with a day or a year alone, the month and what lacks."""
        dates = [value for _, value in self._units if isinstance(value, tuple)]
        halves = {
            (month, not day, not year) for year, month, day in dates if bool(day) != bool(year)
        }
        return {year for year, _, _ in dates}, halves

    @cached_property
    def _split(self) -> set[Reading]:
        """The single numbers of times and fractions, which the other side may write separately."""
        mentions = [*self.mentions, *self.foreign]
        return {reading for mention in mentions for reading in _parts(mention)}

    @cached_property
    def _implied(self) -> set[Reading]:
        """The values that dates, ordinals and names imply; never a number with a unit."""
        mentions = [*self.mentions, *self.foreign]
        return {reading for mention in mentions for reading in implied_readings(mention.quantity)}

    def says(self, mention: Mention) -> bool:
        """Whether these passages have the same quantity, or its exact signs."""
        quantity = mention.quantity
        readings = {*quantity.readings}
        if quantity.kind == "ordinal":
            readings.add(("number", quantity.value))  # "35 years", "the 35th year"
        if any(self._has(reading, quantity.unit) for reading in readings):
            return True
        if isinstance(quantity.value, tuple) and self._has_day(*quantity.value):
            return True
        if ("percentage", Decimal(100)) in readings and _WHOLE.search(self._signs):
            return True
        parts = _parts(mention)
        others = self._units.keys() | (self._split if quantity.kind != "time" else set())
        if parts and parts <= others:
            return True
        measured = self.mentions[:_MOST_CONVERTED] if quantity.unit else ()
        is_converted = any(is_conversion(quantity, one.quantity) for one in measured)
        return is_converted or self._has_signs(mention)

    def _has(self, reading: Reading, unit: MeasuredUnit | None) -> bool:
        if reading in self._split or (unit is None and reading in self._implied):
            return True
        units = self._units.get(reading, ())
        is_measure = reading[0] not in ("number", "percentage", "ordinal")
        return bool(units) and (is_measure or unit is None or None in units or unit in units)

    def _has_day(self, year: int, month: int, day: int) -> bool:
        """Whether the day is here, with its year beside another day: `from 3 to 5 May 2020`, or
        with a month in a third language: `9. Juli 2006`."""
        written = rf"(?<!\d){day or r'[0-9]+'}\.?(?:\s[^\W\d]+\.?){{1,3}}\s{year}(?!\d)"
        years, halves = self._dates
        is_undated = year not in {0, *years} and ("number", Decimal(year)) in self._units
        if is_undated and re.search(written, self._signs):
            return True
        rest = ("number", Decimal(day or year).normalize())
        if (month, bool(day), bool(year)) in halves and rest in self._units:
            return True  # "18 (noon) to 20 (noon) September 2024"
        if not day:
            return False
        if ("day", (0, month, day)) in self._units:  # "9/11" needs no year
            return True
        if not year:
            return ("day", (0, month, day)) in self._implied
        is_day = ("date", (0, month, day)) in self._units
        return is_day and self._has(("number", Decimal(year).normalize()), None)

    def _has_signs(self, mention: Mention) -> bool:
        """Whether the exact text of the mention is here; digits alone only in code, or with the
        next word."""
        if len(mention.context) > _LONG_CONTEXT and mention.context in self._signs:
            return True
        is_date = mention.quantity.kind == "date"
        digits = digits_of(mention.words)
        if mention.words in self.code or (is_date and self.code_digits.issuperset(digits)):
            return True
        signs = mention.next_words if mention.words.isalnum() else mention.full_words
        signs = signs.translate(_SAME)
        if signs.isdigit() or _NEITHER.fullmatch(mention.words) or signs not in self._signs:
            return False
        pattern = rf"(?<![\w.,]){re.escape(signs)}(?!\w|\.\d|\s?%)"  # “66,7” is not “66,7 %”
        return re.search(pattern, self._signs) is not None

    @cached_property
    def code_digits(self) -> set[str]:
        return {digits for word in self.code for digits in digits_of(word)}

    @cached_property
    def _signs(self) -> str:
        return "\n".join(self.texts).translate(_SAME)

    @cached_property
    def landmarks(self) -> list[set[object]]:
        """The quantities and names that each passage shares with its translation."""
        found: dict[int, set[object]] = {
            passage.start: set(_NAME.findall(passage.words)) for passage in self.passages
        }
        for mention in self.mentions:
            found.setdefault(mention.passage.start, set()).add(mention.key)
        return [found[passage.start] for passage in self.passages]


def _as_marker(quantity: Quantity, text: str) -> Quantity:
    """A hint, if the number counts the passage ("2. Words" is "Words" where nothing is counted) or
    a note: "[2]"."""
    start, end = quantity.start, quantity.end
    around = text[max(0, start - 1) : start], text[end : end + 1]
    if around == _MARK and end - start <= _LONGEST_MARK and quantity.form == "digits":
        return replace(quantity, form="hint")
    marker = _MARKER.match(text) if quantity.form == "digits" else None
    return replace(quantity, form="hint") if marker and marker.end() > quantity.start else quantity


def _mention(quantity: Quantity, passage: Passage, text: str, offsets: Sequence[int]) -> Mention:
    start, end, full_end = quantity.start, quantity.end, max(quantity.full_end, quantity.end)
    behind = _NEXT_WORD.match(text, full_end) if full_end == end else None
    return Mention(
        quantity,
        passage,
        offsets[start],
        text[start:end],
        text[start:full_end],
        text[start : behind.end() if behind else full_end],
        text[start : end + _LONG_CONTEXT].partition("\n")[0].translate(_SAME),
    )


def digits_of(text: str) -> list[str]:
    return re.findall(r"\d+", text)


def _parts(mention: Mention) -> set[Reading]:
    """The numbers of `16/9`, `2 h 30` or `Mt 7:1`."""
    if mention.quantity.kind == "time" and mention.quantity.form == "hint":
        return {("number", Decimal(12))}  # noon
    if mention.quantity.kind != "time" and not _SPLIT.search(mention.words):
        return set()
    digits = digits_of(mention.words)
    return {("number", Decimal(one).normalize()) for one in digits} if len(digits) > 1 else set()


def gather_mentions(page: Page, groups: Iterable[tuple[Passage, ...]]) -> Passages:
    """The quantities of some groups of passages."""
    found = Passages(page.locale)
    for group in groups:
        for passage in group:
            found.add(page, passage)
    return found
