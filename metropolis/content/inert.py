"""Where a page's text is code, and so shown as it stands rather than read as markup.

The rules are stricter than Markdown's: what we take for code must be code for every reader of the page, or a
tag could hide in the difference. A code block is fenced and begins at the start of its line; a code span
begins and ends on one line. Anything that only looks like code is a problem. (Jinja knows nothing of code:
calls are read apart.)
"""

from __future__ import annotations

import re

from metropolis.content.page_text import PageText, excerpt
from metropolis.problem import Problem

Span = tuple[int, int]

# What may stand before a line's own text: quotation marks, list bullets and numbers, definitions, footnotes.
CONTAINER = r"(?:[^\S\n]|>|[-*+:] |\d+[.)] |\[\^[^\]\n]*\]:)*"

_FENCE_LIKE = re.compile(rf"{CONTAINER}(`{{3,}}|~{{3,}})")
_OPENING = re.compile(r"(`{3,}|~{3,}) *[A-Za-z0-9+-]* *")
# A span with a bar in it may be cut in two by a table; one after a backslash does not begin.
_CODE_SPAN = re.compile(r"(?<![`\\])(`+)(?!`)([^`|\n]+)(?<!`)\1(?!`)")

_DECLARATION = "<!["


def find_code(page: PageText) -> tuple[list[Span], list[Problem]]:
    """The offsets of code in `page`, and a problem for each piece of code that is not plainly one."""
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
        problems.append(page.problem(fence_start, what, how=f"End it by a line that is only {fence}"))
    return spans, problems


def _refuse_fence(page: PageText, offset: int, line: str) -> Problem:
    return page.problem(
        offset,
        f"“{excerpt(line)}” is not the beginning of a code block.",
        "A code block begins at the start of a line, with ``` and at most the name of its language.",
    )


def _find_spans(page: PageText, offset: int, line: str) -> tuple[list[Span], list[Problem]]:
    found = [match.span() for match in _CODE_SPAN.finditer(line)]
    left = _CODE_SPAN.sub(lambda match: " " * len(match[0]), line)
    spans = [(offset + start, offset + end) for start, end in found]
    problems = [
        _refuse_declaration(page, offset + line.index(_DECLARATION, start, end))
        for start, end in found
        if _DECLARATION in line[start:end]
    ]
    if "`" in left:
        expected = "Code begins and ends with the same backticks, on one line, and holds no bar “|”."
        problems.append(page.problem(offset + left.index("`"), "A backtick stands alone.", expected))
    return spans, problems


def _refuse_declaration(page: PageText, offset: int) -> Problem:
    """Python's reader of HTML, through which MkDocs looks for anchors, gives up at what is no section after it."""
    what = f"“{_DECLARATION}” cannot be shown in the middle of a line."
    return page.problem(offset, what, how="Show it in a code block of its own, between two lines ```.")
