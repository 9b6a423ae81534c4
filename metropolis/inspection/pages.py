"""Reads every HTML file of a built site, once, into facts.

lxml and not html5lib, which is many times slower: the inspection runs at each build.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from lxml import etree

from metropolis.inspection import elements
from metropolis.inspection.elements import Found
from metropolis.inspection.facts import Detail, PageFacts
from metropolis.inspection.remains import find_remains
from metropolis.problem import Problem
from metropolis.store import Store, digest, folder_digest

# The search index is another program's: its pages, if it writes any, are not ours to mend.
FOREIGN = ("pagefind/",)

_READERS: dict[str, Callable[[etree._Element, Found], None]] = {
    "html": elements.read_root,
    "article": elements.read_article,
    "title": elements.read_title,
    "meta": elements.read_meta,
    "link": elements.read_head_link,
    "a": elements.read_link,
    "area": elements.read_link,
    "script": elements.read_script,
    "style": elements.read_style,
    "form": elements.read_form,
    "img": elements.read_image,
    "svg": elements.read_drawing,
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), elements.read_heading),
}


def read_pages(
    site_dir: Path, locales: tuple[str, ...], store: Store | None = None
) -> tuple[list[PageFacts], list[Problem]]:
    """Every page, and a problem for each file that cannot be read; the first locale stands at the root.

    A page that `store` has seen before is not read again.
    """
    pages: list[PageFacts] = []
    problems: list[Problem] = []
    for file in sorted(site_dir.rglob("*.html")):
        path = file.relative_to(site_dir).as_posix()
        if path.startswith(FOREIGN):
            continue
        read = read_page(file.read_bytes(), path, locales, store)
        if isinstance(read, Problem):
            problems.append(read)
        else:
            pages.append(read)
    return pages, problems


def read_page(data: bytes, path: str, locales: tuple[str, ...], store: Store | None = None) -> PageFacts | Problem:
    """One page's facts, or why it cannot be read."""
    if store is None:
        return _read(data, path, locales)
    key = digest(_code(), path, *locales, data)
    kept = store.get(key)
    store.keep(key)
    if kept is not None:
        # Its own hash was right: nobody but a build of ours wrote it.
        facts: PageFacts = pickle.loads(kept)
        return facts
    read = _read(data, path, locales)
    if isinstance(read, PageFacts):
        store.put(key, pickle.dumps(read, pickle.HIGHEST_PROTOCOL))
    return read


@cache
def _code() -> str:
    """What the facts are made by, beside the page."""
    return folder_digest(Path(__file__).parent, "*.py")


def facts_store(root: Path) -> Store:
    """Where facts are kept."""
    return Store(root / ".cache" / "facts", limit=2_000_000_000)


def _read(data: bytes, path: str, locales: tuple[str, ...]) -> PageFacts | Problem:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return Problem(path, line, 1, "The page is not written in UTF-8.", how="Save its source as UTF-8.")
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.LxmlError:  # what an empty page gives in some versions; in others, None
        root = None
    if root is None:
        return Problem(path, 0, 0, "The page is empty.", how="Build it anew, or remove its source.")
    if fatal := parser.error_log.filter_from_fatals():
        # lxml keeps what came before, and would let the rest pass unseen.
        what = "The page cannot be read to its end: its elements are nested too deeply."
        return Problem(path, int(fatal[0].line), 1, what, how="Mend the template that nests them.")
    found = Found()
    for element in root.iter("*"):
        elements.read_attributes(element, found)
        if (reader := _READERS.get(str(element.tag))) is not None:
            reader(element, found)
    folder = path.partition("/")[0]
    return _facts(path, folder if folder in locales[1:] else locales[0], found, find_remains(text))


def _facts(path: str, locale: str, found: Found, remains: Iterable[tuple[str, int, int]]) -> PageFacts:
    return PageFacts(
        path=path,
        locale=locale,
        lang=found.lang,
        text_lang=found.text_lang or "",
        title=found.title or "",
        description=found.description,
        has_noindex=found.has_noindex,
        canonicals=tuple(found.canonicals),
        alternates=tuple(found.alternates),
        headings=tuple(found.headings),
        ids=tuple(found.ids),
        links=tuple(found.links),
        mentions=tuple(found.mentions),
        loads=tuple(found.loads),
        pictures=tuple(found.pictures),
        scripts=tuple(found.scripts),
        forms=tuple(found.forms),
        events=tuple(found.events),
        intruders=tuple(found.intruders),
        remains=tuple(Detail(*remain) for remain in remains),
    )
