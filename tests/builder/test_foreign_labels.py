"""A text of data/ in another language than its own stops a push, as a page in it does. One that
waits for its words is advice, as in a page."""

from __future__ import annotations

from pathlib import Path

import pytest

from metropolis.builder.gate import prepare

FR = "Les espaces métropolitains doivent produire et consommer autrement."
EN = "A metropolis should celebrate the diversity of its people."


@pytest.mark.parametrize(
    ("wrong", "code", "said"),
    [
        (FR, "en", f"“{FR[:59]}…” is in French, not in English. Translate it."),
        (EN, "es", f"“{EN[:-1]}” is in English, not in Spanish. Translate it."),
    ],
)
def test_a_label_in_another_language_is_an_error(
    module_copy: Path, wrong: str, code: str, said: str
) -> None:
    file = module_copy / "data" / "themes.yml"
    text = file.read_text("utf-8")
    number, line = next(
        (number, line)
        for number, line in enumerate(text.split("\n"), 1)
        if line.startswith(f'    {code}: "') and line.count(" ") > 12
    )
    file.write_text(text.replace(line, f'    {code}: "{wrong}"', 1), "utf-8")
    _, problems = prepare(module_copy)
    file.write_text(text, "utf-8")
    assert [str(one) for one in problems if one.path == "data/themes.yml"] == [
        f"data/themes.yml:{number}:10: {said}"
    ]
    assert {one.severity for one in problems if one.path == "data/themes.yml"} == {"error"}


def test_a_name_of_many_words_keeps_its_language(module_copy: Path) -> None:
    assert "School of Economics and Political Science" in (
        module_copy / "data" / "initiatives.yml"
    ).read_text("utf-8")
    _, problems = prepare(module_copy)
    assert not [one for one in problems if one.path.startswith("data/")]


@pytest.mark.parametrize("words", ["TODO", "à compléter", "Le plan de 20XX (??)"])
def test_a_label_that_waits_for_its_words_is_advice(module_copy: Path, words: str) -> None:
    file = module_copy / "data" / "themes.yml"
    text = file.read_text("utf-8")
    line = next(line for line in text.split("\n") if line.startswith('    fr: "'))
    file.write_text(text.replace(line, f'    fr: "{words}"', 1), "utf-8")
    _, problems = prepare(module_copy)
    file.write_text(text, "utf-8")
    found = [one for one in problems if one.path == "data/themes.yml"]
    assert ["waits for its words" in one.what for one in found] == [True]
    assert {(one.severity, one.kind) for one in found} == {("advice", "style")}
