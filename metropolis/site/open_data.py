"""The open data among the built files, and the size of each file on the page that offers it."""

from __future__ import annotations

import pickle
import re
from collections.abc import Mapping
from html import escape
from pathlib import Path

from babel.units import format_unit

from metropolis.addresses import locale_prefix
from metropolis.language.cldr import cldr_locale
from metropolis.opendata.package import make_package
from metropolis.project import Project
from metropolis.release import Release
from metropolis.site.kept_pages import data_digest, toolkit_digest
from metropolis.site.prepared import Prepared
from metropolis.store import Store, digest

PAGE = "data"  # the page that offers the files
_SIZE = re.compile(r'(<span[^>]* data-file="([^"]+)"[^>]*>)(</span>)')


def write_open_data(site_dir: Path, prepared: Prepared, release: Release) -> None:
    """Writes data/ and api/v1/ under `site_dir`."""
    files = _package(prepared, release)
    for path, content in files.items():
        target = site_dir / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    for locale in prepared.project.locales:
        _write_sizes(site_dir, prepared.project, locale.code, files)


def _package(prepared: Prepared, release: Release) -> dict[str, bytes]:
    """The files; those of an earlier build, where nothing that they come from has changed."""
    project = prepared.project
    store = Store(project.root / ".cache" / "open-data", limit=512_000_000)
    key = digest(
        toolkit_digest(), data_digest(project.data_dir), project.site_url, repr((release, project.all_locales))
    )
    kept = store.get(key)
    store.keep(key)
    if kept is not None:
        found: dict[str, bytes] = pickle.loads(kept)
        return found
    files = make_package(project, prepared.records, release)
    store.put(key, pickle.dumps(files))
    store.prune()
    return files


def _write_sizes(site_dir: Path, project: Project, locale: str, files: Mapping[str, bytes]) -> None:
    page = site_dir / locale_prefix(project, locale) / PAGE / "index.html"
    if not page.is_file():
        return

    def size(found: re.Match[str]) -> str:
        return f"{found[1]}{escape(size_text(len(files[found[2]]), locale))}{found[3]}"

    page.write_text(_SIZE.sub(size, page.read_text("utf-8")), "utf-8")


def size_text(size: int, locale: str) -> str:
    """`25 ko`, `1,8 Mo`, in the language's own words; at least one kilobyte."""
    unit, number, digits = ("megabyte", size / 1e6, "0.0") if size >= 1e6 else ("kilobyte", max(1, size / 1e3), "0")
    return format_unit(round(number, 1), f"digital-{unit}", "short", locale=cldr_locale(locale), format=digits)
