"""`metropolis publish …`: publishing, status, rollback and mirror. Every push starts this module
three times, as git's hooks: what only one command needs, and is slow, is imported there."""

from __future__ import annotations

import argparse
from pathlib import Path

from metropolis.cli import publish_person, publish_setup
from metropolis.cli.commands import Commands, add_command, say
from metropolis.cli.publish_hook import run_hook
from metropolis.cli.publish_server import add_server_command, on_server
from metropolis.git import ask_git_text
from metropolis.problem import Problem, ProblemsError, RefusedError
from metropolis.publish.account import become_owner
from metropolis.publish.lock import Work, locked
from metropolis.publish.machine import USUAL
from metropolis.publish.mirror import mirror
from metropolis.publish.places import Places
from metropolis.publish.publication_log import Event, read_publications
from metropolis.publish.reconciliation import Reconciliation, previews, reconcile
from metropolis.publish.releases import folder_size, verify_live
from metropolis.publish.settings import Settings
from metropolis.publish.verification import Answer, verify_address, verify_folder
from metropolis.release.manifest import FILE, read_manifest
from metropolis.report import listing


def add_commands(commands: Commands) -> None:
    text = "publishing by git push"
    parser = commands.add_parser("publish", help=text, description=text)
    text = "the server's folder (default: %(default)s)"
    parser.add_argument("--at", type=Path, default=USUAL, help=text)
    group = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    publish_setup.add_commands(group)
    publish_person.add_commands(group)
    for name, run, text in (
        ("status", _status, "what is live, since when, by whom; its size"),
        ("log", _log, "what went live"),
        ("rollback", _rollback, "go back to an earlier release, and stay there"),
        ("unpin", _unpin, "end a rollback: what is published goes live again"),
        ("reconcile", _reconcile, "make what is live what it should be"),
    ):
        add = add_server_command(group, name, on_server(run), text).add_argument
        if name == "log":
            add("-n", type=int, default=20, metavar="N", help="how many (default: %(default)s)")
        if name == "rollback":
            add("release", nargs="?", default="", help="its commit (default: what was live before)")
    text = "compare a release, or a site online, with its manifest"
    verify = add_server_command(group, "verify", _verify, text)
    text = "a folder or an address (default: the live release)"
    verify.add_argument("target", nargs="?", default="", help=text)
    hook = add_server_command(group, "hook", run_hook, "what git calls; not for people")
    hook.add_argument("name", choices=("pre-receive", "reference-transaction", "post-receive"))
    hook.add_argument("state", nargs="*")
    _add_mirror(group)


def _add_mirror(group: Commands) -> None:
    text = "send a built release to an object store behind a CDN"
    add = add_command(group, "mirror", _mirror, text).add_argument
    add("remote", metavar="REMOTE", help="where, as rclone names it: store:bucket/site")
    text = "what to send (default: the project's site/)"
    add("--release-dir", type=Path, metavar="FOLDER", help=text)
    text = "the site itself, or each release in releases/NAME/ with current.json as pointer"
    text = f"{text} (default: %(default)s)"
    add("--layout", choices=("flat", "releases"), default="flat", help=text)
    add("--dry-run", action="store_true", help="only list what would be sent and removed")


def _status(places: Places, _settings: Settings, _options: argparse.Namespace) -> int:
    live = places.live()
    if not live:
        print(f"Nothing is published yet. Push to {places.repository}.")
        return 0
    release = places.release(live)
    line = next((one for one in reversed(read_publications(places)) if one.commit == live), None)
    manifest = read_manifest((release / "release.json").read_text("utf-8")) or {}
    since = f", since {line.time}, {line.event} by {line.who}" if line else ""
    print(f"Live: {live[:10]}{since}")
    if places.pinned():
        print("Pinned: pushes are accepted and do not go live until: metropolis publish unpin")
    pages = ", ".join(f"{locale} {count}" for locale, count in manifest.get("pages", {}).items())
    size = folder_size(release) / 1e6
    print(f"Pages: {pages}. Files: {manifest.get('file_count')}. Size: {size:.1f} MB on disk.")
    for locale, states in manifest.get("translations", {}).items():
        counts = ", ".join(f"{count} {state}" for state, count in states.items())
        print(f"Translation {locale}: {counts}.")
    for address, folder in previews(places).items():
        print(f"Preview: /preview/{address}/ ({folder.name[:10]})")
    kept = sorted(folder.name[:10] for folder in places.releases.iterdir() if folder.name != live)
    print(f"Other releases here: {', '.join(kept) or 'none'}.")
    return 0


def _log(places: Places, _settings: Settings, options: argparse.Namespace) -> int:
    for line in read_publications(places)[-options.n :][::-1]:
        print(f"{line.time}  {line.commit[:10]}  {line.event} by {line.who}")
    return 0


