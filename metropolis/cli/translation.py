"""`metropolis translation …`: what translators do besides writing."""

from __future__ import annotations

import argparse
from pathlib import Path

from metropolis.cli import exchange, moves
from metropolis.cli.commands import (
    Commands,
    add_command,
    add_group,
    open_project,
    project_path,
    unread_problems,
)
from metropolis.content.page import Page
from metropolis.data.labels import untranslated_labels
from metropolis.data.messages import nearest
from metropolis.language.cldr import is_language, own_name
from metropolis.problem import Problem, ProblemsError, RefusedError
from metropolis.report import counted, listing
from metropolis.text_file import write_file, write_files
from metropolis.translation import status_report
from metropolis.translation.accept import Decision, accept
from metropolis.translation.acceptance import How, append_to_log, author_of, log_path
from metropolis.translation.workbench import Workbench

# The lines that mkdocs.yml needs before work on a language can begin.
_LANGUAGE_BLOCK = """\
        - locale: {code}
          name: {name}
          build: false"""


def add_commands(commands: Commands) -> None:
    group = add_group(commands, "translation", "what is stale or missing, and how to fix it")
    text = "each page and section: current, stale, missing or orphan"
    status = add_command(group, "status", _status, text)
    text = "a page or folder under content/ (default: all)"
    status.add_argument("path", nargs="?", default="", help=text)
    status.add_argument("--json", action="store_true", help="for programs")
    text = "what has changed in the source since a translation was accepted"
    diff = add_command(group, "diff", _diff, text)
    mark = add_command(group, "accept", _accept, "mark sections of a translation as current")
    text = "a translation: content/es/vision.md"
    for command in (diff, mark):
        command.add_argument("files", nargs="+", metavar="FILE", help=text)
    add, text = mark.add_argument, "the source's change needs no new wording: say why"
    add("--section", default="", metavar="ID", help="only this section, by its anchor")
    add("--editorial", metavar="REASON", help=text)
    start = add_command(group, "start", _start, "the skeleton of a new language")
    start.add_argument("locale", metavar="LANGUAGE", help="its code: pt")
    moves.add_commands(group)
    exchange.add_commands(group)


def _status(root: Path, options: argparse.Namespace) -> int:
    workbench = open_project(root)
    wanted = project_path(root, options.path)
    statuses = [page for page in workbench.statuses if not wanted or page.stands_under([wanted])]
    unread = unread_problems(workbench, *filter(None, [wanted]))
    if wanted and not statuses and not unread:
        what = f"There is no page at {options.path}:"
        raise RefusedError(f"{what} name a page or a folder under content/.")
    if options.json:
        print(status_report.status_json(workbench.project, statuses))
        return 0
    if work := status_report.work_text(statuses):
        print(f"{work}\n")
    if unread:
        print(f"Not counted, because it cannot be read:\n{listing(unread)}\n")
    for draft in workbench.project.drafts if not wanted else ():
        for path, count in untranslated_labels(workbench.records, draft.code).items():
            print(f"{path}: {count} labels have no {draft.name} ({draft.code}).")
    print(status_report.counts_text(workbench.project, statuses))
    return 0


def _translations(
    workbench: Workbench, files: list[str]
) -> tuple[list[tuple[Page, Page]], list[str]]:
    """The pages that `files` name, each with its source; and messages about the others."""
    paths = [project_path(workbench.project.root, file) for file in files]
    if unread := unread_problems(workbench, *paths):
        raise ProblemsError(unread)
    found: list[tuple[Page, Page]] = []
    wrong: list[str] = []
    names = {path: [page.name] for path, page in workbench.pages.items()}
    for file, path in zip(files, paths, strict=True):
        page = workbench.pages.get(path)
        if Path(file).is_dir() or file in ("all", "--all"):
            why = "name the pages one by one; a folder is not something that anybody has read."
        elif page is None:
            why = (
                f"there is no such page. {nearest(path.removesuffix('.md'), names, names)}".rstrip()
            )
        elif page.locale == workbench.project.source:
            why = "this is the source; name a translation of it."
        elif (source := workbench.sources.get(page.name)) is None:
            why = "an orphan: its source does not exist."
        else:
            found.append((page, source))
            continue
        wrong.append(f"{file}: {why}")
    return found, wrong


