"""Numbers, sizes and dates follow CLDR in any language, with the two rules of the house on top."""

from datetime import date

import pytest

from metropolis.language.cldr import direction, is_language, language_name, own_name, territory_name
from metropolis.language.dates import format_day, format_day_of_year, format_month
from metropolis.language.numbers import format_number, format_percent, format_scaled, format_size


@pytest.mark.parametrize(
    ("value", "locale", "expected"),
    [
        (2642, "fr", "2\u202f642"),
        (2642, "en", "2,642"),
        (2642, "es", "2642"),
        (32000, "es", "32\u202f000"),
        (32000, "fr", "32\u202f000"),
        (35.1, "fr", "35,1"),
        (35.1, "en", "35.1"),
        (35.1, "es", "35,1"),
        (1000, "es", "1000"),
        (1000, "pt", "1.000"),
        (1000, "pt-PT", "1000"),
    ],
)
def test_number_has_the_languages_separators(value: float, locale: str, expected: str) -> None:
    assert format_number(value, locale) == expected


def test_decimals_fix_the_digits_after_the_mark() -> None:
    assert format_number(35.1, "fr", decimals=2) == "35,10"
    assert format_number(35.16, "en", decimals=1) == "35.2"


@pytest.mark.parametrize(
    ("locale", "expected"),
    [("fr", "8,9\u202f%"), ("en", "8.9%"), ("es", "8,9\u00a0%"), ("pt", "8,9%")],
)
def test_percent_has_the_languages_space(locale: str, expected: str) -> None:
    assert format_percent(8.9, locale) == expected


@pytest.mark.parametrize(
    ("value", "locale", "expected"),
    [
        (608_000_000, "fr", "608\u00a0millions"),
        (608_000_000, "en", "608\u00a0million"),
        (608_000_000, "es", "608\u00a0millones"),
        (1_800_000_000, "fr", "1,8\u00a0milliard"),
        (1_800_000_000, "en", "1.8\u00a0billion"),
        (1_800_000_000, "es", "1800\u00a0millones"),
    ],
)
def test_large_numbers_take_their_word(value: float, locale: str, expected: str) -> None:
    assert format_scaled(value, locale) == expected


# A language that no list of ours names: number, percentage, number in words, day, direction.
ANY_LANGUAGE = {
    "zh": ("32,000", "8.9%", "6.08亿", "2020年5月28日", "ltr"),
    "ar": ("32,000", "8.9\u200e%\u200e", "608\u00a0مليون", "28 مايو 2020", "rtl"),
    "fa": ("۳۲٬۰۰۰", "۸٫۹٪", "۶۰۸\u00a0میلیون", "۲۸ مهٔ ۲۰۲۰", "rtl"),
    "pl": ("32\u00a0000", "8,9%", "608\u00a0milionów", "28 maja 2020", "ltr"),
    "ru": ("32\u00a0000", "8,9\u00a0%", "608\u00a0миллионов", "28 мая 2020\u202fг.", "ltr"),
    "de": ("32.000", "8,9\u00a0%", "608\u00a0Millionen", "28. Mai 2020", "ltr"),
    "hi": ("32,000", "8.9%", "60.8\u00a0करोड़", "28 मई 2020", "ltr"),
    "ca": ("32.000", "8,9\u00a0%", "608\u00a0milions", "28 de maig del 2020", "ltr"),
    "he": ("32,000", "8.9%", "\u200f608\u00a0מיליון", "28 במאי 2020", "rtl"),
    "ja": ("32,000", "8.9%", "6.08億", "2020年5月28日", "ltr"),
    "pt-BR": ("32.000", "8,9%", "608\u00a0milhões", "28 de maio de 2020", "ltr"),
    "zh-Hant": ("32,000", "8.9%", "6.08億", "2020年5月28日", "ltr"),
}


@pytest.mark.parametrize("locale", ANY_LANGUAGE)
def test_a_language_that_nobody_listed_formats_right(locale: str) -> None:
    found = (
        format_number(32_000, locale),
        format_percent(8.9, locale),
        format_scaled(608_000_000, locale),
        format_day(date(2020, 5, 28), locale),
        direction(locale),
    )
    assert found == ANY_LANGUAGE[locale]


@pytest.mark.parametrize(
    ("value", "locale", "expected"),
    [
        (1_000_000, "fr", "1\u00a0million"),
        (2_000_000, "fr", "2\u00a0millions"),
        (1_000_000, "es", "1\u00a0millón"),
        (1_000_000, "pl", "1\u00a0milion"),
        (2_000_000, "pl", "2\u00a0miliony"),
        (5_000_000, "pl", "5\u00a0milionów"),
        (1_250_000, "en", "1.25\u00a0million"),
    ],
)
def test_the_word_has_the_numbers_plural(value: float, locale: str, expected: str) -> None:
    assert format_scaled(value, locale) == expected


@pytest.mark.parametrize(
    ("size", "locale", "expected"),
    [
        (1, "fr", "1\u202fko"),
        (24_600, "fr", "25\u202fko"),
        (1_840_000, "fr", "1,8\u202fMo"),
        (1_840_000, "en", "1.8 MB"),
        (1_840_000, "es", "1,8 MB"),
    ],
)
def test_a_size_has_the_languages_unit(size: int, locale: str, expected: str) -> None:
    assert format_size(size, locale) == expected


def test_dates_have_the_languages_order() -> None:
    day, locales = date(2020, 5, 1), ("fr", "en", "es")
    assert [format_day(day, locale) for locale in locales] == [
        "1 mai 2020",
        "1 May 2020",
        "1 de mayo de 2020",
    ]
    assert [format_month(day, locale) for locale in locales] == [
        "mai 2020",
        "May 2020",
        "mayo de 2020",
    ]
    assert [format_day_of_year(day, locale) for locale in locales] == [
        "1 mai",
        "1 May",
        "1 de mayo",
    ]


def test_names_are_those_of_the_language() -> None:
    assert (language_name("fr", "es"), language_name("pt-BR", "en"), own_name("pt-BR")) == (
        "francés",
        "Portuguese",
        "português (Brasil)",
    )
    assert (territory_name("CN", "fr"), territory_name("CI", "en")) == ("Chine", "Côte d’Ivoire")
    assert [code for code in ("pt", "zh-Hant", "xx", "klingon", "1x", "") if is_language(code)] == [
        "pt",
        "zh-Hant",
    ]
