"""Where a page's text is code, shown as typed, by rules stricter than Markdown's: a tag could hide
in a difference. A block is fenced from the start of its line; a span is on one line."""

from __future__ import annotations

import re

from metropolis.content.page_text import PageText, excerpt
from metropolis.problem import Problem

Span = tuple[int, int]

# What may stand before a line's own text: marks of quotations, lists, definitions, footnotes.
CONTAINER = r"(?:[^\S\n]|>|[-*+:] |\d+[.)] |\[\^[^\]\n]*\]:)*"

_FENCE_LIKE = re.compile(rf"{CONTAINER}(`{{3,}}|~{{3,}})")
_OPENING = re.compile(r"(`{3,}|~{3,}) *[A-Za-z0-9+-]* *")
# What follows a block that has no end: a section, or a sentence after an empty line.
_PROSE = re.compile(r"(?<=\n)\n(?=#+ [^\n]*\{ #|[A-ZÀ-Þ«“¿¡][^\n{};=]*[.:?!] *(?:\n|\Z))")
_BACKTICKS = re.compile("`+")

_DECLARATION = "<!["
_RULE_SIGNS = frozenset(" |:-")
_FENCE_FORM = (
    "A code block begins at the start of a line, with ``` and at most the name of its language."
)
_BAR = "Readers would get this backslash: code shows each sign."
_ALONE = "A backtick is alone."
_SPAN_FORM = "Code begins and ends with the same backticks, on one line."


def is_table_rule(line: str) -> bool:
    """Whether it may stand below the head of a table, as Python-Markdown asks it."""
    return "-" in line and _RULE_SIGNS.issuperset(line)


def find_code(page: PageText) -> tuple[list[Span], list[Problem]]:
    """The offsets of code in `page`, and a problem for what is not plainly code."""
    spans: list[Span] = []
    problems: list[Problem] = []
    offset, is_row, endless = 0, False, set[str]()
    lines = page.text.split("\n")
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        is_head = "|" in following and is_table_rule(following.lstrip(" >"))
        is_row = bool(line.strip(" ")) and (is_row or is_head)
        if spans and offset < spans[-1][1]:
            pass  # it is in a block
        elif (like := _fence_like(line)) is not None:
            end, found = _read_block(page, offset, line, like, endless)
            spans += [(offset, end)] if end else []
            problems += found
        elif "`" in line:
            line_spans, line_problems = _find_spans(page, offset, line, is_row)
            spans += line_spans
            # Code from one line to the next is one problem.
            alone = [one.line - 1 for one in line_problems if one.what == _ALONE]
            if not problems or [problems[-1].line] != alone or problems[-1].what != _ALONE:
                problems += line_problems
        offset += len(line) + 1
    return spans, problems


def _read_block(
    page: PageText, start: int, line: str, like: re.Match[str], endless: set[str]
) -> tuple[int, list[Problem]]:
    """Where the block ends that begins with `line`, and what is wrong with its two lines. An end
    that is not right, or that is lost, is the only problem; 0 if no end is known. `endless` are the
    fences that end nothing any more: they are sought once, however many begin a block."""
    fence, begin = like[1], start + len(line)
    if not _OPENING.fullmatch(line):
        is_sought = fence[0] not in line[like.end() :] and fence not in endless
        closing = _closing(page.text, begin, fence) if is_sought else None
        if is_sought and not closing:
            endless.add(fence)
        what = f"“{excerpt(line)}” is not the beginning of a code block."
        problem = page.problem(start + like.start(1), what, _FENCE_FORM)
        return closing.end() if closing else 0, [problem]
    how = f"End it by a line that is only {fence}"
    if fence not in endless:
        if closing := re.compile(rf"^{fence} *$", re.MULTILINE).search(page.text, begin):
            return closing.end(), []
        if closing := _closing(page.text, begin, fence):
            what = f"“{excerpt(closing[0])}” does not end the code block above it."
            return closing.end(), [page.problem(closing.start(), what, how=how)]
        endless.add(fence)
    prose = _PROSE.search(page.text, begin)
    what = f"The code block opened here by “{fence}” is never closed."
    return prose.start() if prose else len(page.text), [page.problem(start, what, how=how)]


def _closing(text: str, begin: int, fence: str) -> re.Match[str] | None:
    """The next line that ends a block elsewhere, with something before the signs."""
    return re.compile(rf"^{CONTAINER}{fence} *$", re.MULTILINE).search(text, begin)


def _fence_like(line: str) -> re.Match[str] | None:
    """Signs at the head of a line that begin a block, and no span: "```code```"."""
    like = _FENCE_LIKE.match(line) if "```" in line or "~~~" in line else None
    is_span = like and like[1][0] == "`" and "`" in line[like.end() :]
    return None if is_span else like


def _find_spans(
    page: PageText, offset: int, line: str, is_row: bool
) -> tuple[list[Span], list[Problem]]:
    spans: list[Span] = []
    problems: list[Problem] = []
    position, alone = 0, -1
    while opening := _BACKTICKS.search(line, position):
        start, position = opening.span()
        # With a backslash it may stand so, and no other be left.
        alone = start if alone < 0 else alone
        if _is_escaped(line, opening):
            continue
        runs = _BACKTICKS.finditer(line, position)
        end = next((run.end() for run in runs if run[0] == opening[0]), -1)
        if end >= 0 and is_row and (escaped := line.find("\\|", start, end)) >= 0:
            how = "Write the bar alone: code in a cell keeps it."
            problems.append(page.problem(offset + escaped, _BAR, how=how))
        if end < 0 or line[start - 1 : start] == "\\":  # behind a backslash it does not begin
            problems.append(page.problem(offset + alone, _ALONE, _SPAN_FORM))
            return spans, problems
        spans.append((offset + start, offset + end))
        # Python's reader of HTML, with which MkDocs looks for anchors, gives up after it.
        if (declaration := line.find(_DECLARATION, start, end)) >= 0:
            what = f"“{_DECLARATION}” cannot be shown in the middle of a line."
            how = "Show it in a code block of its own, between two lines ```."
            problems.append(page.problem(offset + declaration, what, how=how))
        position, alone = end, -1
    return spans, problems


def _is_escaped(line: str, backticks: re.Match[str]) -> bool:
    """Whether it is one backtick behind one backslash: more of either are read in several ways."""
    before = line[max(0, backticks.start() - 2) : backticks.start()]
    return backticks[0] == "`" and before.endswith("\\") and before != "\\\\"
