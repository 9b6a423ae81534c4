"""Fingerprints of the earlier form are rewritten where what they were made from is still there."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from metropolis.content.page import Page, read_page
from metropolis.translation.accept import write_fingerprints
from metropolis.translation.acceptance import Acceptance, Author, Log
from metropolis.translation.fingerprint import Fingerprint, fingerprints
from metropolis.translation.renewal import renew
from metropolis.translation.status import COPIED, staleness

ANA = Author("Ana", "2026-11-26")


@pytest.fixture
def earlier(small: SimpleNamespace) -> tuple[Page, Log]:
    """The translation as an earlier version accepted it."""
    page = small.page(small.translation, "es")
    source = fingerprints(small.page(small.source), small.shown)
    lines = [
        Acceptance("2026-11-23", "page", "vision", anchor, source[anchor].exact, own.whole, "Ana")
        for anchor, own in fingerprints(page).items()
    ]
    text = write_fingerprints(page, {line.section: line.source for line in lines})
    return read_page(page.path, "es", "vision", text)[0], Log(lines)


def renewed(
    small: SimpleNamespace, source: str, page: Page, log: Log, *past: str
) -> tuple[dict[str, Fingerprint], Page, Log, list[str]]:
    versions = [small.page(text).text.text for text in past]
    text, lines, left = renew(small.page(source), page, log, lambda: versions, ANA)
    new, _ = read_page(page.path, page.locale, page.name, text)
    assert new.body == page.body
    assert new.front_matter
    prints = {
        anchor: Fingerprint.parse(text) for anchor, text in new.front_matter.fingerprints.items()
    }
    return prints, new, Log([*log.acceptances, *lines]), left


def test_what_is_current_stays_so_and_follows_words_from_then_on(
    small: SimpleNamespace, earlier: tuple[Page, Log]
) -> None:
    prints, page, log, left = renewed(small, small.source, *earlier)
    assert prints == fingerprints(small.page(small.source), small.shown)
    assert left == []
    assert {(line.how, line.by) for line in log.acceptances[3:]} == {("renew", "Ana")}
    emphasised = small.source.replace("La ville change.", "La **ville** change.")
    expected = fingerprints(small.page(emphasised), small.shown)
    assert [staleness(page, anchor, one, log) for anchor, one in expected.items()] == ["", "", ""]
    assert staleness(earlier[0], "city", expected["city"], earlier[1]) != ""


def test_what_was_stale_stays_stale_and_is_found_in_the_history(
    small: SimpleNamespace, earlier: tuple[Page, Log]
) -> None:
    changed = small.source.replace("figure", "member")
    prints, page, log, left = renewed(small, changed, *earlier, changed, small.source)
    assert left == []
    assert prints == fingerprints(small.page(small.source), small.shown)
    expected = fingerprints(small.page(changed), small.shown)
    assert staleness(page, "peace", expected["peace"], log) == COPIED


def test_what_nothing_proves_is_left(small: SimpleNamespace, earlier: tuple[Page, Log]) -> None:
    page, log = earlier
    short = Log(one for one in log.acceptances if one.section != "vision")
    changed = small.source.replace("La ville change.", "La ville grandit.")
    prints, *_, left = renewed(small, changed, page, short)
    assert left == [
        "#vision: no line of the log has its fingerprint",
        "#city: neither the source nor its history has the accepted text",
    ]
    assert [one.is_earlier_form for one in prints.values()] == [True, False, True]


def test_a_second_time_changes_nothing(small: SimpleNamespace, earlier: tuple[Page, Log]) -> None:
    _, page, log, _ = renewed(small, small.source, *earlier)
    again = renew(small.page(small.source), page, log, list, ANA)
    assert again == (page.text.text, [], [])
