"""Reads every HTML file of a built site, once, into facts.

lxml and not html5lib, which is many times slower: the inspection runs at each build.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
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
# Fewer pages than these are read here: other processes cost more than they save.
_FEW = 48

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

    A page that `store` has seen before is not read again; many others are read side by side.
    """
    files = {
        path: file
        for file in sorted(site_dir.rglob("*.html"))
        if not (path := file.relative_to(site_dir).as_posix()).startswith(FOREIGN)
    }
    found: dict[str, PageFacts | Problem] = {}
    keys: dict[str, str] = {}
    if store:
        for path, file in files.items():
            keys[path] = digest(_code(), path, *locales, file.read_bytes())
            if (kept := store.get(keys[path])) is not None:
                # Its own hash was right: nobody but a build of ours wrote it.
                found[path] = pickle.loads(kept)
                store.keep(keys[path])
    missing = [path for path in files if path not in found]
    read = _read_all({path: files[path] for path in missing}, locales)
    for path, one in read.items():
        if store and isinstance(one, PageFacts):
            store.put(keys[path], pickle.dumps(one, pickle.HIGHEST_PROTOCOL))
    every = [(found | read)[path] for path in files]
    return [one for one in every if isinstance(one, PageFacts)], [one for one in every if isinstance(one, Problem)]


def read_page(data: bytes, path: str, locales: tuple[str, ...]) -> PageFacts | Problem:
    """One page's facts, or why it cannot be read."""
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


def _read_all(files: Mapping[str, Path], locales: tuple[str, ...]) -> dict[str, PageFacts | Problem]:
    """The facts of files, by their paths in the site; in several processes where there are many."""
    workers = min(os.cpu_count() or 1, 1 + len(files) // _FEW)
    shares = [list(files.items())[first::workers] for first in range(workers)]
    if workers == 1 or "fork" not in multiprocessing.get_all_start_methods():
        return _read_share((list(files.items()), locales))
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("fork")) as pool:
        results = list(pool.map(_read_share, [(share, locales) for share in shares]))
    return {path: one for result in results for path, one in result.items()}


def _read_share(work: tuple[Sequence[tuple[str, Path]], tuple[str, ...]]) -> dict[str, PageFacts | Problem]:
    files, locales = work
    return {path: read_page(file.read_bytes(), path, locales) for path, file in files}


@cache
def _code() -> str:
    """What the facts are made by, beside the page."""
    return folder_digest(Path(__file__).parent, "*.py")


def facts_store(root: Path) -> Store:
    """Where facts are kept."""
    return Store(root / ".cache" / "facts", limit=2_000_000_000)


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
