"""A fourth language is a block in mkdocs.yml, its labels and its pages: no code knows how many
there are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from metropolis.builder.whole_site import build_site
from metropolis.report import listing


@pytest.fixture(scope="module")
def site(fourth_language_project: Path) -> Path:
    built, problems = build_site(fourth_language_project, lambda step: None)
    assert built, listing(problem for problem in problems if problem.severity == "error")
    assert built.locales == ("fr", "en", "es", "pt")
    return built.site_dir


def test_its_pages_say_their_language_and_are_alternates_of_the_others(site: Path) -> None:
    page = (site / "pt/vision/index.html").read_text("utf-8")
    assert '<html lang="pt" dir="ltr"' in page
    assert '<link rel="canonical" href="https://plan.metropolis.org/pt/vision/">' in page
    link = '<link rel="alternate" hreflang="pt" href="https://plan.metropolis.org/pt/vision/">'
    assert link in (site / "vision/index.html").read_text("utf-8")


def test_it_has_members_a_page_not_found_and_a_search_of_its_own(site: Path) -> None:
    assert (site / "pt/members/barcelone/index.html").is_file()
    assert (site / "pt/404.html").is_file()
    index = json.loads((site / "search/pt.json").read_text("utf-8"))
    assert "pt/members/barcelone/" in {entry[1] for entry in index["entries"]}


def test_the_switcher_leads_there_from_every_language(site: Path) -> None:
    for path in ("vision", "en/vision", "es/vision"):
        assert 'hreflang="pt" lang="pt"' in (site / path / "index.html").read_text("utf-8")
