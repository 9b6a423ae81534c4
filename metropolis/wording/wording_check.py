"""Runs every check of wording over all pages. A page is checked again only if its own text or its
source's has changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from unicodedata import is_normalized

from metropolis.cache import Cache
from metropolis.content.image_words import copied_descriptions
from metropolis.content.macro_signature import MacroSignature
from metropolis.content.page import Page
from metropolis.content.prose import Passage, blank_spans, find_passages, without_indented_code
from metropolis.data.records import Records
from metropolis.inputs import Known, digest
from metropolis.language.cldr import english_name
from metropolis.language.dictionaries import dictionary_state, missing_dictionaries
from metropolis.patience import TooSlowError, patience
from metropolis.project import Project
from metropolis.translation.fingerprint import copied_sections
from metropolis.wording.advice import find_advised, read_advice
from metropolis.wording.copied_names import find_copied_names, names_of_places
from metropolis.wording.copied_words import find_copied_words
from metropolis.wording.detection import LanguageGuard, proper_names
from metropolis.wording.doubled_words import find_doubled_words
from metropolis.wording.figure_check import find_figure_differences
from metropolis.wording.finding import Finding, found
from metropolis.wording.foreign_formats import find_foreign_formats
from metropolis.wording.misspelt_names import find_misspelt_names
from metropolis.wording.own_words import own_words
from metropolis.wording.spelling import Speller, find_spelling, is_shared
from metropolis.wording.style import find_style
from metropolis.wording.terms import Terms, find_untranslated_terms
from metropolis.wording.typed_figures import TypedFigures, find_typed_figures
from metropolis.wording.typography import find_typography
from metropolis.wording.unfinished import find_unfinished
from metropolis.wording.unpaired_signs import find_unpaired_signs
from metropolis.wording.variants import Variants
from metropolis.wording.wrong_language import find_untranslated, part_languages


class WordingCheck:
    """Created once for a project's records and lists; `findings` may be called whenever pages
    change. `problems` are those of the lists in language/, and the missing dictionaries."""

    def __init__(
        self,
        project: Project,
        known: Known[Records],
        signatures: Mapping[str, MacroSignature],
        lists: str = "",
        memory: Cache | None = None,
    ) -> None:
        """`lists` is the digest of the lists in language/; without `memory`, nothing is cached
        between runs. `signatures` come from the data and our own code."""
        records = known.value
        self.signatures = signatures
        # Most runs check a page or two.
        self.terms = cache(lambda locale: Terms(records.glossary, locale))
        self.variants = cache(lambda locale: Variants(records.glossary, locale))
        labelled = [
            locale.code for locale in project.locales
        ]  # a draft's labels may still be missing
        self.names = cache(lambda source, own: names_of_places(records, source, own))
        names = {code: proper_names(records, code) for code in labelled}
        self.cache = memory or Cache(None)
        languages = {locale.code: english_name(locale.code) for locale in project.all_locales}
        self.guard = LanguageGuard(languages, names, self.cache)
        self.figures = TypedFigures(records, labelled)
        self.inclusive, problems = read_advice(project, "inclusive")
        self.style, found_in_style = read_advice(project, "style")
        words, more = own_words(project, records)
        self.speller = Speller(words, languages)
        self.problems = [*problems, *found_in_style, *more, *missing_dictionaries(project)]
        self.drafts = frozenset(locale.code for locale in project.drafts)
        self.known = Known(digest(project.known, known, lists, dictionary_state(languages)), self)

    def findings(self, pages: Iterable[Page], sources: Mapping[str, Page]) -> list[Finding]:
        """The problems in the words of `pages`; `sources` are the source pages by their names."""
        findings: list[Finding] = []
        beside: defaultdict[str, list[Page]] = defaultdict(list)
        for page in (pages := list(pages)):
            beside[page.name].append(page)
        for page in pages:
            others = [one for one in beside[page.name] if one is not page]
            source = sources.get(page.name)
            judged = Judged(page.known, source.known if source else None, self.known)
            try:
                own = self.cache.remember("judgements", judged, judge, hold=True)
                findings += [one for one in own if not is_shared(one, page, others)]
            except TooSlowError as slow:
                findings.append(
                    found("typography", page, page.body_start, "", str(slow), how="Divide it.")
                )
        return findings

    def prose(self, page: Page) -> list[Passage]:
        """The passages of a page that the rules of its own language apply to."""
        passages = without_indented_code(page, find_passages(page, self.signatures))
        return part_languages(page, passages, self.guard)[1]

    def judge(self, page: Page, source: Page | None) -> list[Finding]:
        """The problems in the words of a page."""
        passages = find_passages(page, self.signatures)
        if source is not None and page.locale in self.drafts:
            passages = _begun(page, source, passages)
        terms = self.terms(page.locale)
        whole = passages
        prose = without_indented_code(page, passages)
        if source is not None and source != page:  # what parity says of an image is enough
            copied = [link for _, link in copied_descriptions(source, page)]
            spans = [(one.start, one.address_start, page.locale) for one in copied]
            prose = blank_spans(prose, spans) if spans else prose
        foreign, passages = part_languages(page, prose, self.guard)
        findings = [
            *foreign,
            *self.variants(page.locale).find(page, passages, terms),
            *find_foreign_formats(page, passages),
            *find_typed_figures(page, passages, self.figures),
            *find_typography(page, passages),
            *find_advised(page, passages, self.inclusive, "inclusive"),
            *find_advised(page, passages, self.style, "style"),
            *find_style(page, passages),
            *find_doubled_words(page, passages),
            *find_unfinished(page, whole),
            *find_unpaired_signs(page, passages),
        ]
        spelling = list(self._spelling(page, passages, source if source != page else None))
        if source is not None and source.locale != page.locale:
            every = find_passages(source, self.signatures)
            findings += find_figure_differences(page, source, whole, every)
            names = find_misspelt_names(page, source, prose, every, self.speller)
            slips = {one.fragment for one in names}  # named with the right form: that is enough
            spelling = [*names, *(one for one in spelling if one.fragment not in slips)]
            passages, originals, skipped = _comparable(prose, passages, every)
            findings += self._compare(page, source, passages, originals)
            findings += [
                _not_compared(page, source, passage)
                for passage in skipped
                if self._has_terms(source, every, passage.anchor)
            ]
        return findings + spelling

    def _spelling(
        self, page: Page, passages: list[Passage], source: Page | None
    ) -> Iterable[Finding]:
        """A text with separate accents is reported once, by its characters, not word by word."""
        if not is_normalized("NFC", page.text.text):
            return []
        return find_spelling(page, passages, self.speller, source)

    def _has_terms(self, source: Page, originals: list[Passage], anchor: str) -> bool:
        """Whether a section of the source has a term that its translation must use."""
        find = self.terms(source.locale).find
        mine = (one.text for one in originals if one.anchor == anchor)
        return any(use.binds(source) for text in mine for use in find(text))

    def _compare(
        self, page: Page, source: Page, passages: list[Passage], originals: list[Passage]
    ) -> list[Finding]:
        terms, source_terms = self.terms(page.locale), self.terms(source.locale)
        untranslated, copied = find_untranslated(page, source, passages, originals, self.guard)
        lines = {page.text.place(one.start)[0] for one in copied}
        missing = find_untranslated_terms(page, source, passages, originals, terms, source_terms)
        starts = {one.start for one in copied}
        rest = [one for one in passages if one.start not in starts]
        left = find_copied_words(page, source, rest, originals, self.guard)
        names = self.names(source.locale, page.locale)
        left += find_copied_names(page, source, rest, originals, names, self.guard)
        # Words that nobody has translated lack their terms too.
        said = {(one.problem.line, one.fragment) for one in left}
        return [
            *untranslated,
            *left,
            *(
                one
                for one in missing
                if (line := one.problem.line) not in lines
                and not any(line == place and one.fragment in words for place, words in said)
            ),
        ]


@dataclass(frozen=True)
class Judged:
    """The inputs of a judgement: a page, its source, and everything that the checks compare them
    with."""

    page: Known[Page]
    source: Known[Page] | None
    check: Known[WordingCheck]


def judge(inputs: Judged) -> list[Finding]:
    """The problems in the words of one page."""
    with patience():
        return inputs.check.value.judge(
            inputs.page.value, inputs.source.value if inputs.source else None
        )


def _comparable(
    whole: list[Passage], rest: list[Passage], originals: list[Passage]
) -> tuple[list[Passage], list[Passage], list[Passage]]:
    """Both sides without the passages that have a sentence in the wrong language: their terms are
    compared once they are translated. Also returns the first passage of each section that is
    skipped as a whole, because its passages cannot be paired with the source's. `rest` is `whole`
    with such sentences blanked."""
    wrong = {one.start for one, other in zip(whole, rest, strict=True) if one != other}
    anchors = {passage.anchor for passage in whole if passage.start in wrong}
    skipped: list[Passage] = []
    for anchor in sorted(anchors):
        mine = [passage for passage in whole if passage.anchor == anchor]
        theirs = [passage for passage in originals if passage.anchor == anchor]
        is_parallel = [one.kind for one in mine] == [one.kind for one in theirs]
        pairs = zip(mine, theirs, strict=True) if is_parallel else ()
        left_out = [other.start for one, other in pairs if one.start in wrong]
        if not is_parallel:
            skipped.append(mine[0])
            wrong |= {passage.start for passage in mine}
            left_out = [passage.start for passage in theirs]
        originals = [passage for passage in originals if passage.start not in left_out]
    return [passage for passage in rest if passage.start not in wrong], originals, skipped


def _not_compared(page: Page, source: Page, passage: Passage) -> Finding:
    what = (
        "The terms of this section were not compared: it has a sentence in another language, and"
        f" its passages are not those of {source.path}."
    )
    how = "Translate the sentence first."
    return found("not-compared", page, passage.first, passage.words, what, how=how)


def _begun(page: Page, source: Page, passages: list[Passage]) -> list[Passage]:
    """The passages of a draft that are being translated. The status reports sections that still
    equal the source."""
    copied = copied_sections(source, page)
    return [passage for passage in passages if passage.anchor not in copied]
