"""Stars and underscores that readers would see, and emphasis that nobody meant, judged by what
Python-Markdown leaves of the signs: it also pairs `**mot*` and `ami*e et client*e`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from metropolis.content.page import Page
from metropolis.content.rendered import ENDS, STARTS, Rendered
from metropolis.problem import Problem, Severity

_MARKUP = "".join([*STARTS.values(), *ENDS.values()])
_SIGNS = re.compile(rf"[*_]+|[{_MARKUP}]")
_RUN = re.compile(r"\*+|_+")
_LETTERS = re.compile(r"[\U00020000-\U0002ffff]")  # the marks behind words
_SYSTEMS = ("*nix", "*BSD")  # names
_FAR = 80  # characters between signs and the only word beside them
_HOW = (
    "Write *words* or **words**: the same signs on both sides, and no space inside them. A sign"
    r" that is meant is written \* or \_."
)


def check_emphasis(page: Page, rendered: Rendered) -> list[Problem]:
    """A problem for the first wrong sign of each line."""
    found: dict[int, Problem] = {}
    for text in rendered.texts:
        for place, what, severity in _faults(text):
            start = _find(page, *rendered.words_around(text, place))
            if start is not None:  # a call that was rejected has signs too
                problem = page.problem(start, what, how=_HOW, severity=severity)
                found.setdefault(problem.line, problem)
    return list(found.values())


def _find(page: Page, before: int, behind: int) -> int | None:
    if before < 0:
        runs = [*_RUN.finditer(page.live.text, max(0, behind - _FAR), max(0, behind))]
        return runs[-1].start() if runs else None
    run = _RUN.search(page.live.text, before, behind if behind > before else before + _FAR)
    return run.start() if run else None


def _faults(text: str) -> Iterator[tuple[int, str, Severity]]:
    """Offset in the text of a block, as `Rendered` has it, what is wrong, and how sure it is."""
    printed: list[tuple[int, str, Severity]] = []
    opened: list[int] = []
    for sign in _SIGNS.finditer(text):
        if sign[0] in STARTS.values():
            opened.append(sign.start())
        elif sign[0] in ENDS.values():
            start = opened.pop()
            if _has_crossed(text, start, sign.end(), opened):
                yield start, "The signs of this emphasis cross those of another.", "error"
            elif _is_accident(text, start, sign.start()):
                inner = _LETTERS.sub("", text[start + 1 : sign.start()])
                what = f"“{inner}” would be emphasised, and its signs not shown."
                if _is_meant(text, start, sign.end()):
                    what = f"The emphasis of “{inner}” begins without a space before it."
                yield start, what, "error"
        elif severity := _severity(text, sign):
            what = f"“{sign[0]}” would be printed: it emphasises nothing."
            printed.append((sign.start(), what, severity))
    sides = {bool(_beside(text, place, place + 1)[0].strip()) for place, _, _ in printed}
    is_certain = len(sides) > 1 or any(severity == "error" for _, _, severity in printed)
    for place, what, severity in printed:
        yield place, what, "error" if is_certain else severity


def _severity(text: str, sign: re.Match[str]) -> Severity | None:
    """How sure it is that printed signs were to emphasise words; None if they were not. A star
    behind a word may refer to a note, an underscore before it belong to a name."""
    before, after = _beside(text, sign.start(), sign.end())
    has_two = len(sign[0]) > 1
    if before + after and set(before + after) & set(_MARKUP):
        return "error"
    if not before.strip() and not after.strip():  # `3 * 4`
        return "error" if sign[0] == "**" else None
    if sign[0].startswith("____") and not before.isalnum() and not after.isalnum():
        return None  # a line to fill in
    if text.startswith(_SYSTEMS, sign.start()):
        return None
    if before.strip() and after.strip() and before.isalnum() == after.isalnum():
        return "error" if has_two and "*" in sign[0] else None  # `snake_case`, `(*)`
    return "error" if has_two or (sign[0] == "*" and after.isalnum()) else "advice"


def _has_crossed(text: str, start: int, end: int, around: list[int]) -> bool:
    """Whether an element stands in another of its kind that has more words than it."""
    outer = next((one for one in around if text[one] == text[start]), None)
    if outer is None:
        return False
    depth = len(around) - around.index(outer)
    beside = text[outer:start] + text[end : end + depth]
    return len(beside) < 2 * depth or not set(beside) <= set(_MARKUP)


def _beside(text: str, start: int, end: int) -> tuple[str, str]:
    return text[start - 1 : start] if start else "", text[end : end + 1]


def _is_meant(text: str, start: int, end: int) -> bool:
    """Whether only a space is missing before the emphasis: its words end where a word ends."""
    inner = text[start + 1 : end - 1]
    return inner == inner.strip() and not text[end : end + 1].isalnum()


def _is_accident(text: str, start: int, end: int) -> bool:
    """Whether the emphasis between two offsets begins or ends with a space, or joins a sign
    inside a word with another that is farther on: `ami*e et client*e`, `3*4*5`."""
    inner = text[start + 1 : end]
    before, after = _beside(text, start, end + 1)
    if inner[:1].isspace() or inner[-1:].isspace():
        return True
    is_single = text[start] == STARTS["em"] and before.isalnum()
    number = _LETTERS.sub("", inner)
    return is_single and (" " in inner or (number.isdigit() and after.isalnum()))
