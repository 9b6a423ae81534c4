"""Faults put into a page of a translation, and edits of it that harm nothing: its structure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from metropolis.content.blocks import Block
from metropolis.content.page import Page

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

![Metropolis](image.png)

[^1]: A note with words.
"""

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


def dropped_image(page: Page) -> Iterator[tuple[int, str]]:
    for link in page.links:
        if link.is_image:
            yield without(page, link.start, link.address_start + len(link.address) + 1)


def changed_address(page: Page) -> Iterator[tuple[int, str]]:
    for link in page.links:
        start, end = link.address_start, link.address_start + len(link.address)
        text = page.text.text
        other = "https://www.example.org/other" if "://" in link.address else "vision.md"
        if link.address.partition("#")[0] != other:
            yield link.start, text[:start] + other + text[end:]


def changed_call(page: Page) -> Iterator[tuple[int, str]]:
    """Another call of the page stands in its place."""
    text = page.text.text
    for call, other in zip(page.calls, (*page.calls[1:], *page.calls[:1]), strict=True):
        if str(call) != str(other):
            words = text[other.start : other.end]
            yield call.start, f"{text[: call.start]}{words}{text[call.end :]}"


STRUCTURE = (
    dropped_paragraph,
    dropped_paragraph_and_another_split,
    dropped_item,
    dropped_row,
    dropped_link,
    changed_address,
    dropped_image,
    dropped_heading,
    dropped_section,
    dropped_call,
    changed_call,
)
HARMLESS = (split_paragraph, joined_paragraphs, emphasised_words, rewrapped_lines)
