"""Passages in the wrong language: a paragraph that was not translated, a sentence pasted from
another page.

Lingua (docs/decisions/0010-wording.md) is asked sentence by sentence, and only among the project's
languages. Names and quotations say nothing of a sentence's language, so they are taken out before:
the names that data/ knows, words with a capital inside a sentence, tags, and what stands between
quotation marks. What is marked with `lang` is a passage of its own and is judged by its own mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache

from lingua import IsoCode639_1, Language, LanguageDetector, LanguageDetectorBuilder

from metropolis.cache import Cache
from metropolis.content.page import Page
from metropolis.content.page_text import BLANK, excerpt
from metropolis.content.prose import Passage
from metropolis.data.records import Records
from metropolis.language.sentences import split_sentences
from metropolis.wording.finding import Finding, found

# tests/wording/test_detection.py measures both sides on this site's pages: right sentences stay
# well above, wrong ones of four words and more well below.
_DOUBT = 0.2
# Above this the small model, which is loaded in a tenth of the time, is taken at its word: it then
# names no sentence of this site its own that the large one would not. One sentence in ten stays in
# doubt.
_PLAIN = 0.99
_FEWEST_WORDS = 2
_WORD = re.compile(r"[^\W\d_]{2,}")
_NAME = re.compile(r"(?<![.!?:«“\"¿¡(] )(?<!^)(?<!\w)[A-ZÀ-ÖØ-Þ][\w’'-]*|[#@][\w-]+")
_TOKEN = re.compile(r"\S+")
_ADDRESS = re.compile(r".@.|.\.(?:org|com|net)")
_QUOTED = re.compile(r"«[^«»]*»|“[^“”]*”")


@dataclass(frozen=True)
class Doubt:
    """Words of which the small model is not sure: whether they are in `locale`, or in another of
    the languages."""

    words: str
    locale: str
    locales: tuple[str, ...]


def settle(doubt: Doubt) -> str:
    """The language that the large model plainly sees instead; "" where it does not."""
    own = _language(doubt.locale)
    model = _model(doubt.locales, is_large=True)
    likeliest, *_ = model.compute_language_confidence_values(doubt.words)
    if (
        own is None
        or likeliest.language == own
        or model.compute_language_confidence(doubt.words, own) >= _DOUBT
    ):
        return ""
    return next(code for code in doubt.locales if _language(code) == likeliest.language)


@cache
def _model(locales: tuple[str, ...], is_large: bool) -> LanguageDetector:
    """Loaded when it is asked first: the large one at the first doubt."""
    builder = LanguageDetectorBuilder.from_languages(*filter(None, map(_language, locales)))
    return (builder if is_large else builder.with_low_accuracy_mode()).build()


class LanguageGuard:
    """Says which sentences are in the wrong language. Made once for a check."""

    def __init__(
        self,
        locales: Mapping[str, str],
        names: Mapping[str, Iterable[str]],
        answers: Cache | None = None,
    ) -> None:
        """`locales` are the project's codes with the names that people call them by; `names` the
        proper names by locale; `answers` is the cache of what the large model has answered."""
        self.locales = dict(locales)
        self._cache = answers or Cache(None)
        self._languages = [language for locale in self.locales if (language := _language(locale))]
        self.names = cache(lambda locale: _names_pattern(names.get(locale, ())))
        self._answers: dict[tuple[str, str], str] = {}

    def language_of(self, sentence: str, locale: str) -> str:
        """The language that `sentence` is in, if it is plainly not `locale`; else nothing."""
        key = (sentence, locale)
        if key not in self._answers:
            self._answers[key] = self._judge(sentence, locale)
        return self._answers[key]

    def _judge(self, sentence: str, locale: str) -> str:
        own = _language(locale) if locale in self.locales else None
        words = _WORD.findall(self.without_names(sentence, locale))
        if len(self._languages) < 2 or own is None or len(words) < _FEWEST_WORDS:
            return ""
        text = " ".join(words)
        locales = tuple(self.locales)
        if self.is_sure(_model(locales, is_large=False).compute_language_confidence(text, own)):
            return ""
        return self._cache.remember("sentences", Doubt(text, locale, locales), settle)

    @staticmethod
    def is_sure(confidence: float) -> bool:
        """Whether the small model is taken at its word that a sentence is in its own language."""
        return confidence >= _PLAIN

    def without_names(self, sentence: str, locale: str) -> str:
        """The sentence without names, and without quotations where other words are left."""
        pattern = self.names(locale)
        bare = pattern.sub(" ", sentence) if pattern else sentence
        without_quotes = _QUOTED.sub(" ", bare)
        if len(_WORD.findall(without_quotes)) >= _FEWEST_WORDS:
            bare = without_quotes
        bare = _TOKEN.sub(lambda token: " " if _ADDRESS.search(token[0]) else token[0], bare)
        return _NAME.sub(" ", bare)


def _names_pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    ordered = sorted(set(names), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, ordered))) if ordered else None


def _language(locale: str) -> Language | None:
    code = getattr(IsoCode639_1, locale.split("-")[0].upper(), None)
    return Language.from_iso_code_639_1(code) if code else None


def proper_names(records: Records, locale: str) -> set[str]:
    """What is called the same, or by a name of its own, in every language."""
    names = {initiative.name[locale] for initiative in records.initiatives.values()}
    names |= {
        entry.term[locale]
        for entry in records.glossary.values()
        if locale in dict(entry.term.items())
    }
    names |= {member.government for member in records.members.values()}
    names |= {person.name for person in records.people.values()}
    names |= {reference.title[locale] for reference in records.references.values()}
    return names


def part_languages(
    page: Page, passages: Iterable[Passage], guard: LanguageGuard
) -> tuple[list[Finding], list[Passage]]:
    """Sentences in the wrong language, and the passages without them: of those, nothing else need
    be said."""
    findings: list[Finding] = []
    rest: list[Passage] = []
    for passage in passages:
        position = 0
        kept = passage.text
        text = passage.text.replace(BLANK, " ")
        for sentence in split_sentences(text, passage.locale):
            position = text.index(sentence, position)
            language = guard.language_of(" ".join(sentence.split()), passage.locale)
            if language:
                what = (
                    f"“{excerpt(sentence)}” is in {guard.locales[language]}, not in"
                    f" {_name(guard, passage.locale)}."
                )
                how = f'Translate it; words that stay, mark: <span lang="{language}">…</span>.'
                findings.append(
                    found("language", page, passage.start + position, sentence, what, how=how)
                )
                kept = kept[:position] + BLANK * len(sentence) + kept[position + len(sentence) :]
            position += len(sentence)
        rest.append(replace(passage, text=kept))
    return findings, rest


def find_untranslated(
    page: Page,
    source: Page,
    passages: Iterable[Passage],
    source_passages: Iterable[Passage],
    guard: LanguageGuard,
) -> list[Finding]:
    """Passages of two words or more that are word for word those of the source: too short to be
    judged otherwise."""
    originals = {
        (passage.anchor, passage.words)
        for passage in source_passages
        if passage.locale == source.locale
    }
    findings: list[Finding] = []
    for passage in passages:
        key = (passage.anchor, passage.words)
        words = _WORD.findall(guard.without_names(passage.words, page.locale))
        if passage.locale == page.locale and key in originals and len(words) >= _FEWEST_WORDS:
            what = f"“{excerpt(passage.words)}” is word for word what {source.path} says."
            findings.append(
                found("language", page, passage.start, passage.words, what, how="Translate it.")
            )
    return findings


def _name(guard: LanguageGuard, locale: str) -> str:
    return guard.locales.get(locale, locale)
