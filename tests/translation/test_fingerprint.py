"""A fingerprint changes with what a translator has to follow, and with nothing else."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from metropolis.content.page import Page
from metropolis.translation.fingerprint import Fingerprint, Shown, fingerprint


def prints(page: Page, shown: Shown) -> dict[str, Fingerprint]:
    return {section.anchor: fingerprint(page, section, shown) for section in page.sections}


def test_each_section_has_its_own(small: SimpleNamespace) -> None:
    before = prints(small.page(small.source), small.shown)
    after = prints(
        small.page(small.source.replace("La ville change.", "La ville grandit.")), small.shown
    )
    assert list(before) == ["vision", "peace", "city"]
    assert {anchor for anchor in before if before[anchor] != after[anchor]} == {"city"}


@pytest.mark.parametrize(
    ("then", "now"),
    [
        ("La paix est un but. Elle", "La paix est un but.\u00a0Elle"),
        ("La paix est un but. Elle", "La paix est un but.\nElle"),
        ("La paix est un but.", "La paix est un but.  "),
    ],
)
def test_spaces_of_another_kind_change_nothing(small: SimpleNamespace, then: str, now: str) -> None:
    edited = small.page(small.source.replace(then, now))
    assert prints(edited, small.shown) == prints(small.page(small.source), small.shown)


def test_another_apostrophe_changes_nothing(small: SimpleNamespace) -> None:
    curly, straight = (small.source.replace("La ville", f"L{mark}a ville") for mark in "’'")
    assert prints(small.page(curly), small.shown) == prints(small.page(straight), small.shown)


def test_the_header_belongs_to_the_first_section(small: SimpleNamespace) -> None:
    edited = small.page(small.source, header=small.header.replace("Vision", "Visions"))
    before, after = prints(small.page(small.source), small.shown), prints(edited, small.shown)
    assert {anchor for anchor in before if before[anchor] != after[anchor]} == {"vision"}


def test_a_figure_changes_only_the_part_that_is_shown(small: SimpleNamespace) -> None:
    page = small.page(small.source)
    before, after = prints(page, small.shown), prints(page, small.shows({"people": "610 millions"}))
    assert before["peace"].text == after["peace"].text
    assert before["peace"].shown != after["peace"].shown
    assert before["city"] == after["city"] == Fingerprint(before["city"].text, "")


def test_what_is_written_is_read_again(small: SimpleNamespace) -> None:
    for one in prints(small.page(small.source), small.shown).values():
        assert Fingerprint.parse(str(one)) == one
