"""Finds cells of tables with the source's name of a city or a country ("Séoul") where data/ or CLDR
has another one in the page's language ("Seúl"). Inside a sentence, such words may be part of a
longer name; a cell that is a name and nothing else is not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from metropolis.content.page import Page
from metropolis.content.prose import Passage
from metropolis.data.records import Records
from metropolis.language.countries import country_name
from metropolis.wording.detection import LanguageGuard
from metropolis.wording.finding import Finding, found
from metropolis.wording.passage_pieces import PassagePiece, split_passage


def names_of_places(records: Records, source: str, own: str) -> dict[str, str]:
    """The name in the language `own` of each place that has another in the language `source`, by
    the latter; without those that are a name of a place in both."""
    kinds = (records.members, records.regions, records.spaces)
    labels = [place.name for places in kinds for place in places.values()]
    pairs = {label.get(source): label.get(own) for label in labels}
    for country in records.countries.values():
        if country.name is None or country.name.get(own):
            pairs[country_name(country, source)] = country_name(country, own)
    own_names = set(pairs.values())
    return {name: other for name, other in pairs.items() if other and name not in own_names}


def find_copied_names(
    page: Page,
    source: Page,
    passages: Iterable[Passage],
    source_passages: Iterable[Passage],
    names: Mapping[str, str],
    guard: LanguageGuard,
) -> list[Finding]:
    """A problem for each cell with the source's name, one for each name. `names` are those of
    `names_of_places`."""
    cells = [(piece, name) for piece, name in _cells(page, passages) if name in names]
    theirs = {name for _, name in _cells(source, source_passages)} if cells else set()
    first: dict[str, PassagePiece] = {}
    for piece, name in cells:
        if name in theirs:
            first.setdefault(name, piece)
    language, own = guard.locales[source.locale], guard.locales[page.locale]
    findings = []
    for name, piece in first.items():
        what = f"“{name}” is the name in {language}: in {own} it is “{names[name]}”."
        start = piece.start + piece.text.index(name)
        how = f"Write “{names[name]}”."
        findings.append(found("language", page, start, name, what, how=how, severity="advice"))
    return findings


def _cells(page: Page, passages: Iterable[Passage]) -> Iterable[tuple[PassagePiece, str]]:
    rows = (one for one in passages if one.kind == "row" and one.locale == page.locale)
    pieces = (piece for row in rows for piece in split_passage(page, row, ()))
    return ((piece, piece.text.strip()) for piece in pieces if piece.kind == "cell")
