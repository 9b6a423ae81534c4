"""A label that looks like markup is shown letter for letter, and advised against at its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from metropolis.data.labels import check_labels
from metropolis.project import Locale, Project

FRENCH = (Locale("fr", "Français", True),)


def advice(folder: Path, text: str) -> list[str]:
    (folder / "data").mkdir()
    (folder / "data/people.yml").write_text(text, "utf-8")
    problems = check_labels(Project(folder, FRENCH, "https://example.org/"))
    assert all(problem.severity == "advice" for problem in problems)
    return [str(problem) for problem in problems]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ada <b>Lovelace</b>", "<b>"),
        ("<body onload=alert(1)>", "<body onload=alert(1)>"),
        ("Ada &amp; Bob", "&amp;"),
        ("Ada &#38; Bob", "&#38;"),
        ("**Ada**", "**Ada**"),
        ("[Ada](https://example.org/)", "[Ada](https://example.org/)"),
        ("`Ada`", "`Ada`"),
        ("{{ figure(1) }}", "{{ figure(1) }}"),
        ("Ada \\u003cb>", "<b>"),
    ],
)
def test_markup_is_reported_where_it_stands(tmp_path: Path, text: str, shown: str) -> None:
    assert advice(tmp_path, f'# who\n- id: ada\n  name: {{fr: "{text}"}}\n') == [
        f"data/people.yml:3:14: This text would show “{shown}” as it is written: labels have no"
        " markup. Write words."
    ]


@pytest.mark.parametrize(
    "text", ["Ada & Bob", "1 < 2 > 0", "A * B * C", "[Ada] (Bob)", "L'eau", "l’« eau »", "a_b_c"]
)
def test_signs_that_people_write_are_let_be(tmp_path: Path, text: str) -> None:
    assert advice(tmp_path, f'- id: ada\n  name: {{fr: "{text}"}}\n') == []


def test_a_text_that_the_site_calls_and_nobody_wrote(tmp_path: Path) -> None:
    """A name that code puts together is not known here."""
    text = "# yaml-language-server: $schema=schema/strings.json\nserch: {fr: Chercher}\nmain: {fr: M}\n"
    (tmp_path / "data").mkdir()
    (tmp_path / "data/strings.yml").write_text(text, "utf-8")
    (tmp_path / "theme").mkdir()
    page = '{{ site.t("search") }} {{ site.t("main", "fr") }} {{ site.t("kind-" ~ kind) }} {{ cut("x") }}'
    (tmp_path / "theme/main.html").write_text(page, "utf-8")
    problems = check_labels(Project(tmp_path, FRENCH, "https://example.org/"))
    assert list(map(str, problems)) == [
        "data/strings.yml:2:1: The text “search” is missing: the site shows it. Did you mean “serch”?"
    ]
