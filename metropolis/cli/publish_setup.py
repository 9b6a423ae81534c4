"""`metropolis publish setup` and `doctor`: set up and check a server."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from metropolis.cli.commands import Commands, say
from metropolis.cli.publish_server import add_server_command
from metropolis.git import GitError
from metropolis.problem import ProblemsError, RefusedError
from metropolis.publish.account import account_of, become, become_owner, find_account, find_owner
from metropolis.publish.doctor import diagnose
from metropolis.publish.installation import Wanted, check_machine, install
from metropolis.publish.machine import Machine, server_names
from metropolis.publish.places import Places
from metropolis.publish.settings import Settings, read_settings
from metropolis.publish.setup import set_up, write_own_nginx
from metropolis.report import count_summary

_ACCOUNT = "metropolis"


def add_commands(group: Commands) -> None:
    text = "make a server; again: repair what is missing and change nothing else"
    add = add_server_command(group, "setup", _setup, text).add_argument
    add("folder", nargs="?", type=Path, help="the server's folder, instead of --at")
    add("--name", help="the server's name, such as plan.metropolis.org")
    add("--listen", help="address and port of the web server (default: 80, of all addresses)")
    add("--account", help=f"whose it is (default: its owner's, else {_ACCOUNT})")
    text = "may push changes of code"
    add("--maintainer", action="append", default=[], metavar="NAME", help=text)
    text = "change nothing outside the folder; always so without root"
    add("--only-folder", action="store_true", help=text)
    text = "what is wrong with the server, each with the line that fixes it"
    doctor = add_server_command(group, "doctor", _doctor, text)
    text = "whose it should be if it is root's (default: %(default)s)"
    doctor.add_argument("--account", default=_ACCOUNT, help=text)


def _setup(root: Path, options: argparse.Namespace) -> int:
    from metropolis.project import read_project

    project, problems = read_project(root)
    if project is None:
        raise ProblemsError(problems)
    os.umask(0o022)  # other accounts must be able to read the files
    places = Places((options.folder or options.at).absolute())
    locales = project.codes
    is_whole = os.geteuid() == 0 and not options.only_folder
    try:
        done = _set_up_machine(places, root, locales, options) if is_whole else []
        settings = _set_up_folder(places, root, options)
        if not is_whole:
            write_own_nginx(places, locales, options.name, options.listen)
    except OSError as error:
        what = f"{error.filename or places.root} cannot be made: {error.strerror}."
        raise RefusedError(f"{what} Run this with sudo, or in a folder of your own.") from None
    except GitError as error:
        raise RefusedError(f"git could not make the repository: {error}") from None
    print("".join(f"{line}\n" for line in done), end="")
    print(f"Ready in {places.root}. Maintainers: {', '.join(settings.maintainers) or 'none yet'}.")
    print(_next_steps(Machine(places), account_of(os.getuid()).name if is_whole else ""))
    return 0


def _set_up_machine(
    places: Places, root: Path, locales: Sequence[str], options: argparse.Namespace
) -> list[str]:
    """The part that needs root; afterwards this process runs as the server's account."""
    owner = find_owner(places.root)
    name = options.account or (owner.name if owner and owner.home == str(places.root) else _ACCOUNT)
    wanted = Wanted(name, root, Path(sys.executable), options.name, options.listen)
    if wrong := check_machine(places, wanted):
        raise RefusedError("\n".join(wrong))
    account, done = install(Machine(places), wanted, locales)
    become(account)
    if not os.access(root / "mkdocs.yml", os.R_OK) or not os.access(sys.executable, os.X_OK):
        what = f"{account.name} cannot read the toolkit."
        raise RefusedError(f"{what} Type: sudo chmod -R a+rX {root}")
    return done


def _set_up_folder(places: Places, root: Path, options: argparse.Namespace) -> Settings:
    before, problems = read_settings(places)
    if problems:
        raise ProblemsError(problems)
    if before is None and (places.repository / "HEAD").is_file():
        what = f"{places.settings_file} was missing:"
        say(f"{what} limits are the usual ones again, and nobody is a maintainer.")
    wanted = Settings(str(root), sys.executable, maintainers=tuple(options.maintainer))
    return set_up(places, wanted, before)


def _next_steps(machine: Machine, account: str) -> str:
    places = machine.places
    if not account:
        return f"""
All of it is yours, and nothing else was changed. With sudo, set-up would also make an account
for it, and configure systemd, sshd and nginx. Until then, here:
    git remote add site {places.repository}
    git push site main"""
    server = next(iter(server_names(machine)), "SERVER")
    return f"""
Once:
    sudo systemctl daemon-reload
    sudo systemctl enable --now {machine.timer.name}
    sudo systemctl reload ssh
    sudo nginx -t && sudo systemctl reload nginx

For each person who pushes:
    {machine.typed} person add NAME --key FILE

They type, once:
    git remote add site {account}@{server}:{places.repository.name}
and to publish:
    git push site main

What is still wrong, and how to fix it:
    {machine.typed} doctor"""


def _doctor(root: Path, options: argparse.Namespace) -> int:
    from metropolis.publish.server_survey import observe_server, observe_system, observe_web

    places = Places(options.at.absolute())
    machine, owner = Machine(places), find_owner(places.root)
    if owner is None:
        raise RefusedError(f"Nothing is set up in {places.root}. Type: {machine.set_up}")
    if os.geteuid() not in (0, owner.uid):
        raise RefusedError(f"{places.root} belongs to {owner.name}. Type: {machine.typed} doctor")
    # If root owns the folder by mistake, check against the account that should own it.
    account = (find_account(options.account) if owner.uid == 0 else None) or owner
    system = observe_system(machine, account, root, sys.executable)
    web = observe_web(machine)
    become_owner(places.root)
    problems = diagnose(machine, str(root), system, web, observe_server(machine, account, root))
    for problem in problems:
        word = "" if problem.severity == "error" else " (advice)"
        print(f"{replace(problem, how='')}{word}\n    {problem.how}")
    if not system.is_root:
        say("Some of it only root can see: sudo metropolis publish doctor")
    print(count_summary(problems) if problems else f"All is well in {places.root}.")
    return int(any(problem.severity == "error" for problem in problems))
