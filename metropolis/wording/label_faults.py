"""Finds texts of data/ that still wait for their words, or are in another language than their own:
nobody has translated them, or they stand under the wrong code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from metropolis.content.page_text import excerpt
from metropolis.data.fields import Label, texts_in
from metropolis.data.load import read_data_file
from metropolis.data.records import KINDS, STRINGS, Records
from metropolis.language.sentences import split_sentences
from metropolis.project import Project
from metropolis.wording.detection import LanguageGuard
from metropolis.wording.finding import RULES, Finding
from metropolis.wording.unfinished import unfinished_words

_FEWEST = 5  # words with a small letter: fewer may be those of a name
_Fault = tuple[str, str, str, str]  # rule, words, what is wrong, how to fix it
_SMALL = re.compile(r"(?<!\S)[^\W\d_A-ZÀ-ÖØ-Þ]\w+")


def find_label_faults(
    project: Project, records: Records, guard: LanguageGuard
) -> Iterator[Finding]:
    """The first place of each text that waits for words, or else its first sentence that is in
    another of the project's languages."""
    for name in (*KINDS, STRINGS):
        wrong = {
            (locale, text): found
            for label in texts_in(tuple(records.of_kind(name).values()))
            if isinstance(label, Label)
            for locale, text in label.items()
            if (found := _waiting(text) or _foreign_sentence(text, locale, guard))
        }
        file = read_data_file(project, name)[0] if wrong else None
        for path, value in file.walk() if file else ():
            if file and isinstance(value, str) and (str(path[-1]), value) in wrong:
                rule, words, what, how = wrong[str(path[-1]), value]
                problem = file.problem(path, what, how=how, severity=RULES[rule])
                yield Finding(words, replace(problem, kind=rule))


def _waiting(text: str) -> _Fault | None:
    words = unfinished_words(text)
    what = f"“{words}” looks like a place that still waits for its words."
    return ("style", words, what, "Write them, or delete it.") if words else None


def _foreign_sentence(text: str, locale: str, guard: LanguageGuard) -> _Fault | None:
    for sentence in split_sentences(" ".join(text.split()), locale):
        is_telling = len(_SMALL.findall(sentence)) >= _FEWEST
        if is_telling and (found := guard.language_of(sentence, locale)):
            names = guard.locales[found], guard.locales[locale]
            what = f"“{excerpt(sentence)}” is in {names[0]}, not in {names[1]}."
            return "language", sentence, what, "Translate it."
    return None
