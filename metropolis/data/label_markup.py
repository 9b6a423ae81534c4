"""Advice on labels that look like markup: every label is shown letter for letter, and nobody means
to show `<b>`.

Read by the workbench. The records do not say where a label stands, so the files are looked through,
and read again only where there is something to tell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from metropolis.data.bounds import bounded
from metropolis.data.files import read_data_file
from metropolis.data.records import KINDS, STRINGS
from metropolis.problem import Problem
from metropolis.project import Project
from metropolis.strict_yaml.document import Path
from metropolis.text_file import read_bytes

# A tag, a character's code, emphasis, a link or image, code, a macro: as pages write them.
_MARKUP = re.compile(
    r"</?[A-Za-z][^<>\n]*>|&(?:#\w+|[A-Za-z]+);|\*\*[^*\n]+\*\*|\[[^\[\]\n]+\]\([^()\s]+\)|`[^`\n]+`|\{[{%][^{}\n]+[}%]\}"
)
_SHOWN = 40


def label_markup(project: Project) -> list[Problem]:
    """A piece of advice for each text of data/ in which markup stands."""
    problems: list[Problem] = []
    for name in (*KINDS, STRINGS):
        try:
            text = read_bytes(project.data_dir / f"{name}.yml").decode()
        except (OSError, ValueError):
            continue  # reading the records tells it
        # An escape may write any sign.
        if not _MARKUP.search(text) and "\\" not in text:
            continue
        file, _ = read_data_file(project, name)
        for path, found in _texts(file.document.value, ()) if file else ():
            what = (
                f"This text would show “{found[:_SHOWN]}” as it is written: labels have no markup."
            )
            place = file.document.mark(path) if file else (0, 0)
            problems.append(
                Problem(f"data/{name}.yml", *place, what, how="Write words.", severity="advice")
            )
    return bounded(problems)


def _texts(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    """Where markup stands in a file's values, and what it is."""
    if isinstance(value, str):
        if found := _MARKUP.search(value):
            yield path, found[0]
    elif isinstance(value, dict | list):
        for step, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _texts(inner, (*path, step))
