"""Every fact of the plan stands in its section, in each language; every sentence of the plan has
its fact."""

from __future__ import annotations

import re
from collections.abc import Callable
from fnmatch import fnmatch
from pathlib import Path

import pytest
import yaml
from lxml.html import HtmlElement
from page_words import plain, section_text

from metropolis.data.records import Records

Article = Callable[[str, str], HtmlElement]
_FACTS: dict[str, list[list[str]]] = yaml.safe_load(
    Path(__file__).with_name("facts.yml").read_text("utf-8")
)
_LANGUAGES = ("fr", "en", "es")
# Lines of the plan that say nothing of their own: titles, the table of contents, words that the
# scan tore apart.
_TITLES = re.compile(
    r"""(?:Note\ du|\d\d\t|\t3\d\t|Metropolis\ dans|\#MetroGovernance|La\ manière\ dont|Ce\ que\ la
    |Accent\ sur|Défis\ m|Mesures\ m|Moyenne$|Comment\ (?:le|nous)|Notre\ (?:v|m)|Appel\ à\ rep
    |(?:Croissance|Résilience|Légitimité|Révolution)\ ?\w*$|Pour\ qui|Ligne\ d'action|Les\ idées
    |Re[śs]ultats|Références|Annexe|Débats\ politiques\ de|Qui\ nous\ sommes|netrop|LELLOD|y$
    |Par\ exemple|Plus\ particulièrement$|[^\w]*$|En\ voilà|Ce\ plan\ d'action\ stratégique\ nous
    |\.$|À\ l'intérieur|Il\ s'agit\ de|UN-Habitat|\S$)""",
    re.VERBOSE,
)


# A sentence ends here; an axis and a point have a number before their title, a debate its place.
_END = re.compile(r"(?<=[.!?])(?<!Axe \d\.)(?<!- \d\.)(?<!de Metropolis\.) (?=[A-ZÀÉÎ])")


def missing(text: str, words: str) -> list[str]:
    """The words of a fact that a text does not hold."""
    return [word for word in words.split(" / ") if plain(word) not in text]


def sentences(plan: str) -> list[str]:
    """The plan's sentences before the list of members."""
    lines = plan.partition("Qui nous sommes: liste des membres")[0].split("\n")
    return [part.strip() for line in lines for part in _END.split(line)]


@pytest.mark.parametrize("language", _LANGUAGES)
@pytest.mark.parametrize("address", list(_FACTS))
def test_a_section_says_what_the_plan_says(article: Article, address: str, language: str) -> None:
    page, _, anchor = address.partition("#")
    text = section_text(article(language, page), anchor)
    place = 1 + _LANGUAGES.index(language)
    facts = [(row[0], row[place] if len(row) > 2 else row[1]) for row in _FACTS[address]]
    lost = {quoted: gone for quoted, words in facts if (gone := missing(text, words))}
    assert not lost, f"{address} in {language} lacks {lost}"


def test_every_row_has_words_for_all_languages_or_for_each_and_quotes_the_plan(plan: str) -> None:
    known = plain(plan)
    for address, rows in _FACTS.items():
        for row in rows:
            assert len(row) in {2, 4}, f"{address}: {row}"
            assert plain(row[0]) in known, f"{address}: the plan does not say {row[0]!r}"


def test_every_sentence_of_the_plan_has_a_fact(plan: str) -> None:
    quoted = [plain(row[0]) for rows in _FACTS.values() for row in rows]
    said = [one for one in sentences(plan) if not _TITLES.match(one)]
    assert len(said) > 250
    assert [one for one in said if not any(quote in plain(one) for quote in quoted)] == []


def test_a_fact_that_vanishes_is_reported() -> None:
    assert missing("plus de 608 millions de personnes", "plus de 608 / territoires") == [
        "territoires"
    ]


def members_in_plan(plan: str) -> list[str]:
    """The governments of annex II, in the plan's order, without commas: a page may have one more."""
    listed = plan.partition("Qui nous sommes: liste des membres")[2].partition("netrop")[0]
    return [
        plain(name).replace(",", "")
        for name in re.findall(r"^[^\t\n]+\t+([^\t\n]+)", listed, re.MULTILINE)
    ]


@pytest.mark.parametrize("language", _LANGUAGES)
def test_the_directory_names_the_governments_of_the_plan(
    plan: str, article: Article, language: str
) -> None:
    listed = members_in_plan(plan)
    text = section_text(article(language, "members"), "directory").replace(",", "")
    assert len(listed) == 141
    assert [name for name in listed if name not in text] == []


def test_the_plan_and_the_records_have_the_same_governments(plan: str, records: Records) -> None:
    assert {
        plain(member.government).replace(",", "") for member in records.members.values()
    } == set(members_in_plan(plan))


def test_the_table_of_coverage_names_pages_and_sections_that_exist(
    root: Path, article: Article
) -> None:
    table = (root / "docs/maintainers/coverage.md").read_text("utf-8")
    rows = [line.split("|")[2] for line in table.splitlines() if line.startswith("| ")][1:]
    named = [name for row in rows for name in re.findall(r"`([^`]+)`", row)]
    assert len(rows) >= 20
    for name in named:
        page, _, anchor = name.partition("#")
        if "*" not in page:
            section_text(article("fr", page.removesuffix("/index")), anchor)
    listed = {name.partition("#")[0].removesuffix("/index") for name in named}
    told = {address.partition("#")[0] for address in _FACTS}
    in_table = {page for page in told if any(fnmatch(page, name) for name in listed)}
    assert told - in_table == set()
