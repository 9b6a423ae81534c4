"""Finds template code that was not expanded, such as `{{ figure("members") }}` in a sentence.
Scripts, styles and comments are skipped: nobody reads them, and `}}` is normal there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from metropolis.content.page_text import PageText, excerpt
from metropolis.inspection.facts import Refusal

_OPEN = r"(?:\{|&#123;|&#x7b;|&lcub;|&lbrace;)"
_CLOSE = r"(?:\}|&#125;|&#x7d;|&rcub;|&rbrace;)"
_REMAIN = re.compile(
    rf"{_OPEN}{_OPEN}.{{0,300}}?{_CLOSE}{_CLOSE}"
    rf"|{_OPEN}%.{{0,300}}?%{_CLOSE}"
    rf"|{_OPEN}\#.{{0,300}}?\#{_CLOSE}"
    rf"|{_OPEN}(?:{_OPEN}|[%\#])"
    rf"|(?:{_CLOSE}|[%\#]){_CLOSE}",
    re.I | re.S,
)
# A fast test for it. Patterns that begin with a single character skip all others ten times as fast.
_SIGNS = (
    re.compile(r"\{[{%#]"),
    re.compile(r"\}(?<=[}%#]\})"),
    re.compile(r"&(?i:#12[35]|#x7[bd]|[lr]cub|[lr]brace);"),
)
_INERT = re.compile(
    r"<(?i:!--.*?(?:-->|\Z)|((?:script|style)\b[^>]*>).*?(?=</(?:script|style)\b|\Z))", re.S
)


def find_remains(source: PageText) -> Iterator[Refusal]:
    """Each piece of template in the live part of a page."""
    live = _INERT.sub(_blank, source.text)
    if any(sign.search(live) for sign in _SIGNS):
        for remain in _REMAIN.finditer(live):
            what = f"Template code is left: “{excerpt(remain[0])}”."
            how = "Fix the page, macro or template that wrote it."
            yield Refusal(*source.place(remain.start()), what, how)


def _blank(match: re.Match[str]) -> str:
    """The same lines, blanked; a start tag keeps its attributes, which are live."""
    tag = f"<{match[1]}" if match[1] else ""
    return tag + "\n".join(" " * len(line) for line in match[0][len(tag) :].split("\n"))
