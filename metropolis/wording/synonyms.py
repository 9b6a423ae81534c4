"""language/search.<locale>.yml: other words that readers type, and the place that each leads to.

A place is a page by its name under content/ ("vision", "members/mexico"), a term ("glossary#uclg"),
a milestone ("milestones#1985-founding-congress") or a country, which stands for its members
("country#GB"). The file also lists the language's endings and its words of questions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from metropolis.data.records import Records
from metropolis.problem import Problem
from metropolis.project import Project
from metropolis.strict_yaml.source import read_yaml
from metropolis.text_file import read_text

Lists = Mapping[str, tuple[str, ...]]
# Line and column of each place in the file.
Marks = Mapping[str, tuple[int, int]]
COUNTRY = "country#"
# The lists that are no place's. A page's name has no spaces.
_ENDINGS, _FILLERS = "word endings", "filler words"


@dataclass(frozen=True)
class SearchWords:
    """What a language's file has: the words of each place, endings of words, and fillers."""

    places: Lists
    endings: tuple[str, ...]
    fillers: tuple[str, ...]


def synonyms_file(locale: str) -> str:
    """The path of a language's file in the project."""
    return f"language/search.{locale}.yml"


def synonym_problems(project: Project, records: Records, pages: Iterable[str]) -> list[Problem]:
    """What is wrong in the files of all languages. `pages` are the names of all pages."""
    places = {
        *pages,
        *(f"glossary#{id}" for id in records.glossary),
        *(f"milestones#{id}" for id in records.milestones),
        *(f"{COUNTRY}{code}" for code in records.countries),
        _ENDINGS,
        _FILLERS,
    }
    problems: list[Problem] = []
    for locale in project.all_locales:
        path = synonyms_file(locale.code)
        synonyms, marks, found = _read(project, path)
        problems += found
        problems += [
            _unknown_place(path, marks[place], place, places)
            for place in synonyms
            if place not in places
        ]
    return problems


def read_search_words(project: Project, locale: str) -> SearchWords:
    """Without a file there are none; wrong entries are left out."""
    lists = dict(_read(project, synonyms_file(locale))[0])
    endings, fillers = lists.pop(_ENDINGS, ()), lists.pop(_FILLERS, ())
    return SearchWords(lists, endings, fillers)


def _unknown_place(path: str, mark: tuple[int, int], place: str, places: set[str]) -> Problem:
    near = get_close_matches(place, sorted(places), 1)
    return Problem(
        path,
        *mark,
        f"The site has no page, term, milestone or member country “{place}”.",
        f"Did you mean “{near[0]}”?" if near else "",
        "Write a page as under content/, glossary#… for a term, milestones#… for a milestone,"
        " or country#… and its code for a country.",
    )


def _read(project: Project, path: str) -> tuple[Lists, Marks, list[Problem]]:
    try:
        text, problems = read_text(project.root / path, path)
    except FileNotFoundError:
        return {}, {}, []
    document = None
    if not problems:
        document, problems = read_yaml(text, path)
    if document is None:
        return {}, {}, problems
    value = {} if document.value is None else document.value
    if not isinstance(value, dict):
        how = "Write one place a line: vision: [values, peace]"
        what = "The file must map each place to its words."
        return {}, {}, [Problem(path, 1, 1, what, how=how)]
    marks = {str(at[0]): mark for at, mark in document.keys.items() if len(at) == 1}
    synonyms = {str(place): tuple(words) for place, words in value.items() if _is_list(words)}
    problems = [
        Problem(
            path,
            *marks[place],
            f"The words of “{place}” are not a list of texts.",
            how=f'Write: {place}: [word, "two words"]',
        )
        for place in map(str, value)
        if place not in synonyms
    ]
    return synonyms, marks, problems


def _is_list(words: object) -> bool:
    """Whether these are texts, none of them empty."""
    return isinstance(words, list) and all(isinstance(word, str) and word for word in words)
