"""The last steps of a build: assets, sitemap, feeds, open data, search."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from html import escape

from metropolis.addresses import locale_prefix
from metropolis.builder.gate import Prepared
from metropolis.builder.search_index import begin_indexes
from metropolis.cache import Cache
from metropolis.data.records import Records
from metropolis.inputs import Known
from metropolis.language.numbers import format_size
from metropolis.opendata.package import make_package
from metropolis.project import Project
from metropolis.release.provenance import Release
from metropolis.site.framing import FrameMaker
from metropolis.web.assets import write_assets
from metropolis.web.feed import feed, read_history
from metropolis.web.output import Output
from metropolis.web.web_manifest import SIZES, icon, web_manifest

FEED, MANIFEST = "feed.xml", "site.webmanifest"
PAGE = "data"  # the page that offers the open data
_SIZE = re.compile(r'(<span[^>]* data-file="([^"]+)"[^>]*>)(</span>)')


def finish(
    output: Output, prepared: Prepared, frames: FrameMaker, data: Mapping[str, bytes]
) -> None:
    """Writes what stands beside the pages. `frames` has titles, `data` the open data files."""
    project, release = prepared.project, frames.release
    for locale in project.codes:
        page = f"{locale_prefix(project, locale)}{PAGE}/index.html"
        _write_sizes(output, page, locale, data)  # the last change of a page
    indexes = begin_indexes(output, prepared, frames.titles)
    write_assets(frames.assets, output)
    cache = Cache(project.root / ".cache")
    for size in SIZES:
        output.write(f"assets/icon-{size}.png", cache.remember("drawings", size, icon))
    output.write("sitemap.xml", sitemap_text(prepared, frames))
    address = project.site_url.rstrip("/")
    output.write("robots.txt", f"User-agent: *\nAllow: /\nSitemap: {address}/sitemap.xml\n")
    days = read_history(project.root, release.date)
    for locale in project.codes:
        prefix = locale_prefix(project, locale)
        titles = {name: one for (code, name), one in frames.titles.items() if code == locale}
        page_address, url = partial(frames.address, locale), f"{address}/{prefix}{FEED}"
        output.write(prefix + FEED, feed(prepared.records, locale, days, titles, page_address, url))
        name = f"Metropolis – {prepared.records.strings['plan-short'][locale]}"
        output.write(prefix + MANIFEST, web_manifest(name, locale, prefix))
    for path, content in data.items():
        output.write(path, content)
    for path, index in indexes.items():
        output.write(path, index.result())


def sitemap_text(prepared: Prepared, frames: FrameMaker) -> str:
    """sitemap.xml: every page, its date, and its alternates where they really exist."""
    spaces = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    spaces += ' xmlns:xhtml="http://www.w3.org/1999/xhtml"'
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f"<urlset {spaces}>"]
    day = frames.release.date.isoformat()
    for locale in prepared.project.locales:
        for name in sorted(prepared.page_names[locale.code]):
            address = escape(frames.address(locale.code, name))
            lines.append(f"<url><loc>{address}</loc><lastmod>{day}</lastmod>")
            for other in frames.alternates(name):
                language, url = other.locale, escape(other.url)
                lines.append(f'<xhtml:link rel="alternate" hreflang="{language}" href="{url}"/>')
            lines.append("</url>")
    return "\n".join([*lines, "</urlset>", ""])


def _write_sizes(output: Output, page: str, locale: str, files: Mapping[str, bytes]) -> None:
    """Writes the size of each open data file into the page that offers it."""

    def size(found: re.Match[str]) -> str:
        return f"{found[1]}{escape(format_size(len(files[found[2]]), locale))}{found[3]}"

    if page in output.files:
        output.write(page, _SIZE.sub(size, output.read(page).decode()))


@dataclass(frozen=True)
class Opened:
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
