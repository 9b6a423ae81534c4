"""The notice above a page whose translation is stale, or that is shown in the source language: in
the reader's language, with a link to the source page. No such page is without it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from metropolis.addresses import locale_prefix, page_path, relative_address
from metropolis.components.scope import Scope
from metropolis.language.blanks import fill
from metropolis.language.cldr import language_name
from metropolis.markup import Markup, finished
from metropolis.project import Project
from metropolis.translation.status import PageStatus


class Notices:
    """One for a build."""

    def __init__(self, project: Project, statuses: Iterable[PageStatus]) -> None:
        self.source = project.default_locale.code
        self.prefix = locale_prefix(project, self.source)
        self.stale = {
            (page.locale, page.name): page
            for page in statuses
            if page.stale_sections or page.new_sections
        }

    def of_page(self, name: str, locale: str, scope: Scope, titles: Mapping[str, Markup]) -> Markup:
        """The notice of a page in `locale`; nothing if the translation is current. `titles` are the
        page's headings by their anchors; in the source they may hold calls."""
        stale = self.stale.get((locale, name))
        kind = "stale" if scope.locale == locale else "fallback"
        if kind == "stale" and stale is None:
            return finished("")
        parts = stale.stale_sections if stale and kind == "stale" else ()
        sections = [(part.anchor, titles.get(part.anchor, part.title)) for part in parts]
        added = stale.new_sections if stale and kind == "stale" else ()
        # A call in a heading is drawn on the source page only.
        new = [(part.anchor, part.title) for part in added if "{{" not in part.title]
        language = language_name(self.source, locale)

        def words(key: str) -> str:
            # In the reader's language, which on a fallback page is not the text's.
            text = scope.records.strings[f"notice-{kind}-{key}"][locale]
            return fill(text, {"language": language}, locale)

        return scope.draw(
            "notice",
            title=words("title"),
            text=words("text"),
            href=relative_address(scope.page_url, self.prefix + page_path(name)),
            link=words("link"),
            hreflang=self.source,
            sections=sections,
            new=new,
        )
