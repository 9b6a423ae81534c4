"""Numbers belong to places in the whole book, whatever a pack leaves out."""

from __future__ import annotations

import pytest

from metropolis.data.fields import Label
from metropolis.data.models import Edition
from metropolis.pdf.outline import book_outline, select

NAMES = [
    "action-plan/index", "action-plan/line-1", "glossary", "index", "mission", "vision",
    "indicators/air", "members/lyon",
]  # fmt: skip


def _label(text: str) -> Label:
    return Label({"fr": text})


def _book() -> Edition:
    parts = [
        {"kind": "opening", "title": {"fr": "En bref"}, "pages": ["index"]},
        {"title": {"fr": "Vision"}, "pages": ["vision", "mission"]},
        {"title": {"fr": "Plan"}, "pages": ["action-plan/"]},
        {"kind": "annexes", "title": {"fr": "Annexes"}, "pages": ["glossary"]},
    ]
    return Edition.model_validate(
        {"id": "book", "title": {"fr": "Livre"}, "subtitle": {"fr": "Plan"}, "parts": parts}
    )


def test_parts_have_numbers_annexes_letters_and_the_opening_none() -> None:
    outline = book_outline(_book(), NAMES)
    assert [(chapter.number, chapter.name) for chapter in outline.chapters] == [
        ("", "index"),
        ("1.1", "vision"),
        ("1.2", "mission"),
        ("2.1", "action-plan/index"),
        ("2.2", "action-plan/line-1"),
        ("A", "glossary"),
    ]


@pytest.mark.parametrize("kind", ["opening", "part", "annexes"])
def test_a_part_may_be_as_long_as_there_are_pages(kind: str) -> None:
    names = [f"members/m{number:03}" for number in range(1000)]
    parts = [{"kind": kind, "title": {"fr": "Membres"}, "pages": ["members/"]}]
    title = {"fr": "Livre"}
    book = Edition.model_validate({"id": "book", "title": title, "subtitle": title, "parts": parts})
    numbers = [chapter.number for chapter in book_outline(book, names).chapters]
    expected = {"opening": "", "part": "1.1000", "annexes": ""}
    assert len(numbers) == 1000
    assert numbers[-1] == expected[kind]


def test_letters_go_on_through_several_parts_of_annexes() -> None:
    title = {"fr": "Annexe"}
    parts = [{"kind": "annexes", "title": title, "pages": [name]} for name in ("vision", "mission")]
    book = Edition.model_validate({"id": "book", "title": title, "subtitle": title, "parts": parts})
    assert [chapter.number for chapter in book_outline(book, NAMES).chapters] == ["A", "B"]


def test_a_pack_keeps_the_books_order_and_numbers() -> None:
    pack = book_outline(_book(), NAMES).choose(["action-plan/line-1", "mission"])
    assert [(chapter.number, chapter.name) for chapter in pack.chapters] == [
        ("1.2", "mission"),
        ("2.2", "action-plan/line-1"),
    ]
    assert pack.is_pack


def test_a_page_that_the_book_does_not_carry_follows_without_a_number() -> None:
    pack = book_outline(_book(), NAMES).choose(["members/lyon", "vision"])
    assert [
        (part.kind, chapter.number, chapter.name)
        for part in pack.parts
        for chapter in part.chapters
    ] == [
        ("part", "1.1", "vision"),
        ("rest", "", "members/lyon"),
    ]


def test_a_folder_begins_with_its_own_page() -> None:
    assert select(["action-plan/"], ["action-plan/a", "action-plan/index"]) == (
        ["action-plan/index", "action-plan/a"],
        [],
    )


def test_a_page_named_twice_stands_once_and_what_finds_nothing_is_told() -> None:
    assert select(["vision", "visoin", "vision"], NAMES) == (["vision"], ["visoin"])


def test_a_folder_without_its_slash_is_its_own_page_alone() -> None:
    assert select(["action-plan"], NAMES) == (["action-plan/index"], [])
