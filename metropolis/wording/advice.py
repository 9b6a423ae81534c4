"""Advice on wordings from two lists that anybody may edit, language/inclusive.yml and style.yml:
what to look for, what to write instead and why. An official name may be right as it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from metropolis.content.page import Page
from metropolis.content.page_text import excerpt
from metropolis.content.prose import Passage
from metropolis.language.dictionaries import has_dictionary, is_word
from metropolis.problem import Problem
from metropolis.project import Project
from metropolis.strict_yaml.document import Path, YamlDocument
from metropolis.strict_yaml.source import read_yaml_file
from metropolis.wording.bare_text import find_inert
from metropolis.wording.finding import Finding, found
from metropolis.wording.rules import has_texts
from metropolis.wording.words import whole_words

# Rule -> its list, and what the list says of what it finds.
LISTS = {
    "inclusive": ("language/inclusive.yml", "can be said more inclusively"),
    "style": ("language/style.yml", "is against the house style"),
}
_KEYS = ("find", "instead", "because")
_STEM = 3  # letters that a word has in both genders
_NEAR = 40  # characters in which the other gender is looked for
_LONGEST = 100  # characters of find:
_WORD_ENDS = re.compile(r"[\s’']+")
_FORM = "An entry has find:, instead: and because:, each with a text."

# Forms that no list of words can hold, by the names that the file uses for them.
_SHAPES = {
    "(brackets)": r"[^\W\d_]{2,}\((?-i:e|a|ne|te|se|t?rice|euse)s?\)\w*",
    # Not "datos de/a la tarjeta", "al/a los archivos".
    "(slash)": r"(?!(?:de|en|por|con|desde|hacia|hasta|para|y|et|ou)/|al/a l[ao]s\b)"
    r"[^\W\d_]{2,}/(?:e|a|o|es|as|os|t?rices?|euses?)(?![\w/])",
    "(hyphen)": r"(?<!-)\b\w{3,}-(?:e|t?rice|euse)(?:-s|s)?(?!\w)",
    "(at-sign)": r"\w+@s?(?!\w|\.)",
    # Not "with whom".
    "(whom)": r"whom(?!\w)(?<!\b(?:of|to|by|in|on|at)\swhom)(?<!\bfor\swhom)"
    r"(?<!\b(?:with|from|than|upon)\swhom)(?<!\b(?:about|among|under)\swhom)"
    r"(?<!\b(?:against|between|without|through)\swhom)",
    # Not "tipo de media", "de media luna".
    "(de media)": r"(?<!tipo )(?<!tipos )de media"
    r"(?=[,.;:)]|\s(?:al?|por|un[oa]?s?|l[oa]s?|el|cada|en|entre|más|menos|\d))",
    "(x-ending)": r"(?:(?:l|tod|l[oa]s?|ciudadan|vecin|niñ|usuari|amig)x|[^\W\d_]{2,}xs)(?!\w)",
}
# What a text with such a form has: fast to ask for.
_SIGNS = {"(brackets)": "(", "(slash)": "/", "(hyphen)": "-", "(at-sign)": "@"}
_EITHER = re.compile(r"(\w+)(?:@s?|xs)")  # a sign for both endings
# A word with the ending of its other gender, and what that ending is joined to: "act-eur/rice".
_GENDERS = re.compile(r"([^\W\d_]+)[(/-]([a-z]+)")
_ENDINGS = ("", "a", "o", "e", "s", "as", "os", "es", "r", "eur", "eurs", "teur", "teurs")
# People are meant by "the disabled", and none by "the disabled case".
_NO_NOUN = (
    r"(?!\s(?!(?:and|or|but|are|is|were|was|who|in|of|to|with|by|from|for|at|on|as|than|have|has|had"
    r"|can|could|may|might|must|should|will|would|do|did|about|among|into)\b)[a-z])"
)
_BOTH = r"(?:et|ou|y|o|e)\s"


@dataclass(frozen=True)
class Advice:
    """One entry: what it finds, what to write instead, and why."""

    find: str
    instead: str
    because: str

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What it finds, in capitals too."""
        return re.compile(_any_of([self.find]), re.IGNORECASE)


class AdviceList:
    """The entries of one language."""

    def __init__(self, entries: Sequence[Advice]) -> None:
        # Most passages have nothing of a list: one search for all its words says so, and one for
        # each form whose sign is in the text.
        words = [entry.find for entry in entries if entry.find not in _SIGNS]
        signed = [entry for entry in entries if entry.find in _SIGNS]
        self._any = [("", re.compile(_any_of(words), re.IGNORECASE))] if words else []
        self._any += [(_SIGNS[entry.find], entry.pattern) for entry in signed]
        self._entries = entries

    def find(self, text: str) -> Iterator[tuple[Advice, re.Match[str]]]:
        if any(sign in text and form.search(text) for sign, form in self._any):
            for entry in self._entries:
                yield from ((entry, match) for match in entry.pattern.finditer(text))


