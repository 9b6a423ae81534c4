"""The command line: the only place that prints and exits.

Exit codes: 0 done, 1 problems found (listed), 2 wrong use. Progress goes to standard error, results to standard output.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
import time
from pathlib import Path

from metropolis.data.schema import schema_texts
from metropolis.project import Project, read_project
from metropolis.report import listing


def main(arguments: list[str] | None = None) -> int:
    """Runs one command; returns the exit code."""
    options = _parser().parse_args(arguments)
    root: Path = options.project.resolve()
    if not (root / "mkdocs.yml").is_file():
        print(
            f"There is no mkdocs.yml in {root}. Go to the project's folder, or name it with --project.",
            file=sys.stderr,
        )
        return 2
    try:
        code: int = options.run(root, options)
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 1
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="metropolis", description="Builds and checks the site of the plan.")
    parser.add_argument("--project", type=Path, default=Path(), help="the project's folder (default: this one)")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    def add(name: str, run: object, text: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=text, description=text)
        command.set_defaults(run=run)
        return command

    add("check", _check, "check data and pages, without building")
    add("build", _build, "check, build aside, inspect, and put the new site in place")
    serve = add("serve", _serve, "preview with live reload")
    serve.add_argument("--address", default="127.0.0.1:8000", help="where to listen (default: %(default)s)")
    data = add("data", _data_schema, "the data files")
    data_commands = data.add_subparsers(title="commands", required=True, metavar="COMMAND")
    schema = data_commands.add_parser("schema", help="write data/schema/*.json anew from the models")
    schema.set_defaults(run=_data_schema)
    return parser


def _check(root: Path, options: argparse.Namespace) -> int:  # noqa: ARG001
    from metropolis.site.prepared import prepare

    prepared, problems = prepare(root)
    if problems:
        print(listing(problems))
    if prepared is None:
        return 1
    pages = sum(len(names) for names in prepared.page_names.values())
    print(f"Checked {pages} pages in {len(prepared.project.locales)} languages: no error.")
    return 0


def _build(root: Path, options: argparse.Namespace) -> int:  # noqa: ARG001
    from metropolis.site.build import build_site

    started = time.monotonic()

    def say(step: str) -> None:
        print(f"[{time.monotonic() - started:4.1f} s] {step}", file=sys.stderr, flush=True)

    built, problems = build_site(root, say)
    if built is None:
        print(listing(problems))
        print("Nothing was built; the last good site is untouched.", file=sys.stderr)
        return 1
    if built.advice:
        print(listing(built.advice), file=sys.stderr)
    print(f"Built {built.pages} pages in {', '.join(built.locales)}, checked and inspected: no error.")
    print(f"They are in {built.site_dir.relative_to(root)}/ (French at the root, the others in their folders).")
    print("To look at them: python3 -m http.server -d site -b 127.0.0.1 8000, then http://127.0.0.1:8000/")
    return 0


def _serve(root: Path, options: argparse.Namespace) -> int:
    os.chdir(root)
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    from mkdocs.commands.serve import serve

    # What the server says (address, rebuilds), without the plugins' chatter.
    logging.basicConfig(format="%(message)s", stream=sys.stderr)
    for name in ("mkdocs.livereload", "mkdocs.commands.build"):
        logging.getLogger(name).setLevel(logging.INFO)
    serve(str(root / "mkdocs.yml"), livereload=True, dev_addr=options.address, strict=False)
    return 0


def _data_schema(root: Path, options: argparse.Namespace) -> int:  # noqa: ARG001
    project, problems = read_project(root)
    if project is None:
        print(listing(problems))
        return 1
    written = _write_schemas(project)
    print(f"Wrote {written} schemas in data/schema/.")
    return 0


def _write_schemas(project: Project) -> int:
    folder = project.data_dir / "schema"
    folder.mkdir(exist_ok=True)
    texts = schema_texts(project)
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    return len(texts)


if __name__ == "__main__":
    sys.exit(main())
