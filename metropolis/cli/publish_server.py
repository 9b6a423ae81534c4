"""Opens a server for a command, as the account that owns it."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import metropolis
from metropolis.publish.account import become_owner
from metropolis.publish.places import Places, Settings
from metropolis.publish.settings import read_settings
from metropolis.report import listing

# Commands for a server use the installed project, not one in the current folder.
TOOLKIT = Path(str(metropolis.__file__)).resolve().parent.parent


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
