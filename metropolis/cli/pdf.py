"""`metropolis pdf`: the books for the Assembly, and packs of chosen pages."""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import TYPE_CHECKING

from metropolis.cli.commands import Commands, add_command, say, wrong_use
from metropolis.report import listing

if TYPE_CHECKING:
    from metropolis.builder.gate import Prepared
    from metropolis.data.models import Edition


def add_commands(commands: Commands) -> None:
    """Adds the command."""
    pdf = add_command(
        commands, "pdf", _pdf, "make the books, or a pack of chosen pages, in build/pdf/"
    )
    pdf.add_argument(
        "--locale",
        action="append",
        metavar="LOCALE",
        help="one language; may be repeated (default: all)",
    )
    pdf.add_argument("--edition", metavar="ID", help="a pack of data/editions.yml")
    pdf.add_argument(
        "--pages",
        metavar="PAGES",
        help="a pack of these pages: vision,action-plan/,mission#allies (a folder has a slash, a"
        " section its anchor)",
    )
    pdf.add_argument("--title", help="title of a pack of --pages")
    pdf.add_argument("--size", choices=("a4", "letter"), default="", help="the sheet (default: a4)")
    pdf.add_argument(
        "--fresh", action="store_true", help="make it again, even if nothing has changed"
    )
    pdf.add_argument("--out", type=Path, help="folder to write into")


def _pdf(root: Path, options: argparse.Namespace) -> int:
    from metropolis.builder.books import FOLDER, make_press, rendered_pages, write_books
    from metropolis.builder.gate import prepare
    from metropolis.cache import Cache
    from metropolis.pdf.printing import print_books

    if options.edition and options.pages:
        return wrong_use("--edition and --pages cannot be used together.")
    if options.title and not options.pages:
        return wrong_use(
            "--title goes with --pages; the titles of editions are in data/editions.yml."
        )
    folder = options.out or root / "build" / FOLDER
    if folder.resolve().is_relative_to((root / "site").resolve()):
        return wrong_use(
            "A built site stays as it was built: make site makes its books. Name another folder."
        )
    started = time.monotonic()
    prepared, problems = prepare(root)
    if prepared is None:
        print(listing(problems))
        return _nothing()
    codes = [locale.code for locale in prepared.project.locales]
    unknown = [code for code in options.locale or [] if code not in codes]
    if unknown:
        return wrong_use(f"“{unknown[0]}” is no language of the site: {', '.join(codes)}.")
    edition = _edition(prepared, options)
    if isinstance(edition, str):
        return wrong_use(edition)
    sections = _sections(prepared, options.pages or "")
    if isinstance(sections, str):
        return wrong_use(sections)
    locales = [one for one in prepared.project.locales if one.code in (options.locale or codes)]
    orders = make_press(root, prepared, rendered_pages(root, prepared)).orders(
        edition, locales, options.size, sections
    )

    def tell(line: str) -> None:
        say(f"[{time.monotonic() - started:4.1f} s] {line}")

    project = prepared.project
    books, problems = print_books(
        orders,
        project.theme_dir,
        project.content_dir,
        Cache(None if options.fresh else root / ".cache"),
        tell,
    )
    if problems:
        print(listing(problems))
        return _nothing()
    write_books(folder, books)
    for book in books:
        print(f"{folder / book.name}.pdf: {book.pages} pages, {len(book.pdf) / 1e6:.2f} MB")
    return 0


def _edition(prepared: Prepared, options: argparse.Namespace) -> Edition | str:
    """The requested edition, or a usage error."""
    from metropolis.data.fields import Label
    from metropolis.data.messages import nearest
    from metropolis.data.models import Edition
    from metropolis.pdf.edition_check import page_order, whole_book
    from metropolis.pdf.outline import select

    editions = prepared.records.editions
    if options.edition:
        found = editions.get(options.edition)
        return found or f"There is no edition “{options.edition}”: {', '.join(editions)}."
    book = whole_book(prepared.records)
    if not options.pages:
        return book or "data/editions.yml has no whole book."
    source = prepared.project.default_locale.code
    names = page_order(
        prepared.records,
        [page.name for page in prepared.workbench.pages.values() if page.locale == source],
    )
    selectors = [page for page, _ in _selectors(options.pages)]
    _, unknown = select(selectors, names)
    if unknown or not selectors:
        missing = unknown[0] if unknown else ""
        return " ".join([f"There is no page “{missing}”.", nearest(missing, names)]).strip()
    codes = [locale.code for locale in prepared.project.locales]
    own = (
        Label(dict.fromkeys(codes, options.title))
        if options.title
        else book.title
        if book
        else None
    )
    title = own or Label(dict.fromkeys(codes, "Metropolis"))
    subtitle = book.title if options.title and book else Label(dict.fromkeys(codes, "Metropolis"))
    return Edition(id="pack", title=title, subtitle=subtitle, pages=tuple(selectors))


def _selectors(pages: str) -> list[tuple[str, str]]:
    """(page or folder, anchor of a section or "")."""
    parts = (selector.strip().partition("#") for selector in pages.split(","))
    return [(page, anchor) for page, _, anchor in parts if page or anchor]


def _sections(prepared: Prepared, pages: str) -> dict[str, set[str]] | str:
    """The requested sections of each page that is not requested as a whole, or a usage error."""
    from metropolis.data.messages import nearest

    source = prepared.project.default_locale.code
    written = {
        page.name: page for page in prepared.workbench.pages.values() if page.locale == source
    }
    found: dict[str, set[str]] = {}
    whole = {page for page, anchor in _selectors(pages) if not anchor}
    for page, anchor in _selectors(pages):
        if not anchor or page in whole:
            continue
        name = page if page in written else f"{page}/index"
        known = [one.anchor for one in written[name].sections[1:]] if name in written else []
        if anchor not in known:
            what = f"The page “{page}” has no section “{anchor}”."
            return " ".join([what, nearest(anchor, known)]).strip()
        found.setdefault(name, set()).add(anchor)
    return found


def _nothing() -> int:
    say("No book was made; the last good ones are untouched.")
    return 1
