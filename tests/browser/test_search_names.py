"""The search finds everything by its title, in any order, and members and terms with typing errors.

The index is asked in the page, without typing: there are thousands of queries.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest
from playwright.sync_api import Page

from metropolis.language.collation import split

Visit = Callable[..., Page]
SCRIPTS = Path(__file__).parents[2] / "theme/scripts"
# Titles of the first three results of each query.
ASK = """([index, queries]) => {
  const ranking = new Ranking(index);
  return queries.map((query) => ranking.answer(query).found.slice(0, 3).map(([title]) => title));
}"""
Asked = tuple[str, str]  # what is typed, and the title that is wanted
LOCALES = ("fr", "en", "es")


@pytest.fixture
def ask(browser: object, built_site: Path) -> Iterator[Callable[[str, list[Asked]], list[Asked]]]:
    """`ask(locale, queries)` returns the queries whose title is not in the first three results."""
    page = browser.new_page()  # type: ignore[attr-defined]
    scripts = "\n".join(
        (SCRIPTS / f"search-{name}.js").read_text("utf-8") for name in ("words", "ranking")
    )
    page.add_script_tag(content=scripts)

    def missed(locale: str, queries: list[Asked]) -> list[Asked]:
        index = json.loads((built_site / f"search/{locale}.json").read_text("utf-8"))
        found = page.evaluate(ASK, [index, [query for query, _ in queries]])
        return [one for one, titles in zip(queries, found, strict=True) if one[1] not in titles]

    yield missed
    page.close()


def entries(built_site: Path, locale: str) -> list[tuple[str, str]]:
    """The title and kind of all entries."""
    index = json.loads((built_site / f"search/{locale}.json").read_text("utf-8"))
    return [(entry[0], entry[2]) for entry in index["entries"]]


@pytest.mark.parametrize("locale", LOCALES)
def test_every_title_is_found_in_any_order_without_accents(
    ask: Callable[[str, list[Asked]], list[Asked]], built_site: Path, locale: str
) -> None:
    titles = [title for title, _ in entries(built_site, locale)]
    assert len(titles) > 200
    assert ask(locale, [(title, title) for title in titles]) == []
    assert ask(locale, [(" ".join(reversed(split(title))), title) for title in titles]) == []


def swapped(word: str, at: int) -> str:
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def doubled(word: str, at: int) -> str:
    return word[:at] + word[at] + word[at:]


def dropped(word: str, at: int) -> str:
    return word[:at] + word[at + 1 :]


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("mistype", [swapped, doubled, dropped])
def test_of_members_and_terms_with_a_typing_error_19_of_20_are_found(
    ask: Callable[[str, list[Asked]], list[Asked]],
    built_site: Path,
    locale: str,
    mistype: Callable[[str, int], str],
) -> None:
    random = Random(19)
    queries = []
    for title, kind in entries(built_site, locale):
        words = split(title.partition("(")[0])
        longest = max(words, key=len, default="")
        if kind in ("member", "term") and len(longest) > 4:
            wrong = mistype(longest, random.randrange(1, len(longest) - 1))
            typed = " ".join(wrong if word == longest else word for word in words)
            queries.append((typed, title))
    assert len(queries) > 100
    missed = ask(locale, queries)
    assert len(missed) * 20 <= len(queries), missed
