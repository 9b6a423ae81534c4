"""`metropolis translation move` and `renew`: accepted sections stay accepted."""

from __future__ import annotations

import argparse
import sys
from functools import partial
from pathlib import Path

from metropolis.builder.generated_pages import generated_names
from metropolis.cli.commands import (
    Commands,
    add_command,
    confirm,
    open_project,
    project_path,
    unread_problems,
)
from metropolis.content.completeness import HOME, check_addresses
from metropolis.content.files import refuse_name
from metropolis.data.messages import nearest
from metropolis.git import ask_git_text
from metropolis.problem import Problem, ProblemsError, RefusedError
from metropolis.report import counted
from metropolis.text_file import write_file, write_files
from metropolis.translation.acceptance import append_to_log, author_of, log_path, log_text
from metropolis.translation.move import Move, MoveTarget, move
from metropolis.translation.page_references import renamed_references
from metropolis.translation.renewal import renew
from metropolis.translation.workbench import Workbench

_SHOWN = 12  # files that also name the moved page or section


def add_commands(group: Commands) -> None:
    text = "move a page or a section in every language, with links to it"
    add = add_command(group, "move", _move, text).add_argument
    add("old", metavar="OLD", help="a page or a section: vision, vision#peace")
    add("new", metavar="NEW", help="its new place: goals, mission#peace")
    add("--yes", action="store_true", help="do not ask")
    add_command(group, "renew", _renew, "rewrite fingerprints that an earlier version recorded")


def _move(root: Path, options: argparse.Namespace) -> int:
    workbench = open_project(root)
    if unread := unread_problems(workbench):
        raise ProblemsError(unread, "Nothing was moved.")
    old, new = _place(workbench, options.old), _place(workbench, options.new)
    stem = old.page.rpartition("/")[2]
    page = f"{new.page}{stem}" if new.page.endswith("/") else new.page  # into a folder
    new = MoveTarget(page or old.page, new.anchor or old.anchor)
    if not old.page or (new.anchor and not old.anchor):
        raise RefusedError("Name a page and a page, or a section and its new place.")
    if old.page not in workbench.sources:
        missing = workbench.project.page_path(workbench.project.source, old.page)
        meant = nearest(old.page, workbench.sources)
        raise RefusedError(f"There is no page {missing}. {meant}".rstrip())
    if not old.anchor and (refused := _refuse_page(workbench, old.page, new.page)):
        raise ProblemsError(refused, "Nothing was moved.")
    found, problems = move(workbench.pages.values(), old, new, workbench.logs, author_of(root))
    if problems:
        raise ProblemsError(problems, "Nothing was moved.")
    texts = dict(found.pages)
    texts |= renamed_references(workbench.project, str(old), str(new))
    print(_summary(root, found, texts, old, new))
    if not options.yes and not confirm("Move?"):
        print("Nothing was moved.", file=sys.stderr)
        return 1
    for locale, lines in found.lines.items():
        if lines:
            path = log_path(workbench.project, locale)
            texts[path.relative_to(root).as_posix()] = log_text(path, lines)
    write_files(root, texts, found.removed)
    print("Moved. Run metropolis check, then commit all these files together.")
    return 0


def _place(workbench: Workbench, written: str) -> MoveTarget:
    """The place that the user typed: `vision`, `vision#peace` or content/fr/vision.md."""
    path, _, anchor = written.partition("#")
    project = workbench.project
    if path.endswith(".md"):
        path = project_path(project.root, path).removesuffix(".md")
        for locale in project.all_locales:
            path = path.removeprefix(f"{project.content_dir.name}/{locale.code}/")
    return MoveTarget(path, anchor)


def _refuse_page(workbench: Workbench, old: str, new: str) -> list[Problem]:
    """What the checks would say of the page's new name."""
    project = workbench.project
    if old == HOME:
        what = "The home page keeps its name: the site begins there."
        return [Problem(project.page_path(project.source, old), 0, 0, what)]
    generated = generated_names(workbench.records)
    addresses = check_addresses(project, {project.source: [new]}, generated)
    return [*refuse_name(project, new, old), *addresses]


def _summary(
    root: Path, found: Move, texts: dict[str, str], old: MoveTarget, new: MoveTarget
) -> str:
    created = [path for path in texts if not (root / path).exists()]
    lines = [f"{old} moves to {new}:"]
    lines += [f"  {was} becomes {now}" for was, now in zip(found.removed, created, strict=True)]
    changed = [path for path in texts if path not in created]
    lines += [f"  {path} changes" for path in sorted(changed)]
    lines.append(f"  links rewritten: {found.links}")
    lines.append(f"  acceptances kept: {sum(map(len, found.lines.values()))}")
    if mentions := _mentions(root, old):
        more = f" and {len(mentions) - _SHOWN} more" if len(mentions) > _SHOWN else ""
        lines.append("These files name it too, and stay as they are. Edit them by hand if needed:")
        lines.append(f"  {', '.join(mentions[:_SHOWN])}{more}")
    if not old.anchor:
        lines.append(f"The address of {old} will no longer exist for links from other sites.")
    return "\n".join(lines)


def _mentions(root: Path, old: MoveTarget) -> list[str]:
    """Files of the project, without its pages and lists, that seem to name what moves."""
    names = [f"{old.page}/#{old.anchor}", f"{old.page}.md#{old.anchor}"]
    if not old.anchor:
        names = [f'"{old.page}"', f"{old.page}.md", f'"{old.page}/']
    patterns = [word for name in names for word in ("-e", name)]
    read = ("content", "mkdocs.yml", "data/editions.yml", "data/key-figures.yml", "language")
    left_out = (f":!{path}" for path in read)
    return ask_git_text(root, "grep", "-lwF", *patterns, "--", ".", *left_out).splitlines()


def _renew(root: Path, options: argparse.Namespace) -> int:  # noqa: ARG001
    workbench = open_project(root)
    author, renewed, left = author_of(root), 0, 0
    for page in workbench.pages.values():
        source = workbench.sources.get(page.name)
        if page.locale not in workbench.logs or source is None:
            continue
        log = workbench.logs[page.locale]
        versions = partial(workbench.texts_of, source.path)
        text, lines, reasons = renew(source, page, log, versions, author)
        if lines:
            append_to_log(workbench.project, page.locale, lines)
            write_file(root / page.path, text)
        for reason in reasons:
            print(f"{page.path}: {reason}.")
        renewed, left = renewed + len(lines), left + len(reasons)
    print(f"Renewed: {counted(renewed, 'section')}. Left as they were: {left}.")
    return 0
