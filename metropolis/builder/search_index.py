"""The search index of each language: search/<locale>.json, which theme/scripts/search*.js read.
`entries` are what a search can find, `words` have the entries with each word and its weight there,
`common` are words of most pages, `fillers` words of questions, `endings` those of the language's
words. Words have no accents or ligatures, and end at an apostrophe: "egalite" finds "l’égalité"."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from lxml import html as lxml_html

from metropolis.background import Background
from metropolis.builder.gate import Prepared
from metropolis.builder.search_entries import (
    HEADING,
    SUMMARY,
    TITLE,
    EntryList,
    SearchEntry,
    Titles,
)
from metropolis.cache import Cache
from metropolis.inputs import Files
from metropolis.language.collation import all_parts, split
from metropolis.web.output import Output
from metropolis.wording.synonyms import read_search_words

# An entry and a word's weight in it are one number: entry * WEIGHTS + weight.
WEIGHTS = 16
_BODY = (1, 2)  # once, and more than once
_JOINED = 3  # words of a name that some write as one
# What is repeated on many pages or has no words: drawings, labels, lists of other pages.
_SKIPPED = ".//svg | .//dt | .//*[@data-unsearched]"


@dataclass(frozen=True)
class Searched:
    entries: tuple[SearchEntry, ...]
    fillers: tuple[str, ...]
    endings: tuple[str, ...]
    pages: Files


def begin_indexes(
    output: Output, prepared: Prepared, titles: Titles
) -> dict[str, Background[bytes]]:
    """The making of each language's index, by its path, from pages that are finished. `titles` maps
    (locale, page name) to the title."""
    words = {code: read_search_words(prepared.project, code) for code in prepared.project.codes}

    def search_index(locale: str) -> bytes:
        entries = tuple(EntryList(prepared, titles, words, locale).entries())
        pages = output.files_at(entry.file for entry in entries if entry.file)
        # Of all languages: a question may be in another one than the page, and many words differ in
        # nothing but their endings ("biodiversity", "biodiversité").
        fillers = tuple(filler for one in words.values() for filler in one.fillers)
        endings = tuple(ending for one in words.values() for ending in one.endings)
        cache = Cache(prepared.project.root / ".cache")
        return cache.remember("search", Searched(entries, fillers, endings, pages), make_index)

    return {
        f"search/{locale}.json": Background(partial(search_index, locale), is_urgent=True)
        for locale in prepared.project.codes
    }


def make_index(inputs: Searched) -> bytes:
    shown: list[list[object]] = []
    words: dict[str, dict[int, int]] = defaultdict(dict)
    bodies: list[Counter[str]] = []
    for number, entry in enumerate(inputs.entries):
        weighed = [*entry.words]
        row: list[object] = [entry.title, entry.address, entry.kind, entry.text]
        if entry.file:
            page = inputs.pages.read(entry.file).decode()
            row[3], headings, text = article_words(page)
            row.append(headings)
            weighed += [(HEADING, heading) for heading, _ in headings]
            weighed.append((SUMMARY, str(row[3])))
            body = Counter(split(text))
            bodies.append(body)
            for word, count in body.items():
                words[word][number] = _BODY[count > 1]
        for weight, phrase in weighed:
            for word in _split_and_joined(phrase) if weight == TITLE else split(phrase):
                words[word][number] = max(weight, words[word].get(number, 0))
        shown.append(row)
    fillers = sorted({word for phrase in inputs.fillers for word in split(phrase)})
    endings = sorted({ending for text in inputs.endings for ending in all_parts(text)})
    common = _common(bodies)
    least = {**dict.fromkeys(common, HEADING), **dict.fromkeys(fillers, TITLE)}
    numbers = _numbers(words, least)
    index = {
        "entries": shown, "words": numbers, "common": common, "fillers": fillers, "endings": endings
    }  # fmt: skip
    return json.dumps(index, ensure_ascii=False, separators=(",", ":")).encode()


def _split_and_joined(name: str) -> list[str]:
    """The words of a name, and the name as one word: "xian" finds Xi’an."""
    words = split(name)
    return [*words, "".join(words)] if 1 < len(words) <= _JOINED else words


def _common(bodies: list[Counter[str]]) -> list[str]:
    """Words of more than half of the pages."""
    pages = Counter(word for body in bodies for word in body)
    return sorted(word for word, count in pages.items() if 2 * count > len(bodies))


def _numbers(
    words: Mapping[str, Mapping[int, int]], least: Mapping[str, int]
) -> dict[str, list[int]]:
    """Each word with its entries; those in `least` only where they weigh so much or more."""
    numbers = {
        word: [
            number * WEIGHTS + weight
            for number, weight in sorted(found.items())
            if weight >= least.get(word, 0)
        ]
        for word, found in sorted(words.items())
    }
    return {word: found for word, found in numbers.items() if found}


def article_words(page: str) -> tuple[str, list[tuple[str, str]], str]:
    """Description, headings (words, anchor) and own text of a built page, without its frame."""
    tree = lxml_html.document_fromstring(page)
    descriptions = tree.xpath("//meta[@name='description']/@content")
    article = next(tree.iter("article"))
    for skipped in article.xpath(_SKIPPED):
        skipped.drop_tree()
    found = article.xpath(".//h2[@id] | .//h3[@id]")
    headings = [(_spaced(heading), heading.get("id")) for heading in found]
    return str(descriptions[0]) if descriptions else "", headings, _spaced(article)


def _spaced(element: lxml_html.HtmlElement) -> str:
    return " ".join(" ".join(element.itertext()).split())
