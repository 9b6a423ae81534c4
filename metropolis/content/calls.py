"""Whether the calls in pages are right: the name, the number and kind of the arguments, the ids, the place.

The macros say what they accept (`MacroSignature`); nothing of them runs here. A wrong call found now is one
line for each mistake, all pages at once. Found by Jinja, it would be a traceback, and only the first. What a
call looks like is in `call_grammar.py`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from inspect import Parameter
from typing import TYPE_CHECKING

from metropolis.content.call_grammar import Call, Value, parse_calls, written
from metropolis.problem import Problem

if TYPE_CHECKING:
    from metropolis.content.page import Page

__all__ = ["Call", "MacroSignature", "Value", "check_calls", "identity", "parse_calls"]

_FEW = 12


@dataclass(frozen=True)
class MacroSignature:
    """What a page may write to call the macro `name`; a block macro stands alone on its line.

    `parameters` are annotated `str` or `int`; `allowed` gives, by a parameter's name, the ids or numbers it
    accepts, and leaves the words of the others free. A starred parameter takes one value or more.
    """

    name: str
    parameters: tuple[Parameter, ...] = ()
    allowed: Mapping[str, frozenset[Value]] = field(default_factory=dict)
    is_block: bool = False

    @property
    def example(self) -> str:
        """A right call, to imitate."""
        values = [self._example_of(parameter) for parameter in self.parameters if _is_required(parameter)]
        return f"{{{{ {self.name}({', '.join(values)}) }}}}"

    def _example_of(self, parameter: Parameter) -> str:
        allowed = self.allowed.get(parameter.name)
        if allowed:
            return written(min(allowed, key=str))
        return "1" if _is_number(parameter) else '"…"'

    def bind(self, call: Call) -> tuple[list[tuple[Parameter, Value]], list[str]]:
        """Each value of `call` with its parameter; and in words, what is missing or too much."""
        bound: list[tuple[Parameter, Value]] = []
        complaints: list[str] = []
        open_parameters = list(self.parameters)
        for value in call.arguments:
            if not open_parameters:
                complaints.append(f"{written(value)} is one argument too many")
                continue
            bound.append((open_parameters[0], value))
            if open_parameters[0].kind is not Parameter.VAR_POSITIONAL:
                open_parameters.pop(0)
        for key, value in call.keywords:
            parameter = next((p for p in open_parameters if p.name == key and p.kind is not p.VAR_POSITIONAL), None)
            if parameter is None:
                complaints.append(f"{key}={written(value)} is one argument too many")
                continue
            bound.append((parameter, value))
            open_parameters.remove(parameter)
        given = {parameter.name for parameter, _ in bound}
        missing = [p.name for p in self.parameters if _is_required(p) and p.name not in given]
        return bound, complaints + [f"the argument “{name}” is missing" for name in missing]

    def fixed(self, call: Call) -> list[Value]:
        """The ids and numbers that `call` gives: all but its free words."""
        return [value for parameter, value in self.bind(call)[0] if self._is_fixed(parameter)]

    def _is_fixed(self, parameter: Parameter) -> bool:
        return parameter.name in self.allowed or _is_number(parameter)


def _is_number(parameter: Parameter) -> bool:
    # Under `from __future__ import annotations` a parameter's annotation is text.
    return parameter.annotation in (int, "int")


def _is_required(parameter: Parameter) -> bool:
    return parameter.default is Parameter.empty


def check_calls(pages: Iterable[Page], signatures: Mapping[str, MacroSignature]) -> list[Problem]:
    """A problem for each call in `pages` that the macros would not accept, or that stands where it cannot."""
    problems: list[Problem] = []
    for page in pages:
        for call in page.calls:
            signature = signatures.get(call.name)
            if signature is None:
                problems.append(_refuse_name(page, call, signatures))
            else:
                problems += _check_arguments(page, call, signature)
                problems += _check_position(page, call, signature)
    return problems


def identity(call: Call, signatures: Mapping[str, MacroSignature]) -> str:
    """`call` without its free words: what must be the same in every language."""
    signature = signatures.get(call.name)
    if signature is None:
        return str(call)
    fixed = ", ".join(map(written, signature.fixed(call)))
    return f"{{{{ {call.name}({fixed}) }}}}"


def _refuse_name(page: Page, call: Call, signatures: Mapping[str, MacroSignature]) -> Problem:
    what = f"“{call.name}” is not the name of a ready-made block."
    near = get_close_matches(call.name, signatures, 1, 0.6)
    if near:
        return page.text.problem(call.start, what, how=f"Did you mean {signatures[near[0]].example}?")
    return page.text.problem(call.start, what, f"The ready-made blocks are: {', '.join(sorted(signatures))}.")


def _check_arguments(page: Page, call: Call, signature: MacroSignature) -> list[Problem]:
    bound, complaints = signature.bind(call)
    problems = [
        page.text.problem(call.start, f"In {call}, {complaint}.", f"It is called like {signature.example}.")
        for complaint in complaints
    ]
    for parameter, value in bound:
        allowed = signature.allowed.get(parameter.name)
        if isinstance(value, int) is not _is_number(parameter):
            kind = "a number without quotes" if _is_number(parameter) else "a text in double quotes"
            what = f"In {call}, {written(value)} is not {kind}."
            problems.append(page.text.problem(call.start, what, f"It is called like {signature.example}."))
        elif allowed is not None and value not in allowed:
            problems.append(_refuse_value(page, call, value, allowed))
    return problems


def _refuse_value(page: Page, call: Call, value: Value, allowed: Collection[Value]) -> Problem:
    what = f"{written(value)} is not known to {call.name}."
    near = get_close_matches(str(value), map(str, allowed), 1, 0.6) if isinstance(value, str) else []
    if near:
        right = str(call).replace(written(value), written(near[0]))
        return page.text.problem(call.start, what, how=f"Did you mean {right}?")
    if 0 < len(allowed) <= _FEW:
        known = ", ".join(written(value) for value in sorted(allowed, key=str))
        return page.text.problem(call.start, what, f"It knows {known}.")
    return page.text.problem(
        call.start, what, f"The ids it knows stand in the data, like {written(min(allowed, key=str))}."
    )


def _check_position(page: Page, call: Call, signature: MacroSignature) -> list[Problem]:
    if call.start < page.body_start:
        what = f"{call} stands in the page's header, where only words may."
        return [page.text.problem(call.start, what, how="Write the words.")]
    if any(start <= call.start < end for start, end in page.code):
        what = f"{call} stands in code, and runs all the same."
        return [page.text.problem(call.start, what, how="Take it out of the code.")]
    if not signature.is_block:
        return []
    text = page.text.text
    before, after = text[: call.start].split("\n")[-2:], text[call.end :].split("\n")[:2]
    if before[-1] or after[0].strip(" "):
        what = f"{call} is a block, and other words stand on its line."
    elif any(line.strip(" ") for line in [*before[:-1], *after[1:]]):
        what = f"{call} is a block, and the line before or after it is not empty."
    else:
        return []
    return [page.text.problem(call.start, what, "A block stands alone on its line, between two empty lines.")]
