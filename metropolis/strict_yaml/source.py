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
