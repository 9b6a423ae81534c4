"""Lists follow each language's alphabet."""

from metropolis.language.collation import first_of_each_letter, sorted_by


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


def test_letters_lead_to_the_first_of_their_words_in_the_languages_alphabet() -> None:
    words = ["#MetroGovernance", "accord", "Évora", "économie", "ñandú", "nube", "Łódź", "東京"]

    def found(locale: str) -> dict[str, str]:
        return first_of_each_letter(sorted_by(words, str, locale), str, locale)

    assert found("fr") == {"A": "accord", "E": "économie", "L": "Łódź", "N": "ñandú"}
    assert found("es") == {"A": "accord", "E": "économie", "L": "Łódź", "N": "nube", "Ñ": "ñandú"}
