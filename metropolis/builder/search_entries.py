"""What the search can find in a language: pages, members, indicators, terms, milestones. Each has
words with a weight. A place is found by its titles in all languages, and by the words that
translators add in language/search.<locale>.yml, first of its own language, then of the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from metropolis.addresses import locale_prefix, page_file, page_path
from metropolis.builder.gate import Prepared
from metropolis.data.fields import Label
from metropolis.data.models import Member
from metropolis.language.collation import split
from metropolis.language.countries import country_name
from metropolis.language.foreign_names import (
    city_names,
    country_names,
    latin_languages,
    main_language,
)
from metropolis.wording.synonyms import COUNTRY, SearchWords

# Weights by where a word stands. A word of a longer synonym says less than a synonym of one word.
SYNONYM, TITLE, PHRASE, FOREIGN, HEADING, COUNTRY_NAME, SUMMARY, DETAIL = 13, 12, 9, 8, 7, 6, 4, 3
_ALIKE = 6  # letters with which two languages' words for the same thing often begin
Titles = Mapping[tuple[str, str], str]
Weighed = tuple[int, str]


@dataclass(frozen=True)
class SearchEntry:
    """One thing that a search finds. `address` is from the site's root, `text` stands below the
    title, `words` are (weight, text). `file` is the built page to read, or ""."""

    title: str
    address: str
    kind: str
    text: str
    words: tuple[Weighed, ...]
    file: str = ""


class EntryList:
    """The entries of one language; `titles` by (locale, page name), `words` by language."""

    def __init__(
        self, prepared: Prepared, titles: Titles, words: Mapping[str, SearchWords], locale: str
    ) -> None:
        self.prepared = prepared
        self.project = prepared.project
        self.records = prepared.records
        self.titles = titles
        self.locale = locale
        self.words = words
        self.latin = latin_languages(self.records.countries)

    def entries(self) -> Iterator[SearchEntry]:
        """Pages, then terms and milestones, which are sections of pages."""
        names = self.prepared.page_names[self.locale]
        for name in sorted(names):
            member = self.records.members.get(name.removeprefix("members/"))
            is_member = member is not None and name.startswith("members/")
            yield self._member(member) if member and is_member else self._page(name)
        if "glossary" in names:
            for term in self.records.glossary.values():
                text = term.definition[self.locale]
                yield self._section(f"glossary#{term.id}", "term", term.term, text, (), "")
        if "milestones" in names:
            yield from self._milestones()

    def _page(self, name: str) -> SearchEntry:
        title = self.titles[self.locale, name]
        others = {self.titles.get((code, name), "") for code in self.project.codes} - {title, ""}
        words = [(FOREIGN, other) for other in sorted(others)]
        if name == "members/index":
            words += self._areas()
        kind = "indicator" if name.removeprefix("indicators/") in self.records.indicators else ""
        file = page_file(self.project, self.locale, name)
        return self._entry(name, title, kind or "page", "", words, file)

    def _areas(self) -> Iterator[Weighed]:
        """Countries and regions of members: the directory lists all members of each."""
        members = self.records.members.values()
        for member in {member.country: member for member in members}.values():
            yield TITLE, country_name(self.records.countries[member.country], self.locale)
            yield from self._country(FOREIGN, member.country)
        for region in {self.records.region_of(member).id: member for member in members}.values():
            yield TITLE, self.records.region_of(region).name[self.locale]

    def _member(self, member: Member) -> SearchEntry:
        """A member is found by its names in all languages, government, country and region."""
        country = country_name(self.records.countries[member.country], self.locale)
        region = self.records.region_of(member).name[self.locale]
        languages = [*self.latin, main_language(member.country)]
        words = [(TITLE, text) for _, text in member.name.items()]
        words += [(FOREIGN, name) for name in self._cities(member, languages)]
        words += [(COUNTRY_NAME, country), *self._country(COUNTRY_NAME, member.country)]
        words += [(DETAIL, region), (DETAIL, member.government)]
        text = " · ".join((member.government, country, region))
        return self._entry(f"members/{member.id}", member.name[self.locale], "member", text, words)

    def _cities(self, member: Member, languages: list[str]) -> list[str]:
        names = {text for _, text in member.name.items()}
        found = (city_names(name, member.country, languages) for name in names)
        return sorted(set().union(*found) - names)

    def _country(self, weight: int, code: str) -> Iterator[Weighed]:
        """The names of a country in the site's languages and its own, and translators' words."""
        languages = [*self.project.codes, main_language(code)]
        for name in sorted(country_names(code, languages)):
            yield weight, name
        for words in self.words.values():
            for word in words.places.get(f"{COUNTRY}{code}", ()):
                yield weight, word

    def _milestones(self) -> Iterator[SearchEntry]:
        for one in self.records.milestones.values():
            place = one.place[self.locale] if one.place else ""
            members = [self.records.members[id] for id in one.members]
            kind = self.records.strings[f"kind-{one.kind}"][self.locale]
            names = [member.name[self.locale] for member in members]
            text = " · ".join(dict.fromkeys(filter(None, (kind, place, *names))))
            words = [(SUMMARY, text), (SUMMARY, str(one.year))]
            # "German president": the milestone itself names the city alone.
            words += [word for member in members for word in self._country(DETAIL, member.country)]
            place, year = f"milestones#{one.id}", str(one.year)
            yield self._section(place, "milestone", one.title, text, words, year)

    def _section(
        self, place: str, kind: str, label: Label, text: str, words: Iterable[Weighed], year: str
    ) -> SearchEntry:
        title = label[self.locale]
        others = sorted({words for _, words in label.items()} - {title})
        words = (*words, *((FOREIGN, other) for other in others))
        title = f"{year} – {title}" if year else title
        return self._entry(place, title, kind, text, words)

    def _entry(
        self, place: str, title: str, kind: str, text: str, words: Iterable[Weighed], file: str = ""
    ) -> SearchEntry:
        name, hash_mark, anchor = place.partition("#")
        summary = [(SUMMARY, text)] if text else []
        found = ((TITLE, title), *self._synonyms(place), *words, *summary)
        address = f"{locale_prefix(self.project, self.locale)}{page_path(name)}{hash_mark}{anchor}"
        return SearchEntry(title, address, kind, text, found, file)

    def _synonyms(self, place: str) -> Iterator[Weighed]:
        """Of other languages only single words: their phrases consist of words that mean little.
        Those that begin like a word of this language need no place in the index: "biodiversity"."""
        own = self.words[self.locale].places.get(place, ())
        for text in own:
            yield PHRASE if len(_words_of(text)) > 1 else SYNONYM, text
        beginnings = {word[:_ALIKE] for text in own for word in _words_of(text)}
        for words in self.words.values():
            for text in words.places.get(place, ()):
                foreign = _words_of(text)
                if len(foreign) == 1 and foreign[0][:_ALIKE] not in beginnings:
                    yield FOREIGN, text


@cache
def _words_of(synonym: str) -> tuple[str, ...]:
    """Cached, because the index of each language asks for those of all."""
    return tuple(split(synonym))
