"""Numbers in words: `cent vingt-sept`, `two thirds`, `mil millones`, `una veintena`, `XXIᵉ`; and
words that imply a number (`both`, `quinquennal`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from itertools import pairwise
from typing import Literal

from metropolis.language.number_vocabulary import AND, WORD, Kind, Words, fold, read_vocabulary

_JOINT = re.compile(r"[\s&-]+")
_ROMAN = re.compile(
    r"(?<!\w)([XVI]{1,6})(?:e|ème|ᵉ)(?!\w)"
    r"|(?:[Ss]iglos?|[Ss]éculos?|(?i:chapitre|chapter|cap[ií]tulo|part(?:ie|e)?|annexe?|anexo|tom[eo]"
    r"|volume[n]?|tít?ulo|titre|title|livre|libro|book|phase|fase|section|sección|tiers?|level|niveau|nivel|act[eo]?))[\s-]([XVI]{1,6})\b"
)
_NEXT_ROMAN = re.compile(
    r"(?:\s?[–-]\s?|,\s|,?\s(?:al?|y|e|et|à|and|to)\s(?:el\s)?)([XVI]{2,6}|[XV])\b"
)
_ROMAN_SIGNS = re.compile(r"\b[XVI]+(?:[eèᵉ]|\b)")
_LONGEST = 5  # words of a number below one hundred
_NEXT_WORD = re.compile(r"[\s-]+(?:(?:de|of)\s+)?([^\W\d_]+)")
# Between a number and its scale: "tens of thousands".
_OF = {"fr": "de", "en": "of", "es": "de", "pt": "de"}
_AND_LESS = {"en": 100, "pt": 1001}  # behind "and"; else only "mille et un"
_POINT = {"fr": ("virgule",), "en": ("point",), "es": ("coma", "punto")}  # of decimals
# "neuf" is also "new"; "second" a unit of time.
_AMBIGUOUS = {
    *("neuf", "second", "seconds", "seconde", "secondes", "score", "media", "medio", "meio"),
    *("tens", "dozens", "dizaines", "douzaines", "decenas", "docenas", "dezenas"),  # many
}
# Roots, common to several languages, of words that imply a number.
_IMPLIED = {
    0: "negati|nul(?:l|s|le|les|o|a)?$|non?zero|nothing$|ningun|aucune?$|none$",
    1: "mono|uni(?:cell|cel|color|dim|dir|lat)",
    2: "both|either|neither|ambos|ambas|twice|twof|doubl|dobl|dupl|paire?$|pairs$|couple"
    "|bi(?:col|cyc|cic|dim|direc|fas|phas|enn|enal|lat|lingu|mot|part|plan)",
    3: "thrice|tripl|trienn|trienal|trimest"
    "|tri(?:ang|col|cyc|cic|dim|fas|phas|lat|lingu|met|mot|part)",
    4: "quadr|cuadr|cuatri|tetra",
    5: "quinq|lustr|penta",
    6: "semest|hexa",
    8: "octog|octop",
    10: "decen|decad|tenfold|decupl|diezm",
    15: "fortnight",
    100: "siecle|siglo|centur|seculo|centen",
}
PLAIN = {"both", "twice", "thrice", "ambos", "ambas"}
_IMPLIES = [(Decimal(number), re.compile(roots)) for number, roots in _IMPLIED.items()]


@dataclass(frozen=True)
class NumberWords:
    """A number in words at an offset; `is_hint`: too vague to be missing or wrong."""

    kind: Literal["number", "ordinal", "fraction"]
    value: Decimal
    start: int
    end: int
    is_hint: bool = False


class _NumberReader:
    """The words of one text, with the vocabulary's entry for each."""

    def __init__(self, text: str, language: str) -> None:
        self.text, self.language = text, language
        self.vocabulary = read_vocabulary(language)
        self.places = list(WORD.finditer(text))
        self.words = [fold(place[0]) for place in self.places]

    def is_joined(self, index: int) -> bool:
        """Whether there is a word at `index`, with only spaces or hyphens before it."""
        if index >= len(self.words):
            return False
        start, end = self.places[index - 1].end(), self.places[index].start()
        return _JOINT.fullmatch(self.text, start, end) is not None

    def piece(self, index: int) -> tuple[Kind, Decimal, int] | None:
        """The longest entry of the vocabulary at `index`, and the index after it."""
        best = None
        words: Words = ()
        for stop in range(index, index + _LONGEST):
            if stop > index and not self.is_joined(stop):
                break
            words = (*words, self.words[stop])
            if words in self.vocabulary:
                best = (*self.vocabulary[words], stop + 1)
        return best

    def next_piece(self, index: int, last: str) -> tuple[Kind, Decimal, int] | None:
        """The continuation of a number at `index`, perhaps after a joining word."""
        if not self.is_joined(index):
            return None
        word, joining = self.words[index], (_OF.get(self.language), AND.get(self.language))
        if word not in joining:
            return self.piece(index)
        found = self.piece(index + 1) if self.is_joined(index + 1) else None
        if found is None or (word == joining[0] and found[0] == "scale"):
            return found
        is_rest = word == joining[1] and last != "unit"
        return found if is_rest and found[1] < _AND_LESS.get(self.language, 2) else None

    def decimals(self, index: int, whole: Decimal) -> tuple[Decimal, int] | None:
        """`whole` with the decimals behind the point at `index`, and the index after them."""
        words, stop = self.words[index : index + 1], index + 1
        is_idiom = self.words[max(0, index - 2) : index] == ["at", "one"]  # "at one point"
        if is_idiom or not words or words[0] not in _POINT.get(self.language, ()):
            return None
        digits = ""
        while self.is_joined(stop) and (piece := self.piece(stop)) and piece[0] == "small":
            digits, stop = digits + str(piece[1]), piece[2]
        value = whole + Decimal(f"0.{digits}")
        while self.is_joined(stop) and (piece := self.piece(stop)) and piece[0] == "scale":
            value, stop = value * piece[1], piece[2]
        return (value, stop) if digits else None

    def number(self, index: int) -> tuple[Decimal, int] | None:
        """The cardinal number at `index`, and the index after it."""
        total, current, last = Decimal(0), Decimal(0), ""
        piece = self.piece(index)
        while piece:
            kind, value, stop = piece
            if kind == "small" and (not last or (last != "unit" and value < (current or total))):
                if last == "hundred" and value >= 100:
                    break
                current += value
                last = "unit" if value % 100 or not value else "hundred"
            elif kind == "scale" and value == 1000 and current < 1000:
                current, last = (current or Decimal(1)) * 1000, "scale"
            elif kind == "scale" and value > 1000:
                total, current, last = total + (current or Decimal(1)) * value, Decimal(0), "scale"
            else:
                break
            index = stop
            piece = self.next_piece(index, last)
        if not last:
            return None
        part = self.decimals(index, total + current) if self.is_joined(index) else None
        return part or (total + current, index)


