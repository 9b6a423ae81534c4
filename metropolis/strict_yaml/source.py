"""Reads strict YAML: what a parser would silently change or drop is rejected with its place."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from metropolis.hidden_characters import find_character_faults
from metropolis.problem import Problem
from metropolis.strict_yaml.bounds import Findings
from metropolis.strict_yaml.document import YamlDocument
from metropolis.strict_yaml.reader import Reader
from metropolis.text_file import read_text

_WIDE = re.compile(r"[ \t]*([^\S \t\r\n])")


def read_yaml(
    text: str, path: str, first_line: int = 1, trailing_comments: bool = False
) -> tuple[YamlDocument | None, list[Problem]]:
    """`text`, which begins on `first_line` of its file, as a document; or every problem."""
    findings = Findings(path, first_line - 1)
    _check_characters(text, findings)
    if findings.problems():
        return None, findings.problems()
    document = Reader(text, findings, trailing_comments).read()
    problems = findings.problems()
    return (None if problems else document), problems


def read_yaml_file(
    root: Path, path: str, trailing_comments: bool = False
) -> tuple[YamlDocument | None, list[Problem]]:
    """The file `path` of the project at `root`. Raises OSError if it cannot be opened."""
    text, problems = read_text(root / path, path)
    if problems:
        return None, problems
    return read_yaml(text, path, trailing_comments=trailing_comments)


def _check_characters(text: str, findings: Findings) -> None:
    """Finds forbidden characters, and spaces that do not indent."""
    for number, line in enumerate(text.split("\n"), start=1):
        line = line.removesuffix("\r")
        wide = _WIDE.match(line)
        if wide and unicodedata.category(wide[1]) == "Zs":
            kind = "no-break" if wide[1] in "\u00a0\u202f" else "unusual"
            what = f"The line begins with {'a' if kind == 'no-break' else 'an'} {kind} space."
            findings.add(number, wide.end(), what, how="Use ordinary spaces.")
        for offset, what, how in find_character_faults(line):
            findings.add(number, offset + 1, what, how=how)
