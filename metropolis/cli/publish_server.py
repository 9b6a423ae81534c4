"""Commands for a server: they run as the account that owns it, in any folder."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

import metropolis
from metropolis.cli.commands import Commands, Run, add_command, wrong_use
from metropolis.git import GitError
from metropolis.publish.account import administrator, become_owner
from metropolis.publish.lock import LockedTooLongError
from metropolis.publish.places import Places
from metropolis.publish.settings import Settings, read_settings
from metropolis.report import listing

# These commands use the installed project, not one in the current folder.
_TOOLKIT = Path(str(metropolis.__file__)).resolve().parent.parent
ServerRun = Callable[[Places, Settings, argparse.Namespace], int]


def add_server_command(group: Commands, name: str, run: Run, text: str) -> argparse.ArgumentParser:
    """Adds a command that needs no project."""
    command = add_command(group, name, run, text)
    command.set_defaults(home=_TOOLKIT)
    return command


def open_server(options: argparse.Namespace) -> tuple[Places, Settings] | str:
    """The server and its settings, or a message why they are not available."""
    places = Places(options.at.absolute())
    become_owner(places.root)
    os.umask(0o022)  # the web server must be able to read the files
    settings, problems = read_settings(places)
    if settings is not None:
        return places, settings
    if problems:
        return listing(problems)
    return f"Nothing is set up in {places.root}. Type: sudo metropolis publish setup {places.root}"


def on_server(run: ServerRun) -> Run:
    """A command that needs a server that is set up."""

    def run_there(root: Path, options: argparse.Namespace) -> int:  # noqa: ARG001
        options.who = administrator()
        opened = open_server(options)
        if isinstance(opened, str):
            return wrong_use(opened)
        try:
            return run(*opened, options)
        except LockedTooLongError as in_progress:
            print(f"Others were first. {in_progress} Try again in a few minutes.", file=sys.stderr)
        except PermissionError as error:
            return wrong_use(f"{error.filename} belongs to somebody else. Type the same with sudo.")
        except GitError as error:
            print(f"git did not answer: {error}", file=sys.stderr)
        return 1

    return run_there
