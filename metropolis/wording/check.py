"""Every check of wording over all pages, each page's findings remembered: a page is judged anew when its text or its
source's changes, and not when another one does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from metropolis.content.calls import MacroSignature
from metropolis.content.page import Page
from metropolis.content.prose import Passage, find_passages
from metropolis.content.sections import find_sections
from metropolis.data.records import Records
from metropolis.project import Project
from metropolis.translation.fingerprint import section_text
from metropolis.wording.detection import LanguageGuard, find_untranslated, find_wrong_language, proper_names
from metropolis.wording.figures import find_figure_differences, find_foreign_formats
from metropolis.wording.finding import Finding
from metropolis.wording.terms import Terms, find_untranslated_terms, find_variants
from metropolis.wording.typed_figures import TypedFigures, find_typed_figures


class WordingCheck:
    """Made once for a project's records; `findings` may be asked as often as pages change."""

    def __init__(self, project: Project, records: Records, signatures: Mapping[str, MacroSignature]) -> None:
        self.records = records
        self.signatures = signatures
        locales = [locale.code for locale in project.all_locales]
        self.terms = {code: Terms(records.glossary, code) for code in locales}
        labelled = [locale.code for locale in project.locales]  # a draft's labels may still be missing
        names = {code: proper_names(records, code) for code in labelled}
        self.guard = LanguageGuard({locale.code: locale.name for locale in project.all_locales}, names)
        self.figures = TypedFigures(records, labelled)
        self.drafts = frozenset(locale.code for locale in project.drafts)
        self._known: dict[tuple[str, str, str], list[Finding]] = {}

    def findings(self, pages: Iterable[Page], sources: Mapping[str, Page]) -> list[Finding]:
        """What is wrong in the words of `pages`; `sources` are the source pages by their names."""
        found: list[Finding] = []
        known: dict[tuple[str, str, str], list[Finding]] = {}
        for page in pages:
            source = sources.get(page.name)
            key = (page.path, page.text.text, source.text.text if source else "")
            known[key] = self._known[key] if key in self._known else self._judge(page, source)
            found += known[key]
        self._known = known
        return found

    def _judge(self, page: Page, source: Page | None) -> list[Finding]:
        passages = find_passages(page, self.signatures)
        if source is not None and page.locale in self.drafts:
            passages = _begun(page, source, passages)
        terms = self.terms[page.locale]
        findings = [
            *find_wrong_language(page, passages, self.guard),
            *find_variants(page, passages, terms),
            *find_foreign_formats(page, passages),
            *find_typed_figures(page, passages, self.figures),
        ]
        if source is not None and source.locale != page.locale:
            findings += self._compare(page, source, passages, terms)
        return findings

    def _compare(self, page: Page, source: Page, passages: list[Passage], terms: Terms) -> list[Finding]:
        originals = find_passages(source, self.signatures)
        source_terms = self.terms[source.locale]
        return [
            *find_figure_differences(page, source, passages, originals),
            *find_untranslated(page, source, passages, originals, self.guard),
            *find_untranslated_terms(page, source, passages, originals, terms, source_terms),
        ]


def _begun(page: Page, source: Page, passages: list[Passage]) -> list[Passage]:
    """The passages of a draft that somebody has begun: of a section that is still the source's, status tells."""
    theirs = {section.anchor: section_text(source, section) for section in find_sections(source)}
    copied = {s.anchor for s in find_sections(page) if section_text(page, s) == theirs.get(s.anchor)}
    return [passage for passage in passages if passage.anchor not in copied]
