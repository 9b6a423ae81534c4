"""The dictionaries that words are looked up in: hunspell's, through enchant, and the project's own
words.

The project's words are the names in data/ and language/words.txt, so that a new member's name is
known as soon as its record is. A language without dictionary is not checked, and that is told."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from metropolis.content.page_text import excerpt
from metropolis.data.fields import Label
from metropolis.data.records import KINDS, Records
from metropolis.leftovers import is_merge_line
from metropolis.problem import Problem
from metropolis.project import Project
from metropolis.text_file import read_text

FILE = "language/words.txt"
try:
    import enchant
except (
    ImportError
):  # pyenchant without the library that it calls: spelling is not checked, and that is told
    enchant = None

_WORD = re.compile(r"[^\W\d_]+")
_ENTRY = re.compile(r"(?:([a-z]{2,3}(?:-[A-Z]{2})?): *)?([^\W_][\w’'·-]*)")
# One suggestion takes about 30 ms, and more for a long word.
_MOST_SUGGESTED = 15
_LONGEST_SUGGESTED = 30
_LONGEST_WORD = 100  # no dictionary has longer ones
_PACKAGES = {"fr": "fr-classical", "en": "en-gb", "pt": "pt-pt"}
_PREFERRED = {"fr": "fr_FR", "en": "en_GB", "es": "es_ES", "pt": "pt_PT"}


class Speller:
    """Knows the words of every language of the project. Made once for a check."""

    def __init__(self, own: dict[str, set[str]]) -> None:
        """`own`: locale -> the project's words; "" holds those of all languages. A name keeps its
        capital."""
        self.own = own
        self._answers: dict[tuple[str, str], bool] = {}
        self._suggestions: dict[tuple[str, str], list[str]] = {}
        self._asked: set[tuple[str, str]] = set()

    def begin_page(self) -> None:
        """Each page may ask for so many suggestions anew."""
        self._asked = set()

    def has_dictionary(self, locale: str) -> bool:
        """Whether words of `locale` can be looked up."""
        return dictionary_name(locale) is not None

    def knows(self, word: str, locale: str) -> bool:
        """Whether `word` is right in `locale`, as it is or in small letters."""
        key = (word, locale)
        if key not in self._answers:
            self._answers[key] = self._look_up(word, locale)
        return self._answers[key]

    def _look_up(self, word: str, locale: str) -> bool:
        dictionary = _dictionary(locale)
        if dictionary is None or any(
            word in own or word.lower() in own for own in self._own_of(locale)
        ):
            return True
        if len(word) > _LONGEST_WORD:
            return False
        plain = word.replace("’", "'")
        # What begins a sentence has a capital that the word itself has not.
        return bool(dictionary.check(plain) or dictionary.check(plain.lower()))

    def _own_of(self, locale: str) -> list[set[str]]:
        return [self.own.get("", set()), self.own.get(locale, set())]

    def suggest(self, word: str, locale: str) -> list[str]:
        """What may have been meant, the likeliest first; of a page's first unknown words only, once
        of each."""
        key, dictionary = (word, locale), _dictionary(locale)
        is_beyond = len(self._asked) >= _MOST_SUGGESTED and key not in self._asked
        if dictionary is None or is_beyond or len(word) > _LONGEST_SUGGESTED:
            return []
        self._asked.add(key)
        if key not in self._suggestions:
            self._suggestions[key] = [
                str(one).replace("'", "’") for one in dictionary.suggest(word)[:3]
            ]
        return self._suggestions[key]


@cache
def dictionary_name(locale: str) -> str | None:
    """The name of a locale's dictionary; None where none is installed."""
    installed = enchant.list_languages() if enchant else []
    wanted = [locale.replace("-", "_"), _PREFERRED.get(locale.split("-")[0], "")]
    wanted += sorted(name for name in installed if name.split("_")[0] == locale.split("-")[0])
    return next((name for name in wanted if name in installed), None)


