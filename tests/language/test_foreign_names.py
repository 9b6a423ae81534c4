"""Other names of countries and cities."""

from __future__ import annotations

import pytest

from metropolis.language.foreign_names import (
    city_names,
    country_names,
    latin_languages,
    main_language,
)


@pytest.mark.parametrize(
    ("country", "name"),
    [
        ("TR", "Türkiye"), ("TR", "Turkey"), ("TR", "Turquie"), ("GB", "UK"), ("CI", "Ivory Coast"),
        ("CI", "Côte d’Ivoire"), ("VN", "Vietnam"), ("PS", "Palestine"), ("CN", "中国"), ("DE", "Deutschland"),
    ],
)  # fmt: skip
def test_a_country_has_short_and_older_names_and_its_own(country: str, name: str) -> None:
    assert name in country_names(country, ["fr", "en", main_language(country)])


@pytest.mark.parametrize(
    ("city", "country", "name"),
    [
        ("Cairo", "EG", "Kairo"), ("Cairo", "EG", "القاهرة"), ("Lisbon", "PT", "Lissabon"),
        ("Moscow", "RU", "Москва"), ("Brussels", "BE", "Bruselas"), ("Mexico City", "MX", "Ciudad de México"),
    ],
)  # fmt: skip
def test_a_city_is_known_elsewhere(city: str, country: str, name: str) -> None:
    assert name in city_names(city, country, ["de", "es", main_language(country)])


@pytest.mark.parametrize(("city", "country"), [("Lyon", "FR"), ("Cairo", "FR"), ("", "XX")])
def test_a_city_without_a_time_zone_has_no_other_names(city: str, country: str) -> None:
    assert city_names(city, country, ["de", "es"]) == set()


def test_only_languages_in_latin_letters_are_listed() -> None:
    assert latin_languages(["EG", "PT", "BR", "DE", "CN"]) == ["de", "pt"]
