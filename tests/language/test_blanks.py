"""The texts of the interface with values in them: blanks and plurals."""

import json

import pytest

from metropolis.language.blanks import fill, is_well_formed, plural_json

MEMBERS = "{n, plural, one {# membre} other {# membres}}"


@pytest.mark.parametrize(
    ("text", "values", "locale", "expected"),
    [
        ("{name} ({n})", {"name": "{n}", "n": 3}, "fr", "{n} (3)"),
        (MEMBERS, {"n": 0}, "fr", "0 membre"),
        (MEMBERS, {"n": 1}, "fr", "1 membre"),
        (MEMBERS, {"n": 2}, "fr", "2 membres"),
        (MEMBERS, {"n": 1234}, "fr", "1\u202f234 membres"),
        ("{n, plural, one {# page} other {# pages}}", {"n": 0}, "en", "0 pages"),
        (
            "{n, plural, one {# page} other {# pages}}, {size}",
            {"n": 2, "size": "1,5 Mo {x}"},
            "fr",
            "2 pages, 1,5 Mo {x}",
        ),
        ("{n, plural, one {a #} few {b #} many {c #} other {d #}}", {"n": 3}, "pl", "b 3"),
        ("{n, plural, one {a #} few {b #} many {c #} other {d #}}", {"n": 5}, "pl", "c 5"),
        ("{n, plural, zero {a} one {b} two {c} few {d} many {e} other {f}}", {"n": 2}, "ar", "c"),
    ],
)
def test_a_text_agrees_with_its_number(
    text: str, values: dict[str, object], locale: str, expected: str
) -> None:
    assert fill(text, values, locale) == expected


def test_scripts_get_every_form_that_the_language_has() -> None:
    assert json.loads(plural_json(MEMBERS, "en")) == {"one": "{n} membre", "other": "{n} membres"}
    assert json.loads(plural_json("{n} (d’accord) {x", "en")) == {"other": "{n} (d’accord) {x"}
    assert set(json.loads(plural_json(MEMBERS, "fr"))) == {"one", "many", "other"}
    assert set(json.loads(plural_json(MEMBERS, "pl"))) == {"one", "few", "many"}
    assert set(json.loads(plural_json(MEMBERS, "ar"))) == {
        "zero",
        "one",
        "two",
        "few",
        "many",
        "other",
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{n} (a) {b", True),
        (MEMBERS, True),
        (f"{MEMBERS} sur {{total}}", True),
        ("{n, plural, one {# sur {total}} other {# sur {total}}}", True),
        ("{n, plural, one {# membre}}", False),
        ("{n, plural, one {# membre} other {# membres}", False),
        ("{n, plural, une {# membre} other {# membres}}", False),
    ],
)
def test_a_plural_that_cannot_be_read_is_known(text: str, expected: bool) -> None:
    assert is_well_formed(text, "fr") is expected
