"""An extension of Markdown: a backslash before a sign shows the sign, as everywhere else.
Python-Markdown knows sixteen, and prints the backslash before others, such as those that word
processors' exports write: `L\\'eau`, `\\~`, `\\$`. Listed in mkdocs.yml."""

from __future__ import annotations

import string
from typing import Any

from markdown import Extension, Markdown

# Not "&": entities are checked where they are read (inlines.py), and one may not hide in an escape.
ESCAPED = string.punctuation.replace("&", "")


class SignEscapes(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        md.ESCAPED_CHARS = [*ESCAPED]


def makeExtension(**options: Any) -> SignEscapes:  # noqa: N802
    return SignEscapes(**options)
