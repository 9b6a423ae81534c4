"""Strict YAML: what a parser would silently change or drop is refused, in plain words, with line
and column.

Read by files.py (records), project.py (mkdocs.yml) and the page gate (headers of pages).
reader.py says what is read, gaps.py what may stand between."""

from __future__ import annotations

from metropolis.data.bounds import Findings
from metropolis.problem import Problem
from metropolis.strict_yaml.characters import check_line
from metropolis.strict_yaml.document import YamlDocument
from metropolis.strict_yaml.reader import Reader

# Thirty times the largest file of the project: whatever its shape, it is read within two seconds.
MAX_BYTES = 1_000_000


def decode(data: bytes, path: str) -> tuple[str, list[Problem]]:
    """The text of a file: UTF-8, with or without a byte order mark at its start."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:2]:
        return "", [Problem(path, 1, 1, "The file is saved as UTF-16.", how="Save it as UTF-8.")]
    if len(data) > MAX_BYTES:
        what = f"The file is larger than {MAX_BYTES // 1_000_000} MB."
        return "", [Problem(path, 0, 0, what, how="Split it.")]
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        # The decoder's own count begins after a byte order mark; what stands before the fault is
        # good UTF-8.
        before = error.object[: error.start].decode("utf-8-sig")
        column = len(before) - (before.rfind("\n") + 1) + 1
        what = "This character is not saved as UTF-8."
        return "", [
            Problem(path, before.count("\n") + 1, column, what, how="Save the file as UTF-8.")
        ]


def read_yaml(
    text: str, path: str, first_line: int = 1, trailing_comments: bool = False
) -> tuple[YamlDocument | None, list[Problem]]:
    """`text` as a document, or every problem found. `first_line` is where `text` begins in its
    file."""
    findings = Findings(path, first_line - 1)
    _check_characters(text, findings)
    if findings.problems():
        return None, findings.problems()
    document = Reader(text, findings, trailing_comments).read()
    problems = findings.problems()
    return (None if problems else document), problems


def _check_characters(text: str, findings: Findings) -> None:
    """What must not stand in the file at all."""
    for number, line in enumerate(text.split("\n"), start=1):
        line = line.removesuffix("\r")
        for column, what, how in check_line(line):
            findings.add(number, column, what, how=how)
        # In the indentation check_line tells it.
        if "\t" in line.lstrip():
            column = len(line) - len(line.lstrip()) + line.lstrip().index("\t") + 1
            findings.add(number, column, "A tab stands here.", how="Use spaces.")
