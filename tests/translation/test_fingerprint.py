"""A fingerprint changes with what a translator has to follow, and with nothing else."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from metropolis.translation.fingerprint import Fingerprint, fingerprints

Prints = dict[str, Fingerprint]


@pytest.fixture
def before(small: SimpleNamespace) -> Prints:
    """Those of the source."""
    return fingerprints(small.page(small.source), small.shown)


def test_each_section_has_its_own_and_the_header_belongs_to_the_first(
    small: SimpleNamespace, before: Prints
) -> None:
    assert list(before) == ["vision", "peace", "city"]
    words = small.source.replace("La ville change.", "La ville grandit.")
    header = small.header.replace("Vision", "Visions")
    for edited, changed in (
        (small.page(words), "city"),
        (small.page(small.source, header=header), "vision"),
    ):
        after = fingerprints(edited, small.shown)
        assert [anchor for anchor in before if before[anchor] != after[anchor]] == [changed]


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
    straight = small.source.replace("La ville", "L'a ville") if "’" in now else small.source
    earlier = fingerprints(small.page(straight), small.shown)
    edited = small.page(small.source.replace(then, now))
    for anchor, one in fingerprints(edited, small.shown).items():
        written = Fingerprint.parse(earlier[anchor].exact)
        assert written.has_text_of(one)
        assert written.shown == one.shown


def test_a_figure_changes_only_the_part_that_is_shown(
    small: SimpleNamespace, before: Prints
) -> None:
    after = fingerprints(small.page(small.source), small.shows({"people": "610 millions"}))
    assert before["peace"].text == after["peace"].text
    assert before["peace"].shown != after["peace"].shown
    assert before["city"] == after["city"] == Fingerprint(before["city"].words)


def test_what_is_written_is_read_again(before: Prints) -> None:
    for one in before.values():
        assert Fingerprint.parse(str(one)) == one


def test_two_sections_of_one_anchor_are_answered(small: SimpleNamespace) -> None:
    """The checks of headings refuse them; a status must not fail on the way."""
    page = small.page(small.source + "\n## Encore { #peace }\n\nUn mot.\n")
    assert list(fingerprints(page, small.shown)) == ["vision", "peace", "city"]
