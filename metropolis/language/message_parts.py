"""The parts of a text of data/strings.yml that are read each for itself: what is around its
plurals, and each of their forms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_PLURAL = re.compile(r"\{[a-z]+, *plural,")
_FORM = re.compile(r"\s*([a-z]+|=\d+)\s*\{")
# What the site fills: "{n}", and "#" in a form.
_BLANK = re.compile(r"\{[a-z][a-z_-]*\}")
_BLANK_OR_NUMBER = re.compile(rf"#|{_BLANK.pattern}")


@dataclass(frozen=True)
class MessagePart:
    """`category` is that of a form ("other"), "" for what is around; it begins at `start` of the
    whole text. `blanks`: the places in the whole text that are no words."""

    category: str
    start: int
    text: str
    blanks: tuple[tuple[int, int], ...]


def message_parts(text: str) -> list[MessagePart]:
    """The parts of a well-formed text; a text without a plural is one."""
    forms: list[MessagePart] = []
    plurals: list[tuple[int, int]] = []
    end = 0
    while plural := _PLURAL.search(text, end):
        end = plural.end()
        while form := _FORM.match(text, end):
            end = _closing(text, form.end())
            blanks = _blanks(_BLANK_OR_NUMBER, text, form.end(), end - 1)
            forms.append(MessagePart(form[1], form.end(), text[form.end() : end - 1], (*blanks,)))
        end = _closing(text, end)
        plurals.append((plural.start(), end))
    outside = [one for one in _blanks(_BLANK, text, 0, len(text)) if not _is_inside(one, plurals)]
    return [MessagePart("", 0, text, (*sorted([*outside, *plurals]),)), *forms]


def _blanks(form: re.Pattern[str], text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    return (match.span() for match in form.finditer(text, start, end))


def _is_inside(span: tuple[int, int], spans: list[tuple[int, int]]) -> bool:
    return any(start <= span[0] < end for start, end in spans)


def _closing(text: str, start: int) -> int:
    """Behind the brace that closes what is open at `start`."""
    depth = 1
    for place in range(start, len(text)):
        depth += {"{": 1, "}": -1}.get(text[place], 0)
        if not depth:
            return place + 1
    return len(text)
