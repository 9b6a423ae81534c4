"""What search knows of pages beside their words, and the index itself: one for each language, by Pagefind.

A member is found by its name in every language of the site, with and without accents; a milestone is a result of its
own, though it stands on a page with all the others. Facets: members, indicators, milestones, pages.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from html import escape
from pathlib import Path

from metropolis.addresses import locale_prefix
from metropolis.data.models import Milestone
from metropolis.data.records import Records
from metropolis.language.collation import folded
from metropolis.project import Project
from metropolis.site.search_order import settle_order


class SearchIndexError(Exception):
    """Pagefind could not make the search index; the message is its own."""


def search_kind(name: str) -> str:
    """The facet of a page: "member", "indicator" or "page"."""
    folder, _, stem = name.rpartition("/")
    return {"members": "member", "indicators": "indicator"}.get(folder if stem != "index" else "", "page")


def other_names(records: Records, name: str) -> str:
    """A member's names in all languages, and without accents; "" for other pages."""
    folder, _, stem = name.rpartition("/")
    member = records.members.get(stem) if folder == "members" else None
    if member is None:
        return ""
    names = dict.fromkeys(text for _, text in member.name.items())
    names.update(dict.fromkeys(folded(text) for text in (*names, member.government)))
    return " · ".join(names)


def make_search_index(site_dir: Path, project: Project, records: Records) -> None:
    """Writes pagefind/ under `site_dir`, from the pages as they were built and the milestones."""
    # Pagefind reads files: each milestone is one for as long as the index is made, and says where it really stands.
    aside = site_dir / ".milestones"
    try:
        for locale in project.locales:
            folder = aside / locale.code
            folder.mkdir(parents=True)
            for one in records.milestones.values():
                (folder / f"{one.id}.html").write_text(_milestone_page(project, records, one, locale.code), "utf-8")
        command = [sys.executable, "-m", "pagefind", "--site", str(site_dir), "--silent"]
        run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    if run.returncode != 0:
        raise SearchIndexError(run.stderr.strip() or run.stdout.strip())
    folder = site_dir / "pagefind"
    for unused in (*folder.glob("pagefind-*ui*"), *folder.glob("pagefind-highlight.js")):
        unused.unlink()
    settle_order(folder)


def _milestone_page(project: Project, records: Records, one: Milestone, locale: str) -> str:
    """A page for Pagefind alone."""
    title = f"{one.year} – {one.title[locale]}"
    words = [one.place[locale] if one.place else "", *(records.members[id].name[locale] for id in one.members)]
    words.append(records.strings[f"kind-{one.kind}"][locale])
    address = f"{locale_prefix(project, locale)}milestones/#{one.id}"
    return (
        f'<!doctype html><html lang="{locale}"><body data-pagefind-body data-pagefind-filter="kind:milestone">'
        f'<h1 data-pagefind-meta="title">{escape(title)}</h1><p>{escape(". ".join(filter(None, words)))}</p>'
        f'<i data-pagefind-meta="place:{escape(address)}"></i></body></html>'
    )
