"""The last steps of a build: assets, sitemap, feeds, open data, search."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from html import escape

from metropolis.addresses import locale_prefix
from metropolis.builder.gate import Prepared
from metropolis.builder.search_index import search_index
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
    write_assets(frames.assets, output)
    output.write("sitemap.xml", sitemap_text(prepared, frames))
    address = prepared.project.site_url.rstrip("/")
    output.write("robots.txt", f"User-agent: *\nAllow: /\nSitemap: {address}/sitemap.xml\n")
    _write_feeds(output, prepared, frames)
    _write_manifests(output, prepared)
    write_open_data(output, prepared.project, data)
    for path, content in search_index(output, prepared, frames.titles).items():
        output.write(path, content)


def _write_feeds(output: Output, prepared: Prepared, frames: FrameMaker) -> None:
    days = read_history(prepared.project.root, frames.release.date)
    for locale in prepared.project.locales:
        prefix = locale_prefix(prepared.project, locale.code)
        titles = {name: one for (code, name), one in frames.titles.items() if code == locale.code}
        url = f"{prepared.project.site_url.rstrip('/')}/{prefix}{FEED}"
        address = partial(frames.address, locale.code)
        text = feed(prepared.records, locale.code, days, titles, address, url)
        output.write(prefix + FEED, text)


def _write_manifests(output: Output, prepared: Prepared) -> None:
    strings = prepared.records.strings
    for locale in prepared.project.locales:
        prefix = locale_prefix(prepared.project, locale.code)
        name = f"Metropolis – {strings['plan-short'][locale.code]}"
        output.write(prefix + MANIFEST, web_manifest(name, locale.code, prefix))
    cache = Cache(prepared.project.root / ".cache")
    for size in SIZES:
        output.write(f"assets/icon-{size}.png", cache.remember("drawings", size, icon))


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


def write_open_data(output: Output, project: Project, files: Mapping[str, bytes]) -> None:
    """Writes data/ and api/v1/, and their sizes on the page that offers them."""
    for path, content in files.items():
        output.write(path, content)
    for locale in project.locales:
        _write_sizes(output, project, locale.code, files)


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


def _write_sizes(output: Output, project: Project, locale: str, files: Mapping[str, bytes]) -> None:
    page = f"{locale_prefix(project, locale)}{PAGE}/index.html"
    if page not in output.files:
        return

    def size(found: re.Match[str]) -> str:
        return f"{found[1]}{escape(format_size(len(files[found[2]]), locale))}{found[3]}"

    output.write(page, _SIZE.sub(size, output.read(page).decode()))
