"""Finds names that a label of data/ writes with one letter other in one language than in the
source: “Guangzou” for “Guangzhou”."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from metropolis.strict_yaml.document import YamlDocument
from metropolis.wording.finding import Finding
from metropolis.wording.label_page import LabelPage
from metropolis.wording.misspelt_names import ComparedNames, Side
from metropolis.wording.spelling import Speller


def find_misspelt_labels(
    file: YamlDocument, own: LabelPage, source: LabelPage, speller: Speller, language: str
) -> Iterator[Finding]:
    """Each once in a file of data/. `language` is the name of the source's."""
    locales = own.page.locale, source.page.locale
    names = ComparedNames(locales, own.passages, source.passages, speller)
    if not names.slips:
        return
    places = {some[0].anchor: path for path, some in own.parts.items()}
    theirs = source.parts
    pairs = ((Side(some), Side(theirs[path])) for path, some in own.parts.items() if path in theirs)
    for slip, mine, _ in names.compare(pairs):
        what = f"“{slip.own}” is “{slip.other}” in {language}."
        how = f"Write “{slip.other}”, or change the {language}."
        path = (*places[mine.passages[0].anchor], own.page.locale)
        problem = file.problem(path, what, how=how, severity="advice")
        yield Finding(slip.own, replace(problem, kind="spelling"))
