"""Commands for a server: they run as the account that owns it, in any folder."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

import metropolis
from metropolis.cli.commands import Commands, Run, add_command
from metropolis.git import GitError
from metropolis.problem import RefusedError
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


def on_server(run: ServerRun) -> Run:
    """A command that needs a server that is set up."""

    def run_there(root: Path, options: argparse.Namespace) -> int:  # noqa: ARG001
        options.who = administrator()
        places = Places(options.at.absolute())
        become_owner(places.root)
        os.umask(0o022)  # the web server must be able to read the files
        settings, problems = read_settings(places)
        if settings is None:
            how = f"Type: sudo metropolis publish setup {places.root}"
            nothing = f"Nothing is set up in {places.root}. {how}"
            raise RefusedError(listing(problems) if problems else nothing)
        try:
            return run(places, settings, options)
        except LockedTooLongError as in_progress:
            print(f"Others were first. {in_progress} Try again in a few minutes.", file=sys.stderr)
        except PermissionError as error:
            what = f"{error.filename} belongs to somebody else."
            raise RefusedError(f"{what} Type the same with sudo.") from None
        except GitError as error:
            print(f"git did not answer: {error}", file=sys.stderr)
        return 1

    return run_there
