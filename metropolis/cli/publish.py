"""`metropolis publish …`: from a push to the site on line, and back."""

from __future__ import annotations

import argparse
import http.client
import os
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from pathlib import Path

from metropolis.cli import mirror
from metropolis.cli.commands import Commands, Run, add_command, say, wrong_use
from metropolis.cli.hook import run_hook
from metropolis.git import GitError
from metropolis.project import read_project
from metropolis.publish.journal import Event, read_journal
from metropolis.publish.lock import LockedTooLongError
from metropolis.publish.manifest import read_manifest
from metropolis.publish.places import Places, Settings
from metropolis.publish.reconcile import Converged, previews, reconcile
from metropolis.publish.releases import folder_size, verify_live
from metropolis.publish.setup import set_up
from metropolis.publish.trust import pusher
from metropolis.publish.verify import Answer, verify_address, verify_folder
from metropolis.report import listing

_DEFAULT = os.environ.get("METROPOLIS_SERVER", "/srv/metropolis")


def add_commands(commands: Commands) -> None:
    """Adds the group."""
    parser = commands.add_parser("publish", help="publishing by git push", description="Publishing by git push.")
    parser.add_argument("--at", type=Path, default=Path(_DEFAULT), help="the server's folder (default: %(default)s)")
    group = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    setup = add_command(group, "setup", _setup, "make the repository, the hooks and the web server's file; again: mend")
    setup.add_argument("folder", nargs="?", type=Path, help="the server's folder, instead of --at")
    setup.add_argument("--maintainer", action="append", default=[], metavar="NAME", help="may push changes of code")
    setup.add_argument("--name", default="plan.metropolis.org", help="the server's name (default: %(default)s)")
    setup.add_argument("--listen", default="80", help="address and port of the web server (default: %(default)s)")
    add_command(group, "status", _on_server(_status), "what is live, since when, by whom; its translations, its size")
    log = add_command(group, "log", _on_server(_log), "what went live")
    log.add_argument("-n", type=int, default=20, metavar="N", help="how many lines (default: %(default)s)")
    rollback = add_command(group, "rollback", _on_server(_rollback), "go back to an earlier release, and stay there")
    rollback.add_argument("release", nargs="?", default="", help="its commit (default: what was live before)")
    add_command(group, "unpin", _on_server(_unpin), "end a rollback: what is published goes live again")
    add_command(group, "reconcile", _on_server(_reconcile), "make what is live what it ought to be, after any crash")
    check = add_command(group, "verify", _verify, "compare a release, or a site on line, with its manifest")
    check.add_argument("target", nargs="?", default="", help="a folder or an address (default: the live release)")
    hook = add_command(group, "hook", run_hook, "what git calls; not for people")
    hook.add_argument("name", choices=("pre-receive", "reference-transaction", "post-receive"))
    hook.add_argument("state", nargs="*")
    mirror.add_commands(group)


def _on_server(run: Callable[[Places, Settings, argparse.Namespace], int]) -> Run:
    """A command that needs a server which is set up."""

    def run_there(root: Path, options: argparse.Namespace) -> int:  # noqa: ARG001
        places = Places(options.at.resolve())
        settings = places.settings()
        if settings is None:
            return wrong_use(f"Nothing is set up in {places.root}. Type: metropolis publish setup {places.root}")
        try:
            return run(places, settings, options)
        except LockedTooLongError as under_way:
            print(f"Others were first. {under_way} Try again in a few minutes.", file=sys.stderr)
        except GitError as error:
            print(f"git did not answer: {error}", file=sys.stderr)
        return 1

    return run_there


def _setup(root: Path, options: argparse.Namespace) -> int:
    project, problems = read_project(root)
    if project is None:
        print(listing(problems))
        return 1
    places = Places((options.folder or options.at).resolve())
    wanted = Settings(toolkit=str(root), python=sys.executable, maintainers=tuple(options.maintainer or [pusher()]))
    try:
        settings = set_up(places, wanted, [one.code for one in project.locales], options.name, options.listen)
    except OSError as error:
        return wrong_use(f"{places.root} cannot be made: {error.strerror}. Run this as somebody who may write there.")
    except GitError as error:
        return wrong_use(f"git could not make the repository: {error}")
    print(f"Ready in {places.root}. Maintainers: {', '.join(settings.maintainers)}.")
    print("\nThe web server, once:")
    print(f"    sudo ln -sf {places.root}/nginx.conf /etc/nginx/sites-enabled/metropolis.conf")
    print("    sudo nginx -t && sudo systemctl reload nginx")
    print("\nTo put things right by itself after a crash, at boot and every five minutes:")
    unit = places.root / "metropolis-reconcile"
    print(f"    sudo systemctl link {unit}.service && sudo systemctl enable --now {unit}.timer")
    print("or in cron:")
    print(f"    */5 * * * * {sys.executable} -m metropolis.cli --project {root} publish --at {places.root} reconcile")
    print("\nStaff type, once:")
    print(f"    git remote add site ssh://SERVER{places.repository}")
    print("and to publish:")
    print(f"    git push site {settings.branch}")
    return 0