def read_number_words(text: str, language: str) -> Iterator[NumberWords]:
    yield from _romans(text)
    reader = _NumberReader(text, language)
    behind, firsts = 0, _first_words(language)
    for index, word in enumerate(reader.words):
        if index < behind:
            continue  # a part of the last number
        found, behind = _at(reader, index) if word in firsts else (None, index + 1)
        if found:
            yield found
        elif (implied := _implied(word)) is not None:
            yield NumberWords("number", implied, *reader.places[index].span(), word not in PLAIN)


@lru_cache(maxsize=50_000)
def _implied(word: str) -> Decimal | None:
    return next((value for value, roots in _IMPLIES if roots.match(word)), None)


@cache
def _first_words(language: str) -> frozenset[str]:
    return frozenset(words[0] for words in read_vocabulary(language)) | {"point"}


def _at(reader: _NumberReader, index: int) -> tuple[NumberWords | None, int]:
    """The number, ordinal or fraction at `index`, and the index after it."""
    start, piece = reader.places[index].start(), reader.piece(index)
    if piece is None:  # "in point-three seconds"
        is_tied = reader.text[reader.places[index].end() :][:1] == "-"
        value, stop = (reader.decimals(index, Decimal(0)) if is_tied else None) or (None, index + 1)
        end = reader.places[stop - 1].end()
        return NumberWords("number", value, start, end) if value else None, stop
    kind, value, stop = piece
    if kind == "ordinal":
        is_hint = value <= 2 or reader.words[index] in _AMBIGUOUS
        return NumberWords("ordinal", value, start, reader.places[stop - 1].end(), is_hint), stop
    if kind == "fraction":
        return _share(reader, 1 / value, start, stop, True)
    value, stop = reader.number(index) or (value, stop)
    after = reader.piece(stop) if reader.is_joined(stop) else None
    end = reader.places[stop - 1].end()
    is_hint = value in (0, 1) or (stop == index + 1 and _is_ambiguous(reader, index))
    if after and after[0] == "fraction" and 0 < value < after[1]:
        return _share(reader, value / after[1], start, after[2], is_hint)
    return NumberWords("number", value, start, end, is_hint), stop


