"""Each way in which a section can be other than current, with its reason."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from metropolis.content.page import Page
from metropolis.translation.acceptance import Log
from metropolis.translation.fingerprint import Shown
from metropolis.translation.status import find_strays, status_problems, translation_status

TEXT = "the source's text has changed"
SHOWN = "the labels or figures that the source shows have changed"


def states(
    small: SimpleNamespace, pages: list[Page], log: Log, shown: Shown | None = None
) -> dict[str, list[tuple[str, str, str]]]:
    found = translation_status(small.project, pages, shown or small.shown, {"es": log})
    return {
        page.name: [(one.anchor, one.state, one.reason) for one in page.sections] for page in found
    }


def test_accepted_sections_are_current(small: SimpleNamespace, accepted: tuple[Page, Log]) -> None:
    page, log = accepted
    found = states(small, [small.page(small.source), page], log)
    assert found == {
        "vision": [("vision", "current", ""), ("peace", "current", ""), ("city", "current", "")]
    }


def test_a_section_without_fingerprint_is_stale(small: SimpleNamespace) -> None:
    found = states(small, [small.page(small.source), small.page(small.translation, "es")], Log())
    assert {(state, reason) for _, state, reason in found["vision"]} == {
        ("stale", "nobody has accepted it yet")
    }


@pytest.mark.parametrize(
    ("peace", "people", "reason"),
    [
        ("un chemin", "608 millions", TEXT),
        ("un but", "610 millions", SHOWN),
        ("un chemin", "610 millions", f"{TEXT}, and {SHOWN}"),
    ],
)
def test_a_changed_sentence_or_figure_makes_its_section_stale(
    small: SimpleNamespace, accepted: tuple[Page, Log], peace: str, people: str, reason: str
) -> None:
    page, log = accepted
    source = small.page(small.source.replace("La paix est un but.", f"La paix est {peace}."))
    found = states(small, [source, page], log, small.shows({"people": people}))
    assert found["vision"] == [
        ("vision", "current", ""),
        ("peace", "stale", reason),
        ("city", "current", ""),
    ]


def test_a_fingerprint_typed_by_hand_marks_nothing(
    small: SimpleNamespace, accepted: tuple[Page, Log]
) -> None:
    page, log = accepted
    short = Log(one for one in log.acceptances if one.section != "city")
    found = states(small, [small.page(small.source), page], short)
    reason = "its fingerprint was typed by hand, and not recorded by accept"
    assert found["vision"][2] == ("city", "stale", reason)


def test_a_section_that_one_side_lacks(small: SimpleNamespace, accepted: tuple[Page, Log]) -> None:
    page, log = accepted
    source = small.page(small.source.replace("{ #city }", "{ #town }"))
    assert states(small, [source, page], log)["vision"][2:] == [
        ("town", "missing", "the translation does not have it"),
        ("city", "orphan", "the source does not have it"),
    ]


def test_a_section_still_in_the_source_language_is_missing(small: SimpleNamespace) -> None:
    page = small.page(
        small.translation.partition("## La ciudad")[0]
        + "## La ville { #city }\n\nLa ville change.\n",
        "es",
    )
    found = states(small, [small.page(small.source), page], Log())
    assert found["vision"][2] == ("city", "missing", "it is still in the source language")


def test_pages_that_one_side_lacks(small: SimpleNamespace) -> None:
    pages = [small.page(small.source), small.page(small.translation, "es", name="mission")]
    found = translation_status(small.project, pages, small.shown, {})
    assert [(page.path, page.state) for page in found] == [
        ("content/es/mission.md", "orphan"),
        ("content/es/vision.md", "missing"),
    ]


def test_the_check_names_the_line_of_both_sides(
    small: SimpleNamespace, accepted: tuple[Page, Log]
) -> None:
    page, log = accepted
    source = small.page(small.source.replace("La ville change.", "La ville grandit."))
    found = translation_status(small.project, [source, page], small.shown, {"es": log})
    assert [str(problem) for problem in status_problems(found)] == [
        "content/es/vision.md:18:1: The section “La ciudad” is stale: the source's text has"
        " changed. Its source is content/fr/vision.md, line 14. See metropolis translation diff"
        " content/es/vision.md, edit it, then accept it."
    ]


def test_fingerprints_where_they_mean_nothing(
    small: SimpleNamespace, accepted: tuple[Page, Log]
) -> None:
    header = small.header + 'source:\n  town: "01234567"\n'
    pages = [
        small.page(small.source, header=header),
        small.page(small.translation, "es", header=header),
    ]
    assert [str(problem) for problem in find_strays(pages, "fr")] == [
        (
            "content/fr/vision.md:1:1: A page in the source language has no fingerprints. "
            "Delete “source:” and the lines below it."
        ),
        (
            "content/es/vision.md:1:1: The header has a fingerprint for “town”, and the page no"
            " such section. Delete its line."
        ),
    ]
