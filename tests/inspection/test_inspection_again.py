"""An inspection that remembers finds what one finds that remembers nothing, whatever has changed in
between."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from metropolis.cache import Cache
from metropolis.inspection import site_inspection
from metropolis.inspection.site_inspection import Inspection
from metropolis.problem import Problem

BASE = Path(__file__).parent / "base"
URL, LOCALES = "https://plan.example.org/", ("fr", "en", "es")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return Path(shutil.copytree(BASE, tmp_path / "site"))


def digests(site: Path) -> dict[str, str]:
    files = sorted(file for file in site.rglob("*") if file.is_file())
    return {
        file.relative_to(site).as_posix(): sha256(file.read_bytes()).hexdigest() for file in files
    }


def inspection(site: Path, known: site_inspection.Inspected | None = None) -> Inspection:
    cache = Cache(site.parent / ".cache")
    return Inspection(site, URL, LOCALES, digests(site), cache, known.pages if known else None)


def change(site: Path, path: str, old: str, new: str) -> None:
    text = (site / path).read_text("utf-8")
    assert old in text
    (site / path).write_text(text.replace(old, new), "utf-8")


def again(
    site: Path, edit: Callable[[], object], monkeypatch: pytest.MonkeyPatch
) -> tuple[list[Problem], list[str]]:
    """(the problems after an edit, the pages that were looked at for them)."""
    problems, seen = inspection(site).run({})
    assert problems == []
    edit()
    looked: list[str] = []
    monkeypatch.setattr(site_inspection, "check_path", lambda page: looked.append(page.path) or [])
    problems, _ = inspection(site, seen).run({}, seen)
    monkeypatch.undo()
    assert problems == Inspection(site, URL, LOCALES, digests(site)).run({})[0]
    return problems, looked


def test_nothing_is_looked_at_where_nothing_changed(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert again(site, lambda: None, monkeypatch) == ([], [])


def test_a_page_with_other_words_is_looked_at_alone(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = "en/vision/index.html"
    assert again(
        site, lambda: change(site, page, "</main>", "<p>More.</p></main>"), monkeypatch
    ) == ([], [page])


def test_a_link_to_an_anchor_that_went_is_found_on_its_own_page(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add = '<p id="end">End.</p></main>'
    change(site, "en/vision/index.html", "</main>", add)
    change(site, "en/index.html", "</main>", '<p><a href="vision/#end">The end</a></p></main>')
    problems, looked = again(
        site, lambda: change(site, "en/vision/index.html", ' id="end"', ""), monkeypatch
    )
    assert [problem.path for problem in problems] == ["en/index.html"]
    assert "leads to an anchor that the page does not have" in problems[0].what
    assert "es/index.html" not in looked


def test_a_page_that_loads_a_file_that_went_is_found(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (site / "map.svg").write_text("<svg/>")
    change(site, "en/index.html", "</main>", '<p><img src="../map.svg" alt="Map"></p></main>')
    problems, looked = again(site, (site / "map.svg").unlink, monkeypatch)
    assert [problem.path for problem in problems] == looked == ["en/index.html"]


def test_a_page_that_went_is_missed_by_its_counterparts(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    problems, looked = again(site, lambda: shutil.rmtree(site / "es/vision"), monkeypatch)
    assert {"index.html", "en/vision/index.html"} <= {problem.path for problem in problems} | set(
        looked
    )
    assert any(problem.path == "en/vision/index.html" for problem in problems)


def test_a_page_that_nobody_links_to_any_more_is_found(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    linking = list(site.rglob("*.html"))

    def edit() -> None:
        for file in linking:
            text = file.read_text("utf-8")
            file.write_text(
                re.sub(r'href="[^"]*es/vision/[^"]*"|href="vision/#people"', "", text), "utf-8"
            )

    problems, _ = again(site, edit, monkeypatch)
    assert any("No links lead from a home page" in problem.what for problem in problems)
