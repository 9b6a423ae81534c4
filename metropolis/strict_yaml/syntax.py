"""Rewords the errors of the YAML parser: they are written for programmers and often miss the cause.
The parser stops at the first error, so a file has at most one of these problems."""

from __future__ import annotations

import re

import yaml

# A line's name as far as its colon: then the indentation is wrong, not the colon.
_NAME_ALONE = re.compile(r"\s*(?:- +)*[\w.-]+")
_QUOTE = "Put the text in double quotes."
_MARKS = r"Write the marks of the language, “…” or « … », or \" for a straight one."
_INDENT = "Put the text in double quotes, and indent the lines of a record alike."

_NO_NAME = ("A name with a colon and a space was expected before this place.", 'Write name: "…".')

# In the parser's message -> what is wrong, how to fix it. The first match counts.
_COMPLAINTS = (
    ("found unexpected end", "A quotation mark is opened and never closed.", "Close it."),
    ("document indicator",
     "There is a line of --- or ... in a text in quotes.", "Close the text before it."),
    ("escape|hexdecimal",
     "The backslash before this place begins a code that YAML does not know.",
     r"Write \\ for a backslash."),
    ("could not find expected ':'", *_NO_NAME),
    ("comment or line break|indentation indicator",
     "After > or | at its beginning, a text continues on the next line.", _QUOTE),
    ("',' or",
     "A bracket is not closed before this place, or a comma is missing.",
     "Close it, or write the comma."),
    ("node content", "A value was expected at this place.", _QUOTE),
    ("block sequence entries",
     "An item of a list begins where none is allowed.", "Begin each item on a line of its own."),
    ("mapping keys are not",
     "There is a lone question mark before a name.",
     "Remove it, or put the text in double quotes."),
    ("while scanning an a", "A text that begins with & or * has another meaning.", _QUOTE),
    ("tag", "A text that begins with ! has another meaning.", _QUOTE),
    ("directive|%YAML|incompatible",
     "A line that begins with % is an order to the reader, not data.", "Remove it."),
    ("document start", "There is something after the end of the data.", _INDENT),
)  # fmt: skip
_UNLIKE = (
    "This line is not indented like the other lines of its record.",
    "Indent them alike, and put a space after each hyphen and each colon.",
)
_COLON = ("There is a colon in a text without quotes.", _QUOTE)
_OTHERWISE = ("The text before this place ends too early, or the indentation changes.", _INDENT)
_CUT = (_OTHERWISE, *((what, how) for part, what, how in _COMPLAINTS if part == "',' or"))
_ALIAS = next((what, how) for part, what, how in _COMPLAINTS if part == "while scanning an a")
# What makes a line of a record none. The parser stops there, or on the next line.
_SLIPS = (
    (r"\s*(?:- +)*[^\W\d][\w.-]*(:)(?=[^\s/:])", "There is no space after this colon."),
    (r"\s*(?:- +)*[\w.-]+\s*([：﹕︰])", "This is a colon of another script."),
    (r"\s*(?:- +)*[\w.-]+:([\u00a0\u202f])", "This space behind the colon is a no-break space."),
    (r"\s*(?:- +)*[\w.-]+\s*(=)", "This sign stands where a colon is expected."),
    (r"[^'\"]*: +(?:\"[^\"]*\"|'[^']*')(,)\s*\Z", "No comma stands at the end of a line here."),
    (
        r".*[:,{] *'[^']*(')(?=[^\W_])",
        "This apostrophe ends the text, which is in single quotation marks.",
    ),
    (r"\s*(?:- +)*[\w.-]+: +\(?([a-z][\w-]*): *[\"']", "Several texts in one line are in braces."),
    (r"\s*([-–—])(?=[^\W\d][\w.-]*: )", "There is no space after this sign of an item."),
    (r"\s*([•·*–—])\s", "This sign begins no item."),
)
_FORMS = 'Write name: "…", or - "…" for an item, with a space after the sign.'
_BRACES = 'Write name: {fr: "…", en: "…"}.'
_MORE = re.compile(r'\s*[^\W_][^":]*"')
_QUOTED = re.compile(r'[:\s]"[^"]*"\s*\Z')


def syntax_words(error: yaml.YAMLError, lines: list[str]) -> tuple[int, int, str, str]:
    """(line, column, what is wrong, how to fix it), counted from 1."""
    if not isinstance(error, yaml.MarkedYAMLError):
        return 1, 1, "The file has a character that YAML does not allow.", "Delete it."
    mark = error.problem_mark or error.context_mark
    reason = f"{error.context or ''} {error.problem or ''}"
    if mark is None:
        return 1, 1, *_OTHERWISE
    if error.context_mark and "found unexpected end" in reason:
        mark = error.context_mark  # where the text begins
    source = lines[mark.line] if mark.line < len(lines) else ""
    words = _words(reason, source if "mapping values" in reason else "", mark.column)
    has_slip = words in (*_CUT, _NO_NAME, _ALIAS, _UNLIKE, _COLON)
    for number in (mark.line, mark.line - 1) if has_slip else ():
        for form, what in _SLIPS if 0 <= number < len(lines) else ():
            if found := re.match(form, lines[number]):
                how = _BRACES if "braces" in what else _FORMS
                return number + 1, found.start(1) + 1, what, how
    what, how = _words(reason, source, mark.column)
    return mark.line + 1, mark.column + 1, what, how


def _words(reason: str, source: str, column: int) -> tuple[str, str]:
    if "mapping values are not allowed" in reason:
        return _UNLIKE if _NAME_ALONE.fullmatch(source[:column]) else _COLON
    if "cannot start any token" in reason:
        return "This character cannot begin a text without quotes.", _QUOTE
    if "document start" in reason and re.match(r"\s*[\w.-]+: ", source):
        return _UNLIKE
    found = ((what, how) for part, what, how in _COMPLAINTS if re.search(part, reason))
    words = next(found, _OTHERWISE)
    if words in _CUT and _QUOTED.search(source[:column]) and _MORE.match(source, column):
        return "A quotation mark inside the text ends it here.", _MARKS
    return words
