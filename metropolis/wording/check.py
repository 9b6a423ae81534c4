"""Every check of wording over all pages. A page is judged anew when its text or its source's changes, and not when
another one does (memory.py)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from metropolis.content.calls import MacroSignature
from metropolis.content.page import Page
from metropolis.content.prose import Passage, find_passages
from metropolis.data.records import Records
from metropolis.patience import TooSlowError, patience, too_slow
from metropolis.project import Project
from metropolis.store import Store, digest
from metropolis.toolkit import toolkit_digest
from metropolis.translation.fingerprint import section_text
from metropolis.wording.detection import LanguageGuard, find_untranslated, part_languages, proper_names
from metropolis.wording.dictionaries import Speller, dictionary_state, missing_dictionaries, own_words
from metropolis.wording.figures import find_figure_differences, find_foreign_formats
from metropolis.wording.finding import Finding, found
from metropolis.wording.inclusive import find_inclusive, read_inclusive
from metropolis.wording.memory import Memory
from metropolis.wording.spelling import find_spelling
from metropolis.wording.terms import Terms, find_untranslated_terms, find_variants
from metropolis.wording.typed_figures import TypedFigures, find_typed_figures
from metropolis.wording.typography import find_typography


class WordingCheck:
    """Made once for a project's records and lists; `findings` may be asked as often as pages change.

    `problems` are those of the lists in language/, and the dictionaries that are missing.
    """

    def __init__(
        self, project: Project, records: Records, signatures: Mapping[str, MacroSignature], setting: str = ""
    ) -> None:
        """`setting` stands for the data and lists that are judged by; without it, nothing is kept between runs.

        `signatures` are a matter of the data and of our own code, which both are part of what is kept by.
        """
        self.records = records
        self.signatures = signatures
        self.terms = cache(lambda locale: Terms(records.glossary, locale))  # most runs judge a page or two
        labelled = [locale.code for locale in project.locales]  # a draft's labels may still be missing
        names = {code: proper_names(records, code) for code in labelled}
        answers = Store(project.root / ".cache" / "sentences", limit=1_000_000) if setting else None
        self.guard = LanguageGuard({locale.code: locale.name for locale in project.all_locales}, names, answers)
        self.figures = TypedFigures(records, labelled)
        self.inclusive, problems = read_inclusive(project)
        words, more = own_words(project, records)
        self.speller = Speller(words)
        self.problems = [*problems, *more, *missing_dictionaries(project, self.speller)]
        self.drafts = frozenset(locale.code for locale in project.drafts)
        file = project.root / ".cache" / "wording.json" if setting else None
        self.memory = Memory(file, _basis(project, setting) if setting else "")

    def findings(self, pages: Iterable[Page], sources: Mapping[str, Page]) -> list[Finding]:
        """What is wrong in the words of `pages`; `sources` are the source pages by their names."""
        findings: list[Finding] = []
        for page in pages:
            source = sources.get(page.name)
            key = self.memory.key(page.path, page.text.text, source.text.text if source else "")
            known = self.memory.recall(key)
            if known is None:
                try:
                    with patience():
                        known = self._judge(page, source)
                except TooSlowError:
                    findings.append(found("typography", page, page.body_start, "", too_slow(), how="Divide it."))
                    continue
                self.memory.learn(key, known)
            findings += known
        self.memory.keep()
        if self.guard.store:
            self.guard.store.prune()
        return findings

    def _judge(self, page: Page, source: Page | None) -> list[Finding]:
        passages = find_passages(page, self.signatures)
        if source is not None and page.locale in self.drafts:
            passages = _begun(page, source, passages)
        terms = self.terms(page.locale)
        whole = passages
        foreign, passages = part_languages(page, whole, self.guard)
        findings = [
            *foreign,
            *find_variants(page, passages, terms),
            *find_foreign_formats(page, passages),
            *find_typed_figures(page, passages, self.figures),
            *find_typography(page, passages),
            *find_inclusive(page, passages, self.inclusive),
            *find_spelling(page, passages, self.speller),
        ]
        if source is not None and source.locale != page.locale:
            originals = find_passages(source, self.signatures)
            findings += self._compare(page, source, *_comparable(whole, passages, originals))
        return findings

    def _compare(self, page: Page, source: Page, passages: list[Passage], originals: list[Passage]) -> list[Finding]:
        terms, source_terms = self.terms(page.locale), self.terms(source.locale)
        return [
            *find_figure_differences(page, source, passages, originals),
            *find_untranslated(page, source, passages, originals, self.guard),
            *find_untranslated_terms(page, source, passages, originals, terms, source_terms),
        ]


def _basis(project: Project, setting: str) -> str:
    """A digest of all that judgements depend on beside the pages' texts: languages, data and lists, code, dictionaries.

    The project is taken whole, but for the folder in which it lies.
    """
    languages = [locale.code for locale in project.all_locales]
    return digest(repr(replace(project, root=Path())), setting, toolkit_digest(), repr(dictionary_state(languages)))


def _comparable(
    whole: list[Passage], rest: list[Passage], originals: list[Passage]
) -> tuple[list[Passage], list[Passage]]:
    """Both sides without what is in the wrong language: what that says is told once it is translated."""
    if whole == rest:
        return rest, originals
    if [passage.kind for passage in whole] != [passage.kind for passage in originals]:
        return [], []
    kept = [index for index, (one, other) in enumerate(zip(whole, rest, strict=True)) if one == other]
    return [rest[index] for index in kept], [originals[index] for index in kept]


def _begun(page: Page, source: Page, passages: list[Passage]) -> list[Passage]:
    """The passages of a draft that somebody has begun: of a section that is still the source's, status tells."""
    theirs = {section.anchor: section_text(source, section) for section in source.sections}
    copied = {s.anchor for s in page.sections if section_text(page, s) == theirs.get(s.anchor)}
    return [passage for passage in passages if passage.anchor not in copied]
