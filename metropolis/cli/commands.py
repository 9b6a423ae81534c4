"""Shared by the groups of commands: the parser, opening the project, progress, usage errors."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from metropolis.problem import Problem, ProblemsError

if TYPE_CHECKING:
    from metropolis.translation.workbench import Workbench

Run = Callable[[Path, argparse.Namespace], int]
Commands = Any  # argparse does not export this type


def add_command(commands: Commands, name: str, run: Run, text: str) -> argparse.ArgumentParser:
    """Adds a command with one-line help; `run(root, options)` returns the exit code."""
    command: argparse.ArgumentParser = commands.add_parser(name, help=text, description=text)
    command.set_defaults(run=run)
    return command


def add_group(commands: Commands, name: str, text: str) -> Commands:
    """Adds a command that only has subcommands: `metropolis translation …`."""
    group = commands.add_parser(name, help=text, description=text)
    return group.add_subparsers(title="commands", required=True, metavar="COMMAND")


def open_project(root: Path) -> Workbench:
    """The workbench. Raises ProblemsError if configuration or data cannot be read."""
    from metropolis.translation.workbench import open_workbench

    workbench, problems = open_workbench(root)
    if workbench is None:
        raise ProblemsError(problems)
    return workbench


def unread_problems(workbench: Workbench, *wanted: str) -> list[Problem]:
    """Why pages at or under the paths `wanted`, or their sources, cannot be read; of none, all."""
    from metropolis.content.files import link_problem

    project = workbench.project
    start = f"{project.content_dir.name}/{project.source}/"
    sources = (start + "/".join(path.split("/")[2:]) for path in wanted)
    folders = tuple(f"{path.rstrip('/')}/" for path in (*wanted, *sources)) or ("",)
    unread = [path for path in workbench.unread if f"{path}/".startswith(folders)]
    found = [problem for problem in workbench.problems if problem.path in unread]
    links = sorted(path for path in unread if (project.root / path).is_symlink())
    return [*found, *map(link_problem, links)]


def say(words: str) -> None:
    """Prints progress to standard error, without buffering."""
    print(words, file=sys.stderr, flush=True)


def say_with_time() -> Callable[[str], None]:
    """`say`, with the seconds since now before each line."""
    started = time.monotonic()
    return lambda words: say(f"[{time.monotonic() - started:4.1f} s] {words}")


def confirm(question: str) -> bool:
    """Whether the user agrees; nobody does at the end of the input."""
    try:
        return input(f"{question} [y/N] ").strip().lower() in ("y", "yes")
    except EOFError:
        return False


def project_path(root: Path, path: str) -> str:
    """The path as problems name it, relative to the project."""
    full = Path(path).resolve()
    is_inside = bool(path) and full.is_relative_to(root)
    return full.relative_to(root).as_posix() if is_inside else path
