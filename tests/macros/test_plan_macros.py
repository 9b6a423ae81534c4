"""What a page reads of the plan's own records: an axis and a reference in a sentence, the axes of
a line, evaluations, and a milestone that links what its title names."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from macros.action_plan import axes, axis, evaluations
from macros.milestones import timeline
from macros.references import reference
from metropolis.components.scope import Scope
from metropolis.data.fields import Label
from metropolis.markup import words_of

ScopeIn = Callable[..., Scope]


def words(html: str) -> str:
    return " ".join(words_of(html).split())


@pytest.mark.parametrize(
    ("locale", "written"),
    [
        ("fr", "axe 3.4, « Une association respectueuse de l’environnement »"),
        ("en", "axis 3.4, “An environmentally friendly association”"),
        ("es", "eje 3.4, «Una asociación respetuosa con el medio ambiente»"),
    ],
)
def test_an_axis_reads_right_in_a_sentence(scope_in: ScopeIn, locale: str, written: str) -> None:
    assert words(axis(scope_in(locale), "axis-3-4")) == written


def test_a_reference_is_its_title_or_the_wording_given_with_the_year(scope_in: ScopeIn) -> None:
    english = scope_in("en")
    assert words(reference(english, "paris-2015")) == "Paris Agreement (2015)"
    assert words(reference(english, "gold-v-2019", "the GOLD V report")) == (
        "the GOLD V report (2019)"
    )


def test_an_axis_has_its_key_ideas_and_the_initiatives_of_its_results(scope_in: ScopeIn) -> None:
    html = axes(scope_in("en"), 2)
    second = html[html.index('id="axis-2-2"') : html.index('id="axis-2-3"')]
    assert re.findall(r'id="(idea[0-9-]+)"', second) == [
        "idea-2-2", "idea-2-3", "idea-2-4", "idea-2-6",
    ]  # fmt: skip
    result = second[second.index('id="result-2-2-2"') : second.index('id="result-2-2-3"')]
    assert "Related initiatives: use: urban sustainability exchange<" in words(result)


def test_every_key_idea_stands_with_one_axis(scope_in: ScopeIn) -> None:
    for line in scope_in("fr").records.action_lines.values():
        html = axes(scope_in("fr"), line.number)
        assert sorted(re.findall(r'id="(idea[0-9-]+)"', html)) == [
            idea.id for idea in line.key_ideas
        ]


def test_there_is_no_table_of_evaluations_before_there_is_an_outcome(scope_in: ScopeIn) -> None:
    assert evaluations(scope_in("en")) == ""


def test_the_table_of_evaluations_holds_those_that_have_an_outcome(scope_in: ScopeIn) -> None:
    outcome = Label.model_construct(root={"en": "Goals met."})
    known = {
        id: one.model_copy(update={"outcome": outcome}) if one.year == 2021 else one
        for id, one in scope_in("en").records.evaluations.items()
    }
    html = words(evaluations(scope_in("en", evaluations=known)))
    assert "2021Annual, by the Board of DirectorsGoals met." in html
    assert "2022" not in html


@pytest.mark.parametrize(
    ("milestone", "text", "links"),
    [
        ("2016-observatory", "Launch of the Metropolis Observatory", ["Metropolis Observatory"]),
        ("1998-clos-presidency", "Joan Clos (Barcelona) succeeds Michel Giraud (Île-de-France) as President", ["Barcelona"]),
        ("2000-secretariat-barcelona", "The Secretariat General moves to Barcelona", ["Barcelona"]),
        ("1985-founding-congress", "First World Congress and founding congress of Metropolis Montréal", ["Montréal"]),
        ("2014-training-institute", "Opening of the Metropolis International Training Institute (MITI) Seoul Learning initiatives", ["Seoul", "Learning initiatives"]),
    ],
)  # fmt: skip
def test_a_milestone_links_each_name_once(
    scope_in: ScopeIn, milestone: str, text: str, links: list[str]
) -> None:
    html = timeline(scope_in("en"))
    item = html[html.index(f'id="{milestone}"') :].partition("</li>")[0]
    shown = item.partition("</span>")[2]
    assert words(shown) == text
    assert re.findall(r"<a [^>]*>([^<]*)</a>", item) == links
