"""Looks words up in Hunspell's dictionaries, through enchant; the check names missing ones."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from metropolis.language.cldr import english_name
from metropolis.problem import Problem
from metropolis.project import Project

# A user's own words would be right on one machine and wrong on the next one, and enchant asks for
# their file at each word, a third of its time. Who has dictionaries in a folder names it here.
os.environ.setdefault("ENCHANT_CONFIG_DIR", os.devnull)
try:
    import enchant
except ImportError:  # pyenchant without its C library
    enchant = None

_LONGEST_WORD = 100  # no dictionary has longer ones
_LONGEST_SUGGESTED = 30
_PACKAGES = {"fr": "fr-classical", "en": "en-gb", "pt": "pt-pt"}
_PREFERRED = {"fr": "fr_FR", "en": "en_GB", "es": "es_ES", "pt": "pt_PT"}
# The system's folders of dictionaries.
_FOLDERS = (
    "/usr/local/share/hunspell",
    "/usr/share/hunspell",
    "/usr/share/myspell",
    "/usr/share/myspell/dicts",
)


@cache
def dictionary_name(locale: str) -> str | None:
    """The name of a locale's dictionary; None if none is installed."""
    installed = enchant.list_languages() if enchant else []
    wanted = [locale.replace("-", "_"), _PREFERRED.get(locale.split("-")[0], "")]
    wanted += sorted(name for name in installed if name.split("_")[0] == locale.split("-")[0])
    return next((name for name in wanted if name in installed), None)


@cache
def _dictionary(locale: str) -> Any:
    """The dictionary of a locale, which takes a moment to load; None if none is installed."""
    name = dictionary_name(locale)
    return enchant.Dict(name) if name else None


def has_dictionary(locale: str) -> bool:
    return dictionary_name(locale) is not None


@lru_cache(maxsize=100_000)
def is_word(word: str, locale: str) -> bool:
    """Whether the dictionary of `locale` has `word`, as it is or in lower case."""
    dictionary = _dictionary(locale)
    if dictionary is None or not word or len(word) > _LONGEST_WORD:
        return False
    plain = word.replace("’", "'")
    small = plain.lower()  # the first word of a sentence has a capital that the word itself lacks
    return bool(dictionary.check(plain) or (plain != small and dictionary.check(small)))


def are_words(words: Iterable[str], locale: str) -> bool:
    """Whether all are words of `locale`, which has a dictionary."""
    return has_dictionary(locale) and all(is_word(word, locale) for word in words)


def suggest(word: str, locale: str) -> list[str]:
    """Suggested spellings, the likeliest first. Takes about 60 ms, and more for a long word."""
    dictionary = _dictionary(locale)
    if dictionary is None or len(word) > _LONGEST_SUGGESTED:
        return []
    return [str(one).replace("'", "’") for one in dictionary.suggest(word)[:3]]


def listed_words(locale: str) -> Iterator[str]:
    """The words that the file of a dictionary lists, in lower case, without the endings that its
    rules add; none if the file is not where hunspell keeps it."""
    # enchant's own lists of words are .dic files too, without rules beside them.
    rules = next((file for file in _files(dictionary_name(locale)) if file.suffix == ".aff"), None)
    if rules is not None:
        encoding = re.search(rb"^SET\s+(\S+)", rules.read_bytes(), re.MULTILINE)
        listed = rules.with_suffix(".dic").read_bytes()
        text = listed.decode(encoding[1].decode() if encoding else "latin-1", "replace")
        yield from (line.partition("/")[0].lower() for line in text.splitlines())


def dictionary_state(locales: Iterable[str]) -> tuple[object, ...]:
    """Identifies the dictionaries of `locales`: their names, and the state of their files and of a
    folder that ENCHANT_CONFIG_DIR names."""
    names = [name for locale in locales if (name := dictionary_name(locale))]
    sizes = [(file, file.stat()) for name in names for file in _files(name)]
    states = ((str(file), one.st_size, one.st_mtime_ns) for file, one in sizes if one.st_size)
    return (*names, *states)


def _files(name: str | None) -> list[Path]:
    own = Path(os.environ["ENCHANT_CONFIG_DIR"])
    named = map(Path, (*_FOLDERS, *os.environ.get("DICPATH", "").split(":")))
    folders = [own, own / "hunspell", *named]
    files = [folder / f"{name}{end}" for folder in folders for end in (".dic", ".aff", ".exc")]
    return [file for file in files if file.is_file()]


def missing_dictionaries(project: Project) -> list[Problem]:
    """Advice for each language whose spelling cannot be checked on this machine."""
    found = []
    for locale in project.all_locales:
        code, name = locale.code.lower(), english_name(locale.code)
        if not has_dictionary(locale.code):
            what = f"There is no dictionary of {name} here: its spelling is not checked, and"
            what = f"{what} two or three words in another language are not reported."
            package = f"hunspell-{_PACKAGES.get(code, code)}"
            how = f"On Debian: sudo apt-get install libenchant-2-2 {package}"
            path = f"content/{locale.code}"
            found.append(Problem(path, 0, 0, what, "", how, "advice", "spelling"))
    return found
