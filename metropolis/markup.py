"""What is markup and what is text: a type says which, and this is the one place that makes markup.

A text is a `str`, whoever wrote it: a label, a title, a page's words. `Markup` is finished HTML:
what Jinja, Markdown or a parser has written, and what is made here of parts. Whatever meets the two
(a template, `in_html`, `element`) escapes the first and leaves the second: a text that somebody
forgets stays a text (decision 19)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from markupsafe import Markup, escape

__all__ = ["Markup", "element", "finished", "in_html", "joined", "words_of"]

_TAG = re.compile(r"<[^>]*>")


def finished(html: str) -> Markup:
    """HTML that a template, Markdown or a parser has written, or that is typed in the code; never a
    text."""
    return Markup(html)


def in_html(value: str) -> Markup:
    """As it stands in HTML, between tags or in quotes: a text escaped, markup as it is."""
    return escape(value)


def element(name: str, content: str, **attributes: str) -> Markup:
    """An element with a text or markup in it. `data_definition` and `class_` stand for names that
    Python has not."""
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(str(value))}"'
        for key, value in attributes.items()
    )
    return Markup(f"<{name}{given}>{escape(content)}</{name}>")


def joined(between: str, parts: Iterable[str]) -> Markup:
    """Texts and markup one after the other, with `between`, a text, between them."""
    return Markup(between and escape(between)).join(parts)


def words_of(html: str) -> str:
    """The text of HTML, as it is: what a reader of it reads, for places where no tag may stand."""
    return Markup(_TAG.sub("", html)).unescape()
