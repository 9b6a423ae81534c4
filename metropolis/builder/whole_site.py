"""Builds the whole site in a staging directory, inspects it, then puts it in place of the old one:
if any step fails, the last good site stays as it is."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from collections import ChainMap
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from metropolis.addresses import page_file
from metropolis.background import Background
from metropolis.builder.books import make_site_books, write_facts
from metropolis.builder.finishing import finish, open_data
from metropolis.builder.gate import Checks, Prepared, begin, has_errors
from metropolis.builder.inventory import Inventory, inventory_entry
from metropolis.builder.page_maker import Made, make_pages
from metropolis.builder.render_context import render_context
from metropolis.folders import put_in_place
from metropolis.inspection.page_summary import PageSummary
from metropolis.inspection.site_inspection import Inspection
from metropolis.problem import Problem, ProblemsError
from metropolis.release.headers import headers_file
from metropolis.release.manifest import FILE, HEADERS, file_digest, is_listed, manifest_text
from metropolis.release.provenance import read_release
from metropolis.site.framing import FrameMaker
from metropolis.web.output import Output

_STAGING = ".site-"


@dataclass(frozen=True)
class Built:
    """The result of a build. `pages` counts HTML pages without the 404 pages."""

    site_dir: Path
    pages: int
    locales: tuple[str, ...]
    advice: tuple[Problem, ...]


def build_site(
    root: Path, say: Callable[[str], None], site_dir: Path | None = None
) -> tuple[Built | None, list[Problem]]:
    """Builds the project at `root` into `site_dir` (default: its site/). `say` receives a line for
    each step. (None, problems): nothing was built, and `site_dir` is unchanged."""
    # A build needs nearly everything that it reads until its end. Garbage collection would take a
    # fifth of the time. Only rendering drops many objects (page_maker.py).
    gc.disable()
    try:
        return _build(root, say, site_dir or root / "site")
    except ProblemsError as refused:  # MkDocs refuses the configuration
        return None, refused.problems
    finally:
        # Undoes gc.freeze() of page_maker.py: a process may build again, or do something else.
        gc.unfreeze()
        gc.enable()


def _build(
    root: Path, say: Callable[[str], None], target: Path
) -> tuple[Built | None, list[Problem]]:
    say("Checking data and pages")
    prepared, checks = begin(root)
    if prepared is None:
        return None, checks.all
    # In the folder of the target: the last step is a rename within one file system.
    _clear_away(target.parent)
    staging = Path(tempfile.mkdtemp(prefix=f"{_STAGING}{os.getpid()}-", dir=target.parent))
    before = root / ".cache" / "site-before"
    with suppress(OSError):  # There is none, another build uses it, or it is on another disk.
        before.rename(staging)
    try:
        problems = _Build(root, staging, prepared, say).run(checks)
        if not has_errors(problems):
            staging.chmod(0o755)
            put_in_place(staging, target)
    except BaseException:
        shutil.rmtree(staging, ignore_errors=True)  # the disk may be full
        raise
    _lay_aside(staging, before)
    if has_errors(problems):
        return None, sorted(problems)
    pages = sum(len(names) for names in prepared.page_names.values())
    return Built(target, pages, prepared.project.codes, tuple(sorted(problems))), []


class _Build:
    """One build in a staging directory of its own. Its steps return problems and advice."""

    def __init__(
        self, root: Path, staging: Path, prepared: Prepared, say: Callable[[str], None]
    ) -> None:
        self.root, self.prepared, self.say = root, prepared, say
        self.inventory = inventory_entry(prepared.project).read() or Inventory()
        self.output = Output(staging, ChainMap(self.inventory.files, self.inventory.older))
        self.release = read_release(root)

    def run(self, checks: Checks) -> list[Problem]:
        """Pages, books, inspection, manifest: each step only if the one before found no problem."""
        shared = render_context(self.root, self.prepared)
        data = Background(partial(open_data, self.prepared, self.release))

        made = make_pages(
            self.output, shared, self.inventory, lambda: not has_errors(checks.form), self.say
        )
        if made is None:
            return checks.all
        if made.problems:
            return [*made.problems, *checks.all]
        frames = FrameMaker(shared)
        frames.titles = made.titles
        self.say("Making the search index")
        finish(self.output, self.prepared, frames, data.result())
        problems = checks.all
        if has_errors(problems):
            return problems
        self.say("Making the books")
        books, found = make_site_books(self.root, self.output, self.prepared, self.say)
        if not found:
            write_facts(self.output, self.prepared, books, self.release)
            self.say("Inspecting the built pages")
            found, summaries = self._inspect(made)
        if not found:
            self._describe()
            files = {held.signature: held.sha256 for held in self.output.files.values()}
            inventory = Inventory(files, self.inventory.files, made.notes, made.pictures, summaries)
            inventory_entry(self.prepared.project).write(inventory)
        return [*problems, *found]

    def _inspect(self, made: Made) -> tuple[list[Problem], dict[str, PageSummary]]:
        project, folder = self.prepared.project, self.output.folder
        digests = {path: held.digest for path, held in self.output.files.items()}
        known = {**self.inventory.summaries, **made.summaries}
        inspection = Inspection(folder, project.site_url, project.codes, digests, known)
        return inspection.run(_sources(self.prepared))

    def _describe(self) -> None:
        """Writes the manifest and the headers for static hosts; removes files of earlier builds."""
        output, project = self.output, self.prepared.project
        output.write(HEADERS, headers_file())
        pages = {locale: len(names) for locale, names in self.prepared.page_names.items()}
        data = {
            file.relative_to(self.root).as_posix(): file_digest(file)
            for file in sorted(project.data_dir.glob("*.yml"))
        }
        statuses, day = self.prepared.workbench.statuses, self.release.date.isoformat()
        files = {path: file for path, file in output.files.items() if is_listed(path)}
        size = sum(file.size for file in files.values())
        digests = {path: file.digest for path, file in files.items()}
        commit = self.release.commit
        output.write(FILE, manifest_text(digests, size, commit, day, pages, data, statuses))
        output.sweep()


def _sources(prepared: Prepared) -> dict[str, str]:
    """Built page -> the file that people edit: its Markdown, or the data of a generated page."""
    found = {}
    for locale, names in prepared.page_names.items():
        for name in names:
            built = page_file(prepared.project, locale, name)
            folder = name.partition("/")[0]
            is_generated = name in prepared.generated
            found[built] = f"data/{folder}.yml" if is_generated else f"content/{locale}/{name}.md"
    return found


def _clear_away(folder: Path) -> None:
    """Removes the staging directories of builds that were killed: their processes do not exist."""
    for left in folder.glob(f"{_STAGING}*-*"):
        process = left.name.removeprefix(_STAGING).partition("-")[0]
        try:
            os.kill(int(process), 0)
        except ProcessLookupError:
            shutil.rmtree(left, ignore_errors=True)
        except (ValueError, OverflowError, PermissionError):
            continue  # Another account's, or a build that is still running.


def _lay_aside(staging: Path, before: Path) -> None:
    """Stores what is at `staging`, a site or an unfinished one, for the next build."""
    before.parent.mkdir(exist_ok=True)
    try:
        staging.rename(before)
    except OSError:  # There is one already, or it would be on another disk.
        shutil.rmtree(staging, ignore_errors=True)