def _status(places: Places, _settings: Settings, _options: argparse.Namespace) -> int:
    live = places.live()
    if not live:
        print(f"Nothing is published yet. Push to {places.repository}.")
        return 0
    release = places.release(live)
    line = next((one for one in reversed(read_journal(places)) if one.commit == live), None)
    manifest = read_manifest((release / "release.json").read_text("utf-8")) or {}
    print(f"Live: {live[:10]}" + (f", since {line.time}, {line.event} by {line.who}" if line else ""))
    if places.pinned():
        print("Pinned: pushes are accepted and do not go live until: metropolis publish unpin")
    pages = ", ".join(f"{locale} {count}" for locale, count in manifest.get("pages", {}).items())
    print(f"Pages: {pages}. Files: {manifest.get('file_count')}. Size: {folder_size(release) / 1e6:.1f} MB on disk.")
    for locale, states in manifest.get("translations", {}).items():
        print(f"Translation {locale}: {', '.join(f'{count} {state}' for state, count in states.items())}.")
    for address, folder in previews(places).items():
        print(f"Preview: /preview/{address}/ ({folder.name[:10]})")
    kept = sorted(folder.name[:10] for folder in places.releases.iterdir() if folder.name != live)
    print(f"Other releases here: {', '.join(kept) or 'none'}.")
    return 0


def _log(places: Places, _settings: Settings, options: argparse.Namespace) -> int:
    for line in read_journal(places)[-options.n :][::-1]:
        print(f"{line.time}  {line.commit[:10]}  {line.event} by {line.who}")
    return 0


def _rollback(places: Places, settings: Settings, options: argparse.Namespace) -> int:
    live = places.live()
    earlier = list(dict.fromkeys(line.commit for line in reversed(read_journal(places)) if line.commit != live))
    if options.release:
        standing = [folder.name for folder in places.releases.iterdir() if folder.is_dir()]
        found = [name for name in dict.fromkeys([*standing, *earlier]) if name.startswith(options.release)]
    else:
        found = [commit for commit in earlier if places.release(commit).is_dir()][:1]
    if len(found) != 1:
        names = ", ".join(name[:10] for name in earlier) or "none"
        print(f"No single release is meant by “{options.release or 'the one before'}”. There were: {names}.")
        return 1
    done = _repinned(places, settings, found[0], "rolled back")
    if done.live != found[0]:
        return _told(done)
    print(f"Live: {found[0][:10]}. It stays until: metropolis publish unpin")
    return _told(done)


def _unpin(places: Places, settings: Settings, _options: argparse.Namespace) -> int:
    if not places.pinned():
        print("Nothing is pinned.")
        return 0
    done = _repinned(places, settings, "", "unpinned")
    print(f"Live: {done.live[:10]}.")
    return _told(done)


def _repinned(places: Places, settings: Settings, commit: str, event: Event) -> Converged:
    """The site goes to `commit` and stays there, or (empty) to what is published. What was decided before stands again
    where the lock could not be had, or the release not be built: what was told as not done is not done later.
    """
    before, done = places.pinned(), None
    places.write_pin(commit)
    try:
        done = reconcile(places, settings, pusher(), say, event)
    finally:
        if done is None or (commit and done.live != commit):
            places.write_pin(before)
    return done


def _reconcile(places: Places, settings: Settings, _options: argparse.Namespace) -> int:
    before = places.live()
    done = reconcile(places, settings, pusher(), say)
    changed = "" if done.live == before else f" (before: {before[:10] or 'nothing'})"
    print(f"Live: {done.live[:10] or 'nothing'}{changed}.")
    return _told(done)


def _told(done: Converged) -> int:
    """The exit code, when what could not be put right has been said."""
    if done.problems:
        print(listing(done.problems))
    return 1 if done.problems else 0


def _verify(root: Path, options: argparse.Namespace) -> int:  # noqa: ARG001
    target: str = options.target
    places = Places(options.at.resolve())
    if target.startswith(("https://", "http://")):
        manifest, problems = verify_address(lambda path, encoding: _fetched(target, path, encoding), target)
    elif target:
        manifest, problems = verify_folder(Path(target), target)
    else:
        manifest, problems = verify_live(places)
    if problems or manifest is None:
        print(listing(problems))
        return 1
    print(f"Whole: {manifest['file_count']} files of {manifest['commit'][:10] or 'an unnamed commit'}, as built.")
    return 0


def _fetched(site: str, path: str, encoding: str) -> Answer:
    address = f"{site.rstrip('/')}/{urllib.parse.quote(path)}"
    request = urllib.request.Request(address, headers={"Accept-Encoding": encoding})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return Answer(answer.read(), answer.headers.get("Content-Encoding", ""))
    except urllib.error.HTTPError as error:
        return Answer(None, why=f"{error.code} {error.reason}")
    except (OSError, http.client.HTTPException) as error:
        return Answer(None, why=f"no answer ({getattr(error, 'reason', error)})")
