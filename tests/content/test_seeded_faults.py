"""Faults put into right pages are found, and edits that harm nothing are no error.

Each page of the project is right. Every fault of a kind is put into it in turn, at every place that
has one; the comparison with the source then reports an error on the fault's place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest

from metropolis.components.registry import signatures
from metropolis.content.blocks import Block
from metropolis.content.page import Page, read_page, read_pages
from metropolis.content.structure import check_structure
from metropolis.data.records import Records
from metropolis.problem import Problem
from metropolis.project import Project

# Shapes that the project's pages lack. The same page in two languages.
MIXED = """\
---
title: "Vision"
description: "A page with all shapes."
---

# Page { #mixed }

| 1984 | Paris | 12 |
|---|---|---|
| 1985 | Lima | 14 |
| 1986 | Accra | 15 |

Word one and word two in 1984.

- Item one
- Item two
    - Item below
- Item three

> Quoted words, and some more of them.

1. First of all
2. Second of all

| A | B |
|---|---|
| c | d |
| e | f |
| g | h |

!!! note "Words"
    In a box, some words.

    - Item in a box
    - Another item

```
code
```

A paragraph right after the code, with [a link](https://www.example.org/a)[^1].

[^1]: A note with words.
"""

NEAR = 4  # lines: a missing thing is reported on the line above where it stood
FOUND = 0.95  # of the faults of each kind

Edits = Callable[[Page], Iterator[tuple[int, str]]]  # the fault's offset, the page's text with it


def whole_lines(page: Page, start: int, end: int) -> tuple[int, int]:
    """From the head of the first line to the head of the line after the last."""
    text = page.text.text
    after = text.find("\n", end)
    return text.rfind("\n", 0, start) + 1, len(text) if after < 0 else after + 1


def without(page: Page, start: int, end: int) -> tuple[int, str]:
    return start, page.text.text[:start] + page.text.text[end:]


def paragraphs(page: Page) -> Iterator[Block]:
    """Those outside of lists and boxes that have words: a call alone is found as a call."""
    for block in page.blocks:
        words = page.live.text[block.start : block.end].replace("\ufffc", "")
        if block.kind == "paragraph" and not block.containers and words.strip():
            yield block


def dropped_paragraph(page: Page) -> Iterator[tuple[int, str]]:
    for block in paragraphs(page):
        yield without(page, *whole_lines(page, block.start, block.end))


def sentence_ends(page: Page, block: Block) -> list[int]:
    """Where a paragraph can be split in two parts of some length."""
    words = page.text.text[block.start : block.end]
    ends = [block.start + found.end() for found in re.finditer(r"[.!?] (?=[A-Z])", words)]
    return [end for end in ends if block.start + 40 < end < block.end - 40]


def dropped_paragraph_and_another_split(page: Page) -> Iterator[tuple[int, str]]:
    """The number of paragraphs stays as it was."""
    for dropped in paragraphs(page):
        for other in paragraphs(page):
            ends = sentence_ends(page, other)
            if other.start == dropped.start or not ends:
                continue
            start, end = whole_lines(page, dropped.start, dropped.end)
            text = page.text.text
            at = ends[0]
            if at < start:
                yield start + 1, f"{text[:at]}\n\n{text[at:start]}{text[end:]}"
            else:
                yield start, f"{text[:start]}{text[end:at]}\n\n{text[at:]}"
            break


def dropped_item(page: Page) -> Iterator[tuple[int, str]]:
    for block in page.blocks:
        if block.inside == "item" and block.is_first and len(block.containers) == 1:
            yield without(page, *whole_lines(page, block.containers[-1].start, block.end))


def dropped_row(page: Page) -> Iterator[tuple[int, str]]:
    heads = {block.row: block for block in page.blocks if block.kind == "cell"}
    for row in list(heads)[1:]:
        yield without(page, *whole_lines(page, row, row))


def dropped_link(page: Page) -> Iterator[tuple[int, str]]:
    """The words stay."""
    for link in page.links:
        if not link.is_image:
            end = link.address_start + len(link.address) + 1
            yield link.start, page.text.text[: link.start] + link.words + page.text.text[end:]


def dropped_heading(page: Page) -> Iterator[tuple[int, str]]:
    for heading in page.headings[1:]:
        yield without(page, *whole_lines(page, heading.start, heading.start))


def dropped_section(page: Page) -> Iterator[tuple[int, str]]:
    for section in page.sections[1:]:
        yield without(page, section.start, section.end)


def dropped_call(page: Page) -> Iterator[tuple[int, str]]:
    for call in page.calls:
        yield without(page, call.start, call.end)


def split_paragraph(page: Page) -> Iterator[tuple[int, str]]:
    for block in paragraphs(page):
        for end in sentence_ends(page, block)[:1]:
            yield end, f"{page.text.text[:end].rstrip()}\n\n{page.text.text[end:]}"


def joined_paragraphs(page: Page) -> Iterator[tuple[int, str]]:
    text = page.text.text
    found = list(paragraphs(page))
    for first, second in pairwise(found):
        if not text[first.end : second.start].strip():
            for between in (" ", "\n"):
                yield first.start, f"{text[: first.end]}{between}{text[second.start :]}"


def emphasised_words(page: Page) -> Iterator[tuple[int, str]]:
    for block in paragraphs(page):
        found = re.search(r"(?<= )[a-zéíóáàè]{4,}(?= )", page.live.text[block.start : block.end])
        if found:
            start, end = (block.start + place for place in found.span())
            text = page.text.text
            yield start, f"{text[:start]}**{text[start:end]}**{text[end:]}"


def rewrapped_lines(page: Page) -> Iterator[tuple[int, str]]:
    for block in paragraphs(page):
        words = page.text.text[block.start : block.end]
        if "{{" not in words and "[" not in words:
            wrapped = re.sub(r"(.{40}\S*) (?=\w)", r"\1\n", words)
            text = page.text.text
            yield block.start, text[: block.start] + wrapped + text[block.end :]


@pytest.fixture(scope="session")
def pairs(project: Project) -> list[tuple[Page, Page]]:
    """Each translation with its source."""
    pages, problems = read_pages(project)
    assert not problems
    sources = {page.name: page for page in pages if page.locale == "fr"}
    mixed = [read_page(f"content/{one}/mixed.md", one, "mixed", MIXED)[0] for one in ("fr", "en")]
    own = [(sources[page.name], page) for page in pages if page.locale != "fr"]
    return [*own, (mixed[0], mixed[1])]


def outcomes(
    pairs: list[tuple[Page, Page]], records: Records, edits: Edits
) -> Iterator[tuple[str, int, list[Problem]]]:
    """For each edit of each page: where it is, its line, and what is then reported."""
    known = signatures(records)
    for source, page in pairs:
        for offset, text in edits(page):
            edited, _ = read_page(page.path, page.locale, page.name, text)
            line = edited.text.place(min(offset, len(text)))[0]
            yield (
                f"{page.path}:{line}",
                line,
                check_structure([source, edited], "fr", known),
            )


FAULTS = (
    dropped_paragraph,
    dropped_paragraph_and_another_split,
    dropped_item,
    dropped_row,
    dropped_link,
    dropped_heading,
    dropped_section,
    dropped_call,
)
HARMLESS = (split_paragraph, joined_paragraphs, emphasised_words, rewrapped_lines)


@pytest.mark.parametrize("fault", FAULTS)
def test_faults_are_found_on_their_place(
    pairs: list[tuple[Page, Page]], records: Records, fault: Edits
) -> None:
    found = 0
    missed: list[str] = []
    for place, line, problems in outcomes(pairs, records, fault):
        lines = [one.line for one in problems if one.severity == "error"]
        is_list = fault in (dropped_item, dropped_row)  # reported where the list begins
        if any(line - (40 if is_list else NEAR) <= one <= line + NEAR for one in lines):
            found += 1
        else:
            missed.append(f"{place}: {[str(one) for one in problems]}")
    assert found >= FOUND * (found + len(missed)) > 0, "\n".join(missed)


@pytest.mark.parametrize("edit", HARMLESS)
def test_what_harms_nothing_is_no_error(
    pairs: list[tuple[Page, Page]], records: Records, edit: Edits
) -> None:
    errors = [
        str(problem)
        for _, _, problems in outcomes(pairs, records, edit)
        for problem in problems
        if problem.severity == "error"
    ]
    assert errors == []
