"""Makes a server out of a folder: the repository, its hooks, the places for releases, the web server's file.

Asked again it mends what is missing and changes nothing else; what was decided stays unless it is decided anew.
"""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import replace

from metropolis.git import run_git
from metropolis.publish.nginx import BROTLI, site_file
from metropolis.publish.places import Places, Settings
from metropolis.publish.repository_rules import repository_rules

_HOOKS = {
    "pre-receive": "",
    # Only what has happened matters, and only to branches and tags.
    "reference-transaction": '[ "$1" = committed ] || exit 0\n',
    "post-receive": "",
}


def set_up(places: Places, settings: Settings, locales: Sequence[str], name: str, listen: str) -> Settings:
    """Makes or mends everything; returns the settings that hold."""
    before = places.settings()
    if before is not None:
        maintainers = tuple(dict.fromkeys([*before.maintainers, *settings.maintainers]))
        settings = replace(before, toolkit=settings.toolkit, python=settings.python, maintainers=maintainers)
    for folder in (places.root, places.releases, places.previews, places.pool, places.work, places.cache):
        folder.mkdir(parents=True, exist_ok=True)
    places.write_settings(settings)
    if not (places.repository / "HEAD").is_file():
        run_git(places.root, "init", "--quiet", "--bare", f"--initial-branch={settings.branch}", str(places.repository))
    for key, value in repository_rules(settings).items():
        run_git(places.root, "--git-dir", str(places.repository), "config", key, value)
    for hook, condition in _HOOKS.items():
        _write_hook(places, settings, hook, condition)
    for name, text in _units(places, settings).items():
        (places.root / name).write_text(text, "utf-8")
    site = site_file(places, locales, name, listen, BROTLI.is_file())
    (places.root / "nginx.conf").write_text(site, "utf-8")
    return settings


def _units(places: Places, settings: Settings) -> dict[str, str]:
    """A systemd service and its timer: reconcile at boot and every five minutes."""
    command = shlex.join(_command(places, settings, "reconcile"))
    return {
        "metropolis-reconcile.service": (
            "[Unit]\nDescription=Metropolis: what is published is live\n\n"
            f"[Service]\nType=oneshot\nExecStart={command}\n"
        ),
        "metropolis-reconcile.timer": (
            "[Unit]\nDescription=Metropolis: after a crash, put right\n\n"
            "[Timer]\nOnBootSec=30\nOnUnitActiveSec=5min\n\n[Install]\nWantedBy=timers.target\n"
        ),
    }


def _command(places: Places, settings: Settings, *arguments: str) -> list[str]:
    program = [settings.python, "-m", "metropolis.cli", "--project", settings.toolkit]
    return [*program, "publish", "--at", str(places.root), *arguments]


def _write_hook(places: Places, settings: Settings, hook: str, condition: str) -> None:
    file = places.repository / "hooks" / hook
    file.parent.mkdir(exist_ok=True)
    command = shlex.join(_command(places, settings, "hook", hook))
    text = f"#!/bin/sh\n# Written by `metropolis publish setup`.\n{condition}exec {command}\n"
    if not file.is_file() or file.read_text("utf-8") != text:
        new = file.with_name(f".{hook}.new")
        new.write_text(text, "utf-8")
        new.chmod(0o755)
        new.rename(file)
