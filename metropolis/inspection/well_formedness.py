"""Checks that no template is left, and that a browser reads a page exactly as it is written. It
repairs broken markup, and the result may run code: a second `<body>` gives its attributes to the
first one. So each `<` must begin a tag, and the parsed tree, written out, must give the same."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import lru_cache

from turbohtml import Document

from metropolis.content.page_text import PageText, excerpt
from metropolis.hidden_characters import code_point, find_hidden
from metropolis.inspection.facts import Refusal, position_of

# Browsers stop nesting at 512 levels and continue with siblings; our own pages have up to 12.
DEEPEST = 100
_TOO_DEEP = ">".join("*" * (DEEPEST + 1))
_FIX = "Fix the page, macro or template that wrote it."
# These have no content, so their end tag is optional: void elements, and the shapes of a drawing.
_EMPTY = "area|base|br|circle|col|embed|hr|img|input|line|link|meta|path|rect|source|use|wbr"
# A tag, as "p" or "/p"; "" for any other “<”. The end tags of empty elements are skipped.
_TAG = re.compile(rf"<(?!/(?:{_EMPTY})>)(/?[a-zA-Z][^ \t\n\f\r/>]*)?")
_DOCTYPE = re.compile(r"\s*<!doctype html>", re.IGNORECASE)
_REFERENCE = re.compile(r"&(?:#(?:[xX]([0-9a-fA-F]{1,6})|([0-9]{1,7}))(?![0-9a-fA-F])|\w+);?")
# Not reported here: `_find_hidden` names characters, and browsers show unknown entities as typed.
_REPORTED_ELSEWHERE = re.compile(
    r"(?:control-character|noncharacter|surrogate)-.*|unexpected-null-.*|null-.*|unknown-named-.*"
)

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
    """Each piece of template, such as `{{ figure("members") }}`. Scripts, styles and comments are
    skipped: nobody reads them, and `}}` is normal there."""
    live = _INERT.sub(_blank, source.text)
    if any(sign.search(live) for sign in _SIGNS):
        for remain in _REMAIN.finditer(live):
            what = f"Template code is left: “{excerpt(remain[0])}”."
            yield Refusal(*source.place(remain.start()), what, _FIX)


def _blank(match: re.Match[str]) -> str:
    """The same lines, blanked; a start tag keeps its attributes, which are live."""
    tag = f"<{match[1]}" if match[1] else ""
    return tag + "\n".join(" " * len(line) for line in match[0][len(tag) :].split("\n"))


def find_misreadings(source: PageText, document: Document) -> Iterator[Refusal]:
    """Everything in a page that a browser reads differently from how it is written, or hides.
    `document` is the tree that a browser builds from it."""
    text = source.text
    for offset, character in _find_hidden(text):
        what = f"An invisible character ({code_point(character)}) is here."
        yield Refusal(*source.place(offset), what, _FIX)
    for error in document.errors:
        if not _REPORTED_ELSEWHERE.fullmatch(error.code):
            what = f"The markup is broken here ({error.code.replace('-', ' ')})."
            yield Refusal(error.line, error.col + 1, what, _FIX)
    doctype = _DOCTYPE.match(text)
    if doctype is None:
        yield Refusal(1, 1, "The page does not begin with “<!doctype html>”.", _FIX)
    if (deep := document.select_one(_TOO_DEEP)) is not None:
        what = f"Elements are nested more than {DEEPEST} deep here."
        yield Refusal(*position_of(deep), what, "Fix the template that nests them.")
    written, read = _TAG.findall(text), _TAG.findall(document.html)
    if written != read or written.count("") != 1:
        yield from _find_differences(source, doctype.end() if doctype else 0, read)


def _find_hidden(text: str) -> Iterator[tuple[int, str]]:
    """(offset, character) of invisible characters, typed or as references (`&#x202e;`, `&rlm;`)."""
    yield from find_hidden(text)
    for reference in _REFERENCE.finditer(text):
        for character in _hidden_in(reference[0]):
            yield reference.start(), character


@lru_cache(maxsize=4_000)  # Pages repeat the same few.
def _hidden_in(reference: str) -> list[str]:
    """The invisible characters that a reference means."""
    code = -1
    if found := _REFERENCE.fullmatch(reference):
        code = int(found[1], 16) if found[1] else int(found[2] or -1)
    meant = chr(code) if 0 <= code <= 0x10FFFF else html.unescape(reference)
    return [character for _, character in find_hidden(meant)]


def _find_differences(source: PageText, begin: int, read: list[str]) -> Iterator[Refusal]:
    """Each “<” from `begin` on that begins no tag, and the first tag that is not in `read`."""
    text = source.text
    turn = (tag for tag in read if tag)
    is_reported = False
    for found in _TAG.finditer(text, begin):
        place, tag = source.place(found.start()), (found[1] or "").lower()
        if not tag:
            yield Refusal(*place, *_beside(text, found.start()))
        elif not is_reported and tag != next(turn, "").lower():
            is_reported = True
            what = f"<{tag}> is not read as it is written: it is not allowed here, or what is open"
            yield Refusal(*place, f"{what} here is not closed.", _FIX)
    if not is_reported and (missing := next(turn, "")):
        what = f"<{missing}> is missing at the end of the page."
        yield Refusal(*source.place(len(text)), what, _FIX)


def _beside(text: str, start: int) -> tuple[str, str]:
    if text.startswith("<!--", start):
        return "Here is a comment, which readers receive too.", "Remove it."
    if text.startswith(("<!", "<?"), start):
        return "Here is a declaration or a processing instruction.", "Remove it."
    return "Here is a “<” that begins no tag.", "Write &lt;."
