"""How many faults put into right translations are found, by kind.

Those of figures are put into pages made of the cases of tests/wording/cases/figure-pairs.yml that
say the same, six paragraphs each; the others into this site's own pages."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import permutations
from pathlib import Path

import yaml

from bench.figure_faults import (
    FIGURES,
    Faults,
    changed_number_in_words,
    changed_unit,
    dropped_figure,
)
from bench.page_faults import MIXED, STRUCTURE
from metropolis.cache import Cache
from metropolis.content.page import Page, read_page
from metropolis.content.prose import Passage, find_passages
from metropolis.content.structure import check_structure
from metropolis.inputs import Known
from metropolis.language.reading import read_quantities
from metropolis.translation.workbench import Workbench, open_workbench
from metropolis.wording.figure_check import find_figure_differences

LEAST_FOUND = 0.95
_MOST = 120  # faults of a kind that are tried in this site's pages
_PARAGRAPHS = 6
_CASES = "tests/wording/cases/figure-pairs.yml"


@dataclass
class Share:
    """The faults of a kind: how many were put in, and those that were missed."""

    kind: str
    tried: int = 0
    missed: list[str] = field(default_factory=list)

    def count(self, is_found: bool, shown: str) -> None:
        """One fault more."""
        self.tried += 1
        self.missed += [] if is_found else [shown]

    @property
    def found(self) -> float:
        """From 0 to 1."""
        return 1 - len(self.missed) / self.tried if self.tried else 1.0


def measure_faults(root: Path) -> bool:
    """Prints a line for each kind, with what was missed; False where a kind is below the limit."""
    workbench, problems = open_workbench(root)
    assert workbench, problems
    shares = [*figure_shares(root), *page_shares(workbench)]
    for share in shares:
        print(f"{share.kind.replace('_', ' ')}: {share.found:.0%} of {share.tried}")
        for one in share.missed[:5]:
            print(f"    missed: {one}")
    tried, missed = sum(one.tried for one in shares), sum(len(one.missed) for one in shares)
    print(f"all kinds: {1 - missed / tried:.1%} of {tried}")
    return all(share.found >= LEAST_FOUND for share in shares)


def figure_shares(root: Path) -> list[Share]:
    """The shares of the faults in figures."""
    kinds = yaml.safe_load((root / _CASES).read_text("utf-8"))
    cases = [case for kind in kinds for case in kind.get("silent", ())]
    return [_figure_share(fault, cases) for fault in FIGURES]


def _figure_share(fault: Faults, cases: list[dict[str, str]]) -> Share:
    share = Share(fault.__name__)
    chance = random.Random(7)
    found = [
        (case, source, locale, words)
        for case in cases
        for source, locale in permutations(case, 2)
        for words in fault(case[locale], locale)
        if words != case[locale] and _is_fair(fault, case, source)
    ]
    chance.shuffle(found)
    for case, source, locale, words in found:
        others = [one for one in cases if one is not case and {source, locale} <= set(one)]
        around = chance.sample(others, _PARAGRAPHS - 1)
        theirs = _page(source, [case[source], *(one[source] for one in around)])
        mine = _page(locale, [words, *(one[locale] for one in around)])
        reports = find_figure_differences(mine[0], theirs[0], mine[1], theirs[1])
        shown = f"{source} “{case[source]}”, {locale} “{words}”"
        share.count(bool(reports), shown)
    return share


def _is_fair(fault: Faults, case: dict[str, str], source: str) -> bool:
    """Whether the fault can be seen: numbers in words may be left out, and so may units."""
    if fault is changed_unit:
        return all(one.unit for one in read_quantities(case[source], source))
    if fault is changed_number_in_words:
        forms = [
            [one.form != "hint" for one in read_quantities(words, locale)]
            for locale, words in case.items()
        ]
        return all(one == forms[0] for one in forms) and all(forms[0])
    return fault is not dropped_figure or {
        one.form for locale, words in case.items() for one in read_quantities(words, locale)
    } == {"digits"}


def _page(locale: str, paragraphs: list[str]) -> tuple[Page, list[Passage]]:
    text = "\n\n".join(["# X { #x }", *paragraphs])
    page, _ = read_page(f"content/{locale}/x.md", locale, "x", f"{text}\n")
    return page, find_passages(page, {})


def page_shares(workbench: Workbench) -> Iterator[Share]:
    """The shares of the faults in the structure and the words of the site's pages."""
    source = workbench.project.default_locale.code
    originals = {page.name: page for page in workbench.pages.values() if page.locale == source}
    pages = [page for page in workbench.pages.values() if page.locale != source]
    yield from _structure_shares(workbench, pages, originals)
    yield from _word_shares(workbench, pages, originals)


