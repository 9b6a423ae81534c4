"""What a preview adds for translators, from theme/preview/: a panel on each page, two languages
side by side, a dashboard. No published build contains it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path

import lxml.html

from metropolis.addresses import locale_prefix, page_path
from metropolis.content.page import Page
from metropolis.html_tree import write_html
from metropolis.markup import Markup, finished
from metropolis.problem import Problem
from metropolis.site.templates import component_renderer
from metropolis.translation.section_difference import Difference
from metropolis.translation.status import PageStatus, SectionStatus
from metropolis.translation.status_report import STATES
from metropolis.translation.workbench import Workbench

# The folder of the preview's own pages; no page of the site may begin with an underscore.
PREVIEW = "_preview"

_HEADING = re.compile(r'(?=<h[1-6] id="[^"]+">)')
_ANCHOR = re.compile(r'<h[1-6] id="([^"]+)">')


def problems_page(root: Path, problems: Iterable[Problem]) -> str:
    """The page that is shown in place of a page that cannot be rendered."""
    return _renderer(root)("problems", problems=list(problems))


def _renderer(root: Path) -> Callable[..., Markup]:
    style = finished((root / "theme" / "preview" / "preview.css").read_text("utf-8"))
    draw = component_renderer(root / "theme", "preview")
    return partial(draw, style=style, preview=PREVIEW, dashboard=f"/{PREVIEW}/")


class PreviewPages:
    """One for each check."""

    def __init__(self, workbench: Workbench, problems: list[Problem]) -> None:
        self.workbench = workbench
        self.project = workbench.project
        self.problems = problems
        self.draw = _renderer(self.project.root)
        self.statuses = {page.path: page for page in workbench.statuses}
        # The panel shows them beside their sections.
        self.already_shown = frozenset(workbench.status_problems())

    def problems_of(self, page: Page | None) -> list[Problem]:
        """Those of one page's file."""
        own = page.path if page else ""
        return [one for one in self.problems if one.path == own and one not in self.already_shown]

    def with_panel(self, html: str, page: Page | None) -> str:
        """A page with the panel; if it is made from data, only with a link to the dashboard."""
        status = self.statuses.get(page.path) if page else None
        panel = self.draw(
            "panel",
            page=page,
            status=status,
            counts=_counts(status.sections) if status else [],
            problems=self.problems_of(page),
            counterparts=self._counterparts(page),
            side=f"/{PREVIEW}/side/{page.locale}/{page.name}/" if page and status else "",
        )
        return html.replace("</body>", f"{panel}\n</body>", 1)

    def _counterparts(self, page: Page | None) -> list[tuple[str, str, bool]]:
        """The same page in each language: its name, its address, whether it is the source."""
        return [
            (locale.name, self._address(locale.code, page.name), locale.is_default)
            for locale in self.project.locales
            if page is not None
            and locale.code != page.locale
            and self._page(locale.code, page.name)
        ]

    def _address(self, locale: str, name: str) -> str:
        return "/" + locale_prefix(self.project, locale) + page_path(name)

    def _page(self, locale: str, name: str) -> Page | None:
        return self.workbench.pages.get(self.project.page_path(locale, name))

    def own_page(self, path: str, content: Callable[[Page], str]) -> str | None:
        """One of the preview's own pages; `content` renders the text of a page."""
        if path == "index.html":
            return self._dashboard()
        parts = path.removesuffix("/index.html").split("/", 2)
        if len(parts) == 3 and parts[0] == "side":
            page = self._page(parts[1], parts[2])
            status = self.statuses.get(page.path) if page else None
            return self._side_by_side(page, status, content) if page and status else None
        return None

    def _dashboard(self) -> str:
        others = [problem for problem in self.problems if problem not in self.already_shown]
        counted = Counter(problem.path for problem in others)
        languages = []
        for locale in self.project.targets:
            pages = [page for page in self.workbench.statuses if page.locale == locale.code]
            rows = [
                (one, self._address(one.locale, one.name), _counts(one.sections), counted[one.path])
                for one in pages
            ]
            sections = [section for page in pages for section in page.sections]
            languages.append((locale, _counts(pages), _counts(sections), rows))
        rest = [problem for problem in self.problems if problem.path not in self.statuses]
        return self.draw("dashboard", languages=languages, problems=self.problems, rest=rest)

    def _side_by_side(self, page: Page, status: PageStatus, content: Callable[[Page], str]) -> str:
        source = self.workbench.sources.get(page.name)
        differences = self.workbench.differences(page, status)
        changed = {section.anchor: change for section, change in differences}
        mine = self._sections(page, content)
        theirs = self._sections(source, content) if source else {}
        rows = [
            (one, theirs.get(one.anchor, ""), mine.get(one.anchor, ""), _changes(changed, one))
            for one in status.sections
        ]
        return self.draw(
            "side",
            page=page,
            source=source,
            rows=rows,
            address=self._address(page.locale, page.name),
            source_address=self._address(source.locale, source.name) if source else "",
            problems=self.problems_of(page),
        )

    def _sections(self, page: Page, content: Callable[[Page], str]) -> dict[str, Markup]:
        """The text of a page section by section, with absolute links."""
        found: dict[str, Markup] = {}
        base = f"http://preview{self._address(page.locale, page.name)}"
        for piece in _HEADING.split(content(page)):
            if anchor := _ANCHOR.match(piece):
                root = lxml.html.fragment_fromstring(piece, create_parent="div")
                root.make_links_absolute(base)
                for element in root.iter("*"):
                    element.attrib.pop("id", None)  # the same section stands there twice
                found[anchor[1]] = finished(write_html(root).replace("http://preview/", "/"))
        return found


def _counts(items: Iterable[PageStatus | SectionStatus]) -> list[tuple[str, int]]:
    states = [item.state for item in items]
    return [(state, states.count(state)) for state in STATES if state in states]


def _changes(
    differences: Mapping[str, Difference], section: SectionStatus
) -> list[tuple[str, str]]:
    """("then" or "now", sentence), in reading order."""
    difference = differences.get(section.anchor)
    if difference is None or not difference.is_text_found:
        return []
    return [
        (when, text)
        for change in (*difference.texts, *difference.shown)
        for when, texts in (("then", change.then), ("now", change.now))
        for text in texts
    ]