def _diff(root: Path, options: argparse.Namespace) -> int:
    workbench = open_project(root)
    pages, wrong = _translations(workbench, options.files)
    for page, source in pages:
        status = workbench.status_of(page)
        sections = list(workbench.differences(page, status)) if status else []
        summary = "" if sections else " nothing is stale."
        print(f"{page.path} (source: {source.path}):{summary}")
        for section, difference in sections:
            print(f"\n{status_report.difference_text(section, difference)}".rstrip())
        print()
    if wrong:
        raise RefusedError("\n".join(wrong))
    return 0


def _accept(root: Path, options: argparse.Namespace) -> int:
    workbench = open_project(root)
    pages, wrong = _translations(workbench, options.files)
    if options.section and len(options.files) > 1:
        wrong.append("--section names a section of one file: name that file alone.")
    reason = options.editorial or ""
    if options.editorial is not None and not reason.strip():
        wrong.append("--editorial is empty: say why the translation needs no change.")
    if wrong:
        raise RefusedError("\n".join([*wrong, "Nothing was accepted."]))
    decision = Decision(options.section, _how(options), reason, author_of(root))
    problems: list[Problem] = []
    answers = []
    for page, source in pages:
        log = workbench.logs[page.locale]
        text, lines, found = accept(source, page, workbench.shown, log, decision)
        problems += found
        answers.append((page, text, lines))
    if problems:
        raise ProblemsError(problems, "Nothing was accepted.")
    for page, text, lines in answers:
        if text == page.text.text and not lines:
            print(f"{page.path}: everything was current already.")
            continue
        append_to_log(workbench.project, page.locale, lines)
        if text != page.text.text:
            write_file(root / page.path, text)
        sections = ", ".join(f"#{line.section}" for line in lines)
        gone = "no section; fingerprints of gone sections removed"
        print(f"{page.path}: accepted {sections or gone}.")
    changed = {page.locale for page, _, lines in answers if lines}
    logs = sorted(log_path(workbench.project, locale) for locale in changed)
    if logs:
        paths = " and ".join(log.relative_to(root).as_posix() for log in logs)
        print(f"Commit the pages together with {paths}.")
    return 0


def _how(options: argparse.Namespace) -> How:
    if options.editorial:
        return "editorial"
    if options.section:
        return "section"
    return "page" if len(options.files) == 1 else "bulk"


def _start(root: Path, options: argparse.Namespace) -> int:
    """Copies each source page that the language lacks, to be translated in place. A section that
    equals the source's counts as missing, so nobody has to mark anything."""
    workbench = open_project(root)
    project, code = workbench.project, options.locale
    if code == project.source:
        raise RefusedError(f"{code} is the source language.")
    if code not in [locale.code for locale in project.targets]:
        if not is_language(code):
            how = "Codes look like pt or pt-BR."
            raise RefusedError(f"“{code}” is not the code of a language. {how}")
        name = own_name(code).capitalize()
        how = "to the languages in mkdocs.yml, below the others, then run this again:"
        print(f"First add {name} {how}\n\n{_LANGUAGE_BLOCK.format(code=code, name=name)}")
        return 1
    if unread := unread_problems(workbench, f"{project.content_dir.name}/{code}"):
        raise ProblemsError(unread, "Nothing was written.")
    pages = workbench.pages.values()
    standing = {page.name for page in pages if page.locale == code}
    copies = {
        project.page_path(code, page.name): page.text.text
        for page in pages
        if page.locale == project.source and page.name not in standing
    }
    write_files(root, copies)
    labels = sum(untranslated_labels(workbench.records, code).values())
    folder, count = f"{project.content_dir.name}/{code}/", counted(len(copies), "page")
    print(
        f"Wrote {count} to {folder}, as copies of the source to be translated.\n"
        f"Labels in data/*.yml and words in data/strings.yml without {code}: {labels}.\n"
        "What is left, at any time: metropolis translation status."
        " The handbook: docs/translators/new-language.md"
    )
    return 0
