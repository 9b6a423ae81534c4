"""A fingerprint changes with what a translator has to follow, and with nothing else."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from metropolis.translation.fingerprint import Fingerprint, fingerprints


def test_each_section_has_its_own(small: SimpleNamespace) -> None:
    before = fingerprints(small.page(small.source), small.shown)
    after = fingerprints(
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
        ("La ville", "L’a ville"),
    ],
)
def test_the_earlier_form_still_reads_as_current(
    small: SimpleNamespace, then: str, now: str
) -> None:
    """It was made from every sign but kinds of space and of apostrophe."""
    before, edited = small.page(small.source), small.page(small.source.replace(then, now))
    straight = small.page(small.source.replace("La ville", "L'a ville"))
    before = straight if "’" in now else before
    for anchor, one in fingerprints(edited, small.shown).items():
        written = Fingerprint.parse(fingerprints(before, small.shown)[anchor].exact)
        assert written.has_text_of(one)
        assert written.shown == one.shown


def test_the_header_belongs_to_the_first_section(small: SimpleNamespace) -> None:
    edited = small.page(small.source, header=small.header.replace("Vision", "Visions"))
    before, after = (
        fingerprints(small.page(small.source), small.shown),
        fingerprints(edited, small.shown),
    )
    assert {anchor for anchor in before if before[anchor] != after[anchor]} == {"vision"}


def test_a_figure_changes_only_the_part_that_is_shown(small: SimpleNamespace) -> None:
    page = small.page(small.source)
    before, after = (
        fingerprints(page, small.shown),
        fingerprints(page, small.shows({"people": "610 millions"})),
    )
    assert before["peace"].text == after["peace"].text
    assert before["peace"].shown != after["peace"].shown
    assert before["city"] == after["city"] == Fingerprint(before["city"].words)


def test_what_is_written_is_read_again(small: SimpleNamespace) -> None:
    for one in fingerprints(small.page(small.source), small.shown).values():
        assert Fingerprint.parse(str(one)) == one


def test_two_sections_of_one_anchor_are_answered(small: SimpleNamespace) -> None:
    """The checks of headings refuse them; a status must not fail on the way."""
    page = small.page(small.source + "\n## Encore { #peace }\n\nUn mot.\n")
    assert list(fingerprints(page, small.shown)) == ["vision", "peace", "city"]
