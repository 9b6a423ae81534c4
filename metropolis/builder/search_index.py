"""The search index of each language: search/<locale>.json, which theme/scripts/search.js reads.

An index has `entries` (what a search can find: pages, members, indicators, terms, milestones),
`words` (each word with the entries that have it, and its weight there) and `common` (words that
most pages have; they do not narrow a search). Words have no accents and no ligatures, and an
apostrophe ends a word: "l’égalité" is found by "egalite"."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from lxml import html as lxml_html

from metropolis.addresses import locale_prefix, page_file, page_path
from metropolis.builder.gate import Prepared
from metropolis.cache import Cache
from metropolis.data.fields import Label
from metropolis.data.models import Member
from metropolis.data.records import Records
from metropolis.inputs import Files
from metropolis.language.collation import folded
from metropolis.language.countries import country_name
from metropolis.web.output import Output
from metropolis.wording.synonyms import Synonyms, read_synonyms

# The weight of a word by where it stands. search.js writes an entry and a weight as one number:
# entry * WEIGHTS + weight.
WEIGHTS = 16
_SYNONYM, _TITLE, _FOREIGN_TITLE, _HEADING, _COUNTRY, _SUMMARY, _DETAIL = 13, 12, 8, 7, 6, 4, 3
_BODY = (1, 2)  # once, and more than once
_WORD = re.compile(r"[^\W_]+")
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae"})
# What is repeated on many pages or has no words: drawings, labels, lists of other pages.
_SKIPPED = ".//svg | .//dt | .//*[@data-unsearched]"
Titles = Mapping[tuple[str, str], str]


@dataclass(frozen=True)
class SearchEntry:
    """One thing that a search finds. `address` is from the site's root, `text` stands below the
    title, `words` are (weight, text). `file` is the built page to read, or ""."""

    title: str
    address: str
    kind: str
    text: str
    words: tuple[tuple[int, str], ...]
    file: str = ""


@dataclass(frozen=True)
class Searched:
    """The inputs of a language's index."""

    entries: tuple[SearchEntry, ...]
    pages: Files


def search_index(output: Output, prepared: Prepared, titles: Titles) -> dict[str, bytes]:
    """The index of each language by its path. `titles` maps (locale, page name) to the title."""
    cache = Cache(prepared.project.root / ".cache")
    found: dict[str, bytes] = {}
    for locale in prepared.project.codes:
        entries = tuple(_Finder(prepared, titles, locale).entries())
        pages = output.files_at(entry.file for entry in entries if entry.file)
        index = cache.remember("search", Searched(entries, pages), make_index)
        found[f"search/{locale}.json"] = index
    return found


class _Finder:
    """Lists the entries of one language."""

    def __init__(self, prepared: Prepared, titles: Titles, locale: str) -> None:
        self.prepared = prepared
        self.project = prepared.project
        self.records: Records = prepared.records
        self.titles = titles
        self.locale = locale
        self.prefix = locale_prefix(self.project, locale)
        self.synonyms: Synonyms = read_synonyms(self.project, locale)

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
                yield self._section("glossary", term.id, "term", term.term, text, ())
        if "milestones" in names:
            yield from self._milestones()

    def _page(self, name: str) -> SearchEntry:
        title = self.titles[self.locale, name]
        others = {self.titles.get((code, name), "") for code in self.project.codes} - {title, ""}
        words = [(_FOREIGN_TITLE, other) for other in sorted(others)]
        if name == "members/index":
            members = self.records.members.values()
            countries = {self._country(member.country) for member in members}
            regions = {self.records.region_of(one).name[self.locale] for one in members}
            words += [(_TITLE, area) for area in sorted(countries | regions)]
        kind = "indicator" if name.removeprefix("indicators/") in self.records.indicators else ""
        file = page_file(self.project, self.locale, name)
        return self._entry(name, title, kind or "page", "", words, file)

    def _member(self, member: Member) -> SearchEntry:
        """A member is found by its names in all languages, government, country and region."""
        country = self._country(member.country)
        region = self.records.region_of(member).name[self.locale]
        words = [(_TITLE, text) for _, text in member.name.items()]
        words += [(_COUNTRY, country), (_DETAIL, region), (_DETAIL, member.government)]
        text = " · ".join((member.government, country, region))
        return self._entry(f"members/{member.id}", member.name[self.locale], "member", text, words)

    def _country(self, code: str) -> str:
        return country_name(self.records.countries[code], self.locale)

    def _milestones(self) -> Iterator[SearchEntry]:
        for one in self.records.milestones.values():
            place = one.place[self.locale] if one.place else ""
            members = [self.records.members[id].name[self.locale] for id in one.members]
            kind = self.records.strings[f"kind-{one.kind}"][self.locale]
            text = " · ".join(dict.fromkeys(filter(None, (kind, place, *members))))
            words = ((_SUMMARY, text), (_SUMMARY, str(one.year)))
            yield self._section("milestones", one.id, "milestone", one.title, text, words, one.year)

    def _section(
        self,
        page: str,
        id: str,
        kind: str,
        label: Label,
        text: str,
        words: Iterable[tuple[int, str]],
        year: int | None = None,
    ) -> SearchEntry:
        title = label[self.locale]
        others = sorted({words for _, words in label.items()} - {title})
        words = (*words, *((_FOREIGN_TITLE, other) for other in others))
        title = f"{year} – {title}" if year else title
        return self._entry(f"{page}#{id}", title, kind, text, words)

    def _entry(
        self,
        place: str,
        title: str,
        kind: str,
        text: str,
        words: Iterable[tuple[int, str]],
        file: str = "",
    ) -> SearchEntry:
        name, hash_mark, anchor = place.partition("#")
        synonyms = ((_SYNONYM, word) for word in self.synonyms.get(place, ()))
        found = ((_TITLE, title), *synonyms, *words, *([(_SUMMARY, text)] if text else ()))
        address = f"{self.prefix}{page_path(name)}{hash_mark}{anchor}"
        return SearchEntry(title, address, kind, text, found, file)


