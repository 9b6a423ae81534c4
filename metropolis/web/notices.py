"""The notice above a page whose translation is stale, or that is shown in the source language: in
the reader's language, with a link to the source page. No such page is without it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

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
        behind = (page for page in statuses if page.waiting_sections)
        self.stale = {(page.locale, page.name): page for page in behind}

    def of_page(self, name: str, locale: str, scope: Scope, titles: Mapping[str, Markup]) -> Markup:
        """The notice of a page in `locale`; nothing if the translation is current. `titles` are the
        page's headings by their anchors; in the source they may hold calls."""
        stale = self.stale.get((locale, name))
        kind = "stale" if scope.locale == locale else "fallback"
        if kind == "stale" and stale is None:
            return finished("")
        href = relative_address(scope.page_url, self.prefix + page_path(name))
        parts = self._parts(stale, href, titles) if stale and kind == "stale" else ()
        language = language_name(self.source, locale)

        def words(key: str) -> str:
            # In the reader's language, which on a fallback page is not the text's.
            text = scope.records.strings[f"notice-{kind}-{key}"][locale]
            return fill(text, {"language": language}, locale)

        return scope.draw(
            "notice",
            title=words("title"),
            text=words("text"),
            href=href,
            link=words("link"),
            hreflang=self.source,
            sections=list(parts),
        )

    def _parts(
        self, status: PageStatus, href: str, titles: Mapping[str, Markup]
    ) -> Iterator[tuple[str, str, str]]:
        """Address, language and title of each part that is behind; a new one is on the source page,
        at `href`, and so is what the calls in its title show."""
        for one in status.stale_sections:
            yield f"#{one.anchor}", "", titles.get(one.anchor, one.title)
        for one in status.new_sections:
            if "{{" not in one.title:
                yield f"{href}#{one.anchor}", self.source, one.title
