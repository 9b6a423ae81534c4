"""Makes a server out of a folder, as the account; root's part of set-up is `installation.py`. Run
again, it repairs what is missing and changes nothing else: earlier decisions stay."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import replace

from metropolis.git import run_git
from metropolis.publish.machine import place_file
from metropolis.publish.nginx import BROTLI, server_block, site_rules
from metropolis.publish.people import renew_keys
from metropolis.publish.places import Places
from metropolis.publish.settings import Limits, Settings, write_settings
from metropolis.text_file import text_if_any, write_file

HOOKS = {
    "pre-receive": "",
    # Only moves that have happened matter.
    "reference-transaction": '[ "$1" = committed ] || exit 0\n',
    "post-receive": "",
}


def set_up(places: Places, settings: Settings, before: Settings | None = None) -> Settings:
    """Makes or repairs everything; `before` are the present settings. Returns the new ones."""
    if before is not None:
        maintainers = tuple(dict.fromkeys([*before.maintainers, *settings.maintainers]))
        # The Python that builds may be another one. A toolkit that has moved brings its own.
        python = before.python if before.toolkit == settings.toolkit else settings.python
        settings = replace(before, toolkit=settings.toolkit, python=python, maintainers=maintainers)
    kept = (places.releases, places.previews, places.pool, places.seals, places.work, places.cache)
    for folder in (places.root, *kept):
        folder.mkdir(parents=True, exist_ok=True)
    for folder in (places.repository, places.keys.parent):
        # No other account may look into these: what is being pushed is not published yet.
        folder.mkdir(mode=0o700, exist_ok=True)
    if settings != before:
        write_settings(places, settings)
    _make_repository(places, settings)
    for hook, text in hooks(places, settings.toolkit).items():
        file = places.repository / "hooks" / hook
        if text_if_any(file) != text:
            write_file(file, text)
        file.chmod(0o755)
    renew_keys(places, settings.toolkit)
    return settings


def _make_repository(places: Places, settings: Settings) -> None:
    repository = str(places.repository)
    if not (places.repository / "HEAD").is_file():
        branch = f"--initial-branch={settings.branch}"
        run_git(places.root, "init", "--quiet", "--bare", branch, repository)
    for key, value in repository_rules(settings).items():
        run_git(places.root, "--git-dir", repository, "config", key, value)


def repository_rules(limits: Limits) -> dict[str, str]:
    """git's settings of the repository: what git itself rejects, before it runs a hook."""
    return {
        "receive.denyNonFastForwards": "false",  # the hook rejects them, and says what to type
        "receive.denyDeletes": "false",
        "receive.fsckObjects": "true",  # strict: git's warnings reject a push too
        "receive.maxInputSize": str(limits.largest_push),
        "receive.shallowUpdate": "false",
        "receive.advertisePushOptions": "false",
        "receive.autogc": "false",
        "gc.auto": "0",
        # Larger files are read in parts, not held in memory.
        "core.bigFileThreshold": str(limits.largest_file),
        # History is read through small windows, so that unpacking needs limited memory (shell.py).
        "core.packedGitWindowSize": "32m",
        "core.packedGitLimit": "256m",
        "core.useReplaceRefs": "false",
        "core.fsync": "all",
        "core.logAllRefUpdates": "true",
    }


def write_own_nginx(
    places: Places, locales: Sequence[str], name: str | None, listen: str | None
) -> None:
    """nginx.conf in the server's folder: for an nginx that runs as the same account."""
    rules, site = places.root / "nginx-rules.conf", places.root / "nginx.conf"
    place_file(rules, site_rules(places, locales, BROTLI.is_file()))
    if name or listen or not site.exists():
        place_file(site, server_block(name or "localhost", [listen or "8080"], rules))


def hooks(places: Places, toolkit: str) -> dict[str, str]:
    first = "#!/bin/sh\n# Written by `metropolis publish setup`.\n"
    lines = {hook: shlex.join(places.command(toolkit, "hook", hook)) for hook in HOOKS}
    return {hook: f"{first}{HOOKS[hook]}exec {line}\n" for hook, line in lines.items()}
