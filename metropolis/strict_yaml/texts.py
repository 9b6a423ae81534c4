"""Checks how a text is written: reports what libyaml reads otherwise than YAML 1.2, or than it
looks, as (line, column, what is wrong, how to fix it), counted from 1."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

Finding = tuple[int, int, str, str]

_QUOTE = "Put the text in double quotes."
_HYPHEN_MENDED = "Indent it like the other items of its list, or put the text in double quotes."
# A number would give the indentation of the text: programs disagree about it if lines are empty.
_HEADER = re.compile(r"[|>][-+]? *\r?\Z")
_HEADER_MENDED = "Put the text in double quotes, or begin it in the next line."
_BLANK_REST = re.compile(r"[ \r\n]*")
_DASHES, _NO_BREAK = tuple("–—•"), tuple("\u00a0\u202f\u2007\u3000")
_COLON = re.compile(rf"([a-z][a-z0-9-]*)[\u00a0\u202f]?(?:：|:[{''.join(_NO_BREAK)}])")
# An opening mark, and its possible closing marks.
_QUOTATION = {
    **dict.fromkeys("“„‟”", "”“"),
    **dict.fromkeys("«»", "»«"),
    **dict.fromkeys("‘‚‛’", "’‘"),
    **dict.fromkeys("＂", "＂"),
}
_HYPHEN = re.compile(r"\n *-(?=[ \r\n]|\Z)")


def check_scalar(event: Any, text: str, flow: bool) -> Iterator[Finding]:
    """Problems of how the scalar of `event` is written; `flow`: it is in brackets or braces."""
    if event.style in ("|", ">"):
        yield from _check_block(event, text)
    elif not event.style and event.start_mark.index != event.end_mark.index:
        yield from _check_plain(event, text, flow)


def lines_too_far_left(lines: list[str], first: int, last: int, indentation: int) -> Iterator[int]:
    """The lines after `first` up to `last` (from 0) that are not indented by more."""
    for number in range(first + 1, last + 1):
        words = lines[number].lstrip(" ")
        if words.strip() and len(lines[number]) - len(words) <= indentation:
            yield number


def _check_block(event: Any, text: str) -> Iterator[Finding]:
    start, end = event.start_mark, event.end_mark
    header, _, block = text[start.index : end.index].partition("\n")
    if not _HEADER.match(header):
        what = "Something after > or | is ignored."
        yield start.line + 1, start.column + 1, what, _HEADER_MENDED
        return
    deepest, first = _leading_lines(block)
    if deepest > max(first, 0):
        what = "The empty lines at the beginning of this text have more spaces than its first line."
        yield start.line + 1, start.column + 1, what, "Delete their spaces."
    # With libyaml the blank space at the end of a file does not always belong to the text.
    rest = _BLANK_REST.match(text, end.index)
    if rest and rest.end() == len(text) and text.endswith(" "):
        last = text.rstrip(" ")
        if last.endswith("\n"):
            line = start.line + text.count("\n", start.index) + 1
            yield line, 1, "The last line of the file has only spaces.", "Delete it."


def _leading_lines(block: str) -> tuple[int, int]:
    """The most spaces of the empty lines before a text, and the spaces of its first line."""
    deepest = 0
    for line in block.split("\n"):
        words = line.rstrip("\r").lstrip(" ")
        if words:
            return deepest, len(line) - len(line.lstrip(" "))
        deepest = max(deepest, len(line.rstrip("\r")))
    return deepest, -1


def check_yaml_name(event: Any) -> Iterator[Finding]:
    """A name written by a word processor or on a French keyboard: `– id:`, `name :`."""
    yield from check_quotes(event)
    start, end = event.start_mark, event.end_mark
    if event.value[:1] in _DASHES:
        what = f"“{event.value[0]}” begins no item of a list."
        yield start.line + 1, start.column + 1, what, "Write a hyphen and a space: - id: …"
    if event.value[-1:] in _NO_BREAK:
        what = "A no-break space is before this colon."
        yield end.line + 1, end.column + 1, what, "Delete it."


def check_quotes(event: Any) -> Iterator[Finding]:
    """Typographic quotation marks in place of YAML's own: they would become part of the text."""
    text = event.value
    if event.style or text[:1] not in _QUOTATION:
        return
    first, last = text[0], _QUOTATION[text[0]]
    inner = text[1:].strip(f'{last}" \u00a0\u202f')
    if text[-1] in last and (first in inner or set(last) & set(inner)):
        return  # words in quotation marks, and other words after them
    is_text = set(text[1:]) & set(last) and text[-1] not in last
    if not is_text:
        start = event.start_mark
        what = f"“{first}” is no quotation mark of YAML, and would be part of the text."
        is_closed = '"' not in text
        how = f'Write "{inner}"'
        how += f', or "{text}" if readers are to see the marks.' if is_closed else "."
        yield start.line + 1, start.column + 1, what, how


def _check_plain(event: Any, text: str, flow: bool) -> Iterator[Finding]:
    start, end = event.start_mark, event.end_mark
    yield from check_quotes(event)
    before = text[text.rfind("\n", 0, start.index) + 1 : start.index]
    if (found := _COLON.match(event.value)) and not before.strip(" -"):
        what = "This colon, or the space after it, is not an ordinary one."
        place = start.column + found.end(1) + 1
        yield start.line + 1, place, what, 'Write name: "…", with an ordinary colon and space.'
    if flow and event.value == "-":
        yield start.line + 1, start.column + 1, "There is a lone hyphen in brackets.", 'Write "-".'
    if start.line == end.line:
        return
    if flow:
        what = "A text without quotes continues on the next line, in brackets."
        yield start.line + 1, start.column + 1, what, _QUOTE
    elif found := _HYPHEN.search(text, start.index, end.index):
        line = start.line + text.count("\n", start.index, found.start()) + 2
        what = "This hyphen would be a part of the text before it, not the beginning of an item."
        yield line, found.end() - found.start() - 1, what, _HYPHEN_MENDED
