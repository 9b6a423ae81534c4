"""Tells whether a sentence is in another language than its passage.

Lingua (docs/decisions/0010-wording.md) judges sentence by sentence, among the project's languages
only. First we remove what does not show a sentence's language: names from data/, words with a
capital inside a sentence, tags, addresses, files, identifiers, and quotations. A sentence that
lingua calls foreign is reported only if the dictionaries agree: more of its words belong to the
other language than to its own."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from unicodedata import normalize

from lingua import IsoCode639_1, Language, LanguageDetector, LanguageDetectorBuilder

from metropolis.cache import Cache
from metropolis.data.records import Records
from metropolis.language.dictionaries import has_dictionary, is_word

# tests/wording/test_detection.py measures both sides on this site's pages: right sentences score
# well above, wrong ones of four words and more well below.
_DOUBT = 0.4
# Above this the answer of the small model counts. It loads in a tenth of the time and passes no
# sentence of this site that the large model would report. One sentence in ten remains in doubt.
_PLAIN = 0.99
FEWEST_WORDS = 2
MOST_ADVISED = 3  # words: with no more than these, a report is advice
_SHORT = 6  # words: with no more than these, nearly all must be the other language's
WORD = re.compile(r"[^\W\d_]{2,}")
_NAME = re.compile(r"[A-ZÀ-ÖØ-Þ](?<![.!?:«“\"¿¡(] .)(?<!^.)(?<!\w.)[\w’'-]*|[#@][\w-]+")
_TOKEN = re.compile(r"\S+")
# A token with one of these shows no language: an address, a file, a path, an option, an identifier,
# a formula, a compound such as "live-build".
_SIGNS = re.compile(
    r"[@/\\_=<>{}$%&\d.:(A-Z-]"  # one of these first: few places of a text have one
    r"(?:(?<=[@/\\_=<>{}$%&\d])|(?<=-)\w|(?<=\w[.:(])\w|(?<=\w\()\)|(?<=[a-zà-ÿ][A-Z]))"
)
# A token of code: an operator, a brace, a variable, a path, parts joined by a point.
_CODE = re.compile(r"[@\\_={}]|://$|&&|[$%]\w|[^\W\d]\.[^\W\d]|(?<!\w)/\w|\w/\w+/")
QUOTED = re.compile(r"«[^«»]*»|“[^“”]*”|\"[^\"]*\"|(?<!\w)'[^'\s]+'(?!\w)")


@dataclass(frozen=True)
class Doubt:
    """Words that the small model is not sure about: whether they are in `locale`, or in another of
    the languages."""

    words: str
    locale: str
    locales: tuple[str, ...]


def settle(doubt: Doubt) -> str:
    """The language that the large model clearly finds instead; "" if there is none."""
    own = _language(doubt.locale)
    model = _model(doubt.locales, is_large=True)
    likeliest, second, *_ = model.compute_language_confidence_values(doubt.words)
    if (
        own is None
        or likeliest.language == own
        or likeliest.value == second.value  # it knows none of the words: their order is by chance
        or model.compute_language_confidence(doubt.words, own) >= _DOUBT
    ):
        return ""
    return next(code for code in doubt.locales if _language(code) == likeliest.language)


@cache
def _model(locales: tuple[str, ...], is_large: bool) -> LanguageDetector:
    """A model, loaded at its first use: the large one at the first doubt."""
    builder = LanguageDetectorBuilder.from_languages(*filter(None, map(_language, locales)))
    return (builder if is_large else builder.with_low_accuracy_mode()).build()


class LanguageGuard:
    """Finds sentences in the wrong language. Created once for a check."""

    def __init__(
        self,
        locales: Mapping[str, str],
        names: Mapping[str, Iterable[str]],
        answers: Cache | None = None,
    ) -> None:
        """`locales` are the project's codes with the names of the languages; `names` the proper
        names by locale; `answers` is the cache of the large model's answers."""
        self.locales = dict(locales)
        self._cache = answers or Cache(None)
        self._languages = [language for locale in self.locales if (language := _language(locale))]
        self.names = cache(lambda locale: _names_pattern(names.get(locale, ())))
        self._answers: dict[tuple[str, str], str] = {}

    def language_of(self, sentence: str, locale: str) -> str:
        """The language of `sentence`, if it is clearly not `locale`; else ""."""
        key = (sentence, locale)
        if key not in self._answers:
            self._answers[key] = self._judge(sentence, locale)
        return self._answers[key]

    def _judge(self, sentence: str, locale: str) -> str:
        own = _language(locale) if locale in self.locales else None
        words = self.words(sentence, locale)
        if len(self._languages) < 2 or own is None or len(set(words)) < FEWEST_WORDS:
            return ""
        # Most sentences need no model: no other language has more of their words.
        locales = tuple(self.locales)
        if not any(_can_be(words, locale, code) for code in locales if code != locale):
            return ""
        model = _model(locales, is_large=False)
        if self.is_sure(model.compute_language_confidence(" ".join(words), own)):
            return ""
        # The large model is the last resort, because it takes a second to load.
        other = self._settle(words, locale)
        return other if other and self._is_proven(words, locale, other) else ""

    def _settle(self, words: list[str], locale: str) -> str:
        doubt = Doubt(" ".join(words), locale, tuple(self.locales))
        return self._cache.remember("sentences", doubt, settle)

    def _is_proven(self, words: list[str], own: str, other: str) -> bool:
        """Whether enough words belong only to the other language: most of a few, a quarter of many.
        If there are fewer, the words that both languages share must look like the other's too."""
        if not _can_be(words, own, other):
            return False
        enough = len(words) / (2 if len(words) <= _SHORT else 4)
        has_both = has_dictionary(own) and has_dictionary(other)
        if not has_both or _only(words, other, own) > enough:
            return True
        both = [word for word in words if is_word(word.lower(), own)]
        return len(words) > MOST_ADVISED + 1 and self._settle(both, own) == other

    @staticmethod
    def is_sure(confidence: float) -> bool:
        """Whether the small model is sure that a sentence is in its own language."""
        return confidence >= _PLAIN

    def words(self, sentence: str, locale: str) -> list[str]:
        """The words that can show the language of a sentence. Those of quotations count only if
        hardly any other word is left."""
        pattern = self.names(locale)
        bare = normalize("NFKC", sentence)  # ligatures from a book are letters
        bare = pattern.sub(" ", bare) if pattern else bare
        if _SIGNS.search(bare):  # most sentences have none
            if _is_code(bare):
                return []
            bare = _TOKEN.sub(lambda token: " " if _SIGNS.search(token[0]) else token[0], bare)
        words = WORD.findall(_NAME.sub(" ", QUOTED.sub(" ", bare)))
        return words if len(words) >= FEWEST_WORDS else WORD.findall(_NAME.sub(" ", bare))


