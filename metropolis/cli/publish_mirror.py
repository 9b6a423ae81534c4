"""`metropolis publish mirror`: copies the site to an object store behind a CDN."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from metropolis.cli.commands import Commands, WrongUseError, add_command, say
from metropolis.git import ask_git_text
from metropolis.publish.mirror import mirror
from metropolis.publish.verification import verify_folder
from metropolis.release.manifest import FILE
from metropolis.report import listing


def add_commands(group: Commands) -> None:
    text = "send a built release to an object store behind a CDN"
    command = add_command(group, "mirror", _mirror, text)
    text = "where, as rclone names it: store:bucket/site"
    command.add_argument("remote", metavar="REMOTE", help=text)
    text = "what to send (default: the project's site/)"
    command.add_argument("--release-dir", type=Path, metavar="FOLDER", help=text)
    text = "the site itself, or each release in releases/NAME/ with current.json as pointer"
    text = f"{text} (default: %(default)s)"
    command.add_argument("--layout", choices=("flat", "releases"), default="flat", help=text)
    text = "only list what would be sent and removed"
    command.add_argument("--dry-run", action="store_true", help=text)


def _mirror(root: Path, options: argparse.Namespace) -> int:
    release: Path = options.release_dir or root / "site"
    if not release.is_dir():
        how = "Build the site with `make site`, or name one: --release-dir."
        raise WrongUseError(f"There is no folder {release}. {how}")
    commit = ""
    if (release / FILE).is_file():
        manifest, problems = verify_folder(release, str(release))
        if problems:
            print(listing(problems))
            print("Nothing was sent: build the site again.", file=sys.stderr)
            return 1
        commit = str((manifest or {}).get("commit", ""))
    name = commit or ask_git_text(root, "rev-parse", "--short", "HEAD") or "unnamed"
    choices = {"layout": options.layout, "dry_run": options.dry_run}
    if problems := mirror(release, name, options.remote, say, **choices):
        print(listing(problems))
        return 1
    done = f"Release {name[:10]} is complete in the store."
    print("Nothing was sent." if options.dry_run else done)
    return 0