def _structure_shares(
    workbench: Workbench, pages: list[Page], originals: dict[str, Page]
) -> Iterator[Share]:
    source = workbench.project.default_locale.code
    mixed = [
        read_page(f"content/{code}/mixed.md", code, "mixed", MIXED)[0] for code in (source, "en")
    ]
    originals, pages = {**originals, "mixed": mixed[0]}, [*pages, mixed[1]]
    for fault in STRUCTURE:
        share = Share(fault.__name__)
        edits = [(page, *edit) for page in pages for edit in fault(page)]
        random.Random(7).shuffle(edits)
        for page, start, text in edits[:_MOST]:
            edited, _ = read_page(page.path, page.locale, page.name, text)
            both = [originals[page.name], edited]
            found = check_structure(both, source, Known("", workbench.signatures), Cache(None))
            has_error = any(one.severity == "error" for one in found)
            share.count(has_error, f"{page.path}:{page.text.place(start)[0]}")
        yield share


def _word_shares(
    workbench: Workbench, pages: list[Page], originals: dict[str, Page]
) -> Iterator[Share]:
    """Passages left in the source's language, and terms that were given other words."""
    for kind, edit in (("untranslated_passage", _untranslated), ("dropped_term", _without_term)):
        share = Share(kind)
        edits = [
            (page, *one) for page in pages for one in edit(workbench, page, originals[page.name])
        ]
        random.Random(7).shuffle(edits)
        for page, start, text in edits[:_MOST]:
            edited, _ = read_page(page.path, page.locale, page.name, text)
            findings = workbench.wording.judge(edited, originals[page.name])
            is_found = any(one.rule in ("language", "term") for one in findings)
            share.count(is_found, f"{page.path}:{page.text.place(start)[0]}")
        yield share


def _untranslated(workbench: Workbench, page: Page, source: Page) -> Iterator[tuple[int, str]]:
    mine = find_passages(page, workbench.signatures)
    theirs = find_passages(source, workbench.signatures)
    if [one.kind for one in mine] != [one.kind for one in theirs]:
        return
    for one, other in zip(mine, theirs, strict=True):
        if one.kind in ("paragraph", "item", "heading") and len(other.words.split()) > 1:
            written = source.text.text[other.start : other.start + len(other.text)]
            end = one.start + len(one.text)
            yield one.start, page.text.text[: one.start] + written + page.text.text[end:]


def _without_term(workbench: Workbench, page: Page, source: Page) -> Iterator[tuple[int, str]]:
    """The only use of a term in a section is gone, where the source has it as words."""
    terms = workbench.wording.terms(page.locale)
    theirs = workbench.wording.terms(source.locale)
    originals = find_passages(source, workbench.signatures)
    binding = {
        (passage.anchor, use.id)
        for passage in originals
        for use in theirs.find(passage.text)
        if use.binds(source)
    }
    uses: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for passage in find_passages(page, workbench.signatures):
        for use in terms.find(passage.text):
            place = (passage.start + use.start, passage.start + use.end)
            uses.setdefault((passage.anchor, use.id), []).append(place)
    text = page.text.text
    for key, places in uses.items():
        if key in binding and len(places) == 1:
            start, end = places[0]
            yield start, f"{text[:start]}…{text[end:]}"
