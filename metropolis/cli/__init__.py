"""The command line: the only place that prints and exits; one module for each group of commands.

Exit codes: 0 done, 1 problems found (listed), 2 wrong use. Progress goes to standard error, results to standard output.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path

from metropolis.cli import data, pdf, publish, site, translation


def main(arguments: list[str] | None = None) -> int:
    """Runs one command; returns the exit code."""
    options = _parser().parse_args(arguments)
    root: Path = options.project.resolve()
    if not (root / "mkdocs.yml").is_file():
        print(
            f"There is no mkdocs.yml in {root}. Go to the project's folder, or name it with --project.",
            file=sys.stderr,
        )
        return 2
    # Ended like an interruption from the keyboard: what is temporary is cleared away.
    with suppress(ValueError):  # not in the main thread: whoever calls from there ends it in its own way
        signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        code: int = options.run(root, options)
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 1
    except BrokenPipeError:
        # Whoever reads has seen enough (`| head`): what Python still holds has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="metropolis", description="Builds and checks the site of the plan.")
    parser.add_argument("--project", type=Path, default=Path(), help="the project's folder (default: this one)")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for group in (site, pdf, translation, publish, data):
        group.add_commands(commands)
    return parser
