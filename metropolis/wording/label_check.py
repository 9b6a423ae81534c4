"""Checks the words of data/ as those of pages are checked: each text by the rules of its language,
and its figures beside those of the source language. Names and identifiers have no rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from metropolis.content.page import Page
from metropolis.content.page_text import BLANK
from metropolis.content.prose import Passage
from metropolis.data.load import read_data_file
from metropolis.data.records import KINDS, STRINGS
from metropolis.inputs import ChangedFileError, Files, Known
from metropolis.language.reading import has_digit
from metropolis.leftovers import without_leftovers
from metropolis.patience import SECONDS, TooSlowError, patience
from metropolis.problem import Problem
from metropolis.project import Project
from metropolis.strict_yaml.document import Path, YamlDocument
from metropolis.text_file import read_text
from metropolis.wording.advice import find_advised
from metropolis.wording.figure_check import find_figure_differences
from metropolis.wording.finding import Finding, found
from metropolis.wording.foreign_formats import find_foreign_formats
from metropolis.wording.label_languages import find_foreign_labels
from metropolis.wording.label_names import find_misspelt_labels
from metropolis.wording.label_page import LabelPage, find_labels, label_page
from metropolis.wording.mentions import Mention, gather_mentions
from metropolis.wording.own_words import NAMED
from metropolis.wording.spelling import find_spelling, is_shared
from metropolis.wording.typography import find_typography
from metropolis.wording.unfinished import find_unfinished
from metropolis.wording.unpaired_signs import find_unpaired_signs

if TYPE_CHECKING:
    from metropolis.wording.wording_check import WordingCheck


@dataclass(frozen=True)
class JudgedLabels:
    """The inputs of a judgement: the files of data/, and what the checks compare their texts
    with."""

    project: Known[Project]
    files: Files
    check: Known[WordingCheck]


def find_label_slips(project: Project, check: WordingCheck) -> list[Finding]:
    """The problems in the words of data/."""
    try:
        files = Files.under(project.data_dir, without_leftovers(project.data_dir.glob("*.yml")))
        judged = JudgedLabels(project.known, files, check.known)
        return check.cache.remember("judgements", judged, judge_labels, hold=True)
    except (OSError, ChangedFileError):
        return []  # the readers of the records report it, or somebody has just saved a file


def judge_labels(inputs: JudgedLabels) -> list[Finding]:
    """The problems in the words of every file. Raises ChangedFileError."""
    project, check = inputs.project.value, inputs.check.value
    findings: list[Finding] = []
    for name in (*KINDS, STRINGS):
        try:
            with patience():
                findings += list(_judge_file(project, check, name))
        except TooSlowError:
            what = f"The words of this file take more than {SECONDS} seconds, and are not checked."
            problem = Problem(f"data/{name}.yml", 0, 0, what, how="Shorten its longest texts.")
            findings.append(Finding("", replace(problem, kind="typography")))
    inputs.files.check()
    return findings


def _judge_file(project: Project, check: WordingCheck, name: str) -> Iterator[Finding]:
    file, _ = read_data_file(project, name)
    text, _ = read_text(project.root / f"data/{name}.yml", name)
    if file is not None:  # else the readers of the records report it
        yield from judge_label_file(check, file, text, project.source)


def judge_label_file(
    check: WordingCheck, file: YamlDocument, text: str, source_locale: str
) -> Iterator[Finding]:
    """The problems in the words of one file, whose whole text is `text`."""
    codes = tuple(check.guard.locales)
    labels = dict(find_labels(file, codes))
    pages = {code: label_page(file, text, labels, code) for code in codes}
    foreign = list(find_foreign_labels(pages, check.guard, source_locale))
    yield from (one.finding for one in foreign)
    told = {(code, one.path) for one in foreign for code in one.locales}
    for code, own in pages.items():
        for path, passages in own.parts.items():
            if (code, path) not in told and (waiting := find_unfinished(own.page, passages)):
                yield waiting[0]
                told.add((code, path))
    # Nothing more is said of a text that has to be translated, or written.
    pages = {
        code: one.without({path for path in one.parts if (code, path) in told})
        for code, one in pages.items()
    }
    source, language = pages[source_locale], check.guard.locales[source_locale]
    for own in pages.values():
        others = [one.page for one in pages.values() if one is not own]
        names = (
            list(find_misspelt_labels(file, own, source, check.speller, language))
            if own is not source
            else []
        )
        yield from names
        slips = {(one.problem.line, one.fragment) for one in names}  # are no unknown words
        for one in _judge_page(check, own, source if own is not source else None):
            is_told = (one.problem.line, one.fragment) in slips
            if not is_told and not is_shared(one, own.page, others):
                yield one
    yield from _lost_numbers(pages)


def _judge_page(check: WordingCheck, own: LabelPage, source: LabelPage | None) -> Iterator[Finding]:
    page, passages = own.page, own.passages
    terms = check.terms(page.locale)
    yield from check.variants(page.locale).find(page, passages, terms)
    yield from find_foreign_formats(page, passages)
    yield from find_typography(page, passages)
    yield from find_advised(page, passages, check.style, "style")
    yield from find_unpaired_signs(page, passages)
    # Problems name the text that is compared, which stands beside this one.
    language = check.guard.locales[source.page.locale] if source else ""
    beside = source.named(f"the {language} text") if source else None
    yield from find_spelling(page, passages, check.speller, beside)
    for path, theirs in source.parts.items() if source else ():
        mine = own.parts.get(path, [])  # each for itself: a figure moves to no other
        if beside and mine and not _are_one_name(mine, theirs):
            differences = find_figure_differences(page, beside, mine, theirs)
            yield from differences or _changed_ordinals(page, beside, path, mine, theirs)


def _are_one_name(mine: list[Passage], theirs: list[Passage]) -> bool:
    """Whether both have the same words, without a digit, as the names of most members have."""
    pairs = zip(mine, theirs, strict=False)
    return all(one.text == other.text and not has_digit(one.text) for one, other in pairs)


def _changed_ordinals(
    page: Page, source: Page, path: Path, passages: list[Passage], originals: list[Passage]
) -> Iterator[Finding]:
    """“First edition” for “deuxième édition”. Inside a sentence they may count something else: they
    are compared in names, and where both texts begin with them."""
    for passage, original in zip(passages, originals, strict=False):
        mine, theirs = _ordinals(page, passage), _ordinals(source, original)
        if len(mine) == len(theirs) == 1 and mine[0].key != theirs[0].key:
            one, other = mine[0], theirs[0]
            if path[-1] in NAMED or (one.start, other.start) == (passage.start, original.start):
                line = source.text.place(other.start)[0]
                what = f"“{one.words}” is “{other.words}” in {source.path}, line {line}."
                how = "Say the same here, or fix the source."
                yield found("figure", page, one.start, one.words, what, how=how, severity="advice")


def _ordinals(page: Page, passage: Passage) -> list[Mention]:
    """The ordinals in words."""
    mentions = gather_mentions(page, [(passage,)]).mentions
    quantities = ((one, one.quantity) for one in mentions)
    return [one for one, it in quantities if it.kind == "ordinal" and it.form != "digits"]


def _lost_numbers(pages: Mapping[str, LabelPage]) -> Iterator[Finding]:
    """Plurals that do not show their number, though another language does."""
    forms: dict[str, list[tuple[LabelPage, Passage]]] = {}
    for own in pages.values():
        for passage in own.passages:
            if passage.anchor.endswith("/other"):
                forms.setdefault(passage.anchor, []).append((own, passage))
    for some in forms.values():
        lost = [(own, passage) for own, passage in some if BLANK not in passage.text]
        for own, passage in lost if len(lost) < len(some) else ():
            what = f"“{passage.text}” does not show the number, which another language shows."
            how = "Write # where the number stands."
            yield found("figure", own.page, passage.first, passage.text, what, how=how)
