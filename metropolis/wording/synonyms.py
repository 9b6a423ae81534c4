"""language/search.<locale>.yml: other words that readers type, and the place that each leads to. A
place is a page by its name under content/ ("vision", "members/mexico"), a term ("glossary#uclg"), a
milestone ("milestones#1985-founding-congress") or a country, which stands for its members
("country#GB"). The file also lists the language's endings and its words of questions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from metropolis.data.records import Records
from metropolis.problem import Problem
from metropolis.project import Project
from metropolis.strict_yaml.document import YamlDocument
from metropolis.strict_yaml.source import read_yaml_file

Lists = Mapping[str, tuple[str, ...]]
COUNTRY = "country#"
_FORM = (
    "Write a page as under content/, glossary#… for a term, milestones#… for a milestone,"
    " or country#… and its code for a country."
)
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
        document, synonyms, found = _read(project, locale.code)
        problems += found
        unknown = [place for place in synonyms if place not in places]
        problems += [_unknown_place(document, place, places) for place in unknown if document]
    return problems


def read_search_words(project: Project, locale: str) -> SearchWords:
    """Without a file there are none; wrong entries are left out."""
    lists = dict(_read(project, locale)[1])
    endings, fillers = lists.pop(_ENDINGS, ()), lists.pop(_FILLERS, ())
    return SearchWords(lists, endings, fillers)


def _unknown_place(document: YamlDocument, place: str, places: set[str]) -> Problem:
    near = get_close_matches(place, sorted(places), 1)
    what = f"The site has no page, term, milestone or member country “{place}”."
    hint = f"Did you mean “{near[0]}”?" if near else ""
    return document.name_problem((place,), what, hint, _FORM)


def _read(project: Project, locale: str) -> tuple[YamlDocument | None, Lists, list[Problem]]:
    """The file of a language, its lists by their names, and what is wrong in it."""
    try:
        document, problems = read_yaml_file(project.root, synonyms_file(locale))
    except FileNotFoundError:
        return None, {}, []
    if document is None or document.value is None:
        return None, {}, problems
    if not isinstance(document.value, dict):
        what = "The file must map each place to its words."
        how = "Write one place a line: vision: [values, peace]"
        return None, {}, [document.problem((), what, how=how)]
    synonyms: dict[str, tuple[str, ...]] = {}
    for place, words in document.value.items():
        if isinstance(words, list) and all(isinstance(word, str) and word for word in words):
            synonyms[place] = tuple(words)
        else:
            what = f"The words of “{place}” are not a list of texts."
            how = f'Write: {place}: [word, "two words"]'
            problems.append(document.name_problem((place,), what, how=how))
    return document, synonyms, problems
