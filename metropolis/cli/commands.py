"""What the groups of commands share: adding to the parser, opening the project, saying what was typed wrong."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from metropolis.report import listing

if TYPE_CHECKING:
    from metropolis.translation.workbench import Workbench

Run = Callable[[Path, argparse.Namespace], int]
Commands = Any  # argparse keeps the name of this type to itself


def add_command(commands: Commands, name: str, run: Run, text: str) -> argparse.ArgumentParser:
    """A command with its one-line help; `run(root, options)` gives the exit code."""
    command: argparse.ArgumentParser = commands.add_parser(name, help=text, description=text)
    command.set_defaults(run=run)
    return command


def add_group(commands: Commands, name: str, text: str) -> Commands:
    """A command that only has commands: `metropolis translation …`."""
    group = commands.add_parser(name, help=text, description=text)
    return group.add_subparsers(title="commands", required=True, metavar="COMMAND")


def open_project(root: Path) -> Workbench | None:
    """The workbench; None, and the problems printed, where configuration or data cannot be read."""
    from metropolis.translation.workbench import open_workbench

    workbench, problems = open_workbench(root)
    if workbench is None:
        print(listing(problems))
    return workbench


def say(words: str) -> None:
    """Progress, to standard error, at once."""
    print(words, file=sys.stderr, flush=True)


def wrong_use(words: str) -> int:
    """Says what was typed wrong; the exit code for it."""
    print(words, file=sys.stderr)
    return 2


def path_in_project(root: Path, path: str) -> str:
    """The path as problems name it, whatever folder it was typed in."""
    return Path(path).resolve().relative_to(root).as_posix() if path and _is_inside(root, path) else path


def _is_inside(root: Path, path: str) -> bool:
    return Path(path).resolve().is_relative_to(root)
