"""Writes the open data into the site, and the size of each file on the page that offers it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from metropolis.addresses import locale_prefix
from metropolis.builder.gate import Prepared
from metropolis.cache import Cache
from metropolis.data.records import Records
from metropolis.inputs import Known
from metropolis.language.numbers import format_size
from metropolis.opendata.package import make_package
from metropolis.project import Project
from metropolis.release.provenance import Release
from metropolis.web.output import Output

PAGE = "data"  # the page that offers the files
_SIZE = re.compile(r'(<span[^>]* data-file="([^"]+)"[^>]*>)(</span>)')


def write_open_data(output: Output, project: Project, files: Mapping[str, bytes]) -> None:
    """Writes data/ and api/v1/, and their sizes on the page that offers them."""
    for path, content in files.items():
        output.write(path, content)
    for locale in project.locales:
        _write_sizes(output, project, locale.code, files)


@dataclass(frozen=True)
class Opened:
    """The inputs of the open data."""

    project: Known[Project]
    records: Known[Records]
    release: Release


def open_data(prepared: Prepared, release: Release) -> dict[str, bytes]:
    """The content of each file by its path in the site."""
    project = prepared.project
    inputs = Opened(project.known, prepared.workbench.known, release)
    return Cache(project.root / ".cache").remember("open-data", inputs, make_files)


def make_files(inputs: Opened) -> dict[str, bytes]:
    return make_package(inputs.project.value, inputs.records.value, inputs.release)


def _write_sizes(output: Output, project: Project, locale: str, files: Mapping[str, bytes]) -> None:
    page = f"{locale_prefix(project, locale)}{PAGE}/index.html"
    if page not in output.files:
        return

    def size(found: re.Match[str]) -> str:
        return f"{found[1]}{escape(format_size(len(files[found[2]]), locale))}{found[3]}"

    output.write(page, _SIZE.sub(size, output.read(page).decode()))
