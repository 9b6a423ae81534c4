"""`metropolis data …`: data files, their changes, and imports."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from metropolis.cli.commands import Commands, add_command, add_group, open_project
from metropolis.data.observations import write_value
from metropolis.data.schema import schema_texts
from metropolis.opendata.history import Data, changes_text, data_at, differences, missing_history
from metropolis.opendata.observation_import import Import, plan_import
from metropolis.problem import ProblemsError, RefusedError
from metropolis.project import read_project
from metropolis.system_error import reason
from metropolis.text_file import read_bytes, write_files

_SHOWN = 20


def add_commands(commands: Commands) -> None:
    group = add_group(commands, "data", "the data files")
    add_command(group, "schema", _schema, "write data/schema/*.json from the models")
    text = "what changed in the data between two releases (commits, tags)"
    diff = add_command(group, "diff", _diff, text)
    add, later = diff.add_argument, "the later one (default: HEAD)"
    add("old", metavar="RELEASE1", help="a commit, tag or branch")
    add("new", metavar="RELEASE2", nargs="?", default="HEAD", help=later)
    add("--json", action="store_true", help="as JSON, a list of changes")
    imports = add_group(group, "import", "import data that others send")
    text = "the Observatory's values: check, show, and write"
    add = add_command(imports, "observations", _import, text).add_argument
    add("file", type=Path, metavar="FILE", help="a .csv or .xlsx (docs/staff/observations.md)")
    add("--write", action="store_true", help="write data/observations/ (without it: only show)")


def _schema(root: Path, options: argparse.Namespace) -> int:  # noqa: ARG001
    project, problems = read_project(root)
    if project is None:
        raise ProblemsError(problems)
    texts = schema_texts(project.known)
    write_files(project.data_dir / "schema", texts)
    print(f"Wrote {len(texts)} schemas in data/schema/.")
    return 0


def _diff(root: Path, options: argparse.Namespace) -> int:
    changes = differences(_data_at(root, options.old), _data_at(root, options.new))
    as_json = json.dumps([asdict(one) for one in changes], ensure_ascii=False, indent=2)
    print(as_json if options.json else changes_text(changes))
    return 0


def _data_at(root: Path, revision: str) -> Data:
    if (state := data_at(root, revision)) is None:
        raise RefusedError(missing_history(root, revision))
    return state


def _import(root: Path, options: argparse.Namespace) -> int:
    file: Path = options.file
    if file.suffix.lower() not in {".csv", ".xlsx"}:
        how = "Save the table as a workbook (.xlsx) or as “CSV UTF-8”."
        raise RefusedError(f"{file} is neither a .csv nor a .xlsx file. {how}")
    try:
        content = read_bytes(file)
    except OSError as error:
        raise RefusedError(f"Nothing can be imported: {reason(error)}.") from error
    workbench = open_project(root)
    plan, problems = plan_import(workbench.records, content, str(file))
    if plan is None:
        raise ProblemsError(problems, "Nothing was written.")
    _show(plan)
    if not options.write:
        print("Nothing was written. To write it: the same command with --write")
        return 0
    folder = workbench.project.data_dir / "observations"
    texts = {name: content.decode() for name, content in plan.files.items()}
    write_files(folder, texts, {old.name for old in folder.glob("*.csv")} - texts.keys())
    print("Wrote data/observations/. Look at it with make serve, then commit it.")
    return 0


def _show(plan: Import) -> None:
    for one in plan.added[:_SHOWN]:
        print(f"  + {one.indicator}, {one.place}, {one.year}, {one.sex}: {write_value(one.value)}")
    if len(plan.added) > _SHOWN:
        print(f"  + … and {len(plan.added) - _SHOWN} more")
    for old, new in plan.changed:
        values = f"{write_value(old.value)} → {write_value(new.value)}"
        print(f"  ~ {new.indicator}, {new.place}, {new.year}, {new.sex}: {values}")
        if old.source != new.source:
            print(f"      source: {old.source} → {new.source}")
    if plan.rounded:
        lines = ", ".join(map(str, plan.rounded[:_SHOWN]))
        more = " …" if len(plan.rounded) > _SHOWN else ""
        what = "Rounded as the sheet shows them, though it stores more decimals"
        print(f"{what}: rows {lines}{more}")
    for doubt in plan.doubts:
        print(doubt)
    print(f"{len(plan.added)} new, {len(plan.changed)} changed, {plan.unchanged} as they were.")
