"""The site's books, printed from its pages. Pages that offer a book show its number of pages, size
and date, which a book leaves out: these are written into the pages when the books are printed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from html import escape
from pathlib import Path

from metropolis.addresses import page_file
from metropolis.builder.gate import Prepared
from metropolis.builder.render_context import render_context
from metropolis.cache import Cache
from metropolis.language.blanks import fill
from metropolis.language.numbers import format_megabytes
from metropolis.pdf.press import Press, ReadPages
from metropolis.pdf.printing import Printed, print_books
from metropolis.problem import Problem
from metropolis.project import Project
from metropolis.release.provenance import Release, read_release
from metropolis.site.session import Session
from metropolis.web.output import Output

FOLDER = "pdf"
_FACTS = re.compile(r'(<span class="edition-facts" data-edition="([a-z0-9-]+)(\.epub)?">)(</span>)')


def make_press(root: Path, prepared: Prepared, read_pages: ReadPages) -> Press:
    """What all books of this project share."""
    written, statuses = list(prepared.workbench.sources), prepared.workbench.statuses
    release, cache = read_release(root), Cache(root / ".cache")
    return Press(prepared.project, prepared.records, statuses, release, written, read_pages, cache)


def built_pages(output: Output, project: Project) -> ReadPages:
    def read(locale: str, names: Sequence[str]) -> Mapping[str, bytes]:
        return {name: output.read(page_file(project, locale, name)) for name in names}

    return read


def rendered_pages(root: Path, prepared: Prepared) -> ReadPages:
    """The pages as they would be built, rendered on demand: no site is needed."""

    shared = render_context(root, prepared)

    def read(locale: str, names: Sequence[str]) -> Mapping[str, bytes]:
        session = Session(root / "site", locale, shared)
        files = {name: session.pages[page_file(prepared.project, locale, name)] for name in names}
        return {name: session.render(file).encode() for name, file in files.items()}

    return read


def make_site_books(
    root: Path, output: Output, prepared: Prepared, say: Callable[[str], None]
) -> tuple[list[Printed], list[Problem]]:
    """Writes pdf/metropolis-fr.pdf, its EPUB, and the packs: every edition of data/editions.yml."""
    project = prepared.project
    press = make_press(root, prepared, built_pages(output, project))
    editions = prepared.records.editions
    orders = [order for one in editions.values() for order in press.orders(one, project.locales)]
    themes, contents = project.theme_dir, project.content_dir
    books, problems = print_books(orders, themes, contents, press.cache, say)
    for book in books if not problems else ():
        output.write(f"{FOLDER}/{book.name}.pdf", book.pdf)
        if book.epub:
            output.write(f"{FOLDER}/{book.name}.epub", book.epub)
    return books, problems


def write_books(folder: Path, books: Sequence[Printed]) -> None:
    """Writes each file under another name and renames it: nobody ever opens half a book."""
    folder.mkdir(parents=True, exist_ok=True)
    for book in books:
        part = folder / f".{book.name}.part"
        part.write_bytes(book.pdf)
        part.replace(folder / f"{book.name}.pdf")


def write_facts(
    output: Output, prepared: Prepared, books: Sequence[Printed], release: Release
) -> None:
    """Writes pages, size and date of each book into the pages that offer it, in their language."""
    by_name = {book.name: book for book in books}
    for locale in prepared.project.locales:
        for name in prepared.page_names[locale.code] - prepared.generated:
            path = page_file(prepared.project, locale.code, name)
            if '"edition-facts"' not in (html := output.read(path).decode()):
                continue

            def facts(found: re.Match[str], code: str = locale.code) -> str:
                book = by_name[found[2]]
                size = format_megabytes(len(book.epub), code)
                words = size if found[3] else _facts(prepared, book, code, release)
                return f"{found[1]}{escape(words)}{found[4]}"

            output.write(path, _FACTS.sub(facts, html))


def _facts(prepared: Prepared, book: Printed, locale: str, release: Release) -> str:
    size = format_megabytes(len(book.pdf), locale)
    words = prepared.records.strings["edition-facts"][locale]
    values = {"pages": book.pages, "size": size, "date": release.date_text(locale)}
    return fill(words, values, locale)