def _is_code(sentence: str) -> bool:
    """Whether it is a command or a program that nobody has marked as code: a brace stands alone, or
    one of four tokens is code, or one of five without any capital."""
    tokens = sentence.split()
    shown = sum(_CODE.search(token) is not None for token in tokens)
    least = len(tokens) / (5 if sentence.islower() else 4)
    is_statement = len(tokens) <= MOST_ADVISED and sentence.rstrip().endswith(";")
    return is_statement or shown >= least or any(one.rstrip(",;") in ("{", "}") for one in tokens)


def _can_be(words: list[str], own: str, other: str) -> bool:
    """Whether the dictionaries agree that `words` may be of `other`. Without a dictionary of
    `other`, a quarter of the words must be unknown to the page's own.

    Loanwords make a sentence look foreign, but the words around them are its own language's
    alone. Without a dictionary of `own`, two or three words prove nothing."""
    if not has_dictionary(own):
        return len(words) > MOST_ADVISED
    if not has_dictionary(other):
        return 4 * sum(not is_word(word.lower(), own) for word in words) > len(words)
    unknown = [word for word in words if not is_word(word.lower(), own)]
    theirs = sum(is_word(word.lower(), other) for word in unknown)
    if not theirs:
        return False
    mine = _only(words, own, other)
    return not mine if len(words) <= _SHORT else theirs > 2 * mine


def _only(words: list[str], one: str, other: str) -> int:
    """The number of `words` that are in the dictionary of `one` and not in that of `other`."""
    return sum(is_only_in(word.lower(), one, other) for word in words)


@lru_cache(maxsize=100_000)
def is_only_in(word: str, one: str, other: str) -> bool:
    """Whether `word` is in the dictionary of `one` and not in that of `other`. It is in lower case:
    with a capital it is a name, and names are in every dictionary."""
    return is_word(word, one) and not is_word(word, other)


def _names_pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    """Any of the names, the longest first. Those with the same first letter are one alternative:
    there is one for each place of a text, not hundreds."""
    rests: defaultdict[str, list[str]] = defaultdict(list)
    for name in sorted(set(names) - {""}, key=len, reverse=True):
        rests[name[0]].append(re.escape(name[1:]))
    groups = (f"{re.escape(first)}(?:{'|'.join(group)})" for first, group in rests.items())
    return re.compile("|".join(groups)) if rests else None


def _language(locale: str) -> Language | None:
    code = getattr(IsoCode639_1, locale.split("-")[0].upper(), None)
    return Language.from_iso_code_639_1(code) if code else None


def proper_names(records: Records, locale: str) -> set[str]:
    """Names that are the same in every language, or have their own form in each."""
    names = {initiative.name[locale] for initiative in records.initiatives.values()}
    names |= {entry.term.get(locale) for entry in records.glossary.values()} - {""}
    names |= {member.government for member in records.members.values()}
    names |= {person.name for person in records.people.values()}
    names |= {reference.title[locale] for reference in records.references.values()}
    return names
