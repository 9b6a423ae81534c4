"""A page tells each idea once: no two of its passages share more than a quarter of their content
words.

Content words are those that say something here: no stop words, no official names, and none of the
words that more than half of the pages have ("métropole", "membres"). The share is that of the
passage that has fewer of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import pytest
import yaml
from lxml.html import HtmlElement
from page_words import passages, plain

from metropolis.data.records import Records
from metropolis.project import Project

Article = Callable[[str, str], HtmlElement]
_LIMIT = 0.25
_FEWEST = 8
_WORD = re.compile(r"[^\W\d_]{2,}(?:-[^\W\d_]+)*|\d[\d.,]*")
_STOP_WORDS: dict[str, str] = yaml.safe_load(
    Path(__file__).with_name("stop-words.yml").read_text("utf-8")
)
# Why the passages of a page may be alike.
_ALIKE = {
    "about": "one pack of pages in three languages",
    "accessibility": "what is done, then how the same things are checked",
    "action-plan/line-2": "the plan's own titles, key ideas and results, which take one another up",
    "challenges/urban-growth": "water, sanitation, waste: unequal access, then investment, both in the plan",
    "data": "descriptions of columns",
    "data-changes": "the same change of several records",
    "forewords": "the Sustainable Development Goals, which the President's note names twice",
    "gender-mainstreaming": "women and vulnerable groups: whom the actions address, then whose rights",
    "glossary": "definitions of like things, and names that only differ in language",
    "indicators/air-quality": "the average and what it is compared with are annual means",
    "initiatives": "innovative solutions of cities: a platform shows them, an award honours them",
    "index": "one book in three languages",
    "metropolitan-era": "cooperation, dialogue, shared knowledge: the task, then the conviction behind it",
}


def content_words(text: str, language: str, names: re.Pattern[str]) -> set[str]:
    """What a passage says, without names and stop words."""
    return set(_WORD.findall(names.sub(" ", plain(text)))) - set(_STOP_WORDS[language].split())


def alike(passages_words: list[set[str]]) -> list[tuple[set[str], set[str]]]:
    """The pairs of passages that share too much."""
    long = [words for words in passages_words if len(words) >= _FEWEST]
    return [
        (one, other)
        for one, other in combinations(long, 2)
        if len(one & other) > _LIMIT * min(len(one), len(other))
    ]


def official_names(records: Records, language: str) -> re.Pattern[str]:
    """Any official name of the records in a text of this language."""
    names = {
        *(part for term in records.glossary.values() for part in _parts(term.term[language])),
        *(one.name[language] for one in records.initiatives.values()),
        *(one.name[language] for one in records.challenges.values()),
        *(one.name[language] for one in records.themes.values()),
        *(one.name[language] for one in records.sources.values()),
        *(one.name[language] for one in records.members.values()),
        *(one.title[language] for one in records.references.values()),
        *(one.name for one in records.people.values()),
    }
    longest_first = sorted((plain(name) for name in names if len(name) > 3), key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, longest_first)) + r")\b")


def _parts(term: str) -> list[str]:
    """`Cités et Gouvernements Locaux Unis (CGLU)`: the whole, the name, the acronym."""
    return [term, *(part.strip() for part in re.split(r"[()]", term) if part.strip())]


@pytest.mark.parametrize("language", ["fr", "en", "es"])
def test_no_two_passages_of_a_page_tell_the_same(
    project: Project, records: Records, article: Article, language: str
) -> None:
    source = project.content_dir / language
    files = [file.relative_to(source).with_suffix("").as_posix() for file in source.rglob("*.md")]
    written = [re.sub(r"/index$", "", file) for file in files]
    pages = [*written, *(f"indicators/{id}" for id in records.indicators)]
    names = official_names(records, language)
    told = {
        page: [content_words(text, language, names) for text in passages(article(language, page))]
        for page in pages
    }
    spread = Counter(word for page in written for word in set().union(*told[page]))
    common = {word for word, count in spread.items() if count > len(written) / 2}
    twice = [
        f"{page}: {len(one & other)} of {min(len(one), len(other))} words: {sorted(one & other)}"
        for page in pages
        if page not in _ALIKE
        for one, other in alike([words - common for words in told[page]])
    ]
    assert "; ".join(twice) == ""


def test_an_idea_that_is_told_twice_is_found() -> None:
    one, other = set("abcdefgh"), set("abcrstuv")
    assert alike([one, other]) == [(one, other)]
    assert alike([one, other - {"c"} | {"z"}]) == []
    assert alike([one - {"h"}, other]) == []
