"""Finds misspelt words, each once on a page: words that no dictionary has, and that are one letter
away from a known one. A hyphenated word is right if its parts are; French elisions (l’, qu’) are
removed first. Tokens with digits, underscores or inner capitals, acronyms, tags and addresses are
not checked. Names, loanwords and words that a page repeats are meant as they are. English is
British, with -ise; hunspell's British dictionary accepts -ize too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import islice

from metropolis.content.page import Page
from metropolis.content.prose import Passage
from metropolis.language.dictionaries import has_dictionary, is_word, listed_words, suggest
from metropolis.problem import Problem
from metropolis.wording.bare_text import UNKNOWN, bare_text
from metropolis.wording.finding import Finding, found
from metropolis.wording.misspellings import (
    AMERICAN_END,
    Neighbours,
    british_form,
    is_misspelling,
)
from metropolis.wording.word_forms import parts_of

_TOKEN = re.compile(r"[^\s|]+")
# No word has one of these: the token is an address, a file, an option, an identifier, an entity,
# or has a part in brackets.
_SIGNS = re.compile(
    rf"[:@._\\{UNKNOWN}&#/~$(\]-]"  # one of these first: few places of a text have one
    rf"(?:(?<=[_\\{UNKNOWN}])|(?<=:)//|(?<=www\.)|(?<=\w@)\w|(?<=[^\W_]\.)[^\W\d_]|(?<=&)#?\w+;"
    rf"|(?<=\w\()\w+\)\w|(?<=\w\])\w|(?<=[#@/~$-])(?<!\w.)[#@/~$-]*\w)"
)
# With inner apostrophes, hyphens and middle dots, and soft hyphens where it may be divided.
_WORD = re.compile(r"[^\W_]+(?:[’'·\u00ad-]+[^\W_]+)*")
_ELISION = re.compile(
    r"^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|presqu|aujourd)[’'](?!hui)", re.IGNORECASE
)
# "dirigeant·e·s": the word, and the endings that it combines.
_MIDDLE_DOT = re.compile(r"·[a-zéè]+", re.IGNORECASE)
# Before a sentence's first word there are only opening signs.
_BEGIN = re.compile(r"(?:^|[.!?…:|]\s*|[«“\"¿¡(–—]\s*)[\W_]*$")
# A name that begins a sentence may go on with another one: "Werner Lemberg".
_NEXT_NAME = re.compile(r"[ \u00a0][A-ZÀ-ÖØ-Þ][a-zà-ÿ]")
_INNER_CAPITAL = re.compile(r"\w[A-ZÀ-ÖØ-Þ]")
_POSSESSIVE = re.compile(r"[’']s?$")
_MOST_SLIPS = 2  # a word that is on the page more often is meant as it is
_LONGEST = 40  # letters of a word
_FEW = 4  # words of a line that is the same in every language: "- Nagios 3.5.1"
# Unknown words of a page, each compared with hundreds of others: more are a list of names.
_MOST_COMPARED = 100
_UNKNOWN = "The dictionary does not know “{}”."
_ELSEWHERE = "The dictionary of “{1}” does not know “{0}”."
_MESSAGE = re.compile(r"The dictionary (?:of “(.+?)” )?does not know “(.+)”\.")
_MOST_SUGGESTED = 100


class Speller:
    """Knows the words of every language of the project. Created once for a check."""

    def __init__(self, own: dict[str, set[str]], locales: Iterable[str] = ()) -> None:
        """`own`: locale -> the project's words; "" for those of all languages. A name keeps its
        capital. `locales` are those of the project, which lend each other words."""
        self.own = own
        self.locales = tuple(locales)
        folded = {code: {word.lower() for word in words} for code, words in own.items()}
        self._folded = {code: folded.get("", set()) | words for code, words in folded.items()}
        # Asked once a word: the words of a text repeat.
        self.unknown = cache(self._unknown)
        self.is_misspelt = cache(self._is_misspelt)
        self._neighbours = cache(lambda locale: Neighbours(listed_words(locale)))

    def knows(self, word: str, locale: str) -> bool:
        """Whether `word` is right in `locale`, as it is or in lower case."""
        own = [self.own.get("", set()), self.own.get(locale, set())]
        is_own = any(word in words or word.lower() in words for words in own)
        return is_own or is_word(word, locale)

    def knows_folded(self, word: str, locale: str) -> bool:
        """Whether `word`, in lower case, is right in `locale`, but for a name's capitals."""
        return word in self._folded.get(locale, self._folded.get("", ())) or is_word(word, locale)

    def british(self, word: str, locale: str) -> str:
        """The British spelling of `word`, if it has another one."""
        is_right = self.knows(word, locale) and not AMERICAN_END.fullmatch(word)
        return word if is_right else british_form(word, lambda one: self.knows(one, locale)) or word

    def _unknown(self, token: str, locale: str) -> str:
        """The unknown word of `token`, without an elision; "" for a known one or a name."""
        word = token.replace("\u00ad", "")
        if locale.startswith("fr") and (elision := _ELISION.match(word)):
            word = word[elision.end() :]
        if locale.startswith("en"):
            word = _POSSESSIVE.sub("", word)
        is_american = locale.startswith("en") and AMERICAN_END.fullmatch(word)
        is_right = _is_no_word(word) or (not is_american and self.knows(word, locale))
        return "" if is_right else word

    def is_right(self, word: str, locale: str) -> bool:
        """Whether `word` or all its parts are right."""
        if self.knows(word, locale):
            return True
        if "·" in word:  # "tou·te·s": one of the words that it combines
            forms = (_MIDDLE_DOT.sub("", word), word.replace("·", ""))
            return any(self.is_right(form, locale) for form in forms)
        if word.endswith("xs"):  # "trabajadorxs" has advice of its own
            return any(self.knows(word[:-2] + end, locale) for end in ("os", "as", "es"))
        if locale.startswith("en") and word.endswith(("’s", "'s", "’")):
            return self.is_right(_POSSESSIVE.sub("", word), locale)
        if any(self._know_all(parts, locale) for parts in parts_of(word, locale)):
            return True
        parts = [part for part in word.split("-") if part]
        return len(parts) > 1 and all(
            _is_no_word(part) or self.is_right(part, locale) for part in parts
        )

    def _is_misspelt(self, word: str, locale: str) -> bool:
        """Whether `word` is wrong by one letter. One of another language here is a loanword."""
        parts = [part for part in word.split("-") if part]
        if len(parts) > 1 and self.is_right(word, locale):
            return False
        others = [other for other in self.locales if other != locale]
        wrong = [
            part
            for part in parts
            if not self.is_right(part, locale) and not any(is_word(part, other) for other in others)
        ]
        near = self._neighbours(locale)
        return bool(wrong) and all(
            is_misspelling(part, lambda one: self.knows_folded(one, locale), near) for part in wrong
        )

    def _know_all(self, words: Iterable[str], locale: str) -> bool:
        return all(self.knows(word, locale) for word in words)


