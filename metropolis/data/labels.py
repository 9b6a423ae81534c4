"""Checks labels for characters that our fonts do not have and, as advice, for what looks like
markup: every label is shown literally. Records do not know their place in a file, so this searches
the files' text, and parses a file again only if it finds something."""

from __future__ import annotations

import re
from collections.abc import Iterator

from metropolis.data.data_files import DataFile, read_data_file
from metropolis.data.records import KINDS, STRINGS
from metropolis.glyphs import find_missing, read_glyphs
from metropolis.problem import Problem
from metropolis.project import Project
from metropolis.strict_yaml.bounds import bounded
from metropolis.strict_yaml.document import Path
from metropolis.text_file import read_text

# A tag, a character entity, emphasis, a link or image, code, a macro: as pages write them.
_MARKUP = re.compile(
    r"</?[A-Za-z][^<>\n]*>|&(?:#\w+|[A-Za-z]+);|\*\*[^*\n]+\*\*|\[[^\[\]\n]+\]\([^()\s]+\)|`[^`\n]+`|\{[{%][^{}\n]+[}%]\}"
)
_SHOWN = 40


def check_labels(project: Project) -> list[Problem]:
    """The problems of the texts of data/: for each kind of characters in one, and its markup."""
    glyphs = read_glyphs(project)
    problems: list[Problem] = []
    for name in (*KINDS, STRINGS):
        try:
            text, _ = read_text(project.data_dir / f"{name}.yml", name)
        except OSError:
            continue  # the readers of the records report it
        # An escape sequence may write any character.
        if "\\" not in text and not _MARKUP.search(text) and not any(find_missing(text, glyphs)):
            continue
        file, _ = read_data_file(project, name)
        for path, value in file.document.walk() if file else ():
            if file and isinstance(value, str):
                problems += _check_text(file, path, value, glyphs)
    return bounded(problems)


def _check_text(
    file: DataFile, path: Path, value: str, glyphs: frozenset[str]
) -> Iterator[Problem]:
    place = file.document.mark(path)
    for _, what, expected, how in find_missing(value, glyphs):
        yield Problem(file.path, *place, what, expected, how)
    if found := _MARKUP.search(value):
        what = f"This text would show “{found[0][:_SHOWN]}” as it is written:"
        what = f"{what} labels have no markup."
        yield Problem(file.path, *place, what, how="Write words.", severity="advice")
