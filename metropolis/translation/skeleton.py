"""Creates the skeleton of a new language: a copy of every source page, to be translated in place. A
section that still equals the source's counts as missing, so nobody has to mark anything."""

from collections.abc import Iterable

from metropolis.content.page import Page
from metropolis.project import Project

# The lines that mkdocs.yml needs before work on a language can begin.
LANGUAGE_BLOCK = """\
        - locale: {code}
          name: {name}
          build: false"""


def skeleton(project: Project, pages: Iterable[Page], locale: str) -> dict[str, str]:
    """Path -> text of each page that `locale` lacks."""
    pages = list(pages)
    standing = {page.name for page in pages if page.locale == locale}
    return {
        project.page_path(locale, page.name): page.text.text
        for page in pages
        if page.locale == project.source and page.name not in standing
    }
