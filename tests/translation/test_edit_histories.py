"""A long history of edits of this site's source pages: what changes words makes their translations
stale, and nothing else does. Both shares are asked for each kind of edit, and of all of them."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from metropolis.content.headings import Section
from metropolis.content.page import Page, read_page, read_pages
from metropolis.project import read_project
from metropolis.translation.fingerprint import fingerprints

# A section's text with an edit, or None if it has nothing to edit.
Edit = Callable[[str, random.Random], str | None]

_WORD = re.compile(r"(?<=[ ’])[a-zàâçéèêëîïôûù]{4,}(?=[ ,.])")
_PARAGRAPH = re.compile(r"(?m)^[A-ZÉÀ][^\n|{}<]{60,}$")


def _one(pattern: str | re.Pattern[str], text: str, chance: random.Random) -> re.Match[str] | None:
    found = list(re.finditer(pattern, text))
    return chance.choice(found) if found else None


def _replace(pattern: str | re.Pattern[str], new: str) -> Edit:
    """One of the places of a pattern, with `new` instead (its groups by \\1)."""

    def edit(text: str, chance: random.Random) -> str | None:
        found = _one(pattern, text, chance)
        return text[: found.start()] + found.expand(new) + text[found.end() :] if found else None

    return edit


def _in_words(pattern: str | re.Pattern[str], new: str) -> Edit:
    """The same in a paragraph that has only words."""
    replace = _replace(pattern, new)

    def edit(text: str, chance: random.Random) -> str | None:
        found = _one(_PARAGRAPH, text, chance)
        edited = replace(found[0], chance) if found else None
        return text[: found.start()] + edited + text[found.end() :] if found and edited else None

    return edit


def _everywhere(pattern: str, new: str) -> Edit:
    def edit(text: str, _chance: random.Random) -> str | None:
        edited = re.sub(pattern, new, text)
        return edited if edited != text else None

    return edit


def _swap_paragraphs(text: str, _chance: random.Random) -> str | None:
    found = list(_PARAGRAPH.finditer(text))
    if len(found) < 2:
        return None
    one, other = found[0], found[1]
    between = text[one.end() : other.start()]
    return f"{text[: one.start()]}{other[0]}{between}{one[0]}{text[other.end() :]}"


HARMFUL: dict[str, Edit] = {
    "a word changed": _in_words(_WORD, "métropolitain"),
    "a word added": _in_words(_WORD, r"\g<0> bientôt"),
    "a word dropped": _in_words(rf"{_WORD.pattern} ", ""),
    "a negation": _in_words(r" (est|sont|a|ont) ", r" n’\1 pas "),
    "a sentence added": _replace(_PARAGRAPH, r"\g<0> Une phrase de plus le précise."),
    "a sentence dropped": _replace(r"(?<=[.!?] )[A-ZÉÀ][^\n.!?{}\[\]]{20,}[.!?](?= |\n)", ""),
    "a paragraph added": _replace(_PARAGRAPH, r"\g<0>\n\nUn autre paragraphe le dit aussi."),
    "paragraphs swapped": _swap_paragraphs,
    "a heading's words": _replace(r"(?m)^(#+ )([^\n{]+)", r"\1Sur \2"),
    "an item added": _replace(r"(?m)^- [^\n]+$", r"\g<0>\n- un point de plus"),
    "a figure": _in_words(r"\d+", "73"),
    "a call": _replace(r'\{\{ (\w+)\("[^"]+"', r'{{ \1("other"'),
    "a call added": _replace(_PARAGRAPH, r'\g<0> {{ figure("members") }}'),
    "a capital": _in_words(r"(?<= )[a-z](?=[a-zéèà]{5,} )", "Z"),
}
HARMLESS: dict[str, Edit] = {
    "lines wrapped": _in_words(r"(?<=\w{4}) (?=\w{4})", "\n"),
    "two spaces": _in_words(r"(?<=\w) (?=\w)", "  "),
    "spaces at a line's end": _in_words(r"(?m)(?<=\w\.)$", " "),
    "straight apostrophes": _everywhere("’", "'"),
    "straight quotation marks": _everywhere("[«»“”]", '"'),
    "no-break spaces": _everywhere("[\u00a0\u202f]", " "),
    "another dash": _everywhere("–", "—"),
    "a link's address": _replace(r"(?<=\]\()[^)\s]+(?=\))", "glossary.md"),
    "a link": _in_words(_WORD, r"[\g<0>](glossary.md)"),
    "a link taken away": _replace(r"\[([^\]\n]+)\]\([^)\n]+\)", r"\1"),
    "bold": _in_words(_WORD, r"**\g<0>**"),
    "italics": _in_words(_WORD, r"*\g<0>*"),
    "bullets": _everywhere(r"(?m)^- ", "* "),
    "numbers instead of bullets": _everywhere(r"(?m)^[-*] ", "1. "),
    "a heading's level": _replace(r"(?m)^## ", "### "),
    "an entity": _in_words("(?<= )et(?= )", "&#101;t"),
    "a paragraph split": _in_words(r"(?<=[a-z]\.) (?=[A-Z][a-z])", "\n\n"),
    "a quotation": _replace(_PARAGRAPH, r"> \g<0>"),
    "a rule of a table": _everywhere(r"(?m)^\|(?:-+\|)+$", "|:-----|-----:|"),
    "an escape": _in_words(r"(?<=\w)(?=\.\n)", r"\\"),
}


@pytest.fixture(scope="module")
def sources() -> dict[str, Page]:
    project = read_project(Path(__file__).parents[2])[0]
    assert project
    pages, _ = read_pages(project)
    return {page.path: page for page in pages if page.locale == project.default_locale.code}


def apply(page: Page, section: Section, edit: Edit, chance: random.Random) -> Page | None:
    text = page.text.text
    changed = edit(text[section.start : section.end], chance)
    if changed is None or changed == text[section.start : section.end]:
        return None
    text = text[: section.start] + changed + text[section.end :]
    return read_page(page.path, page.locale, page.name, text)[0]


def history(
    sources: dict[str, Page], edits: dict[str, Edit], count: int
) -> dict[str, Counter[str]]:
    """By kind, how many of `count` edits, each of the page that the one before has left, made
    their section stale, how many another one."""
    chance = random.Random(11)
    pages = dict(sources)
    results: dict[str, Counter[str]] = {kind: Counter() for kind in edits}
    done = 0
    while done < count:
        kind = list(edits)[done % len(edits)]
        places = [(page, section) for page in pages.values() for section in page.sections]
        chance.shuffle(places)
        pair = (
            (page, section, apply(page, section, edits[kind], chance)) for page, section in places
        )
        page, section, edited = next((one for one in pair if one[2]), (None, None, None))
        done += 1
        if not (page and section and edited):
            continue
        before, after = fingerprints(page), fingerprints(edited)
        results[kind]["edits"] += 1
        results[kind]["stale"] += str(before[section.anchor]) != str(after.get(section.anchor))
        results[kind]["others"] += any(
            str(before[one]) != str(after.get(one)) for one in before if one != section.anchor
        )
        pages[page.path] = edited
    return results


def test_every_edit_that_changes_words_makes_its_section_stale(sources: dict[str, Page]) -> None:
    results = history(sources, HARMFUL, 210)
    assert {kind: one["edits"] - one["stale"] for kind, one in results.items()} == dict.fromkeys(
        HARMFUL, 0
    )
    assert sum(one["edits"] for one in results.values()) > 200
    assert sum(one["others"] for one in results.values()) == 0


def test_edits_that_harm_nothing_make_nothing_stale(sources: dict[str, Page]) -> None:
    results = history(sources, HARMLESS, 200)
    wrong = {kind: one["stale"] + one["others"] for kind, one in results.items()}
    assert sum(one["edits"] for one in results.values()) > 150
    assert wrong == dict.fromkeys(HARMLESS, 0)