def _share(
    reader: _NumberReader, share: Decimal, start: int, stop: int, is_hint: bool
) -> tuple[NumberWords, int]:
    """A fraction before `stop`, perhaps of a scale or age: "half a million", "half a century"."""
    index = stop + (reader.words[stop : stop + 1] == ["a"])
    is_joined = reader.is_joined(stop) and reader.is_joined(index)
    after = reader.piece(index) if is_joined else None
    if after and after[0] == "scale":
        end = reader.places[after[2] - 1].end()
        return NumberWords("number", share * after[1], start, end), after[2]
    age = _implied(reader.words[index]) if is_joined else None
    if age and age >= 10:  # "half a century"
        end = reader.places[index].end()
        return NumberWords("number", share * age, start, end, True), index + 1
    return NumberWords("fraction", share, start, reader.places[stop - 1].end(), is_hint), stop


def _is_ambiguous(reader: _NumberReader, index: int) -> bool:
    """Whether the word may be no number: "neuf" is one before a plural ("neuf villes"), and "dos
    puntos" is a colon."""
    following = reader.words[index + 1] if index + 1 < len(reader.words) else ""
    word = reader.words[index]
    if (word, following) == ("dos", "puntos"):
        return True
    return word in _AMBIGUOUS and not (word == "neuf" and following[-1:] in ("s", "x"))


def _romans(text: str) -> Iterator[NumberWords]:
    if not _ROMAN_SIGNS.search(text):  # most texts have none, and the pattern takes long
        return
    for match in _ROMAN.finditer(text):
        yield NumberWords("ordinal", _roman(match[1] or match[2]), match.start(), match.end())
        end = match.end()
        while match[2] and (more := _NEXT_ROMAN.match(text, end)):  # "siglos XVI al XVIII"
            end = more.end()
            yield NumberWords("ordinal", _roman(more[1]), more.start(1), end)


def _roman(signs: str) -> Decimal:
    digits = [{"I": 1, "V": 5, "X": 10}[sign] for sign in signs]
    pairs = pairwise([*digits, 0])
    return Decimal(sum(-one if one < following else one for one, following in pairs))


def scale_at(text: str, start: int, language: str) -> tuple[Decimal, int]:
    """The scale in words after a number (`mil millones`), and its end; else 1 and `start`."""
    value, end = Decimal(1), start
    while match := _NEXT_WORD.match(text, end):
        kind, scale = read_vocabulary(language).get((fold(match[1]),), ("", Decimal(1)))
        # "2 hundred"; but "1 cent" is money.
        if kind != "scale" and (language, kind, scale) != ("en", "small", Decimal(100)):
            break
        value, end = value * scale, match.end()
    return value, end
