"""Lists follow each language's alphabet."""

from metropolis.language.collation import sorted_by


def test_accents_and_case_weigh_last() -> None:
    assert sorted_by(["Évora", "Zagreb", "eaux", "Écija"], str, "fr") == [
        "eaux",
        "Écija",
        "Évora",
        "Zagreb",
    ]


def test_spanish_puts_ñ_after_n() -> None:
    assert sorted_by(["ñandú", "nube", "ozono"], str, "es") == ["nube", "ñandú", "ozono"]
    assert sorted_by(["ñandú", "nube", "ozono"], str, "fr") == ["ñandú", "nube", "ozono"]


def test_letters_with_strokes_sort_with_their_base_letter() -> None:
    assert sorted_by(["Lyon", "Łódź", "Lima"], str, "en") == ["Lima", "Łódź", "Lyon"]
