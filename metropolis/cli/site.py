"""`metropolis check`, `build` and `serve`."""

from __future__ import annotations

import argparse
import gc
import os
import re
import sys
import unicodedata
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path

from metropolis.cli.commands import Commands, add_command, confirm, open_project, say, say_with_time
from metropolis.folders import empty_folder
from metropolis.hidden_characters import code_point
from metropolis.problem import KINDS, Problem, ProblemsError, RefusedError
from metropolis.report import counted, github_annotations, json_report, listing, sarif
from metropolis.text_file import write_files

_LAST_PORT = 65535
# They look like a plain space, or like nothing.
_UNSEEN = re.compile("[\r\ufeff\xa0\u1680\u2000-\u200a\u202f\u205f\u3000\u0300-\u036f]")


def add_commands(commands: Commands) -> None:
    check = add_command(commands, "check", _check, "check data and pages, without building")
    add = check.add_argument
    kinds = f"report only this kind, may be repeated: {', '.join(KINDS)}"
    add("--kind", action="append", type=str.lower, choices=KINDS, metavar="KIND", help=kinds)
    add("--all", action="store_true", help="list every problem, not the first few of each kind")
    formats = ("text", "json", "sarif", "github")
    text = "text for people; json and sarif for programs, always whole; github: annotations of a"
    text += " workflow run (default: %(default)s)"
    add("--format", choices=formats, default="text", help=text)
    add("--json", dest="format", action="store_const", const="json", help="same as --format json")
    text = "show how to fix spaces, quotation marks, apostrophes, dashes, line ends and composed"
    add("--fix", action="store_true", help=f"{text} letters, ask, write, and check what is left")
    add("--yes", action="store_true", help="with --fix: write without asking")
    text = "check, build in a separate folder, inspect, and put the new site in place"
    build = add_command(commands, "build", _build, text)
    text = "remove first what earlier builds have left in .cache/"
    build.add_argument("--clean", action="store_true", help=text)
    serve = add_command(commands, "serve", _serve, "preview with live reload")
    text = "where to listen (default: %(default)s)"
    serve.add_argument("--address", default="127.0.0.1:8000", help=text)


def _check(root: Path, options: argparse.Namespace) -> int:
    from metropolis.builder.gate import has_errors, prepare

    if options.fix and options.format != "text":
        raise RefusedError("--fix shows a difference to people: use it without another --format.")
    if options.fix and not _fix_pages(root, options.yes):
        return 1
    prepared, problems = prepare(root)
    gc.freeze()  # the command ends soon: nothing of what was read has to be looked through
    if options.kind:
        problems = [problem for problem in problems if problem.kind in options.kind]
    is_text = options.format == "text"
    if problems or options.format in ("json", "sarif"):
        print(_written(problems, options))
    if prepared is None and not problems and is_text:
        print(f"No problem of the kind {' or '.join(options.kind)}; there are errors of others.")
    if prepared is not None and is_text:
        languages = counted(len(prepared.project.locales), "language")
        pages = sum(len(names) for names in prepared.page_names.values())
        print(f"Checked {counted(pages, 'page')} in {languages}: no error.")
    return 1 if has_errors(problems) else 0


def _written(problems: list[Problem], options: argparse.Namespace) -> str:
    if options.format == "json":
        return json_report(problems)
    if options.format == "sarif":
        return sarif(problems)
    is_whole = options.all or options.kind is not None
    if options.format == "github":
        return github_annotations(problems, is_whole)
    from metropolis.wording.spelling import Suggestions

    return listing(problems, is_whole, Suggestions().explain)


def _fix_pages(root: Path, is_agreed: bool) -> bool:
    """Corrects the pages; False if some corrections remain."""
    changes = list(_corrections(root))
    for path, old, new in changes:
        print("\n".join(_difference(path, old, new)))
    if not changes:
        return True
    files = counted(len(changes), "file")
    if not is_agreed and sys.stdin.isatty():
        is_agreed = confirm(f"Write {files}?")
    if not is_agreed:
        print(f"Nothing was written ({files}). To write it: metropolis check --fix --yes")
        return False
    write_files(root, {path: new for path, _, new in changes})
    say(f"Corrected {files}.")
    return True


def _corrections(root: Path) -> Iterator[tuple[str, str, str]]:
    """Path, text and corrected text of each page that can be corrected."""
    from metropolis.wording.corrections import correct
    from metropolis.wording.rules import read_rules

    workbench = open_project(root)
    rules, _ = read_rules(workbench.project)
    if rules is None:
        return
    for path, page in workbench.pages.items():
        data = (root / path).read_bytes()
        new = correct(page, data, workbench.wording.prose, rules.is_excepted)
        if new.encode() != data:
            yield path, data.decode(), new


def _difference(path: str, old: str, new: str) -> Iterator[str]:
    """The lines that change, with a name for every sign that is invisible."""
    now, then = (_UNSEEN.sub(_named, text).split("\n") for text in (old, new))
    yield from unified_diff(now, then, f"{path}, now", f"{path}, corrected", n=0, lineterm="")
    if not old.endswith("\n") and old:
        yield "(and an end of line at the end of the file)"


def _named(match: re.Match[str]) -> str:
    names = {"\r": "CR", "\ufeff": "BOM", "\xa0": "NBSP", "\u202f": "NNBSP"}
    name = names.get(match[0]) or code_point(match[0])
    return f"{' ' if unicodedata.combining(match[0]) else ''}[{name}]"


def _build(root: Path, options: argparse.Namespace) -> int:
    from metropolis.builder.whole_site import build_site

    tell = say_with_time()
    if options.clean:
        empty_folder(root / ".cache")
    built, problems = build_site(root, tell)
    if built is None:
        raise ProblemsError(problems, "Nothing was built; the last good site is untouched.")
    if built.advice:
        print(listing(built.advice), file=sys.stderr)
    locales, folder = ", ".join(built.locales), built.site_dir.relative_to(root)
    print(
        f"Built {counted(built.pages, 'page')} in {locales}, checked and inspected: no error.\n"
        f"They are in {folder}/ (French at the root, the others in their folders).\n"
        "To look at them: python3 -m http.server -d site -b 127.0.0.1 8000,"
        " then http://127.0.0.1:8000/"
    )
    return 0


def _serve(root: Path, options: argparse.Namespace) -> int:
    from metropolis.site.server import CannotListenError, serve_preview

    host, _, port = options.address.rpartition(":")
    if not host or not port.isdecimal() or int(port[:6]) > _LAST_PORT:
        raise RefusedError(f"“{options.address}” is not an address: write one like 127.0.0.1:8000.")
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
