"""Where a page's text is code, which is shown as typed and not read as markup.

The rules are stricter than Markdown's: what we take for code must be code for every reader of the
page, or a tag could hide in the difference. A code block is fenced and begins at the start of its
line; a code span begins and ends on one line. Anything that only looks like code is a problem.
(Jinja knows nothing of code: calls are read apart.)"""

from __future__ import annotations

import re

from metropolis.content.page_text import PageText, excerpt
from metropolis.problem import Problem

Span = tuple[int, int]

# What may stand before a line's own text: quotation marks, list bullets and numbers, definitions,
# footnotes.
CONTAINER = r"(?:[^\S\n]|>|[-*+:] |\d+[.)] |\[\^[^\]\n]*\]:)*"

_FENCE_LIKE = re.compile(rf"{CONTAINER}(`{{3,}}|~{{3,}})")
_OPENING = re.compile(r"(`{3,}|~{3,}) *[A-Za-z0-9+-]* *")
_BACKTICKS = re.compile("`+")

_DECLARATION = "<!["


def find_code(page: PageText) -> tuple[list[Span], list[Problem]]:
    """The offsets of code in `page`, and a problem for each piece of code that is not plainly
    one."""
    spans: list[Span] = []
    problems: list[Problem] = []
    fence, fence_start, offset = "", 0, 0
    for line in page.text.split("\n"):
        if fence:
            if line.rstrip(" ") == fence:
                spans.append((fence_start, offset + len(line)))
                fence = ""
        elif ("```" in line or "~~~" in line) and (like := _FENCE_LIKE.match(line)):
            if opening := _OPENING.fullmatch(line):
                fence, fence_start = opening[1], offset
            else:
                problems.append(_refuse_fence(page, offset + like.start(1), line))
        elif "`" in line:
            line_spans, line_problems = _find_spans(page, offset, line)
            spans += line_spans
            problems += line_problems
        offset += len(line) + 1
    if fence:
        what = f"The code block opened here by “{fence}” is never closed."
        problems.append(
            page.problem(fence_start, what, how=f"End it by a line that is only {fence}")
        )
    return spans, problems


def _refuse_fence(page: PageText, offset: int, line: str) -> Problem:
    return page.problem(
        offset,
        f"“{excerpt(line)}” is not the beginning of a code block.",
        "A code block begins at the start of a line, with ``` and at most the name of its"
        " language.",
    )


def _find_spans(page: PageText, offset: int, line: str) -> tuple[list[Span], list[Problem]]:
    spans: list[Span] = []
    problems: list[Problem] = []
    position, alone = 0, -1
    while opening := _BACKTICKS.search(line, position):
        start, position = opening.span()
        alone = (
            start if alone < 0 else alone
        )  # with a backslash it may stand so, and no other be left
        if _is_escaped(line, opening):
            continue
        runs = _BACKTICKS.finditer(line, position)
        end = next((run.end() for run in runs if run[0] == opening[0]), -1)
        # A span with a bar in it may be cut in two by a table; one after a backslash does not
        # begin.
        if end < 0 or line[start - 1 : start] == "\\" or "|" in line[start:end]:
            expected = (
                "Code begins and ends with the same backticks, on one line, and holds no bar “|”."
            )
            return spans, [
                *problems,
                page.problem(offset + alone, "A backtick is alone.", expected),
            ]
        spans.append((offset + start, offset + end))
        if (declaration := line.find(_DECLARATION, start, end)) >= 0:
            problems.append(_refuse_declaration(page, offset + declaration))
        position, alone = end, -1
    return spans, problems


def _is_escaped(line: str, backticks: re.Match[str]) -> bool:
    """Whether it is one backtick behind one backslash: more of either are read in several ways."""
    start = backticks.start()
    return (
        backticks[0] == "`"
        and line[start - 1 : start] == "\\"
        and line[start - 2 : start - 1] != "\\"
    )


def _refuse_declaration(page: PageText, offset: int) -> Problem:
    """Python's reader of HTML, through which MkDocs looks for anchors, gives up at what is no
    section after it."""
    what = f"“{_DECLARATION}” cannot be shown in the middle of a line."
    return page.problem(
        offset, what, how="Show it in a code block of its own, between two lines ```."
    )
