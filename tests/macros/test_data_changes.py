"""The page of changes calls each record what a reader calls it, in the alphabet of its language."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

import pytest
from lxml import html

from macros.datasets import data_changes
from metropolis.components.scope import Scope
from metropolis.language.collation import sort_key
from metropolis.opendata.history import DataDay, RecordChange
from metropolis.opendata.tables import OBSERVATIONS, PUBLIC


@pytest.fixture
def scope(scope_in: Callable[..., Scope]) -> Scope:
    return scope_in("fr")


def names_shown(scope: Scope, locale: str, changes: Iterable[RecordChange]) -> list[str]:
    days = (DataDay(date(2026, 11, 26), "0" * 40, tuple(changes)),)
    page = html.fromstring(str(data_changes(replace(scope, locale=locale, data_days=days))))
    what = scope.records.strings["data-added"][locale]
    (line,) = page.xpath("//dd")
    return line.text_content().removeprefix(what).strip().split(" · ")


@pytest.mark.parametrize(
    ("kind", "id", "locale", "name"),
    [
        ("members", "le-caire", "es", "El Cairo"),
        ("countries", "CI", "es", "Costa de Marfil"),
        ("people", "wen-guohui", "en", "Wen Guohui"),
        ("milestones", "1984-world-congress", "en", "Metropolis World Congress"),
        ("glossary", "foresight", "es", "prospectiva"),
        ("key-figures", "members", "fr", "141 membres"),
        ("key-figures", "people-served", "fr", "plus de 608\u00a0millions de personnes dans les territoires des membres"),
        ("evaluations", "evaluation-2021", "en", "Evaluation 2021"),
        ("evaluations", "evaluation-2023", "fr", "Évaluation 2023"),
        (OBSERVATIONS, "poverty/seoul/2020/total", "en", "Population below the poverty line, Seoul, 2020"),
        (OBSERVATIONS, "gone/nowhere/2020/total", "en", "gone, nowhere, 2020"),
        ("members", "gone", "en", "gone"),
    ],
)  # fmt: skip
def test_a_record_goes_by_its_name(
    scope: Scope, kind: str, id: str, locale: str, name: str
) -> None:
    assert names_shown(scope, locale, [RecordChange(kind, id, "added")]) == [name]


@pytest.mark.parametrize("kind", PUBLIC)
def test_no_record_shows_its_id(scope: Scope, kind: str) -> None:
    """In French: ids are English words, so an English name may well be spelt as its id."""
    for id in getattr(scope.records, kind.replace("-", "_")):
        (name,) = names_shown(scope, "fr", [RecordChange(kind, id, "added")])
        assert name != id


@pytest.mark.parametrize("locale", ["fr", "en", "es"])
def test_names_are_in_the_alphabet_of_the_page(scope: Scope, locale: str) -> None:
    changes = [RecordChange("themes", id, "added") for id in scope.records.themes]
    names = names_shown(scope, locale, changes)
    assert len(names) == 5
    assert names == sorted(names, key=lambda name: sort_key(name, locale))


def test_two_changes_of_a_record_name_it_once(scope: Scope) -> None:
    changes = [RecordChange("people", "joan-clos", "added", field) for field in ("name", "role")]
    assert names_shown(scope, "fr", changes) == ["Joan Clos"]
