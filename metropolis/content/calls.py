"""Whether the calls in pages are right: the name, the number and kind of the arguments, the ids,
the place.

The macros say what they accept (`MacroSignature`); nothing of them runs here. A wrong call found
now is one line for each mistake, all pages at once. Found by Jinja, it would be a traceback, and
only the first. What a call looks like is in `call_grammar.py`."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from inspect import Parameter
from typing import TYPE_CHECKING

from metropolis.content.call_grammar import Call, Value, written
from metropolis.content.page_text import excerpt
from metropolis.problem import Problem

if TYPE_CHECKING:
    from metropolis.content.page import Page

_FEW = 12
_LONGEST_CALL = 200  # characters shown
# Looking for what was meant takes a moment each time: pages with more problems than these get no
# more of it.
_MOST_SUGGESTED = 100
# The values of a parameter; where they depend on the first argument, by its value.
Choices = frozenset[Value] | Mapping[Value, frozenset[Value]]


@dataclass(frozen=True)
class MacroSignature:
    """What a page may write to call the macro `name`; a block macro stands alone on its line.

    `parameters` are annotated `str` or `int`; `allowed` gives, by a parameter's name, the ids or
    numbers it accepts, and leaves the words of the others free. A starred parameter takes one value
    or more. The ids of a parameter may depend on the first argument, as in `summary("factors",
    "inclusion")`."""

    name: str
    parameters: tuple[Parameter, ...] = ()
    allowed: Mapping[str, Choices] = field(default_factory=dict)
    is_block: bool = False

    @property
    def example(self) -> str:
        """A right call, to imitate."""
        values = [
            self._example_of(parameter) for parameter in self.parameters if _is_required(parameter)
        ]
        return f"{{{{ {self.name}({', '.join(values)}) }}}}"

    def _example_of(self, parameter: Parameter) -> str:
        allowed = self.allowed.get(parameter.name)
        if isinstance(allowed, Mapping):
            allowed = allowed[min(allowed, key=str)]
        if allowed:
            return written(min(allowed, key=str))
        return "1" if _is_number(parameter) else '"…"'

    def bind(self, call: Call) -> tuple[list[tuple[Parameter, Value]], list[str]]:
        """Each value of `call` with its parameter; and in words, what is missing or too much."""
        bound, complaints = self._bind(call)
        return [(parameter, call.values[place]) for parameter, place in bound], complaints

    def _bind(self, call: Call) -> tuple[list[tuple[Parameter, int]], list[str]]:
        """The same with the place of each value among the call's."""
        bound: list[tuple[Parameter, int]] = []
        complaints: list[str] = []
        open_parameters = list(self.parameters)
        for place, value in enumerate(call.arguments):
            if not open_parameters:
                complaints.append(f"{written(value)} is one argument too many")
                continue
            bound.append((open_parameters[0], place))
            if open_parameters[0].kind is not Parameter.VAR_POSITIONAL:
                open_parameters.pop(0)
        for place, (key, value) in enumerate(call.keywords, len(call.arguments)):
            parameter = next(
                (p for p in open_parameters if p.name == key and p.kind is not p.VAR_POSITIONAL),
                None,
            )
            if parameter is None:
                complaints.append(f"{key}={written(value)} is one argument too many")
                continue
            bound.append((parameter, place))
            open_parameters.remove(parameter)
        given = {parameter.name for parameter, _ in bound}
        missing = [p.name for p in self.parameters if _is_required(p) and p.name not in given]
        return bound, complaints + [f"the argument “{name}” is missing" for name in missing]

    def accepts(self, call: Call) -> bool:
        """Whether the macro can be called so: every argument is there, of its kind, and known. Only
        then may it run."""
        bound, complaints = self.bind(call)
        given = {parameter.name: value for parameter, value in bound}
        return not complaints and all(self.takes(*one) and self.knows(*one, given) for one in bound)

    @staticmethod
    def takes(parameter: Parameter, value: Value) -> bool:
        """Whether a value is of the parameter's kind: a number, or a text."""
        return isinstance(value, int) is _is_number(parameter)

    def knows(self, parameter: Parameter, value: Value, given: Mapping[str, Value]) -> bool:
        """Whether a value is one of those that exist, where only some do."""
        choices = self.choices(parameter, given)
        return choices is None or value in choices

    def choices(self, parameter: Parameter, given: Mapping[str, Value]) -> Collection[Value] | None:
        """The values that exist for `parameter`, beside those `given` by name; None for free words,
        and where the first argument, on which they depend, is wrong itself."""
        allowed = self.allowed.get(parameter.name)
        if not isinstance(allowed, Mapping):
            return allowed
        return allowed.get(given.get(self.parameters[0].name, ""))

    def fixed(self, call: Call) -> list[Value]:
        """The ids and numbers that `call` gives: all but its free words."""
        return [value for parameter, value in self.bind(call)[0] if self._is_fixed(parameter)]

    def free(self, call: Call) -> list[tuple[int, int]]:
        """Where the words stand that `call` is given freely, as offsets in the text: a translator's
        own."""
        bound, _ = self._bind(call)
        return [call.places[place] for parameter, place in bound if not self._is_fixed(parameter)]

    def _is_fixed(self, parameter: Parameter) -> bool:
        return parameter.name in self.allowed or _is_number(parameter)


def _is_number(parameter: Parameter) -> bool:
    # Under `from __future__ import annotations` a parameter's annotation is text.
    return parameter.annotation in (int, "int")


