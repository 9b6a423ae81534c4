"""The last steps of a build, when every language is there: assets, 404 pages, sitemap, robots, search index."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from pathlib import Path
from xml.sax.saxutils import quoteattr, escape

from metropolis.addresses import locale_prefix
from metropolis.site.assets import write_assets
from metropolis.site.frames import Frames
from metropolis.site.prepared import Prepared


class SearchIndexError(Exception):
    """Pagefind could not make the search index; the message is its own."""


def finish(site_dir: Path, prepared: Prepared, frames: Frames, not_found_pages: dict[str, str]) -> None:
    """Completes the site under `site_dir`."""
    write_assets(frames.assets, site_dir)
    for locale, html in not_found_pages.items():
        folder = site_dir / locale_prefix(prepared.project, locale)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "404.html").write_text(html, "utf-8")
    (site_dir / "sitemap.xml").write_text(sitemap(prepared, frames), "utf-8")
    (site_dir / "robots.txt").write_text(
        f"User-agent: *\nAllow: /\nSitemap: {prepared.project.site_url.rstrip('/')}/sitemap.xml\n", "utf-8"
    )
    index_for_search(site_dir)


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


def index_for_search(site_dir: Path) -> None:
    """One index for each language, by Pagefind, from the pages as they were built."""
    command = [sys.executable, "-m", "pagefind", "--site", str(site_dir), "--silent"]
    run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    if run.returncode != 0:
        raise SearchIndexError(run.stderr.strip() or run.stdout.strip())
    # Pagefind writes the languages in the order of a hash table: sorted, the same site gives the same bytes.
    entry = site_dir / "pagefind" / "pagefind-entry.json"
    entry.write_text(json.dumps(json.loads(entry.read_text("utf-8")), sort_keys=True), "utf-8")
    logging.getLogger("mkdocs.plugins.metropolis").info("Search index made for each language")
