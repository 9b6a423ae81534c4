"""Numbers follow CLDR, with the house's two rules on top."""

import pytest

from metropolis.language.numbers import format_number, format_percent, format_scaled


@pytest.mark.parametrize(
    ("value", "locale", "expected"),
    [
        (2642, "fr", "2\u202f642"),
        (2642, "en", "2,642"),
        (2642, "es", "2642"),
        (32000, "es", "32.000"),
        (32000, "fr", "32\u202f000"),
        (35.1, "fr", "35,1"),
        (35.1, "en", "35.1"),
        (35.1, "es", "35,1"),
        (1000, "es", "1000"),
        (1000, "pt", "1000"),
    ],
)
def test_number_has_the_languages_separators(value: float, locale: str, expected: str) -> None:
    assert format_number(value, locale) == expected


def test_decimals_fix_the_digits_after_the_mark() -> None:
    assert format_number(35.1, "fr", decimals=2) == "35,10"
    assert format_number(35.16, "en", decimals=1) == "35.2"


@pytest.mark.parametrize(
    ("locale", "expected"), [("fr", "8,9\u202f%"), ("en", "8.9%"), ("es", "8,9\u00a0%"), ("pt", "8,9%")]
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
        (1_800_000_000, "es", "1,8\u00a0mil millones"),
    ],
)
def test_large_numbers_take_their_word(value: float, locale: str, expected: str) -> None:
    assert format_scaled(value, locale) == expected
