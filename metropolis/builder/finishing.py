"""The last steps of a build: assets, sitemap, feeds, open data, search."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from html import escape

from metropolis.addresses import locale_prefix
from metropolis.builder.downloads import write_open_data
from metropolis.builder.gate import Prepared
from metropolis.builder.search_index import search_index
from metropolis.cache import Cache
from metropolis.site.framing import FrameMaker
from metropolis.web.assets import write_assets
from metropolis.web.feed import feed, read_history
from metropolis.web.output import Output
from metropolis.web.web_manifest import SIZES, icon, web_manifest

FEED, MANIFEST = "feed.xml", "site.webmanifest"


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
        own = frames.titles.items()
        titles = {name: title for (code, name), title in own if code == locale.code}
        url = f"{prepared.project.site_url.rstrip('/')}/{prefix}{FEED}"
        address = partial(frames.address, locale.code)
        text = feed(prepared.records, locale.code, days, titles, address, url)
        output.write(prefix + FEED, text)


def _write_manifests(output: Output, prepared: Prepared) -> None:
    strings = prepared.records.strings
    for locale in prepared.project.locales:
        prefix = locale_prefix(prepared.project, locale.code)
        name = f"Metropolis – {strings['plan-short'][locale.code]}"
        manifest = web_manifest(name, "Metropolis", locale.code, f"/{prefix}")
        output.write(prefix + MANIFEST, manifest)
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
            lines += [
                f'<xhtml:link rel="alternate" hreflang="{other.locale}"'
                f' href="{escape(other.url)}"/>'
                for other in frames.alternates(name)
            ]
            lines.append("</url>")
    return "\n".join([*lines, "</urlset>", ""])
