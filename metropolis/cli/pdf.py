"""`metropolis pdf`: the books for the Assembly, and packs of chosen pages."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from metropolis.cli.commands import Commands, add_command, say_with_time
from metropolis.problem import ProblemsError, RefusedError

if TYPE_CHECKING:
    from metropolis.builder.gate import Prepared
    from metropolis.data.models import Edition

_NOTHING = "No book was made; the last good ones are untouched."


def add_commands(commands: Commands) -> None:
    text = "make the books, or a pack of chosen pages, in build/pdf/"
    add = add_command(commands, "pdf", _pdf, text).add_argument
    text = "one language; may be repeated (default: all)"
    add("--locale", action="append", metavar="LOCALE", help=text)
    add("--edition", metavar="ID", help="a pack of data/editions.yml")
    pages = "vision,action-plan/,mission#allies (a folder has a slash, a section its anchor)"
    add("--pages", metavar="PAGES", help=f"a pack of these pages: {pages}")
    add("--title", help="title of a pack of --pages")
    add("--size", choices=("a4", "letter"), default="", help="the sheet (default: a4)")
    add("--fresh", action="store_true", help="make it again, even if nothing has changed")
    add("--out", type=Path, help="folder to write into")


def _pdf(root: Path, options: argparse.Namespace) -> int:
    from metropolis.builder.books import FOLDER, make_press, rendered_pages, write_books
    from metropolis.builder.gate import prepare
    from metropolis.cache import Cache
    from metropolis.pdf.printing import print_books

    if options.edition and options.pages:
        raise RefusedError("--edition and --pages cannot be used together.")
    if options.title and not options.pages:
        how = "the titles of editions are in data/editions.yml."
        raise RefusedError(f"--title goes with --pages; {how}")
    folder = options.out or root / "build" / FOLDER
    if folder.resolve().is_relative_to((root / "site").resolve()):
        what = "A built site stays as it was built: make site makes its books."
        raise RefusedError(f"{what} Name another folder.")
    tell = say_with_time()
    prepared, problems = prepare(root)
    if prepared is None:
        raise ProblemsError(problems, _NOTHING)
    codes = prepared.project.codes
    unknown = [code for code in options.locale or [] if code not in codes]
    if unknown:
        raise RefusedError(f"“{unknown[0]}” is no language of the site: {', '.join(codes)}.")
    edition = _edition(prepared, options)
    sections = _sections(prepared, options.pages or "")
    locales = [one for one in prepared.project.locales if one.code in (options.locale or codes)]
    press = make_press(root, prepared, rendered_pages(root, prepared))
    orders = press.orders(edition, locales, options.size, sections)
    project, cache = prepared.project, Cache(None if options.fresh else root / ".cache")
    books, problems = print_books(orders, project.theme_dir, project.content_dir, cache, tell)
    if problems:
        raise ProblemsError(problems, _NOTHING)
    write_books(folder, books)
    for book in books:
        print(f"{folder / book.name}.pdf: {book.pages} pages, {len(book.pdf) / 1e6:.2f} MB")
    return 0


def _edition(prepared: Prepared, options: argparse.Namespace) -> Edition:
    from metropolis.data.fields import Label
    from metropolis.data.messages import nearest
    from metropolis.data.models import Edition
    from metropolis.pdf.edition_check import page_order, whole_book
    from metropolis.pdf.outline import select

    editions = prepared.records.editions
    if options.edition:
        if options.edition in editions:
            return editions[options.edition]
        known = f"There are: {', '.join(editions)}." if editions else "Name pages with --pages."
        raise RefusedError(f"There is no edition “{options.edition}”. {known}")
    book = whole_book(prepared.records)
    if not options.pages:
        if book is None:
            raise RefusedError("data/editions.yml has no whole book.")
        return book
    names = page_order(prepared.records, list(prepared.workbench.sources))
    selectors = [page for page, _ in _selectors(options.pages)]
    _, unknown = select(selectors, names)
    if unknown or not selectors:
        missing = unknown[0] if unknown else ""
        raise RefusedError(f"There is no page “{missing}”. {nearest(missing, names)}".strip())
    codes = prepared.project.codes
    subtitle = Label(dict.fromkeys(codes, "Metropolis"))
    title = book.title if book else subtitle
    if options.title:
        title, subtitle = Label(dict.fromkeys(codes, options.title)), title
    return Edition(id="pack", title=title, subtitle=subtitle, pages=tuple(selectors))


def _selectors(pages: str) -> list[tuple[str, str]]:
    """(page or folder, anchor of a section or "")."""
    parts = (selector.strip().partition("#") for selector in pages.split(","))
    return [(page, anchor) for page, _, anchor in parts if page or anchor]


def _sections(prepared: Prepared, pages: str) -> dict[str, set[str]]:
    """The requested sections of each page that is not requested as a whole."""
    from metropolis.data.messages import nearest

    written = prepared.workbench.sources
    found: dict[str, set[str]] = {}
    whole = {page for page, anchor in _selectors(pages) if not anchor}
    for page, anchor in _selectors(pages):
        if not anchor or page in whole:
            continue
        name = page if page in written else f"{page}/index"
        known = [one.anchor for one in written[name].sections[1:]] if name in written else []
        if anchor not in known:
            what = f"The page “{page}” has no section “{anchor}”."
            raise RefusedError(f"{what} {nearest(anchor, known)}".strip())
        found.setdefault(name, set()).add(anchor)
    return found
