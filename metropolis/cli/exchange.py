"""`metropolis translation export` and `import`: to agencies and translation tools, and back."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from metropolis.cli.commands import (
    Commands,
    add_command,
    open_project,
    project_path,
    unread_problems,
)
from metropolis.data.messages import nearest
from metropolis.problem import Problem, ProblemsError, RefusedError
from metropolis.report import counted, listing
from metropolis.system_error import reason
from metropolis.text_file import read_bytes, write_files
from metropolis.translation.workbench import Workbench

if TYPE_CHECKING:
    from metropolis.project import Project
    from metropolis.translation.exchange.message import Document
    from metropolis.translation.exchange.segments import ExchangedPage


def add_commands(group: Commands) -> None:
    text = "pages as files for an agency or a translation tool"
    add = add_command(group, "export", _export, text).add_argument
    add("paths", nargs="*", metavar="PATH", help="pages or folders under content/ (default: all)")
    add("--to", required=True, metavar="LANGUAGE", help="the language to translate into: es")
    add("--format", choices=("xliff", "po"), default="xliff", help="(default: %(default)s)")
    text = "where to write (default: %(default)s/)"
    add("--folder", type=Path, default=Path("exchange"), help=text)
    text = "put files that came back into their pages"
    add = add_command(group, "import", _import, text).add_argument
    add("files", nargs="+", type=Path, metavar="FILE", help="an .xlf or .po file made by export")


def _export(root: Path, options: argparse.Namespace) -> int:
    from metropolis.translation.exchange.page_export import export_pages

    workbench = open_project(root)
    targets = [locale.code for locale in workbench.project.targets]
    if options.to not in targets:
        what = f"“{options.to}” is not a language that this site is translated into"
        raise RefusedError(f"{what} ({', '.join(targets)}).")
    wanted = [project_path(root, path) for path in options.paths]
    every = f"{workbench.project.content_dir.name}/{options.to}"
    if unread := unread_problems(workbench, *(wanted or [every])):
        raise ProblemsError(unread, "Nothing was written.")
    pages = _pages(workbench, options.to, wanted)
    for path in wanted:
        if not _pages(workbench, options.to, [path]):
            theirs = (one for one in workbench.statuses if one.locale == options.to)
            names = {one.path: [one.path.split("/", 2)[2].removesuffix(".md")] for one in theirs}
            meant = nearest(path.removesuffix(".md"), names, names) or "Name one under content/."
            raise RefusedError(f"There is no page {path} to translate. {meant}")
    glossary = workbench.records.glossary
    files = export_pages(pages, options.to, glossary, workbench.signatures, options.format)
    write_files(options.folder, {name: data.decode() for name, data in files.items()})
    how = "Back again: metropolis translation import FILE …"
    print(f"Wrote {counted(len(files), 'file')} to {options.folder}/. {how}")
    return 0


def _pages(workbench: Workbench, locale: str, wanted: list[str]) -> list[ExchangedPage]:
    """The pages under the paths `wanted` (all pages if there are none), with what is stale."""
    from metropolis.translation.exchange.segments import ExchangedPage

    found = []
    for status in workbench.statuses:
        if status.locale != locale or status.state == "orphan":
            continue
        if not wanted or status.stands_under(wanted):
            source = workbench.pages[status.source_path]
            stale = frozenset(one.anchor for one in status.sections if one.state != "current")
            prints = workbench.fingerprints_of(source)
            found.append(ExchangedPage(source, workbench.pages.get(status.path), prints, stale))
    return found


def _import(root: Path, options: argparse.Namespace) -> int:
    workbench = open_project(root)
    problems: list[Problem] = []
    texts: dict[str, str] = {}
    for file in options.files:
        found, new = _read(workbench, file)
        problems += found
        for path in new.keys() & texts.keys():
            what = f"{path} is also in another of these files."
            problems.append(Problem(str(file), 0, 0, what, how="Import one of them."))
        texts |= new
    if any(problem.severity == "error" for problem in problems):
        raise ProblemsError(problems, "Nothing was written.")
    if problems:
        print(listing(problems))
    pages = workbench.pages
    known = {path for path in texts if path in pages and pages[path].text.text == texts[path]}
    write_files(root, {path: text for path, text in texts.items() if path not in known})
    for path in texts:
        print(f"{path} has these words already." if path in known else f"Wrote {path}.")
    print(f"Read them, run make check, then: metropolis translation accept {' '.join(texts)}")
    return 0


def _read(workbench: Workbench, file: Path) -> tuple[list[Problem], dict[str, str]]:
    """The problems of a file, and the new text of each page in it by its path."""
    from metropolis.translation.exchange.page_import import find_locale, import_document
    from metropolis.translation.exchange.returned_file import language_in_name, read_file
    from metropolis.translation.exchange.segments import ExchangedPage

    try:
        documents, problems = read_file(read_bytes(file), str(file))
    except OSError as error:
        return [Problem(str(file), 0, 0, f"The file cannot be read: {reason(error)}.")], {}
    project, texts = workbench.project, dict[str, str]()
    codes = [locale.code for locale in project.targets]
    in_name = find_locale(language_in_name(file.name), codes)
    for document in documents:
        source = workbench.sources.get(document.page)
        locale = find_locale(document.locale, codes)
        path = project.page_path(locale or project.source, document.page)
        if unread := unread_problems(workbench, path):
            problems += unread
        elif source is None:
            what = "The units do not name their page."
            if document.page:
                what = f"There is no page “{document.page}”, which these units name."
            how = "Export the page again. A unit's id is such as “vision#peace/3”: keep it."
            problems.append(Problem(str(file), document.messages[0].line, 1, what, how=how))
        elif locale is None or in_name not in (None, locale):
            problems.append(_wrong_language(file, document, in_name, project))
        else:
            prints = workbench.fingerprints_of(source)
            page = ExchangedPage(source, workbench.pages.get(path), prints)
            text, found = import_document(document, str(file), page, workbench.signatures)
            problems += found
            if text is not None:
                texts[path] = text
    return problems, texts


def _wrong_language(
    file: Path, document: Document, in_name: str | None, project: Project
) -> Problem:
    from metropolis.translation.exchange.page_import import find_locale

    code = document.locale
    codes = [locale.code for locale in project.targets]
    how = f"Name one of them in the file ({', '.join(codes)}), or in its name:"
    how = f"{how} vision.{codes[-1]}{file.suffix}."
    what = f"“{code}” is not a language of this site's pages."
    if find_locale(code, codes):
        what = f"The file says that its language is “{code}”, and its name “{in_name}”."
        how = "Correct the one that is wrong: it decides which page is written."
    elif find_locale(code, [project.source]):
        what = f"“{code}” is the language of the source, not of a translation."
    elif not code:
        what = "The file does not name a language of this site's pages."
    return Problem(str(file), document.messages[0].line, 1, what, how=how)
