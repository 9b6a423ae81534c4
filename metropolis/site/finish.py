"""The last steps of a build, when every language is there: assets, 404 pages, sitemap, pictures, feeds, search."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from metropolis.addresses import locale_prefix
from metropolis.project import Project
from metropolis.site.assets import write_assets
from metropolis.site.feed import feed, read_history
from metropolis.site.frames import Frames
from metropolis.site.open_data import write_open_data
from metropolis.site.prepared import Prepared
from metropolis.site.search import make_search_index
from metropolis.site.share import write_pictures
from metropolis.site.webmanifest import SIZES, icon, web_manifest
from metropolis.store import Store

FEED, MANIFEST = "feed.xml", "site.webmanifest"


def write_not_found(site_dir: Path, project: Project, pages: Mapping[str, str]) -> None:
    """Each language's 404 page, in its folder."""
    for locale, html in pages.items():
        folder = site_dir / locale_prefix(project, locale)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "404.html").write_text(html, "utf-8")


def finish(site_dir: Path, prepared: Prepared, frames: Frames) -> None:
    """Completes the site under `site_dir`, whose pages are there; `frames` knows their titles and pictures."""
    cache_dir = prepared.project.root / ".cache"
    write_assets(frames.assets, site_dir)
    (site_dir / "sitemap.xml").write_text(sitemap(prepared, frames), "utf-8")
    (site_dir / "robots.txt").write_text(
        f"User-agent: *\nAllow: /\nSitemap: {prepared.project.site_url.rstrip('/')}/sitemap.xml\n", "utf-8"
    )
    write_pictures(frames.pictures.values(), prepared.project.theme_dir, cache_dir, site_dir)
    _write_feeds(site_dir, prepared, frames)
    _write_manifests(site_dir, prepared)
    write_open_data(site_dir, prepared, frames.release)
    make_search_index(site_dir, prepared, Store(cache_dir / "search", limit=512_000_000))


def _write_feeds(site_dir: Path, prepared: Prepared, frames: Frames) -> None:
    days = read_history(prepared.project.root, frames.release.date)
    for locale in prepared.project.locales:
        prefix = locale_prefix(prepared.project, locale.code)
        titles = {name: title for (code, name), title in frames.titles.items() if code == locale.code}
        url = f"{prepared.project.site_url.rstrip('/')}/{prefix}{FEED}"
        address = partial(frames.address, locale.code)
        text = feed(prepared.records, locale.code, days, titles, address, url)
        (site_dir / prefix / FEED).write_text(text, "utf-8")


def _write_manifests(site_dir: Path, prepared: Prepared) -> None:
    strings = prepared.records.strings
    for locale in prepared.project.locales:
        prefix = locale_prefix(prepared.project, locale.code)
        name = f"Metropolis – {strings['plan-short'][locale.code]}"
        manifest = web_manifest(name, "Metropolis", locale.code, f"/{prefix}")
        (site_dir / prefix / MANIFEST).write_text(manifest, "utf-8")
    for size in SIZES:
        (site_dir / "assets" / f"icon-{size}.png").write_bytes(icon(size))


def sitemap(prepared: Prepared, frames: Frames) -> str:
    """sitemap.xml: every page, its date, and its alternates where they really exist."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ]
    day = frames.release.date.isoformat()
    for locale in prepared.project.locales:
        for name in sorted(prepared.page_names[locale.code]):
            lines.append(f"<url><loc>{escape(frames.address(locale.code, name))}</loc><lastmod>{day}</lastmod>")
            lines += [
                f'<xhtml:link rel="alternate" hreflang="{other.locale}" href={quoteattr(other.url)}/>'
                for other in frames.alternates(name)
            ]
            lines.append("</url>")
    return "\n".join([*lines, "</urlset>", ""])
