"""The open data among the built files, and the size of each file on the page that offers it."""

from __future__ import annotations

import pickle
import re
from collections.abc import Mapping
from html import escape

from metropolis.addresses import locale_prefix
from metropolis.language.numbers import format_size
from metropolis.opendata.package import make_package
from metropolis.project import Project
from metropolis.release import Release
from metropolis.site.kept_pages import data_digest
from metropolis.site.output import Output
from metropolis.site.prepared import Prepared
from metropolis.store import Store, digest
from metropolis.toolkit import toolkit_digest

PAGE = "data"  # the page that offers the files
_SIZE = re.compile(r'(<span[^>]* data-file="([^"]+)"[^>]*>)(</span>)')


def write_open_data(output: Output, project: Project, files: Mapping[str, bytes]) -> None:
    """Writes data/ and api/v1/, and their sizes on the page that offers them."""
    for path, content in files.items():
        output.write(path, content)
    for locale in project.locales:
        _write_sizes(output, project, locale.code, files)


def open_data(prepared: Prepared, release: Release) -> dict[str, bytes]:
    """The files; those of an earlier build, where nothing that they come from has changed."""
    project = prepared.project
    store = Store(project.root / ".cache" / "open-data", limit=512_000_000)
    key = digest(
        toolkit_digest(), data_digest(project.data_dir), project.site_url, repr((release, project.all_locales))
    )
    kept = store.once(key, lambda: pickle.dumps(make_package(project, prepared.records, release)))
    store.prune()
    files: dict[str, bytes] = pickle.loads(kept)
    return files


def _write_sizes(output: Output, project: Project, locale: str, files: Mapping[str, bytes]) -> None:
    page = f"{locale_prefix(project, locale)}{PAGE}/index.html"
    if page not in output.files:
        return

    def size(found: re.Match[str]) -> str:
        return f"{found[1]}{escape(format_size(len(files[found[2]]), locale))}{found[3]}"

    output.write(page, _SIZE.sub(size, output.read(page).decode()))
