"""Separates markup from text by type; the only place that creates markup. A text is a `str`,
whoever wrote it. `Markup` is finished HTML: of Jinja, Markdown, a parser, or built here from parts.
What joins the two (a template, `in_html`, `element`) escapes text and leaves markup unchanged: a
text stays a text, even if somebody forgets to escape it (decision 19)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from markupsafe import Markup, escape

__all__ = ["Markup", "element", "finished", "in_html", "joined", "words_of"]

_TAG = re.compile(r"<[^>]*>")


def finished(html: str) -> Markup:
    """HTML from a template, Markdown, a parser or our code as markup; never use it for a text."""
    return Markup(html)


def in_html(value: str) -> Markup:
    """The value between tags or in quotes: text escaped, markup unchanged."""
    return escape(value)


def element(name: str, content: str, **attributes: str) -> Markup:
    """An element with a text or markup. `data_definition` and `class_` give such attributes."""
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(str(value))}"'
        for key, value in attributes.items()
    )
    return Markup(f"<{name}{given}>{escape(content)}</{name}>")


def joined(between: str, parts: Iterable[str]) -> Markup:
    """Texts and markup in a row, separated by the text `between`."""
    return Markup(between and escape(between)).join(parts)


def words_of(html: str) -> str:
    """The text of HTML as readers see it, for places that allow no tags."""
    return Markup(_TAG.sub("", html)).unescape()
