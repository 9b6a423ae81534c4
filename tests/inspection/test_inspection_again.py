"""An inspection that remembers finds what one finds that remembers nothing, whatever has changed in
between."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path

import pytest

from metropolis.inspection.page_summary import PageSummary
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


def inspection(site: Path, known: Mapping[str, PageSummary] | None = None) -> Inspection:
    return Inspection(site, URL, LOCALES, digests(site), known or {})


def change(site: Path, path: str, old: str, new: str) -> None:
    text = (site / path).read_text("utf-8")
    assert old in text
    (site / path).write_text(text.replace(old, new), "utf-8")


def again(
    site: Path, edit: Callable[[], object], monkeypatch: pytest.MonkeyPatch
) -> tuple[list[Problem], list[str]]:
    """(the problems after an edit, the pages that were read for them)."""
    problems, seen = inspection(site).run({})
    assert problems == []
    edit()
    reads: list[str] = []
    read = Inspection._read
    monkeypatch.setattr(
        Inspection, "_read", lambda self, path: reads.append(path) or read(self, path)
    )
    problems, _ = inspection(site, seen).run({})
    monkeypatch.undo()
    assert problems == inspection(site).run({})[0]
    return problems, reads


def test_nothing_is_read_where_nothing_changed(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    problems, reads = again(site, lambda: None, monkeypatch)
    # Links of a 404 page are judged by what they lead to: it is always read.
    assert problems == []
    assert {path.rpartition("/")[2] for path in reads} == {"404.html"}


def test_a_page_with_other_words_is_read_alone(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = "en/vision/index.html"
    _, reads = again(
        site, lambda: change(site, page, "</main>", "<p>More.</p></main>"), monkeypatch
    )
    assert [path for path in reads if "404" not in path] == [page]


def test_a_link_to_an_anchor_that_went_is_found_on_its_own_page(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add = '<p id="end">End.</p></main>'
    change(site, "en/vision/index.html", "</main>", add)
    change(site, "en/index.html", "</main>", '<p><a href="vision/#end">The end</a></p></main>')
    problems, reads = again(
        site, lambda: change(site, "en/vision/index.html", ' id="end"', ""), monkeypatch
    )
    assert [problem.path for problem in problems] == ["en/index.html"]
    assert "leads to an anchor that the page does not have" in problems[0].what
    assert "es/index.html" not in reads


def test_a_page_that_loads_a_file_that_went_is_found(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (site / "map.svg").write_text("<svg/>")
    change(site, "en/index.html", "</main>", '<p><img src="../map.svg" alt="Map"></p></main>')
    problems, reads = again(site, (site / "map.svg").unlink, monkeypatch)
    assert [problem.path for problem in problems] == ["en/index.html"]
    assert "en/index.html" in reads


def test_a_page_that_went_is_missed_by_its_counterparts(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    problems, _ = again(site, lambda: shutil.rmtree(site / "es/vision"), monkeypatch)
    assert {"vision/index.html", "en/vision/index.html"} <= {problem.path for problem in problems}


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
