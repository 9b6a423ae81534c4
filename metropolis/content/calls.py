"""Whether the calls in pages are right: the name, the arguments, the ids, the place."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from difflib import get_close_matches

from metropolis.content.call_grammar import Call, Value, written
from metropolis.content.macro_signature import MacroSignature, Signatures, is_number
from metropolis.content.page import Page
from metropolis.content.page_text import excerpt
from metropolis.problem import Problem

_FEW = 12
_LONGEST_CALL = 200  # characters shown
# Looking for what was meant takes a moment each time: only so many problems of a page get it.
_MOST_SUGGESTED = 100
_Words = tuple[str, str, str]  # what is wrong, what was expected, how to fix it


def check_calls(pages: Iterable[Page], signatures: Signatures) -> list[Problem]:
    problems: list[Problem] = []
    for page in pages:
        for call in page.calls:
            room = _MOST_SUGGESTED - len(problems)
            if signature := signatures.get(call.name):
                words = list(_check_position(page, call, signature))
                if not _is_in_code(page, call):  # there, its arguments do not matter
                    words = [*_check_arguments(call, signature, room), *words]
            else:
                words = [_unknown_name(call, signatures, room > 0)]
            problems += [page.problem(call.start, *one) for one in words]
    return problems


def wrong_calls(page: Page, signatures: Signatures) -> set[int]:
    """Where calls begin that are rejected: of these, no other check needs to say anything."""
    wrong = {start for start, _ in page.rejected}
    for call in page.calls:
        signature = signatures.get(call.name)
        if signature is None or not signature.accepts(call):
            wrong.add(call.start)
    return wrong


def _unknown_name(call: Call, signatures: Signatures, may_suggest: bool) -> _Words:
    what = f"“{excerpt(call.name)}” is not the name of a ready-made block."
    for near in get_close_matches(call.name, signatures, 1, 0.6) if may_suggest else ():
        meant, signature = replace(call, name=near), signatures[near]
        own = excerpt(str(meant), _LONGEST_CALL)
        is_right = not any(_check_arguments(meant, signature, 0))
        return what, "", f"Did you mean {own if is_right else signature.example}?"
    return what, f"The ready-made blocks are: {', '.join(sorted(signatures))}.", ""


def _check_arguments(call: Call, signature: MacroSignature, room: int) -> Iterator[_Words]:
    """`room`: for how many more problems what was meant may be looked for."""
    bound, complaints = signature.bind(call)
    shown = excerpt(str(call), _LONGEST_CALL)
    expected = f"It is called like {signature.example}."
    for complaint in complaints:
        yield f"In {shown}, {complaint}.", expected, ""
    given = {parameter.name: value for parameter, value, _ in bound}
    for number, (parameter, value, _) in enumerate(bound, len(complaints)):
        if not signature.takes(parameter, value):
            kind = "a number without quotes" if is_number(parameter) else "a text in double quotes"
            yield f"In {shown}, {excerpt(written(value))} is not {kind}.", expected, ""
        elif not signature.knows(parameter, value, given):
            choices = signature.choices(parameter, given) or ()
            yield _unknown_value(call, value, choices, may_suggest=number < room)


def _unknown_value(
    call: Call, value: Value, allowed: Collection[Value], may_suggest: bool
) -> _Words:
    what = f"{excerpt(written(value))} is not known to {call.name}."
    if not allowed:
        return what, "The data has nothing of this kind.", "Take the call out."
    if may_suggest and isinstance(value, str):
        for near in get_close_matches(value[:_LONGEST_CALL], map(str, allowed), 1, 0.6):
            right = excerpt(str(call).replace(written(value), written(near)), _LONGEST_CALL)
            return what, "", f"Did you mean {right}?"
    if len(allowed) <= _FEW:
        known = ", ".join(written(value) for value in sorted(allowed, key=str))
        return what, f"It knows {known}.", ""
    example = written(min(allowed, key=str))
    return what, f"The ids that it knows are in the data, like {example}.", ""


def _is_in_code(page: Page, call: Call) -> bool:
    number = bisect_right(page.code, (call.start, len(page.text.text)))
    return number > 0 and call.start < page.code[number - 1][1]


def _check_position(page: Page, call: Call, signature: MacroSignature) -> Iterator[_Words]:
    shown = excerpt(str(call), _LONGEST_CALL)
    if call.start < page.body_start:
        what = f"{shown} is in the page's header, where only words are allowed."
        yield what, "", "Write the words."
    elif _is_in_code(page, call):
        yield f"{shown} is in code, and runs all the same.", "", "Take it out of the code."
    elif signature.is_block:
        line = page.text.place(call.start)[0]
        before, own, after = ["", *page.text.lines, ""][line - 1 : line + 2]
        wrong = "the line before or after it is not empty" if (before + after).strip(" ") else ""
        if own.rstrip(" ") != page.text.text[call.start : call.end]:
            wrong = "other words are on its line"
        if wrong:
            expected = "A block is alone on its line, between two empty lines."
            yield f"{shown} is a block, and {wrong}.", expected, ""