def make_index(inputs: Searched) -> bytes:
    """A language's index as JSON."""
    shown: list[list[object]] = []
    words: dict[str, dict[int, int]] = defaultdict(dict)
    bodies: list[Counter[str]] = []
    for number, entry in enumerate(inputs.entries):
        article = article_words(inputs.pages.read(entry.file).decode()) if entry.file else None
        text, weighed = entry.text, [*entry.words]
        row: list[object] = [entry.title, entry.address, entry.kind, text]
        if article:
            row[3] = article.description
            row.append([list(heading) for heading in article.headings])
            weighed += [(_HEADING, heading) for heading, _ in article.headings]
            weighed.append((_SUMMARY, article.description))
            body = Counter(split(article.text))
            bodies.append(body)
            for word, count in body.items():
                words[word][number] = _BODY[count > 1]
        for weight, phrase in weighed:
            for word in split(phrase):
                words[word][number] = max(weight, words[word].get(number, 0))
        shown.append(row)
    return _written(shown, words, bodies)


def _written(
    shown: list[list[object]], words: Mapping[str, Mapping[int, int]], bodies: list[Counter[str]]
) -> bytes:
    pages = Counter(word for body in bodies for word in body)
    common = sorted(word for word, count in pages.items() if 2 * count > len(bodies))
    hidden = set(common)
    numbers = {
        word: [
            number * WEIGHTS + weight
            for number, weight in sorted(found.items())
            if word not in hidden or weight > _BODY[-1]
        ]
        for word, found in sorted(words.items())
    }
    index = {"entries": shown, "words": numbers, "common": common}
    return json.dumps(index, ensure_ascii=False, separators=(",", ":")).encode()


@dataclass(frozen=True)
class Article:
    """What is indexed of a page; `headings` are (words, anchor)."""

    description: str
    headings: tuple[tuple[str, str], ...]
    text: str


def article_words(page: str) -> Article:
    """Reads a built page. Its frame, and what is repeated on many pages, is left out."""
    tree = lxml_html.document_fromstring(page)
    descriptions = tree.xpath("//meta[@name='description']/@content")
    article = next(tree.iter("article"))
    for skipped in article.xpath(_SKIPPED):
        skipped.drop_tree()
    found = article.xpath(".//h2[@id] | .//h3[@id]")
    headings = tuple((_spaced(heading), heading.get("id")) for heading in found)
    return Article(str(descriptions[0]) if descriptions else "", headings, _spaced(article))


def _spaced(element: lxml_html.HtmlElement) -> str:
    return " ".join(" ".join(element.itertext()).split())


def split(text: str) -> list[str]:
    """The words of a text as the index, and search.js for what is typed, has them. A letter alone
    is no word: what an elision leaves ("l’"), initials."""
    words = _WORD.findall(folded(text.translate(_LIGATURES)))
    return [word for word in words if len(word) > 1 or word.isdecimal()]