def find_spelling(
    page: Page, passages: Iterable[Passage], speller: Speller, source: Page | None = None
) -> Iterator[Finding]:
    """Wrong words of `page`, each once, without the names that its `source` has too."""
    places: dict[tuple[str, str], list[int]] = {}
    names: set[str] = set()
    for passage in passages:
        if not has_dictionary(passage.locale):
            continue
        for word, start, is_name in _words(page, passage, speller):
            if is_name:
                names.add(word)
            else:
                places.setdefault((word, passage.locale), []).append(start)
    for (word, locale), starts in islice(places.items(), _MOST_COMPARED):
        if len(word) > _LONGEST or word in names:
            continue
        is_meant = len(starts) > _MOST_SLIPS or (source and is_also_in(word, page, [source]))
        problem = _what(word, locale, page, speller, bool(is_meant))
        if problem is None:
            continue
        often = f"It occurs {len(starts)} times on this page." if len(starts) > 1 else ""
        yield found("spelling", page, starts[0], word, problem[0], often, problem[1])


def _words(page: Page, passage: Passage, speller: Speller) -> Iterator[tuple[str, int, bool]]:
    """Each unknown word with its place, and whether it has a capital inside a sentence."""
    bare = bare_text(page, passage)
    locale = passage.locale
    for match in _tokens(bare.text):
        word = speller.unknown(match[0], locale)
        if not word or (
            bare.text.startswith(".", match.end()) and speller.knows(f"{word}.", locale)  # "etc."
        ):
            continue
        start = match.start() + len(match[0].replace("\u00ad", "")) - len(word)  # an elision
        before = bare.text[max(0, match.start() - 40) : match.start()]
        is_name = not _BEGIN.search(before) or _NEXT_NAME.match(bare.text, match.end()) is not None
        yield word, bare.offsets[start], word[0].isupper() and is_name


