"""What the YAML parser complains of, in plain words: its own are for programmers and often miss the cause.

Read by yaml_source.py. The parser stops at the first fault of a file: one problem is all that it gives.
"""

from __future__ import annotations

import re

import yaml

# A name that begins its line, as far as its colon: then the indentation is wrong, not the colon.
_NAME_ALONE = re.compile(r"\s*(?:- +)*[\w.-]+")
_QUOTE = "Put the text in double quotes."


def syntax_words(error: yaml.MarkedYAMLError, lines: list[str]) -> tuple[int, int, str, str]:
    """(line, column, what is wrong, how to mend it), counted from 1."""
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return 1, 1, *_other_words(f"{error.problem or error.context}")
    source = lines[mark.line] if mark.line < len(lines) else ""
    what, how = _words(f"{error.context or ''} {error.problem or ''}", source, mark.column)
    return mark.line + 1, mark.column + 1, what, how


def _words(reason: str, source: str, column: int) -> tuple[str, str]:
    if "mapping values are not allowed" in reason:
        if _NAME_ALONE.fullmatch(source[:column]):
            what = "This line is not indented like the other lines of its record."
            return what, "Indent them alike, and put a space after each hyphen and each colon."
        return "A colon stands inside a text without quotes.", _QUOTE
    if "cannot start any token" in reason:
        if source[column : column + 1] == "\t":
            return "A tab stands here.", "Use spaces."
        return "This character cannot begin a text without quotes.", _QUOTE
    if "unexpected end" in reason:
        return "A quotation mark is opened and never closed.", "Close it."
    if "escape" in reason:
        what = "The backslash before this place begins a code that YAML does not know."
        return what, r"Write \\ for a backslash."
    if "could not find expected ':'" in reason:
        return "A name with a colon and a space was expected before this place.", 'Write name: "…".'
    if "comment or line break" in reason:
        return "After > or | at its beginning, a text goes on in the next line.", _QUOTE
    if "',' or" in reason:
        what = "A bracket is not closed before this place, or a comma is missing."
        return what, "Close it, or write the comma."
    return _other_words(reason)


def _other_words(reason: str) -> tuple[str, str]:
    if "block end" in reason or "did not find expected" in reason or "but found" in reason:
        what = "The text before this place ends too early, or the indentation changes."
        return what, "Put the text in double quotes, and indent the lines of a record alike."
    return f"This is not valid YAML: {reason.strip()}.", "Put texts in double quotes."
