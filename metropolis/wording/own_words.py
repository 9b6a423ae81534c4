"""The project's own words: the names in data/, so that a new member's name is known as soon as it
has a record, and language/words.txt."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from metropolis.content.page_text import excerpt
from metropolis.data.fields import Label, texts_in
from metropolis.data.records import KINDS, Records
from metropolis.leftovers import is_merge_line
from metropolis.problem import Problem
from metropolis.project import Project
from metropolis.text_file import read_text

FILE = "language/words.txt"
_WORD = re.compile(r"[^\W\d_]+")
_ENTRY = re.compile(r"(?:([a-z]{2,3}(?:-[A-Z]{2})?): *)?([^\W_][\w’'·-]*)")
# Fields that name something. Definitions and notes are prose, and are checked themselves.
NAMED = frozenset(
    "name term title author place publisher partners government symbol".split()  # noqa: SIM905
)


def own_words(project: Project, records: Records) -> tuple[dict[str, set[str]], list[Problem]]:
    """Locale -> its words, "" for those of all; and the lines of the file without a word."""
    words: dict[str, set[str]] = {"": set()}
    for locale, text in _named_texts(records):
        words.setdefault(locale, set()).update(_WORD.findall(text))
    try:
        text, problems = read_text(project.root / FILE, FILE)
    except FileNotFoundError:
        return words, []
    codes = [locale.code for locale in project.all_locales]
    for number, line in enumerate(unicodedata.normalize("NFC", text).split("\n"), 1):
        entry = line.partition("#")[0].strip()
        match = _ENTRY.fullmatch(entry)
        if not entry or (problems and is_merge_line(line)):
            continue
        if match is None or (match[1] and match[1] not in codes):
            what = f"“{excerpt(entry)}” is not a word."
            expected = "Write one word on each line, alone or after its language: fr: maximiser."
            problems.append(Problem(FILE, number, 1, what, expected))
        else:
            words.setdefault(match[1] or "", set()).add(match[2])
    return words, problems


def _named_texts(records: Records) -> Iterator[tuple[str, str]]:
    """(locale, text) of all names in the data; "" for a name that is the same in every language."""
    for kind in KINDS:
        for record in records.of_kind(kind).values():
            for name, value in record:
                for one in texts_in(value) if name in NAMED else ():
                    yield from one.items() if isinstance(one, Label) else [("", one)]
