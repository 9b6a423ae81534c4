"""Reads an HTML file of a built site, once, into facts, and keeps them for the next time.

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
    **dict.fromkeys(elements.INTRUDERS, elements.read_intruder),
}
# Nearly half of all attributes are the addresses of links, which `read_link` takes.
_PASSED_OVER = {"a": elements.HARMLESS | {"href"}}


class FactsStore:
    """The facts of pages that were read before, by their paths and the digests of their files."""

    def __init__(self, root: Path, locales: tuple[str, ...]) -> None:
        self.store = Store(root / ".cache" / "facts", limit=4_000_000_000)
        self.locales = locales

    def read(self, path: str, html: str, data: bytes | Path) -> PageFacts | Problem:
        """The facts of the page at `path`; `html` is the digest of its `data`, or of the file."""
        key = digest(_code(), path, *self.locales, html)
        if (kept := self.store.get(key)) is not None:
            self.store.keep(key)
            facts: PageFacts = pickle.loads(kept)  # its own hash was right: a build of ours wrote it
            return facts
        page = read_page(data if isinstance(data, bytes) else data.read_bytes(), path, self.locales)
        if isinstance(page, PageFacts):
            self.store.put(key, pickle.dumps(page, pickle.HIGHEST_PROTOCOL))
        return page


def read_page(data: bytes, path: str, locales: tuple[str, ...]) -> PageFacts | Problem:
    """One page's facts, or why it cannot be read."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return Problem(path, line, 1, "The page is not written in UTF-8.", how="Save its source as UTF-8.")
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, collect_ids=False)
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
        tag = str(element.tag)
        if not _PASSED_OVER.get(tag, elements.HARMLESS).issuperset(element.keys()):
            elements.read_attributes(element, found)
        if (reader := _READERS.get(tag)) is not None:
            reader(element, found)
    folder = path.partition("/")[0]
    return _facts(path, folder if folder in locales[1:] else locales[0], found, find_remains(text))


@cache
def _code() -> str:
    """What the facts are made by, beside the page."""
    return folder_digest(Path(__file__).parent, "*.py")


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
