"""A page as it is read: where its parts stand, and what is left of it for Markdown."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from metropolis.content.page import Page, read_page, read_pages
from metropolis.project import Project

TEXT = """---
title: "Vision"
description: "Ce que l’association veut atteindre d’ici à 2023, dit simplement."
---

# Une vision { #vision }

Pour {{ figure("people-served") }} de personnes, `code` compris.

## La *paix* { #peace }

```
# pas un titre
```
"""


def page() -> Page:
    read, problems = read_page("content/fr/vision.md", "fr", "vision", TEXT)
    assert problems == []
    return read


def test_the_header_is_two_texts() -> None:
    header = page().front_matter
    assert header
    assert (header.title, header.description[:6]) == ("Vision", "Ce que")


def test_the_body_begins_on_the_line_below_the_header() -> None:
    assert page().text.place(page().body_start) == (5, 1)
    assert page().body.startswith("\n# Une vision")


def test_headings_have_level_words_anchor_and_line() -> None:
    found = [
        (heading.level, heading.text, heading.anchor, heading.line) for heading in page().headings
    ]
    assert found == [(1, "Une vision", "vision", 6), (2, "La *paix*", "peace", 10)]


def test_calls_have_arguments_and_place() -> None:
    (call,) = page().calls
    assert (call.name, call.arguments, call.keywords) == ("figure", ("people-served",), ())
    assert page().text.place(call.start) == (8, 6)
    assert TEXT[call.start : call.end] == str(call) == '{{ figure("people-served") }}'


def test_live_text_keeps_every_place() -> None:
    live = page().live.text
    assert len(live) == len(TEXT)
    assert live.count("\n") == TEXT.count("\n")
    assert live.index("## La") == TEXT.index("## La")
    assert not any(words in live for words in ("title", "figure", "code", "pas un titre"))


def test_a_page_read_before_is_taken_over_where_its_text_is_the_same(
    project: Project, tmp_path: Path
) -> None:
    shutil.copytree(project.content_dir, tmp_path / "content")
    copy = replace(project, root=tmp_path)
    pages, _ = read_pages(copy)
    first, second = pages[0], pages[1]
    (tmp_path / first.path).write_text(first.text.text + "\nMore.\n", "utf-8")
    again, problems = read_pages(copy, {page.path: page for page in pages})
    assert problems == []
    assert again[0].text.text == first.text.text + "\nMore.\n"
    assert again[1] is second
    assert [page.path for page in again] == [page.path for page in pages]