# Where dictionaries lie, beside the folders that a user has: enchant's own and hunspell's.
_FOLDERS = (
    "/usr/local/share/hunspell",
    "/usr/share/hunspell",
    "/usr/share/myspell",
    "/usr/share/myspell/dicts",
)


def dictionary_state(locales: Iterable[str]) -> tuple[object, ...]:
    """What answers about words of `locales` depend on: which dictionaries are installed, and how
    their files are.

    Where a user keeps words of their own (enchant's personal lists), these count too.
    """
    own = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "enchant"
    own = Path(os.environ.get("ENCHANT_CONFIG_DIR") or own)
    folders = [
        own,
        own / "hunspell",
        *map(Path, _FOLDERS),
        *map(Path, os.environ.get("DICPATH", "").split(":")),
    ]
    names = [name for locale in locales if (name := dictionary_name(locale))]
    files = [
        folder / f"{name}{suffix}"
        for folder in folders
        for name in names
        for suffix in (".dic", ".aff", ".exc")
    ]
    sizes = [(file, file.stat()) for file in files if file.is_file()]
    return (
        *names,
        *((str(file), one.st_size, one.st_mtime_ns) for file, one in sizes if one.st_size),
    )


@cache
def _dictionary(locale: str) -> Any:
    """The dictionary of a locale, which takes a moment to load; None where none is installed."""
    name = dictionary_name(locale)
    return enchant.Dict(name) if name else None


def missing_dictionaries(project: Project, speller: Speller) -> list[Problem]:
    """Advice for each language whose spelling cannot be checked on this machine."""
    found = []
    for locale in project.all_locales:
        code = locale.code.lower()
        if not speller.has_dictionary(locale.code):
            what = f"There is no dictionary of {locale.name} here: its spelling is not checked."
            how = (
                "On Debian: sudo apt-get install libenchant-2-2"
                f" hunspell-{_PACKAGES.get(code, code)}"
            )
            found.append(Problem(f"content/{locale.code}", 0, 0, what, how=how, severity="advice"))
    return found


def own_words(project: Project, records: Records) -> tuple[dict[str, set[str]], list[Problem]]:
    """The words that the data and language/words.txt know, by locale, and what in that file cannot
    be read."""
    words: dict[str, set[str]] = {"": set()}
    for locale, text in _texts_of(records):
        words.setdefault(locale, set()).update(_WORD.findall(text))
    try:
        text, problems = read_text(project.root / FILE, FILE)
    except FileNotFoundError:
        return words, []
    codes = [locale.code for locale in project.all_locales]
    for number, line in enumerate(text.split("\n"), 1):
        entry = line.partition("#")[0].strip()
        match = _ENTRY.fullmatch(entry)
        if not entry or (problems and is_merge_line(line)):
            continue
        if match is None or (match[1] and match[1] not in codes):
            what = f"“{excerpt(entry)}” is not a word."
            expected = "One word stands on a line, alone or after its language: fr: maximiser."
            problems.append(Problem(FILE, number, 1, what, expected))
            continue
        words.setdefault(match[1] or "", set()).add(match[2])
    return words, problems


def _texts_of(records: Records) -> Iterator[tuple[str, str]]:
    """(locale, text) of all names in the data; "" where a name is the same everywhere. Definitions
    are prose."""
    for kind in KINDS:
        for record in getattr(records, kind.replace("-", "_")).values():
            for name, value in record:
                if name in (
                    "name",
                    "term",
                    "title",
                    "author",
                    "place",
                    "publisher",
                    "partners",
                    "government",
                    "symbol",
                ):
                    yield from _texts(value)


def _texts(value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield "", value
    elif isinstance(value, Label):
        yield from value.items()
    elif isinstance(value, BaseModel):
        for _, inner in value:
            yield from _texts(inner)
    elif isinstance(value, Iterable):
        for inner in value:
            yield from _texts(inner)
