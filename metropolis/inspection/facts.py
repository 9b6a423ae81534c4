"""One built page, parsed once: what every check of the inspection needs to know of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lxml import html


@dataclass(frozen=True)
class PageFacts:
    """`path` is the page's file from the site's root ("en/vision/index.html"); `text` is the raw HTML."""

    path: str
    locale: str
    tree: html.HtmlElement
    text: str
    ids: tuple[str, ...]

    @property
    def is_not_found(self) -> bool:
        """404 pages have no address of their own: they are neither linked nor indexed."""
        return self.path.rpartition("/")[2] == "404.html"

    def line(self, element: html.HtmlElement) -> int:
        """The element's line in the file."""
        return int(element.sourceline or 0)


def read_pages(site_dir: Path, locales: tuple[str, ...]) -> list[PageFacts]:
    """Every HTML file of the site; the first locale stands at the root."""
    pages = []
    for file in sorted(site_dir.rglob("*.html")):
        path = file.relative_to(site_dir).as_posix()
        if path.startswith("pagefind/"):
            continue
        text = file.read_text("utf-8")
        tree = html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8"))
        folder = path.partition("/")[0]
        locale = folder if folder in locales[1:] else locales[0]
        pages.append(PageFacts(path, locale, tree, text, tuple(str(id) for id in tree.xpath("//@id"))))
    return pages