def _is_required(parameter: Parameter) -> bool:
    return parameter.default is Parameter.empty


def check_calls(pages: Iterable[Page], signatures: Mapping[str, MacroSignature]) -> list[Problem]:
    """A problem for each call in `pages` that the macros would not accept, or that stands where it
    cannot."""
    problems: list[Problem] = []
    for page in pages:
        for call in page.calls:
            signature = signatures.get(call.name)
            if signature is None:
                problems.append(
                    _refuse_name(page, call, signatures, len(problems) < _MOST_SUGGESTED)
                )
            else:
                problems += _check_arguments(page, call, signature, len(problems) < _MOST_SUGGESTED)
                problems += _check_position(page, call, signature)
    return problems


def identity(call: Call, signatures: Mapping[str, MacroSignature]) -> str:
    """`call` without its free words: what must be the same in every language."""
    signature = signatures.get(call.name)
    if signature is None:
        return str(call)
    fixed = ", ".join(map(written, signature.fixed(call)))
    return f"{{{{ {call.name}({fixed}) }}}}"


def free_words(call: Call, signatures: Mapping[str, MacroSignature]) -> list[tuple[int, int]]:
    """Where the words stand that a call of a page is given freely; none in a call of an unknown
    macro."""
    signature = signatures.get(call.name)
    return [place for place in signature.free(call) if place[0] < place[1]] if signature else []


def _refuse_name(
    page: Page, call: Call, signatures: Mapping[str, MacroSignature], may_suggest: bool
) -> Problem:
    what = f"“{excerpt(call.name)}” is not the name of a ready-made block."
    near = get_close_matches(call.name, signatures, 1, 0.6) if may_suggest else []
    if near:
        return page.problem(call.start, what, how=f"Did you mean {signatures[near[0]].example}?")
    return page.problem(
        call.start, what, f"The ready-made blocks are: {', '.join(sorted(signatures))}."
    )


def _check_arguments(
    page: Page, call: Call, signature: MacroSignature, may_suggest: bool
) -> list[Problem]:
    bound, complaints = signature.bind(call)
    shown = excerpt(str(call), _LONGEST_CALL)
    problems = [
        page.problem(
            call.start, f"In {shown}, {complaint}.", f"It is called like {signature.example}."
        )
        for complaint in complaints
    ]
    given = {parameter.name: value for parameter, value in bound}
    for parameter, value in bound:
        if not signature.takes(parameter, value):
            kind = "a number without quotes" if _is_number(parameter) else "a text in double quotes"
            what = f"In {shown}, {excerpt(written(value))} is not {kind}."
            problems.append(
                page.problem(call.start, what, f"It is called like {signature.example}.")
            )
        elif not signature.knows(parameter, value, given):
            choices = signature.choices(parameter, given) or ()
            problems.append(
                _refuse_value(
                    page, call, value, choices, may_suggest and len(problems) < _MOST_SUGGESTED
                )
            )
    return problems


def _refuse_value(
    page: Page, call: Call, value: Value, allowed: Collection[Value], may_suggest: bool
) -> Problem:
    what = f"{excerpt(written(value))} is not known to {call.name}."
    if not allowed:
        return page.problem(
            call.start, what, "The data has nothing of this kind.", "Take the call out."
        )
    is_near = may_suggest and isinstance(value, str)
    near = (
        get_close_matches(str(value)[:_LONGEST_CALL], map(str, allowed), 1, 0.6) if is_near else []
    )
    if near:
        right = excerpt(str(call).replace(written(value), written(near[0])), _LONGEST_CALL)
        return page.problem(call.start, what, how=f"Did you mean {right}?")
    if len(allowed) <= _FEW:
        known = ", ".join(written(value) for value in sorted(allowed, key=str))
        return page.problem(call.start, what, f"It knows {known}.")
    return page.problem(
        call.start,
        what,
        f"The ids that it knows are in the data, like {written(min(allowed, key=str))}.",
    )


def _check_position(page: Page, call: Call, signature: MacroSignature) -> list[Problem]:
    shown = excerpt(str(call), _LONGEST_CALL)
    if call.start < page.body_start:
        what = f"{shown} is in the page's header, where only words are allowed."
        return [page.problem(call.start, what, how="Write the words.")]
    number = bisect_right(page.code, (call.start, len(page.text.text)))
    if number and call.start < page.code[number - 1][1]:
        what = f"{shown} is in code, and runs all the same."
        return [page.problem(call.start, what, how="Take it out of the code.")]
    if not signature.is_block:
        return []
    own, before, after = _lines_around(page.text.text, call)
    if own:
        what = f"{shown} is a block, and other words are on its line."
    elif before.strip(" ") or after.strip(" "):
        what = f"{shown} is a block, and the line before or after it is not empty."
    else:
        return []
    return [
        page.problem(call.start, what, "A block is alone on its line, between two empty lines.")
    ]


def _lines_around(text: str, call: Call) -> tuple[bool, str, str]:
    """Whether words stand on the line of `call` beside it, and the lines before and after it."""
    line_start = text.rfind("\n", 0, call.start) + 1
    line_end = text.find("\n", call.end)
    line_end = len(text) if line_end < 0 else line_end
    own = line_start != call.start or bool(text[call.end : line_end].strip(" "))
    before = text[text.rfind("\n", 0, max(line_start - 1, 0)) + 1 : max(line_start - 1, 0)]
    next_end = text.find("\n", line_end + 1)
    return own, before, text[line_end + 1 : len(text) if next_end < 0 else next_end]
