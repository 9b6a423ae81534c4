"""Makes a server out of a folder: the repository, its hooks, the places for releases. The account's
own part of set-up.

Asked again it mends what is missing and changes nothing else: what was decided stays unless it is
decided anew. What belongs to the machine (`metropolis/publish/machine.py`) is root's part."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import replace

from metropolis.git import run_git
from metropolis.publish.nginx import BROTLI, server_block, site_rules
from metropolis.publish.people import renew_keys
from metropolis.publish.placed_file import place_file
from metropolis.publish.places import Places, Settings
from metropolis.publish.program import program
from metropolis.publish.repository_rules import repository_rules
from metropolis.publish.settings import write_settings
from metropolis.text_file import write_file

HOOKS = {
    "pre-receive": "",
    # Only what has happened matters, and only to branches and tags.
    "reference-transaction": '[ "$1" = committed ] || exit 0\n',
    "post-receive": "",
}
# What no other account may look into: what is being pushed is not published yet.
_PRIVATE = 0o700


def set_up(places: Places, settings: Settings, before: Settings | None = None) -> Settings:
    """Makes or mends everything; `before` are the settings that stand. Returns those that hold."""
    if before is not None:
        maintainers = tuple(dict.fromkeys([*before.maintainers, *settings.maintainers]))
        # Another program may build than the one that set-up runs with; a toolkit that has moved
        # brings its own.
        python = before.python if before.toolkit == settings.toolkit else settings.python
        settings = replace(before, toolkit=settings.toolkit, python=python, maintainers=maintainers)
    kept = (places.releases, places.previews, places.pool, places.seals, places.work, places.cache)
    for folder in (places.root, *kept):
        folder.mkdir(parents=True, exist_ok=True)
    for folder in (places.repository, places.keys.parent):
        folder.mkdir(mode=_PRIVATE, exist_ok=True)
    if settings != before:
        write_settings(places, settings)
    _make_repository(places, settings)
    for hook, text in hooks(places, settings.toolkit).items():
        _write_hook(places, hook, text)
    renew_keys(places, settings.toolkit)
    return settings


def _make_repository(places: Places, settings: Settings) -> None:
    if not (places.repository / "HEAD").is_file():
        run_git(
            places.root,
            "init",
            "--quiet",
            "--bare",
            f"--initial-branch={settings.branch}",
            str(places.repository),
        )
    for key, value in repository_rules(settings).items():
        run_git(places.root, "--git-dir", str(places.repository), "config", key, value)


def write_own_nginx(
    places: Places, locales: Sequence[str], name: str | None, listen: str | None
) -> None:
    """nginx.conf in the server's folder: for an nginx that runs as the same account, and for no
    other."""
    rules, site = places.root / "nginx-rules.conf", places.root / "nginx.conf"
    place_file(rules, site_rules(places, locales, BROTLI.is_file()))
    if name or listen or not site.exists():
        place_file(site, server_block(name or "localhost", [listen or "8080"], rules))


def hooks(places: Places, toolkit: str) -> dict[str, str]:
    """The text of each hook."""
    lines = {hook: shlex.join(program(toolkit, places, "hook", hook)) for hook in HOOKS}
    first = "#!/bin/sh\n# Written by `metropolis publish setup`.\n"
    return {hook: f"{first}{HOOKS[hook]}exec {line}\n" for hook, line in lines.items()}


def _write_hook(places: Places, hook: str, text: str) -> None:
    file = places.repository / "hooks" / hook
    file.parent.mkdir(exist_ok=True)
    if not file.is_file() or file.read_text("utf-8", "replace") != text:
        write_file(file, text)
    file.chmod(0o755)
