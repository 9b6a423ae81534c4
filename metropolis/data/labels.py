"""Checks labels for characters that our fonts lack, for interface strings that are missing and, as
advice, for what looks like markup. Records do not know their place in a file, so this searches the
files' text first."""

from __future__ import annotations

import re
from collections.abc import Iterator

from metropolis.data.fields import Label, texts_in
from metropolis.data.load import read_data_file
from metropolis.data.messages import nearest
from metropolis.data.records import KINDS, STRINGS, Records
from metropolis.glyphs import find_missing, read_glyphs
from metropolis.problem import Problem
from metropolis.project import Project
from metropolis.strict_yaml.bounds import bounded
from metropolis.strict_yaml.document import Path, YamlDocument
from metropolis.text_file import read_text, text_if_any

# A tag, a character entity, emphasis, a link or image, code, a macro: as pages write them.
_MARKUP = re.compile(
    r"</?[A-Za-z][^<>\n]*>|&(?:#\w+|[A-Za-z]+);|\*\*[^*\n]+\*\*|\[[^\[\]\n]+\]\([^()\s]+\)|`[^`\n]+`|\{[{%][^{}\n]+[}%]\}"
)
_SHOWN = 40
_CALLED = re.compile(r"\b(?:t|plural)\(\s*\"([a-z0-9-]+)\"\s*[,)]")


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
        for path, value in file.walk() if file else ():
            if file and isinstance(value, str):
                problems += _check_text(file, path, value, glyphs)
    return bounded([*problems, *_missing_strings(project)])


def _missing_strings(project: Project) -> Iterator[Problem]:
    """A problem for each interface string that templates and macros call by a name that no string
    has: during the build it would be one on every page."""
    file, _ = read_data_file(project, STRINGS)
    if file is None or not isinstance(file.value, dict):
        return  # the readers of the records report it
    names = set(file.value)
    files = [*project.theme_dir.rglob("*.html"), *project.root.glob("macros/*.py")]
    called = {name for one in files for name in _CALLED.findall(text_if_any(one))}
    for name in sorted(called - names):
        what = f"The text “{name}” is missing: the site shows it."
        how = nearest(name, names - called) or "Take it back from git."
        yield file.problem((), what, how=how)


def _check_text(
    file: YamlDocument, path: Path, value: str, glyphs: frozenset[str]
) -> Iterator[Problem]:
    for _, what, expected, how in find_missing(value, glyphs):
        yield file.problem(path, what, expected, how)
    if found := _MARKUP.search(value):
        what = f"This text would show “{found[0][:_SHOWN]}” as it is written:"
        what = f"{what} labels have no markup."
        yield file.problem(path, what, how="Write words.", severity="advice")


def untranslated_labels(records: Records, locale: str) -> dict[str, int]:
    """Data file -> how many of its labels lack `locale`; complete files are left out."""
    counted = {
        f"data/{name}.yml": sum(
            isinstance(one, Label) and not one.get(locale)
            for record in records.of_kind(name).values()
            for one in texts_in(record)
        )
        for name in (*KINDS, STRINGS)
    }
    return {path: count for path, count in counted.items() if count}
