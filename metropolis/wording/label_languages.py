"""Finds texts of data/ in another language than their own: one that nobody has translated, or that
stands under the wrong code."""

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
from metropolis.wording.finding import Finding

_FEWEST = 5  # words with a small letter: fewer may be those of a name
_SMALL = re.compile(r"(?<!\S)[^\W\d_A-ZÀ-ÖØ-Þ]\w+")


def find_foreign_labels(
    project: Project, records: Records, guard: LanguageGuard
) -> Iterator[Finding]:
    """The first sentence of each text that is in another of the project's languages."""
    for name in (*KINDS, STRINGS):
        wrong = {
            (locale, text): found
            for label in texts_in(tuple(records.of_kind(name).values()))
            if isinstance(label, Label)
            for locale, text in label.items()
            if (found := _foreign_sentence(text, locale, guard))
        }
        file = read_data_file(project, name)[0] if wrong else None
        for path, value in file.walk() if file else ():
            if file and isinstance(value, str) and (str(path[-1]), value) in wrong:
                sentence, language = wrong[str(path[-1]), value]
                names = guard.locales[language], guard.locales[str(path[-1])]
                what = f"“{excerpt(sentence)}” is in {names[0]}, not in {names[1]}."
                problem = file.problem(path, what, how="Translate it.")
                yield Finding(sentence, replace(problem, kind="language"))


def _foreign_sentence(text: str, locale: str, guard: LanguageGuard) -> tuple[str, str] | None:
    for sentence in split_sentences(" ".join(text.split()), locale):
        is_telling = len(_SMALL.findall(sentence)) >= _FEWEST
        if is_telling and (found := guard.language_of(sentence, locale)):
            return sentence, found
    return None
