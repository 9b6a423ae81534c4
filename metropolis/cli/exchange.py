"""`metropolis translation export` and `import`: to agencies and translation tools, and back."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from metropolis.cli.commands import Commands, add_command, open_project, path_in_project, wrong_use
from metropolis.problem import Problem
from metropolis.report import listing
from metropolis.text_file import write_file


def add_commands(group: Commands) -> None:
    """Adds the two to the group `translation`."""
    export = add_command(
        group, "export", _export, "pages as files for an agency or a translation tool"
    )
    export.add_argument(
        "paths", nargs="*", metavar="PATH", help="pages or folders under content/ (default: all)"
    )
    export.add_argument(
        "--to", required=True, metavar="LANGUAGE", help="the language to translate into: es"
    )
    export.add_argument(
        "--format", choices=("xliff", "po"), default="xliff", help="(default: %(default)s)"
    )
    export.add_argument(
        "--folder",
        type=Path,
        default=Path("exchange"),
        help="where to write (default: %(default)s/)",
    )
    bring = add_command(group, "import", _import, "put files that came back into their pages")
    bring.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help="an .xlf or .po file made by export"
    )


def _export(root: Path, options: argparse.Namespace) -> int:
    from metropolis.translation.exchange import ToSend, export_pages

    workbench = open_project(root)
    if workbench is None:
        return 1
    project = workbench.project
    if options.to not in [locale.code for locale in project.targets]:
        targets = ", ".join(locale.code for locale in project.targets)
        return wrong_use(
            f"“{options.to}” is not a language that this site is translated into ({targets})."
        )
    wanted = [path_in_project(root, path) for path in options.paths]
    statuses = [
        status
        for status in workbench.statuses
        if status.locale == options.to
        and status.state != "orphan"
        and (not wanted or status.stands_under(wanted))
    ]
    if not statuses:
        return wrong_use("No page stands there: name pages or folders under content/.")
    to_send = []
    for status in statuses:
        source = workbench.pages[status.source_path]
        not_current = frozenset(
            section.anchor for section in status.sections if section.state != "current"
        )
        prints = workbench.fingerprints_of(source)
        to_send.append(ToSend(source, workbench.pages.get(status.path), prints, not_current))
    glossary = workbench.records.glossary
    files = export_pages(to_send, options.to, glossary, workbench.signatures, options.format)
    options.folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (options.folder / name).write_bytes(data)
    print(
        f"Wrote {len(files)} files to {options.folder}/. Back again: metropolis translation import"
        " FILE …"
    )
    return 0


def _import(root: Path, options: argparse.Namespace) -> int:
    from metropolis.translation.exchange import import_file, read_origin

    workbench = open_project(root)
    if workbench is None:
        return 1
    problems: list[Problem] = []
    texts: dict[str, str] = {}
    for file in options.files:
        try:
            data = file.read_bytes()
        except OSError as error:
            problems.append(Problem(str(file), 0, 0, f"The file cannot be read: {error.strerror}."))
            continue
        origin, found = read_origin(data, str(file))
        problems += found
        if origin is None:
            continue
        source = workbench.pages.get(origin.path)
        locale = workbench.target(origin.locale)
        if source is None or locale is None or source.locale == locale:
            what = (
                f"It is a translation of “{origin.path}” into “{origin.locale}”, which this project"
                " does not have."
            )
            problems.append(Problem(str(file), 0, 0, what))
            continue
        path = f"{workbench.project.content_dir.name}/{locale}/{source.name}.md"
        page, prints = workbench.pages.get(path), workbench.fingerprints_of(source)
        text, found = import_file(data, str(file), source, page, prints, workbench.signatures)
        problems += found
        if text is not None:
            texts[path] = text
    if problems:
        print(listing(problems))
        print("Nothing was written.", file=sys.stderr)
        return 1
    for path, text in texts.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        write_file(root / path, text)
        print(f"Wrote {path}.")
    print(f"Read them, run make check, then: metropolis translation accept {' '.join(texts)}")
    return 0
