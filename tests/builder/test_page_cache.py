"""Whatever a page is made from is in its cache key: each line of the table is an edit, and the pages
whose keys it changes."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from metropolis.builder.page_cache import PageCache
from metropolis.cache import Cache
from metropolis.content.page import Page, read_page
from metropolis.inputs import Known
from metropolis.opendata.history import DataDay
from metropolis.translation.status import PageStatus

HEADER = '---\ntitle: "{}"\ndescription: "{}"\n---\n\n'
PAGES = {
    ("fr", "vision"): HEADER.format("Vision", "Une vision.") + "# Vision { #vision }\n",
    ("en", "vision"): HEADER.format("Vision", "A vision.") + "# Vision { #vision }\n",
    ("fr", "data"): HEADER.format("Données", "Des données.") + "# a\n\n{{ data_changes() }}\n",
}
EVERY = {*PAGES, ("en", "data")}  # the last shows the French page


@dataclass
class Site:
    """What a build would know; edits change it in place."""

    root: Path
    texts: dict[tuple[str, str], str] = field(default_factory=lambda: dict(PAGES))
    names: dict[str, set[str]] = field(
        default_factory=lambda: {"fr": {"vision", "data"}, "en": {"vision"}}
    )
    records: str = "records"
    statuses: list[PageStatus] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=lambda: {"site.css": b"1"})
    font: str = "font-1"
    day: date = date(2026, 1, 2)
    days: tuple[DataDay, ...] = ()

    def keys(self) -> dict[tuple[str, str], str]:
        """The key of each page."""
        pages = [self.read(*one) for one in self.texts]
        project = SimpleNamespace(
            root=self.root,
            theme_dir=self.root / "theme",
            source="fr",
        )
        workbench = SimpleNamespace(
            project=project,
            statuses=self.statuses,
            pages={page.path: page for page in pages},
            known=Known(self.records, None),
        )
        shared: Any = SimpleNamespace(
            prepared=SimpleNamespace(workbench=workbench, page_names=self.names),
            assets=SimpleNamespace(files=self.files, font=self.font),
            release=SimpleNamespace(date=self.day),
            data_days=self.days,
        )
        cache = PageCache(Cache(None), shared)
        return {one: cache.entry(*one).key for one in EVERY}

    def read(self, locale: str, name: str) -> Page:
        """One page."""
        path = f"content/{locale}/{name}.md"
        return read_page(path, locale, name, self.texts[locale, name])[0]


@pytest.fixture
def site(tmp_path: Path) -> Site:
    (tmp_path / "mkdocs.yml").write_text("site_name: a\n", "utf-8")
    shutil.copytree(Path(__file__).parent, tmp_path / "theme", ignore=lambda *_: ["__pycache__"])
    return Site(tmp_path)


def text(site: Site) -> None:
    site.texts["fr", "vision"] += "\nUn mot.\n"


def text_of_a_fallback(site: Site) -> None:
    site.texts["fr", "data"] += "\nUn mot.\n"


def title(site: Site) -> None:
    site.texts["en", "vision"] = site.texts["en", "vision"].replace('"Vision"', '"A vision"')


def description(site: Site) -> None:
    site.texts["en", "vision"] = site.texts["en", "vision"].replace("A vision.", "Our vision.")


def names(site: Site) -> None:
    site.names["en"].add("mission")


def records(site: Site) -> None:
    site.records = "others"


def asset(site: Site) -> None:
    site.files["map.js"] = b"2"


def font(site: Site) -> None:
    site.font = "font-2"


def day(site: Site) -> None:
    site.day = date(2026, 1, 3)


def configuration(site: Site) -> None:
    (site.root / "mkdocs.yml").write_text("site_name: b\n", "utf-8")


def theme(site: Site) -> None:
    (site.root / "theme" / "base.html").write_text("<p>", "utf-8")


def status(site: Site) -> None:
    path = "content/en/vision.md"
    site.statuses.append(PageStatus("en", "vision", path, "content/fr/vision.md", "stale", ()))


def data_day(site: Site) -> None:
    site.days = (DataDay(date(2026, 1, 1), "a", ()),)


CASES: list[tuple[Callable[[Site], None], set[tuple[str, str]]]] = [
    (text, {("fr", "vision")}),
    (text_of_a_fallback, {("fr", "data"), ("en", "data")}),
    (title, EVERY),
    (description, EVERY),
    (names, EVERY),
    (records, EVERY),
    (asset, EVERY),
    (font, EVERY),
    (day, EVERY),
    (configuration, EVERY),
    (theme, EVERY),
    (status, {("en", "vision")}),
    (data_day, {("fr", "data"), ("en", "data")}),
]


@pytest.mark.parametrize(("edit", "changed"), CASES, ids=lambda one: getattr(one, "__name__", ""))
def test_an_edit_changes_the_keys_of_the_pages_that_show_it(
    site: Site, edit: Callable[[Site], None], changed: set[tuple[str, str]]
) -> None:
    before = site.keys()
    assert site.keys() == before
    edit(site)
    after = site.keys()
    assert {one for one in EVERY if after[one] != before[one]} == changed


def test_pages_of_the_same_text_have_keys_of_their_own(site: Site) -> None:
    assert len(set(site.keys().values())) == len(EVERY)


def test_contents_count_and_dates_do_not(site: Site) -> None:
    before = site.keys()
    for file in (site.root / "mkdocs.yml", *(site.root / "theme").iterdir()):
        file.touch()
    other = replace(site, texts=dict(reversed(site.texts.items())))
    assert other.keys() == before
