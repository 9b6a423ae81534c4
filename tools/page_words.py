"""The words of built pages, as tests compare them with the plan and with one another."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

_SIGNS = str.maketrans({"’": "'", "–": "-", "—": "-"})
_HEADING = re.compile(r"h[1-6]")


def plain(text: str) -> str:
    """The text in small letters, with straight apostrophes, hyphens for dashes, single spaces."""
    return " ".join(text.translate(_SIGNS).split()).lower()


def section_text(content: HtmlElement, anchor: str) -> str:
    """The text from a heading to the next one that is not below it; without an anchor, all of
    it."""
    if not anchor:
        return plain("".join(content.itertext()))
    start = content.get_element_by_id(anchor)
    assert _HEADING.fullmatch(start.tag), f"#{anchor} is no heading"
    elements = list(content.iter())
    texts = list(start.itertext())
    for element in elements[elements.index(start) + len(list(start.iter())) :]:
        if isinstance(element.tag, str):
            if _HEADING.fullmatch(element.tag) and element.tag <= start.tag:
                break
            texts.append(element.text or "")
        texts.append(element.tail or "")
    return plain("".join(texts))


def passages(content: HtmlElement) -> list[str]:
    """The paragraphs, list items and terms of a page, each without those that it holds."""
    held = content.xpath(".//*[self::p or self::li or self::dd][not(.//p or .//li or .//dd)]")
    return [text for element in held if (text := " ".join(element.text_content().split()))]
