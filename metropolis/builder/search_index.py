"""The search index, made by Pagefind: one for each language.

A member is found by its name in every language of the site, with and without accents. A milestone
is a result of its own, although all milestones are on one page. Facets: members, indicators,
milestones, pages.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from html import escape
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

from pagefind_bin import get_executable

from metropolis.addresses import locale_prefix, page_file
from metropolis.builder.gate import Prepared
from metropolis.cache import Cache
from metropolis.data.models import Milestone
from metropolis.data.records import Records
from metropolis.inputs import Files
from metropolis.language.collation import folded
from metropolis.project import Project
from metropolis.web.output import Output
from metropolis.web.search_order import settle_order

_ENTRY = "pagefind-entry.json"
_LONGEST = 1800  # seconds
_IN_MEMORY, _ROOM = "/dev/shm", 2_000_000_000
_IGNORED = re.compile(r"<(h2|ul)\b[^>]* data-pagefind-ignore[^>]*>.*?</\1>", re.DOTALL)


class SearchIndexError(Exception):
    """Pagefind could not make the search index; the message is Pagefind's."""


def search_kind(name: str) -> str:
    """The facet of a page: "member", "indicator" or "page"."""
    folder, _, stem = name.rpartition("/")
    return {"members": "member", "indicators": "indicator"}.get(
        folder if stem != "index" else "", "page"
    )


def other_names(records: Records, name: str) -> str:
    """A member's names in all languages, and without accents; "" for other pages."""
    folder, _, stem = name.rpartition("/")
    member = records.members.get(stem) if folder == "members" else None
    if member is None:
        return ""
    names = dict.fromkeys(text for _, text in member.name.items())
    names.update(dict.fromkeys(folded(text) for text in (*names, member.government)))
    return " · ".join(names)


def search_index(output: Output, prepared: Prepared) -> dict[str, bytes]:
    """The files of pagefind/ by their paths, made from built pages and milestones.

    Each language has an index of its own. It is made again when one of its pages changes.
    """
    cache = Cache(prepared.project.root / ".cache")
    searched = [_searched(output, prepared, locale) for locale in prepared.project.codes]
    with ThreadPoolExecutor() as pool:
        indexes = list(pool.map(lambda one: cache.remember("search", one, make_index), searched))
    languages: dict[str, object] = {}
    files: dict[str, bytes] = {}
    for index in indexes:
        entry = json.loads(index[_ENTRY])
        languages |= entry["languages"]
        files |= index
    files[_ENTRY] = json.dumps(entry | {"languages": languages}, sort_keys=True).encode()
    return {f"pagefind/{name}": content for name, content in files.items()}


@dataclass(frozen=True)
class Searched:
    """The inputs of a language's index: built pages, and (path, HTML) of pages that only Pagefind
    reads.
    """

    locale: str
    pages: Files
    milestones: tuple[tuple[str, str], ...]


def _searched(output: Output, prepared: Prepared, locale: str) -> Searched:
    project, records = prepared.project, prepared.records
    pages = output.files_at(
        page_file(project, locale, name) for name in prepared.page_names[locale]
    )
    # A milestone is a page for Pagefind only; its address is the section that shows it.
    milestones = (
        (f".milestones/{locale}/{one.id}.html", _milestone_page(project, records, one, locale))
        for one in records.milestones.values()
    )
    return Searched(locale, pages, tuple(milestones))


def make_index(inputs: Searched) -> dict[str, bytes]:
    """The files of a language's index by their names under pagefind/."""
    files = inputs.pages
    with TemporaryDirectory(prefix="metropolis-search-", dir=_quick_folder()) as folder:
        pages = (
            (path, _article(files.read(path).decode(), inputs.locale)) for path, _ in files.digests
        )
        return _run(Path(folder), chain(pages, inputs.milestones))


def _quick_folder() -> str | None:
    """A folder in memory, if there is one with room, for thousands of small files that exist for a
    second.
    """
    try:
        return _IN_MEMORY if shutil.disk_usage(_IN_MEMORY).free > _ROOM else None
    except OSError:
        return None


def _article(html: str, locale: str) -> str:
    """The part of a page that Pagefind indexes. It would parse the rest and not use it, for example
    long lists of other members.
    """
    article = html[html.find("<article") : html.rfind("</article>")]
    article = _IGNORED.sub(
        lambda found: found[0] if f"<{found[1]}" in found[0][1:] else "", article
    )
    return f'<!doctype html><html lang="{locale}"><body>{article}</article></body></html>'


def _run(folder: Path, pages: Iterable[tuple[str, str]]) -> dict[str, bytes]:
    """Runs Pagefind, which reads files and writes its index beside them."""
    for path, html in pages:
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(html, "utf-8")
    command = [str(get_executable()), "--site", str(folder), "--silent"]
    try:
        run = subprocess.run(
            command, capture_output=True, text=True, errors="replace", check=False, timeout=_LONGEST
        )
    except subprocess.TimeoutExpired:
        raise SearchIndexError(f"Pagefind was stopped after {_LONGEST // 60} minutes.") from None
    except OSError as error:
        raise SearchIndexError(f"Pagefind cannot run: {error.strerror}.") from error
    if run.returncode != 0:
        raise SearchIndexError(run.stderr.strip() or run.stdout.strip())
    made = folder / "pagefind"
    for unused in (*made.glob("pagefind-*ui*"), *made.glob("pagefind-highlight.js")):
        unused.unlink()
    settle_order(made)
    return {
        file.relative_to(made).as_posix(): file.read_bytes()
        for file in made.rglob("*")
        if file.is_file()
    }


def _milestone_page(project: Project, records: Records, one: Milestone, locale: str) -> str:
    """A page that only Pagefind reads."""
    title = f"{one.year} – {one.title[locale]}"
    words = [
        one.place[locale] if one.place else "",
        *(records.members[id].name[locale] for id in one.members),
    ]
    words.append(records.strings[f"kind-{one.kind}"][locale])
    address = f"{locale_prefix(project, locale)}milestones/#{one.id}"
    return (
        f'<!doctype html><html lang="{locale}"><body data-pagefind-body'
        # A place that a milestone names comes first.
        ' data-pagefind-filter="kind:milestone" data-pagefind-weight="0.2"><h1'
        f' data-pagefind-meta="title">{escape(title)}</h1>'
        f"<p>{escape('. '.join(filter(None, words)))}</p><i"
        f' data-pagefind-meta="place:{escape(address)}"></i></body></html>'
    )
