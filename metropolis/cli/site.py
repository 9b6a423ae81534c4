"""`metropolis check`, `build` and `serve`."""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

from metropolis.cache import clear
from metropolis.cli.commands import Commands, add_command, say, wrong_use
from metropolis.report import github_annotations, listing

_LAST_PORT = 65535


def add_commands(commands: Commands) -> None:
    """Adds the three."""
    check = add_command(commands, "check", _check, "check data and pages, without building")
    check.add_argument(
        "--format",
        choices=("text", "github"),
        default="text",
        help="text for people; github: annotations of a workflow run (default: %(default)s)",
    )
    build = add_command(
        commands, "build", _build, "check, build aside, inspect, and put the new site in place"
    )
    build.add_argument(
        "--clean", action="store_true", help="remove first what earlier builds have left in .cache/"
    )
    serve = add_command(commands, "serve", _serve, "preview with live reload")
    serve.add_argument(
        "--address", default="127.0.0.1:8000", help="where to listen (default: %(default)s)"
    )


def _check(root: Path, options: argparse.Namespace) -> int:
    from metropolis.builder.gate import prepare

    prepared, problems = prepare(root)
    write = github_annotations if options.format == "github" else listing
    if problems:
        print(write(problems))
    if prepared is None:
        return 1
    if options.format == "text":
        pages = sum(len(names) for names in prepared.page_names.values())
        print(f"Checked {pages} pages in {len(prepared.project.locales)} languages: no error.")
    return 0


def _build(root: Path, options: argparse.Namespace) -> int:
    from metropolis.builder.whole_site import build_site

    started = time.monotonic()

    def tell(step: str) -> None:
        say(f"[{time.monotonic() - started:4.1f} s] {step}")

    if options.clean:
        clear(root / ".cache")
    built, problems = build_site(root, tell)
    if built is None:
        print(listing(problems))
        print("Nothing was built; the last good site is untouched.", file=sys.stderr)
        return 1
    if built.advice:
        print(listing(built.advice), file=sys.stderr)
    print(
        f"Built {built.pages} pages in {', '.join(built.locales)}, checked and inspected: no error."
    )
    print(
        f"They are in {built.site_dir.relative_to(root)}/ (French at the root, the others in their"
        " folders)."
    )
    print(
        "To look at them: python3 -m http.server -d site -b 127.0.0.1 8000, then"
        " http://127.0.0.1:8000/"
    )
    return 0


def _serve(root: Path, options: argparse.Namespace) -> int:
    from metropolis.site.server import CannotListenError, serve_preview

    host, _, port = options.address.rpartition(":")
    if not host or not port.isdecimal() or int(port[:6]) > _LAST_PORT:
        return wrong_use(f"“{options.address}” is not an address: write one like 127.0.0.1:8000.")
    os.chdir(root)
    try:
        serve_preview(root, host.strip("[]"), int(port), say)
    except CannotListenError as error:
        print(f"Nothing can listen on {options.address}: {error}. Try --address 127.0.0.1:8001.")
        return 1
    except OSError as error:
        what = f"{error.filename}: {error.strerror}" if error.filename else error.strerror
        print(f"The preview has ended: {what}.")
        return 1
    return 0
