"""Finds names that a label of data/ writes with one letter other in one language than in the
source: “Guangzou” for “Guangzhou”."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from metropolis.content.prose import Passage
from metropolis.data.fields import Label, texts_in
from metropolis.data.load import read_data_file
from metropolis.data.records import KINDS, STRINGS, Records
from metropolis.project import Project
from metropolis.wording.finding import Finding
from metropolis.wording.misspelt_names import ComparedNames, Side
from metropolis.wording.name_slips import NameSlip
from metropolis.wording.spelling import Speller


def find_misspelt_labels(
    project: Project, records: Records, speller: Speller, languages: Mapping[str, str]
) -> Iterator[Finding]:
    """Each once in a file of data/. `languages`: locale -> its name."""
    source = project.source
    for name in (*KINDS, STRINGS):
        texts = texts_in(tuple(records.of_kind(name).values()))
        labels = [one for one in texts if isinstance(one, Label)]
        wrong = {
            (locale, text): slip
            for locale in languages
            if locale != source
            for text, slip in _wrong_labels(labels, locale, source, speller)
        }
        file = read_data_file(project, name)[0] if wrong else None
        for path, value in file.walk() if file else ():
            slip = wrong.pop((str(path[-1]), value), None) if isinstance(value, str) else None
            if file and slip:
                what = f"“{slip.own}” is “{slip.other}” in {languages[source]}."
                how = f"Write “{slip.other}”, or change the {languages[source]}."
                problem = file.problem(path, what, how=how, severity="advice")
                yield Finding(slip.own, replace(problem, kind="spelling"))


def _wrong_labels(
    labels: list[Label], locale: str, source: str, speller: Speller
) -> Iterator[tuple[str, NameSlip]]:
    """The texts with a misspelt name."""
    both = [one for one in labels if one.get(locale) and one.get(source)]
    own, other = (
        [Passage("paragraph", one[code], 0, "", code) for one in both] for code in (locale, source)
    )
    names = ComparedNames((locale, source), own, other, speller)
    pairs = ((Side([a]), Side([b])) for a, b in zip(own, other, strict=True))
    for slip, mine, _ in names.compare(pairs) if names.slips else ():
        yield mine.passages[0].text, slip