def read_advice(project: Project, rule: str) -> tuple[Mapping[str, AdviceList], list[Problem]]:
    """Locale -> its entries, and what in the file cannot be read; without a file, no advice."""
    try:
        document, problems = read_yaml_file(project.root, LISTS[rule][0])
    except FileNotFoundError:
        return {}, []
    if document is None:
        return {}, problems
    return _read(document, [locale.code for locale in project.all_locales])


def _read(
    document: YamlDocument, locales: list[str]
) -> tuple[Mapping[str, AdviceList], list[Problem]]:
    value: Any = document.value
    if not isinstance(value, dict):
        what = "A language and its entries were expected."
        return {}, [document.problem((), what, how="Begin with “fr:”.")]
    entries: dict[str, AdviceList] = {}
    problems: list[Problem] = []
    for locale, own in value.items():
        if locale not in locales:
            expected = f"They are: {', '.join(locales)}."
            what = f"“{locale}” is not a language of this site."
            problems.append(document.name_problem((locale,), what, expected))
            continue
        read: list[Advice] = []
        for index, entry in enumerate(own if isinstance(own, list) else [own]):
            place: Path = (locale, index) if isinstance(own, list) else (locale,)
            if not has_texts(entry, _KEYS):
                what = "This entry is not complete, or has other keys."
                problems.append(document.problem(place, what, _FORM))
            else:
                problems += _check_find(document, (*place, "find"), entry["find"])
                read.append(Advice(**entry))
        if read:
            entries[locale] = AdviceList(read)
    return entries, problems


def _check_find(document: YamlDocument, place: Path, find: str) -> list[Problem]:
    """A star ends a word, so that there is one way to read a text: with stars inside, there would
    be millions."""
    problems = []
    if any("*" in word[:-1] for word in _WORD_ENDS.split(find.strip())):
        what = f"In “{excerpt(find)}”, a * stands inside a word, and it stands for any ending."
        problems.append(document.problem(place, what, "A word may end in one *."))
    if len(find) > _LONGEST:
        what = f"“{excerpt(find)}” has {len(find)} characters."
        expected = f"What is looked for may have {_LONGEST}."
        problems.append(document.problem(place, what, expected))
    return problems


def _any_of(finds: Sequence[str]) -> str:
    """The pattern of words; `*` stands for any ending, a name in brackets for a shape."""
    shapes = [rf"(?<![\w@/])(?:{_SHAPES[find]})" for find in finds if find in _SHAPES]
    words = [_words(find) for find in finds if find not in _SHAPES]
    return "|".join([*([whole_words(*words)] if words else []), *shapes])


def _words(find: str) -> str:
    """Words with any spaces and apostrophes between them."""
    words = r"[\s’']+".join(
        re.escape(word.rstrip("*")) + (r"\w*" if word.endswith("*") else "")
        for word in _WORD_ENDS.split(find)
    )
    return words + _NO_NOUN if find.startswith("the ") else words


def find_advised(
    page: Page, passages: Iterable[Passage], entries: Mapping[str, AdviceList], rule: str
) -> Iterator[Finding]:
    """Wordings of `page` for which the list has a better one."""
    for passage in passages:
        if passage.locale not in entries:
            continue
        for entry, match in entries[passage.locale].find(passage.text):
            inert = find_inert(passage.text)
            is_address = any(start <= match.start() < end for start, end in inert)
            is_code = match[0][-1:].isupper() and "/" in match[0]
            if is_address or is_code or not _is_one_gender(match, passage.locale):
                continue
            what = f"“{match[0]}” {LISTS[rule][1]}: {entry.because}"
            start, how = passage.start + match.start(), f"Write {entry.instead}."
            yield found(rule, page, start, match[0], what, how=how)


def _is_one_gender(match: re.Match[str], locale: str) -> bool:
    """Whether the match does not name both genders: "los niños y las niñas". If it joins them in
    one word, whether this is a word with its other ending, and no name: "texlive-es", "user@"."""
    if locale.startswith("es") and match[0].endswith("(es)"):
        return False  # one or several: "mes(es)"
    if (form := _GENDERS.fullmatch(match[0].rstrip(")s-"))) and has_dictionary(locale):
        word, ending = form.groups()
        return any(is_word(word.removesuffix(one) + ending, locale) for one in _ENDINGS)
    if (either := _EITHER.fullmatch(match[0].lower())) and has_dictionary(locale):  # not "name@"
        return any(is_word(either[1] + ending, locale) for ending in ("o", "a", "es"))
    last = match[0].split()[-1:]
    if not last:  # of an entry that finds anything
        return True
    other = rf"{re.escape(last[0][:_STEM])}\w*[ae]s?\b"
    before, after = (
        match.string[max(0, match.start() - _NEAR) : match.start()],
        match.string[match.end() : match.end() + _NEAR],
    )
    return not (
        re.search(rf"\b{other}\s{_BOTH}\Z", before, re.I)
        or re.match(rf"\s{_BOTH}(?:\w+\s)?{other}", after, re.I)
    )
