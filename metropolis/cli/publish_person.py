"""`metropolis publish person …`: who may push, and the only command that their keys allow."""

from __future__ import annotations

import argparse
import os
import shlex
import sys
from dataclasses import replace
from pathlib import Path

from metropolis.cli.commands import Commands, Run, add_group, say
from metropolis.cli.publish_server import ServerRun, add_server_command, on_server
from metropolis.problem import RefusedError
from metropolis.publish import people
from metropolis.publish.account import account_of
from metropolis.publish.lock import locked
from metropolis.publish.machine import Machine, server_names
from metropolis.publish.places import Places
from metropolis.publish.settings import Limits, Settings, read_settings, write_settings
from metropolis.publish.shell import environment, git_command, limit_unpacking
from metropolis.text_file import read_bytes


def add_commands(group: Commands) -> None:
    person = add_group(group, "person", "the people who push, and their keys")
    text = "let somebody push with their key; again: another key"
    adding = add_server_command(person, "add", _add, text)
    removing = add_server_command(person, "remove", _changing(_remove), "remove a person's keys")
    for command in (adding, removing):
        command.add_argument("name", metavar="NAME", help="as in the log: ana, luc.martin")
    text = "the public half of the key (.pub), or - for standard input"
    adding.add_argument("--key", metavar="FILE", help=text)
    adding.add_argument("--maintainer", action="store_true", help="may push changes of code too")
    add_server_command(person, "list", _changing(_list), "who may push, and what")
    shell = add_server_command(group, "shell", _shell, "what a key allows; not for people")
    shell.add_argument("name")


def _changing(run: ServerRun) -> Run:
    """A command that changes the server's people; only one runs at a time."""

    def run_locked(places: Places, settings: Settings, options: argparse.Namespace) -> int:
        try:
            with locked(places.root / "people.lock", say):
                return run(places, settings, options)
        except OSError as error:
            what = f"{error.filename} cannot be written ({error.strerror})."
            raise RefusedError(f"{what} Type it with sudo.") from None

    return on_server(run_locked)


def _add(root: Path, options: argparse.Namespace) -> int:
    """The user who runs the command reads the key: the server's account may lack access."""
    try:
        people.check_name(options.name)
        options.keys = []
        if options.key == "-":
            options.keys = people.read_keys(sys.stdin.read())
        elif options.key:
            options.keys = people.read_keys(read_bytes(Path(options.key)).decode())
    except OSError as error:
        raise RefusedError(f"{options.key} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise RefusedError(f"{options.key} is not a text. Give the file ending in .pub.") from None
    return _changing(_add_keys)(root, options)


def _add_keys(places: Places, settings: Settings, options: argparse.Namespace) -> int:
    name, account = options.name, account_of(os.getuid()).name
    if name in (account, "root"):
        raise RefusedError(f"“{name}” is an account of the server. Choose the person's own name.")
    before = people.stored_lines(places)
    command = shlex.join(places.command(settings.toolkit))
    after = people.add_keys(before, name, options.keys, command)
    if name not in people.key_counts(after):
        how = f"sudo metropolis publish person add {name} --key FILE"
        raise RefusedError(f"{name} has no key yet. Type: {how}")
    if after != before:
        people.store_lines(places, after)
    if options.maintainer and name not in settings.maintainers:
        settings = replace(settings, maintainers=(*settings.maintainers, name))
        write_settings(places, settings)
    print(f"{_described(name, people.key_counts(after)[name], settings)} They type, once:")
    server = next(iter(server_names(Machine(places))), "SERVER")
    print(f"    git remote add site {account}@{server}:{places.repository.name}")
    return 0


def _described(name: str, keys: int, settings: Settings) -> str:
    what = "pages, data and code" if name in settings.maintainers else "pages and data"
    return f"{name} may push {what}, with {keys} {'key' if keys == 1 else 'keys'}."


def _remove(places: Places, settings: Settings, options: argparse.Namespace) -> int:
    before = people.stored_lines(places)
    after = [line for line in before if line.name != options.name]
    others = tuple(name for name in settings.maintainers if name != options.name)
    if after == before and others == settings.maintainers:
        known = ", ".join(people.key_counts(before)) or "none"
        raise RefusedError(f"Nobody here is called {options.name}. People: {known}.")
    if after != before:
        people.store_lines(places, after)
    if others != settings.maintainers:
        write_settings(places, replace(settings, maintainers=others))
    print(f"{options.name} can no longer push.")
    return 0


def _list(places: Places, settings: Settings, options: argparse.Namespace) -> int:  # noqa: ARG001
    found = people.key_counts(people.stored_lines(places))
    for name in sorted({*found, *settings.maintainers}):
        print(_described(name, found.get(name, 0), settings))
    if not found and not settings.maintainers:
        print("Nobody may push yet. Type: sudo metropolis publish person add NAME --key FILE")
    return 0


def _shell(root: Path, options: argparse.Namespace) -> int:  # noqa: ARG001
    places = Places(options.at.absolute())
    try:
        name = people.check_name(options.name)
        command = git_command(os.environ.get("SSH_ORIGINAL_COMMAND", ""), places)
    except RefusedError as error:
        say(str(error))
        return 1
    os.umask(0o022)
    if "receive-pack" in command:
        settings, _ = read_settings(places)  # the hook reports their problems
        limit_unpacking(settings or Limits())
    home = account_of(os.getuid()).home
    try:
        os.execvpe(command[0], command, environment(name, home, os.environ))
    except OSError as error:
        say(f"The server could not run git ({error.strerror}). Tell its administrator.")
        return 1