def _tokens(text: str) -> Iterator[re.Match[str]]:
    if not _SIGNS.search(text):  # as in most passages
        yield from _WORD.finditer(text)
        return
    for token in _TOKEN.finditer(text):
        if not _SIGNS.search(token[0]):
            yield from _WORD.finditer(text, token.start(), token.end())


def _is_no_word(word: str) -> bool:
    """Whether the token is a single letter, an acronym or an identifier."""
    return (
        len(word) < 2
        or word.isupper()
        or any(map(str.isdigit, word))
        or _INNER_CAPITAL.search(word) is not None
    )


def _what(
    word: str, locale: str, page: Page, speller: Speller, is_meant: bool
) -> tuple[str, str] | None:
    """The fault of a word, and how to fix it; None if it is right or `is_meant` as it is."""
    # With a capital it may be a name: the World Health Organization spells its own.
    if locale.startswith("en") and (word.islower() or not speller.knows(word, locale)):
        british = "-".join(speller.british(part, locale) for part in word.lower().split("-"))
        british = british.capitalize() if word[0].isupper() else british
        if british != word and speller.is_right(british, locale):
            return f"“{word}” is written “{british}” here.", f"Write “{british}”."
    if is_meant or not speller.is_misspelt(word, locale):
        return None
    is_plain = page.path.startswith(f"content/{locale}/")  # the path of data/ says no language
    what = (_UNKNOWN if is_plain else _ELSEWHERE).format(word, locale)
    return what, "Add a right word to language/words.txt."


def is_shared(finding: Finding, page: Page, others: Iterable[Page]) -> bool:
    """Whether the unknown word of `finding` is a name."""
    is_unknown = _MESSAGE.fullmatch(finding.problem.what) is not None
    return is_unknown and is_also_in(finding.fragment, page, others)


def is_also_in(word: str, page: Page, others: Iterable[Page]) -> bool:
    """Whether one of `others`, which are `page` in other languages, has an unknown word too, in a
    line that is not merely copied with its mistakes."""
    if not (texts := [other.text.text for other in others if word in other.text.text]):
        return False
    form, own = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)"), {*page.text.text.split("\n")}
    lines = (line for text in texts for line in text.split("\n") if form.search(line))
    return any(line not in own or len(line.split()) <= _FEW for line in lines)


class Suggestions:
    """Suggests spellings for problems that are shown: the search is slow."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], list[str]] = {}

    def explain(self, problem: Problem) -> Problem:
        """A problem of spelling with its suggestions; other problems are unchanged."""
        match = _MESSAGE.fullmatch(problem.what) if problem.kind == "spelling" else None
        if match is None:
            return problem
        word, locale = match[2], match[1] or problem.path.split("/")[1]
        if (word, locale) not in self._known and len(self._known) < _MOST_SUGGESTED:
            self._known[word, locale] = suggest(word, locale)
        if not (near := self._known.get((word, locale))):
            return problem
        meant = " or ".join(f"“{one}”" for one in near)
        return replace(problem, how=f"Did you mean {meant}? {problem.how}")
