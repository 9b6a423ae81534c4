"""`metropolis data …`: the data files."""

from __future__ import annotations

import argparse
from pathlib import Path

from metropolis.cli.commands import Commands, add_command, add_group
from metropolis.data.schema import schema_texts
from metropolis.project import read_project
from metropolis.report import listing


def add_commands(commands: Commands) -> None:
    """Adds the group."""
    group = add_group(commands, "data", "the data files")
    add_command(group, "schema", _schema, "write data/schema/*.json anew from the models")


def _schema(root: Path, options: argparse.Namespace) -> int:  # noqa: ARG001
    project, problems = read_project(root)
    if project is None:
        print(listing(problems))
        return 1
    folder = project.data_dir / "schema"
    folder.mkdir(exist_ok=True)
    texts = schema_texts(project)
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    print(f"Wrote {len(texts)} schemas in data/schema/.")
    return 0
