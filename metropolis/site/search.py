"""What search knows of pages beside their words, and the index itself: one for each language, by Pagefind.

A member is found by its name in every language of the site, with and without accents; a milestone is a result of its
own, though it stands on a page with all the others. Facets: members, indicators, milestones, pages.
"""

from __future__ import annotations

import json
import pickle
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from html import escape
from importlib.metadata import version
from pathlib import Path

from metropolis.addresses import locale_prefix, page_path
from metropolis.data.models import Milestone
from metropolis.data.records import Records
from metropolis.language.collation import folded
from metropolis.project import Project
from metropolis.site.prepared import Prepared
from metropolis.site.search_order import settle_order
from metropolis.store import Store, digest

_ENTRY = "pagefind-entry.json"


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


def make_search_index(site_dir: Path, prepared: Prepared, store: Store) -> None:
    """Writes pagefind/ under `site_dir`, from the pages as they were built and the milestones.

    Each language has an index of its own; one whose pages are as they were is taken from `store`.
    """
    aside = site_dir / ".search"  # Pagefind reads files: each language gets a folder with its own, for as long
    locales = [locale.code for locale in prepared.project.locales]
    try:
        with ThreadPoolExecutor() as pool:
            indexes = list(pool.map(lambda code: _index(site_dir, aside / code, prepared, code, store), locales))
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    store.prune()
    folder = site_dir / "pagefind"
    languages: dict[str, object] = {}
    for index in indexes:
        entry = json.loads(index[_ENTRY])
        languages |= entry["languages"]
        for name, content in index.items():
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
    (folder / _ENTRY).write_text(json.dumps(entry | {"languages": languages}, sort_keys=True), "utf-8")


def _index(site_dir: Path, folder: Path, prepared: Prepared, locale: str, store: Store) -> dict[str, bytes]:
    """The files of a language's index, by their names under pagefind/."""
    project, records = prepared.project, prepared.records
    pages = {
        path: (site_dir / path).read_bytes()
        for path in sorted(
            f"{locale_prefix(project, locale)}{page_path(name)}index.html" for name in prepared.page_names[locale]
        )
    }
    # A milestone is a page for Pagefind alone, and says where it really stands.
    for one in records.milestones.values():
        pages[f".milestones/{locale}/{one.id}.html"] = _milestone_page(project, records, one, locale).encode()
    code = (Path(__file__).read_bytes(), Path(settle_order.__code__.co_filename).read_bytes())
    key = digest(*code, version("pagefind"), *(part for page in pages.items() for part in page))
    kept = store.get(key)
    store.keep(key)
    if kept is not None:
        found: dict[str, bytes] = pickle.loads(kept)
        return found
    for path, content in pages.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    command = [sys.executable, "-m", "pagefind", "--site", str(folder), "--silent"]
    run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=1800)
    if run.returncode != 0:
        raise SearchIndexError(run.stderr.strip() or run.stdout.strip())
    made = folder / "pagefind"
    for unused in (*made.glob("pagefind-*ui*"), *made.glob("pagefind-highlight.js")):
        unused.unlink()
    settle_order(made)
    index = {file.relative_to(made).as_posix(): file.read_bytes() for file in made.rglob("*") if file.is_file()}
    store.put(key, pickle.dumps(index))
    return index


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
