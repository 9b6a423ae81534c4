"""Finds texts of data/ in the language of the text beside them: copied from it, exchanged with it,
or begun in it. They are too short for the models of languages: the dictionaries judge their words.
label_languages.py judges longer sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import combinations

from metropolis.content.page_text import excerpt
from metropolis.data.records import STRINGS
from metropolis.language.dictionaries import has_dictionary, is_word
from metropolis.language.sentences import split_sentences
from metropolis.problem import Severity
from metropolis.strict_yaml.document import Path
from metropolis.wording.detection import QUOTED, LanguageGuard, is_only_in
from metropolis.wording.finding import Finding, found
from metropolis.wording.label_page import LabelPage
from metropolis.wording.own_words import NAMED

# Names of places and people: they may be the same in two languages, and words in one of them
# (Port-au-Prince).
_PROPER_KINDS = ("members", "spaces", "countries", "people", "contacts")
_PROPER_FIELDS = ("author", "place", "publisher", "partners", "symbol")
_WORD = re.compile(r"(?<![\w@#./-])[^\W\d_]{2,}(?![@/.-]?\w)")
_MOST_ADVISED = 3  # words: with no more than these, a report is advice
_FEWEST = 2  # words that the text's own language has not
_FEWEST_LETTERS = 3
_RUN = 4  # words
_FEWEST_IN_RUN = 3  # that only the other language has
_SENTENCE = 5  # words with a small letter: label_languages.py judges these

Label = Mapping[str, str]


def find_foreign_twins(
    pages: Mapping[str, LabelPage], guard: LanguageGuard, source: str
) -> Iterator[Finding]:
    """One finding for each label with words of another language. `pages` are those of one file, by
    their languages."""
    known = [code for code in pages if has_dictionary(code)]
    kind = pages[source].kind
    for path in dict.fromkeys(path for one in pages.values() for path in one.parts):
        label = {code: text for code in known if (text := pages[code].text_of(path))}
        field = "" if kind == STRINGS else str(path[-1])
        is_proper = field in _PROPER_FIELDS or (field == "name" and kind in _PROPER_KINDS)
        if not is_proper and (pair := _exchanged(label)):
            yield _exchange(pages[pair[0]], path, label, pair, guard)
            continue
        for locale, text in label.items():
            words, other = text, ""
            if not is_proper and locale != source:
                other = _copied_from(label, locale)
            if not other and field not in NAMED:
                words, other = _foreign_part(text, locale, known, guard)
            if other and not _is_told(text, locale, guard):
                yield _foreign(pages[locale], path, words, other, field in NAMED, guard)


def _foreign(
    own: LabelPage, path: Path, words: str, other: str, is_name: bool, guard: LanguageGuard
) -> Finding:
    page, names = own.page, guard.locales
    what = f"“{excerpt(words)}” is in {names[other]}, not in {names[page.locale]}."
    stays = " A name that stays is an exception in language/rules.yml." if is_name else ""
    is_advice = is_name or len(_words(words)) <= _MOST_ADVISED
    start, how = own.place_of(path, words), f"Translate it.{stays}"
    severity: Severity | None = "advice" if is_advice else None
    return found("language", page, start, words, what, how=how, severity=severity)


def _exchange(
    own: LabelPage, path: Path, label: Label, pair: tuple[str, str], guard: LanguageGuard
) -> Finding:
    one, other = pair
    what = (
        f"“{excerpt(label[one])}” is in {guard.locales[other]}, and the {guard.locales[other]} text"
        f" is in {guard.locales[one]}."
    )
    start, how = own.place_of(path, label[one]), "Exchange the two."
    return found("language", own.page, start, label[one], what, how=how)


def _exchanged(label: Label) -> tuple[str, str] | None:
    """Two languages, each of which has the words of the other."""
    for one, other in combinations(label, 2):
        if _is_in(label[one], other, one) and _is_in(label[other], one, other):
            return one, other
    return None


def _copied_from(label: Label, locale: str) -> str:
    """The language whose text stands here too; a name that is the same in every language has
    none."""
    own = label[locale].casefold()
    if all(text.casefold() == own for text in label.values()):
        return ""
    same = [code for code, text in label.items() if code != locale and text.casefold() == own]
    return next((code for code in same if _is_in(label[locale], code, locale)), "")


def _is_in(text: str, other: str, own: str) -> bool:
    """Whether `other` alone has a word of the text, and `own` alone has none."""
    words = _words(text)
    theirs = any(len(word) >= _FEWEST_LETTERS and is_only_in(word, other, own) for word in words)
    return theirs and not any(is_only_in(word, own, other) for word in words)


def _foreign_part(
    text: str, locale: str, known: list[str], guard: LanguageGuard
) -> tuple[str, str]:
    """The whole text, or a run of its words, and the language that has them all."""
    names = guard.names(locale)
    bare = _blanked(QUOTED, _blanked(names, text) if names else text)
    words = _words(bare)
    if len({word for word in words if not is_word(word, locale)}) < _FEWEST:
        return "", ""
    for other in known:
        if other == locale:
            continue
        theirs = [
            one for one in words if len(one) >= _FEWEST_LETTERS and is_only_in(one, other, locale)
        ]
        if len(theirs) >= _FEWEST and all(is_word(one, other) for one in words):
            return text, other  # and no word is the own language's alone
        if len(theirs) >= _FEWEST_IN_RUN and (run := _run(bare, locale, other)):
            return text[run[0] : run[1]], other
    return "", ""


def _blanked(form: re.Pattern[str], text: str) -> str:
    return form.sub(lambda match: "." * len(match[0]), text)


def _run(text: str, locale: str, other: str) -> tuple[int, int] | None:
    """Where successive words stand that `other` has, and mostly `locale` has not."""
    run: list[re.Match[str]] = []
    for match in (*_WORD.finditer(text), None):
        word = match[0].lower() if match and (match[0].islower() or not match.start()) else ""
        if match and is_word(word, other):
            run.append(match)
            continue
        theirs = sum(is_only_in(one[0].lower(), other, locale) for one in run)
        if len(run) >= _RUN and theirs >= _FEWEST_IN_RUN and 2 * theirs > len(run):
            return run[0].start(), run[-1].end()
        run = []
    return None


def _words(text: str) -> list[str]:
    """The words that may show a language: the first, and those without a capital."""
    found = list(_WORD.finditer(text))
    return [one[0].lower() for one in found if one[0].islower() or one.start() == found[0].start()]


def _is_told(text: str, locale: str, guard: LanguageGuard) -> bool:
    return any(
        len(_words(sentence)) >= _SENTENCE and guard.language_of(sentence, locale)
        for sentence in split_sentences(text, locale)
    )
