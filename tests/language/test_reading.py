"""Whatever our own formatter writes is read back as the same value; what is no quantity is not
read."""

from __future__ import annotations

from decimal import Decimal

import icu
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metropolis.language.numbers import format_number, format_percent, format_scaled
from metropolis.language.reading import read_quantities

LOCALES = st.sampled_from(["fr", "en", "es", "pt"])
VALUES = st.decimals(min_value=0, max_value=10**9, places=2)


@given(LOCALES, VALUES)
def test_a_number_comes_back(locale: str, value: Decimal) -> None:
    text = f"({format_number(float(value), locale)})"
    assert [quantity.value for quantity in read_quantities(text, locale)] == [value.normalize()]


@given(LOCALES, VALUES)
def test_a_percentage_comes_back(locale: str, value: Decimal) -> None:
    (found,) = read_quantities(f"({format_percent(float(value), locale)})", locale)
    assert (found.kind, found.value) == ("percentage", value.normalize())


@given(LOCALES, st.integers(1, 9999))
def test_a_scaled_number_comes_back(locale: str, tenths: int) -> None:
    value = Decimal(tenths) * 100_000
    if value >= 1_000_000:
        (found,) = read_quantities(f"({format_scaled(float(value), locale)})", locale)
        assert found.value == value.normalize()


# Free text rarely has a number: numbers with signs between them find what it does not.
SIGNS = st.lists(
    st.sampled_from(["0", "1", "12", "345", "2017", "½"]).flatmap(
        lambda number: st.sampled_from(".,.,.,’ -–/:%º)m€").map(lambda sign: number + sign)
    ),
    max_size=8,
).map("".join)
WORDS = st.lists(
    st.sampled_from(
        ["half past", "las", "y media", "²", "10³", "1,5 ×", "½", "contre", "12 millions"]
    )
).map(" ".join)


@given(LOCALES, st.text(max_size=80) | SIGNS | WORDS)
def test_any_text_is_read_without_error_and_in_order(locale: str, text: str) -> None:
    found = read_quantities(text, locale)
    assert [one.start for one in found] == sorted(one.start for one in found)
    assert all(0 <= one.start < one.end <= len(text) for one in found)


@pytest.mark.parametrize(
    ("locale", "text", "values"),
    [
        ("fr", "un seuil de 1,5 × 10⁻² g, contre 4,4 g", ["1", "0.015", "4.4"]),
        ("en", "a limit of 2 × 10³ g and 12 million, from 4.5", ["2000", "12000000", "4.5"]),
        ("en", "2.5 and a half", ["2.5"]),
        ("en", "half past ²", ["0.5"]),
        ("es", "las ² y media", ["1.5"]),
    ],
)
def test_odd_numbers_are_no_error(locale: str, text: str, values: list[str]) -> None:
    assert [one.value for one in read_quantities(text, locale)] == list(map(Decimal, values))


@pytest.mark.parametrize(
    ("locale", "text", "values"),
    [
        ("fr", "la 2e fois, le 1er rang, 3ᵉ, les 1ers, les 2es, la 4ème", [2, 1, 3, 1, 2, 4]),
        ("fr", "le XXIe siècle, le vingt et unième, le troisième", [21, 21, 3]),
        ("en", "the 21st, 2nd, 3rd, 4th, twenty-first, third", [21, 2, 3, 4, 21, 3]),
        ("es", "la 2.ª y el 3.º, el siglo XIX, el vigésimo primero", [2, 3, 19, 21]),
    ],
)
def test_ordinals_may_be_left_out(locale: str, text: str, values: list[int]) -> None:
    found = [one for one in read_quantities(text, locale) if one.kind == "ordinal"]
    assert sorted(int(str(one.value)) for one in found) == sorted(values)
    assert "digits" not in {one.form for one in read_quantities(text, locale)}


@pytest.mark.parametrize(
    ("locale", "text", "date"),
    [
        ("fr", "le 1er mai 2020", (2020, 5, 1)),
        ("fr", "en août 2019", (2019, 8, 0)),
        ("en", "May 1st, 2020", (2020, 5, 1)),
        ("en", "and May 2020", (2020, 5, 0)),
        ("en", "28th May", (0, 5, 28)),
        ("en", "on New Years Eve", (0, 12, 31)),
        ("en", "Saint Valentine's Day 2020", (2020, 2, 14)),
        ("es", "1.º de mayo de 2020", (2020, 5, 1)),
        ("es", "septiembre del 2019", (2019, 9, 0)),
        ("pt", "28 de março de 2020", (2020, 3, 28)),
        ("de", "am 28. Mai 2020", (2020, 5, 28)),
        ("ca", "el 28 de maig del 2020", (2020, 5, 28)),
        ("pl", "maj 2020", (2020, 5, 0)),
    ],
)
def test_dates(locale: str, text: str, date: tuple[int, int, int]) -> None:
    (found,) = read_quantities(text, locale)
    assert (found.kind, found.value) == ("date", date)


def test_what_is_no_month_is_no_date() -> None:
    found = read_quantities("you may 2020 times", "en")
    assert [(one.kind, one.start, one.end) for one in found] == [("number", 8, 12)]


def test_a_language_that_nobody_knows_is_no_error() -> None:
    for locale in ("nah", "x-foo", "zxx", ""):
        assert [one.value for one in read_quantities("5 \0", locale)] == [Decimal(5)]


@pytest.mark.parametrize(
    ("locale", "text", "value"),
    [
        ("es", "1 billón", 10**12),
        ("en", "1.8 Billion", 1_800_000_000),
        ("es", "1,8 mil millones", 1_800_000_000),
        ("de", "1.234,5", Decimal("1234.5")),
        ("pl", "1 234,5", Decimal("1234.5")),
    ],
)
def test_scales_and_signs(locale: str, text: str, value: Decimal) -> None:
    assert [one.value for one in read_quantities(text, locale)] == [Decimal(value).normalize()]


@pytest.mark.parametrize(
    ("locale", "text"), [("fr", "62 pour\u00a0cent"), ("en", "62 Percent"), ("es", "62 por ciento")]
)
def test_percentages_in_words(locale: str, text: str) -> None:
    assert [(one.kind, one.value) for one in read_quantities(text, locale)] == [
        ("percentage", Decimal(62))
    ]


def test_decades_in_two_digits() -> None:
    assert [one.value for one in read_quantities("los años 80 y 80 años", "es")] == [
        Decimal(1980),
        Decimal(80),
    ]


@given(LOCALES, st.integers(2, 10**15 - 1))
def test_any_number_in_words_comes_back(locale: str, number: int) -> None:
    rules = icu.RuleBasedNumberFormat(icu.URBNFRuleSetTag.SPELLOUT, icu.Locale(locale))
    found = read_quantities(f"({rules.format(number)})", locale)
    assert [one.value for one in found] == [Decimal(number).normalize()]