def _rollback(places: Places, settings: Settings, options: argparse.Namespace) -> int:
    live = places.live()
    lines = reversed(read_publications(places))
    earlier = list(dict.fromkeys(line.commit for line in lines if line.commit != live))
    if options.release:
        here = [folder.name for folder in places.releases.iterdir() if folder.is_dir()]
        known = dict.fromkeys([*here, *earlier])
        found = [name for name in known if name.startswith(options.release)]
    else:
        found = [commit for commit in earlier if places.release(commit).is_dir()][:1]
    if len(found) != 1:
        names = ", ".join(name[:10] for name in earlier) or "none"
        meant = options.release or "the one before"
        print(f"“{meant}” does not name a single release. There were: {names}.")
        return 1
    problems = _repinned(places, settings, options.who, found[0], "rolled back")
    if places.live() == found[0]:
        print(f"Live: {found[0][:10]}. It stays until: metropolis publish unpin")
    return _reported(problems)


def _unpin(places: Places, settings: Settings, options: argparse.Namespace) -> int:
    if not places.pinned():
        print("Nothing is pinned.")
        return 0
    problems = _repinned(places, settings, options.who, "", "unpinned")
    print(f"Live: {places.live()[:10]}.")
    return _reported(problems)


def _repinned(
    places: Places, settings: Settings, who: str, commit: str, event: Event
) -> list[Problem]:
    """Moves the site to `commit` and pins it, or (empty) to the published commit. If that fails,
    the earlier pin is restored: the timer must not do later what was reported as not done."""
    work = Work("A rollback" if commit else "The end of a rollback", longest=settings.longest_build)
    with locked(places.lock, say, settings.longest_wait, work):
        before, problems = places.pinned(), None
        try:
            places.write_pin(commit)
            problems = Reconciliation(places, settings, say).run(who, event)
        finally:
            if problems is None or (commit and places.live() != commit):
                places.write_pin(before)
    return problems


def _reconcile(places: Places, settings: Settings, options: argparse.Namespace) -> int:
    before = places.live()
    problems = reconcile(places, settings, options.who, say)
    live = places.live()
    changed = "" if live == before else f" (before: {before[:10] or 'nothing'})"
    print(f"Live: {live[:10] or 'nothing'}{changed}.")
    return _reported(problems)


def _reported(problems: list[Problem]) -> int:
    """Prints what could not be repaired; returns the exit code."""
    if problems:
        print(listing(problems))
    return 1 if problems else 0


def _verify(root: Path, options: argparse.Namespace) -> int:  # noqa: ARG001
    target: str = options.target
    if target.startswith(("https://", "http://")):
        manifest, problems = verify_address(lambda *file: _fetched(target, *file), target)
    elif target:
        manifest, problems = verify_folder(Path(target), target)
    else:
        places = Places(options.at.absolute())
        become_owner(places.root)
        manifest, problems = verify_live(places)
    if problems or manifest is None:
        raise ProblemsError(problems)
    commit = manifest["commit"][:10] or "an unnamed commit"
    print(f"Whole: {manifest['file_count']} files of {commit}, as built.")
    return 0


def _fetched(site: str, path: str, encoding: str) -> Answer:
    import http.client
    import urllib.error
    import urllib.parse
    import urllib.request

    address = f"{site.rstrip('/')}/{urllib.parse.quote(path)}"
    request = urllib.request.Request(address, headers={"Accept-Encoding": encoding})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return Answer(answer.read(), answer.headers.get("Content-Encoding", ""))
    except urllib.error.HTTPError as error:
        return Answer(None, why=f"{error.code} {error.reason}")
    except (OSError, http.client.HTTPException) as error:
        return Answer(None, why=f"no answer ({getattr(error, 'reason', error)})")


def _mirror(root: Path, options: argparse.Namespace) -> int:
    release: Path = options.release_dir or root / "site"
    if not release.is_dir():
        how = "Build the site with `make site`, or name one: --release-dir."
        raise RefusedError(f"There is no folder {release}. {how}")
    commit = ""
    if (release / FILE).is_file():
        manifest, problems = verify_folder(release, str(release))
        if problems:
            raise ProblemsError(problems, "Nothing was sent: build the site again.")
        commit = str((manifest or {}).get("commit", ""))
    name = commit or ask_git_text(root, "rev-parse", "--short", "HEAD") or "unnamed"
    layout, dry_run = options.layout, options.dry_run
    if problems := mirror(release, name, options.remote, say, layout=layout, dry_run=dry_run):
        raise ProblemsError(problems)
    print("Nothing was sent." if dry_run else f"Release {name[:10]} is complete in the store.")
    return 0
