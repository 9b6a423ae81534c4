"""Words that no dictionary knows, with what may have been meant.

A hyphenated word is right if its parts are; French elisions (l’, qu’) are cut off; what has digits,
is an acronym, a tag or an address is no word. English is British, with -ise: hunspell's British
dictionary takes -ize as well."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from metropolis.content.page import Page
from metropolis.content.prose import Passage
from metropolis.wording.dictionaries import Speller
from metropolis.wording.finding import Finding, found

# A tag, a name at a service, an address or a domain; or a word with inner apostrophes, hyphens and
# middle dots.
_TOKEN = re.compile(
    r"[#@][\w-]+|\w+@\S+|(?:https?://|www\.)\S+|\w+(?:\.\w+)+|[^\W_]+(?:[’'·-][^\W_]+)*"
)
_ELISION = re.compile(
    r"^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|presqu|aujourd)[’'](?!hui)", re.IGNORECASE
)
# Three letters at least before it: "prize" and "seize" are words of their own.
_IZE = re.compile(r"([a-z]{3,})iz(e|es|ed|ing|ation|ations|er|ers)", re.IGNORECASE)
# "dirigeant·e·s": the word, and the endings that it stands for together.
_MIDDLE_DOT = re.compile(r"·[a-zéè]+", re.IGNORECASE)


def find_spelling(page: Page, passages: Iterable[Passage], speller: Speller) -> list[Finding]:
    """Words of `page` that are not right in the language of their passage."""
    findings: list[Finding] = []
    speller.begin_page()
    for passage in passages:
        if not speller.has_dictionary(passage.locale):
            continue
        for word, start in _words(passage.text, passage.locale):
            if problem := _what(word, passage.locale, speller):
                what, how = problem
                findings.append(found("spelling", page, passage.start + start, word, what, how=how))
    return findings


def _words(text: str, locale: str) -> Iterator[tuple[str, int]]:
    for match in _TOKEN.finditer(text):
        word, start = match[0], match.start()
        if word[0] in "#@" or "@" in word or "." in word or any(map(str.isdigit, word)):
            continue
        if locale.startswith("fr") and (elision := _ELISION.match(word)):
            word, start = word[elision.end() :], start + elision.end()
        if word and not word.isupper():
            yield word, start


def _what(word: str, locale: str, speller: Speller) -> tuple[str, str] | None:
    """What is wrong with a word, and how to mend it; None for a right one."""
    # With a capital it is a name: the World Health Organization spells its own.
    if locale.startswith("en") and word.islower() and (american := _IZE.fullmatch(word)):
        british = f"{american[1]}is{american[2]}"
        if speller.knows(british, locale):
            return f"“{word}” is written “{british}” here.", f"Write “{british}”."
    if _is_right(word, locale, speller):
        return None
    near = speller.suggest(word, locale)
    suggestion = f"Did you mean {' or '.join(f'“{one}”' for one in near)}? " if near else ""
    return (
        f"The dictionary does not know “{word}”.",
        f"{suggestion}A right word goes to language/words.txt.",
    )


def _is_right(word: str, locale: str, speller: Speller) -> bool:
    if speller.knows(word, locale):
        return True
    base = _MIDDLE_DOT.sub("", word)
    if base != word:
        return _is_right(base, locale, speller)
    if locale.startswith("en") and word.endswith(("’s", "'s", "’")):
        return speller.knows(re.sub(r"[’']s?$", "", word), locale)
    parts = [part for part in word.split("-") if part]
    return len(parts) > 1 and all(part.isupper() or speller.knows(part, locale) for part in parts)
