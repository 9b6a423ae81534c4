"""Finds texts of data/ in another language than their own: nobody has translated them, they stand
under the wrong code, or they begin in the language that they were translated from. A model judges
long sentences, as it does those of pages. Labels are too short for it: the dictionaries judge
them, beside the label in the other languages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
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

_FEWEST = 5  # words with a small letter in a sentence: fewer may be those of a name
_SMALL = re.compile(r"(?<!\S)[^\W\d_A-ZÀ-ÖØ-Þ]\w+")
_WORD = re.compile(r"(?<![\w@#./-])[^\W\d_]{2,}(?![@/.-]?\w)")
# Names of places and people: they may be the same in two languages, and words in one of them
# (Port-au-Prince).
_PROPER_KINDS = ("members", "spaces", "countries", "people", "contacts", "sources")
_PROPER_FIELDS = ("author", "place", "publisher", "partners", "symbol")
_STAYS: dict[tuple[str, str | int], str] = {
    ("references", "title"): " For a title without a translation, write title_language: {}.",
    ("", ""): " A name that stays is an exception in language/rules.yml.",
}
_MOST_ADVISED = 3  # words: with no more than these, a report is advice
_FEWEST_LETTERS = 3
_FEWEST_FOREIGN = 2  # words
_RUN = 4  # words
_FEWEST_IN_RUN = 3  # that only the other language has
_JOINT = re.compile(r"(?:[\s’']|(?<=[\s’'])\w(?=[\s’']))+")
_SIGNS = " .,:;–"

Label = Mapping[str, str]


@dataclass(frozen=True)
class ForeignLabel:
    """A finding, and the texts that it is about: those of the label at `path` in `locales`."""

    path: Path
    locales: tuple[str, ...]
    finding: Finding


def find_foreign_labels(
    pages: Mapping[str, LabelPage], guard: LanguageGuard, source: str
) -> Iterator[ForeignLabel]:
    """One for each text of a file that has words of another language; for two that have changed
    places, one. `pages` are those of the file, by their languages."""
    known = [code for code in pages if has_dictionary(code)]
    kind = pages[source].kind
    for path in dict.fromkeys(path for one in pages.values() for path in one.parts):
        label = {code: text for code, one in pages.items() if (text := one.text_of(path))}
        field = "" if kind == STRINGS else str(path[-1])
        is_proper = field in _PROPER_FIELDS or (field == "name" and kind in _PROPER_KINDS)
        spelt = {code: text for code, text in label.items() if code in known and not is_proper}
        if pair := _exchanged(spelt):
            yield ForeignLabel(path, pair, _exchange(pages[pair[0]], path, label, pair, guard))
            continue
        for locale, text in label.items():
            is_name, part = False, _foreign_sentence(text, locale, guard)
            if not part and locale in spelt:
                is_name = field in NAMED
                other = _copied(spelt, locale) if locale != source else ""
                part = (text, other) if other else _part(text, locale, known, guard, is_name)
            if part:
                finding = _foreign(pages[locale], path, *part, guard, is_name)
                yield ForeignLabel(path, (locale,), finding)


def _foreign(
    own: LabelPage, path: Path, words: str, other: str, guard: LanguageGuard, is_name: bool
) -> Finding:
    page, names, words = own.page, guard.locales, words.strip(_SIGNS)
    what = f"“{excerpt(words)}” is in {names[other]}, not in {names[page.locale]}."
    is_advice = is_name or len(_WORD.findall(words)) <= _MOST_ADVISED
    severity: Severity | None = "advice" if is_advice else None
    stays = _STAYS.get((own.kind, path[-1]), _STAYS["", ""]).format(other) if is_name else ""
    start, how = own.place_of(path, words), f"Translate it.{stays}"
    return found("language", page, start, words, what, how=how, severity=severity)


def _exchange(
    own: LabelPage, path: Path, label: Label, pair: tuple[str, str], guard: LanguageGuard
) -> Finding:
    (one, other), words = (guard.locales[code] for code in pair), label[pair[0]].strip(_SIGNS)
    what = f"“{excerpt(words)}” is in {other}, and the {other} text is in {one}."
    start, how = own.place_of(path, words), "Exchange the two."
    return found("language", own.page, start, words, what, how=how)


def _foreign_sentence(text: str, locale: str, guard: LanguageGuard) -> tuple[str, str] | None:
    """The first sentence in another language."""
    for sentence in split_sentences(text, locale):
        is_telling = len(_SMALL.findall(sentence)) >= _FEWEST
        if is_telling and (other := guard.language_of(sentence, locale)):
            return sentence, other
    return None


def _exchanged(label: Label) -> tuple[str, str] | None:
    """Two languages, each of which has the words of the other; a quotation may be in any."""
    label = {code: QUOTED.sub(" ", text) for code, text in label.items()}
    for one, other in combinations(label, 2):
        if _is_in(label[one], other, one) and _is_in(label[other], one, other):
            return one, other
    return None


def _copied(label: Label, locale: str) -> str:
    """The language whose text stands here too. What is the same in every language is a name."""
    own = label[locale].casefold()
    if all(text.casefold() == own for text in label.values()):
        return ""
    same = [code for code, text in label.items() if code != locale and text.casefold() == own]
    return next((code for code in same if _is_in(label[locale], code, locale)), "")


def _is_in(text: str, other: str, own: str) -> bool:
    """Whether the text has words of `other`, and hardly one that `own` alone has."""
    words = _WORD.findall(text)
    theirs = sum(
        len(word) >= _FEWEST_LETTERS and is_word(word, other) and not is_word(word, own)
        for word in words
    )
    return theirs > 2 * sum(is_only_in(word.lower(), own, other) for word in words)


def _part(
    text: str, locale: str, known: list[str], guard: LanguageGuard, is_name: bool
) -> tuple[str, str] | None:
    """A run of words, or a whole text that is no name, and the language that has them all."""
    names = guard.names(locale)
    bare = _blanked(QUOTED, _blanked(names, text) if names else text)
    words = [one[0].lower() for one in _WORD.finditer(bare) if one[0].islower() or not one.start()]
    if len({word for word in words if not is_word(word, locale)}) < _FEWEST_FOREIGN:
        return None
    for other in known if guard.words(text, locale) else ():  # code has none
        if sum(is_only_in(word, other, locale) for word in words) < _FEWEST_FOREIGN:
            continue
        if not is_name and all(is_word(word, other) for word in words):
            return text, other  # the own language alone has none of them
        if run := _run(bare, locale, other):
            return text[run[0] : run[1]], other
    return None


def _blanked(form: re.Pattern[str], text: str) -> str:
    return form.sub(lambda match: "." * len(match[0]), text)


def _run(text: str, locale: str, other: str) -> tuple[int, int] | None:
    """Where successive words stand that `other` has, and `locale` mostly has not. A text that
    begins with them needs fewer."""
    run: list[re.Match[str]] = []
    for match in (*_WORD.finditer(text), None):
        is_small = match and (match[0].islower() or not match.start())
        is_next = match and (not run or _JOINT.fullmatch(text, run[-1].end(), match.start()))
        if match and is_small and is_next and is_word(match[0].lower(), other):
            run.append(match)
            continue
        theirs = sum(is_only_in(one[0].lower(), other, locale) for one in run)
        enough = _FEWEST_FOREIGN if run and not run[0].start() else _FEWEST_IN_RUN
        if len(run) >= _RUN and theirs >= enough and 5 * theirs >= 2 * len(run):
            return run[0].start(), run[-1].end()
        run = []
    return None
