"""Builds the whole site aside, looks at what came out, then puts it in place of the old one.

Nothing is ever built in place: whatever fails, the last good site stays as it is.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from metropolis.addresses import locale_prefix, page_path
from metropolis.inspection.inspect import inspect_site
from metropolis.inspection.pages import facts_store
from metropolis.problem import Problem
from metropolis.publish.headers import headers_file
from metropolis.publish.manifest import digest, make_manifest, write_manifest
from metropolis.release import read_release
from metropolis.site.editions import built_pages, make_site_books, write_facts
from metropolis.site.finish import finish
from metropolis.site.frames import Frames
from metropolis.site.pages import make_pages
from metropolis.site.prepared import Prepared, prepare
from metropolis.site.search import SearchIndexError
from metropolis.site.shared import share


@dataclass(frozen=True)
class Built:
    """What a build made. `pages` counts HTML pages without the 404 pages."""

    site_dir: Path
    pages: int
    locales: tuple[str, ...]
    advice: tuple[Problem, ...]


def build_site(
    root: Path, say: Callable[[str], None], site_dir: Path | None = None
) -> tuple[Built | None, list[Problem]]:
    """Builds the project at `root` into `site_dir` (its site/ unless told); `say` hears each step.

    (None, problems): nothing was built, and what stood at `site_dir` stands there still.
    """
    target = site_dir or root / "site"
    say("Checking data and pages")
    prepared, problems = prepare(root)
    if prepared is None:
        return None, problems
    # Beside the target, so that the last step is a rename within one file system.
    staging = Path(tempfile.mkdtemp(prefix=".site-", dir=target.parent))
    try:
        problems = _make_pages(staging, prepared, say)
        if not problems:
            problems = _make_books(root, staging, prepared, say)
        if not problems:
            say("Inspecting the built pages")
            problems = _inspect(staging, prepared)
        if problems:
            return None, problems
        _describe(root, staging, prepared)
        staging.chmod(0o755)
        _put_in_place(staging, target)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    pages = sum(len(names) for names in prepared.page_names.values())
    locales = tuple(locale.code for locale in prepared.project.locales)
    return Built(target, pages, locales, prepared.advice), []


def _make_books(root: Path, staging: Path, prepared: Prepared, say: Callable[[str], None]) -> list[Problem]:
    """The books, and what the pages say of them."""
    say("Making the books")
    books, problems = make_site_books(root, staging, prepared, built_pages(staging, prepared.project), say)
    if not problems:
        write_facts(staging, prepared, books, read_release(root))
    return problems


def _describe(root: Path, staging: Path, prepared: Prepared) -> None:
    """The manifest, and what a static host is to say with each file."""
    (staging / "_headers").write_text(headers_file(), "utf-8")
    release = read_release(root)
    pages = {locale: len(names) for locale, names in prepared.page_names.items()}
    data = {file.relative_to(root).as_posix(): digest(file) for file in sorted(prepared.project.data_dir.glob("*.yml"))}
    statuses = prepared.workbench.statuses
    write_manifest(staging, make_manifest(staging, release.commit, release.date.isoformat(), pages, data, statuses))


def _make_pages(staging: Path, prepared: Prepared, say: Callable[[str], None]) -> list[Problem]:
    """The pages of every language, and what stands beside them."""
    shared = share(prepared.project.root, prepared)
    made = make_pages(staging, shared, say)
    if made.problems:
        return sorted(set(made.problems))
    frames = Frames(shared)
    frames.titles, frames.pictures = made.titles, made.pictures
    say("Making the search index")
    try:
        finish(staging, prepared, frames)
    except SearchIndexError as error:
        return [Problem("site", 0, 0, f"The search index could not be made: {error}")]
    return []


def _inspect(staging: Path, prepared: Prepared) -> list[Problem]:
    locales = [prepared.project.default_locale, *prepared.project.locales]
    codes = tuple(dict.fromkeys(locale.code for locale in locales))
    store = facts_store(prepared.project.root)
    found = inspect_site(staging, prepared.project.site_url, codes, _sources(prepared), store=store)
    store.prune()
    return [problem for problem in found if problem.severity == "error"]


def _sources(prepared: Prepared) -> dict[str, str]:
    """Built page -> the file that people mend: a page's Markdown, or the data that a generated page is made from."""
    found = {}
    for locale, names in prepared.page_names.items():
        for name in names:
            built = locale_prefix(prepared.project, locale) + page_path(name) + "index.html"
            folder = name.partition("/")[0]
            is_generated = name in prepared.generated
            found[built] = f"data/{folder}.yml" if is_generated else f"content/{locale}/{name}.md"
    return found


def _put_in_place(staging: Path, site: Path) -> None:
    """The new site takes the old one's name; what stood there is left under `staging`, to be removed."""
    if not site.exists():
        staging.rename(site)
    elif not _exchange(staging, site):
        # A system without the exchange: two renames, and the old site comes back if the second one fails.
        old = staging.with_name(staging.name + "-old")
        site.rename(old)
        try:
            staging.rename(site)
        except OSError:
            old.rename(site)
            raise
        shutil.rmtree(old, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Linux can swap two folders in one step, so that there is a whole site at every moment; False where it cannot."""
    current_folder, exchange = -100, 2  # AT_FDCWD, RENAME_EXCHANGE
    try:
        renameat2 = ctypes.CDLL(None).renameat2
    except (AttributeError, OSError):
        return False
    return bool(renameat2(current_folder, os.fsencode(one), current_folder, os.fsencode(other), exchange) == 0)
