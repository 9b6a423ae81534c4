"""The preview: what translators see while they write, and what no published page has."""

from __future__ import annotations

import re
import shutil
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from small_project import replace_in

from metropolis.cli import main
from metropolis.site.preview import Preview
from metropolis.site.server import preview_server
from metropolis.site.session import Session
from metropolis.translation.workbench import open_workbench

from .conftest import serving

ROOT = Path(__file__).parents[2]


@pytest.fixture
def preview(project_copy: Path, tmp_path: Path) -> Preview:
    """A preview of a copy of the project, ready."""
    folder = tmp_path / "preview"
    folder.mkdir()
    made = Preview(project_copy, folder, lambda words: None)
    made.refresh()
    return made


def seen(preview: Preview, address: str) -> html.HtmlElement:
    """What is served at an address."""
    preview.ensure(address)
    return html.parse(str(preview.site_dir / address.lstrip("/") / "index.html")).getroot()


def change(preview: Preview, path: str, old: str, new: str) -> None:
    """Somebody saves a file."""
    replace_in(preview.root / path, old, new)
    preview.refresh()


def panel(page: html.HtmlElement) -> str:
    (found,) = page.find_class("mp")
    return re.sub(r"\s+", " ", found.text_content())


def test_a_page_is_that_of_the_site_with_a_panel(preview: Preview, built_site: Path) -> None:
    preview.ensure("/members/barcelone/")
    text = (preview.site_dir / "members/barcelone/index.html").read_text("utf-8")
    without_panel = re.sub(r"<style>.*</aside>\n+(?=</body>)", "", text, flags=re.DOTALL)
    built = (built_site / "members/barcelone/index.html").read_text("utf-8")
    # The copy has no history: its colophon names no commit, and another day.
    release = re.compile(r'<p class="release">.*?</p>')
    assert release.sub("", without_panel) == release.sub("", built)


def test_no_published_page_has_a_panel(built_site: Path) -> None:
    assert not (built_site / "_preview").exists()
    assert not [
        file for file in built_site.rglob("*.html") if 'class="mp' in file.read_text("utf-8")
    ]


def test_the_panel_tells_status_counterparts_and_problems(preview: Preview) -> None:
    change(preview, "content/es/vision.md", "](mission.md", "](misssion.md")
    words = panel(seen(preview, "/es/vision/"))
    assert "content/es/vision.md" in words
    assert "Français (source)" in words
    assert "misssion.md" in words
    assert "Lead it to the same place." in words
    assert "Preview: source page" in panel(seen(preview, "/vision/"))


@pytest.mark.parametrize("address", ["/style/", "/en/style/", "/es/style/"])
def test_the_style_page_shows_every_component(preview: Preview, address: str) -> None:
    page = seen(preview, address)
    headings = [id for id in page.xpath("//h2/@id") if id.startswith("style-")]
    assert headings == [f"style-{number}" for number in range(19)]
    assert page.find_class("cards-result-kind")


def test_a_saved_change_is_seen(preview: Preview) -> None:
    assert "Una prueba." not in seen(preview, "/es/mission/").text_content()
    page = preview.root / "content/es/mission.md"
    page.write_text(page.read_text("utf-8") + "\nUna prueba.\n", "utf-8")
    preview.refresh()
    assert "Una prueba." in seen(preview, "/es/mission/").text_content()


def test_a_language_stays_open_while_only_texts_change(
    preview: Preview, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    original = Session.__init__

    def counted(self: Session, site_dir: Path, locale: str, *args: Any, **kwargs: Any) -> None:
        opened.append(locale)
        original(self, site_dir, locale, *args, **kwargs)

    def changed(path: str, old: str, new: str) -> str:
        change(preview, path, old, new)
        return str(seen(preview, "/es/vision/").text_content())

    monkeypatch.setattr(Session, "__init__", counted)
    (preview.root / "theme").unlink()
    shutil.copytree(ROOT / "theme", preview.root / "theme")
    seen(preview, "/es/vision/")
    assert "Otra misión" in changed("content/es/mission.md", "title: ", 'title: "Otra misión" # ')
    assert opened == ["es"]
    assert "Pie nuevo" in changed("theme/partials/footer.html", "<footer", "Pie nuevo <footer")
    assert "Inicio nuevo" in changed("data/strings.yml", 'es: "Inicio"', 'es: "Inicio nuevo"')
    changed("mkdocs.yml", "Visión y misión", "Visión, misión")
    assert opened == ["es"] * 4
    (preview.root / "content/es/photo.png").write_bytes(b"")
    preview.refresh()
    seen(preview, "/es/vision/")
    assert opened == ["es"] * 5


def test_a_label_changed_in_the_data_is_seen(preview: Preview) -> None:
    seen(preview, "/en/indicators/life-expectancy/")
    change(preview, "data/indicators.yml", "value: 73.7", "value: 74.9")
    assert "74.9" in seen(preview, "/en/indicators/life-expectancy/").text_content()


def test_a_page_that_cannot_be_rendered_says_why(preview: Preview) -> None:
    page = preview.root / "content/es/mission.md"
    page.write_text(page.read_text("utf-8") + '\n{{ figure("nobody") }}\n', "utf-8")
    preview.refresh()
    words = seen(preview, "/es/mission/").text_content()
    assert "This page cannot be shown yet" in words
    assert "“nobody”" in words or '"nobody" is not known to figure.' in words
    assert seen(preview, "/es/vision/").find_class("mp")


def test_data_that_cannot_be_read_stand_in_every_pages_place(preview: Preview) -> None:
    change(preview, "data/indicators.yml", "value: 73.7", "value: many")
    assert "data/indicators.yml:" in seen(preview, "/vision/").text_content()
    change(preview, "data/indicators.yml", "value: many", "value: 73.7")
    assert seen(preview, "/vision/").find_class("mp")


def test_the_dashboard_has_the_numbers_of_the_command(
    preview: Preview, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--project", str(preview.root), "translation", "status"]) == 0
    counts = capsys.readouterr().out.strip().splitlines()[-2:]
    words = [
        re.sub(r"\s+", " ", text.text_content()) for text in seen(preview, "/_preview/").iter("p")
    ]
    for line in counts:
        pages, sections = re.findall(r"pages: (.*); sections: (.*)", line)[0]
        expected = f"Pages: {pages.replace(',', '')} Sections: {sections.replace(',', '')} "
        assert expected in words


def test_side_by_side_has_each_section_once_on_each_side(preview: Preview) -> None:
    page = seen(preview, "/_preview/side/es/vision/")
    sections = page.find_class("mside")
    assert len(sections) == 9
    for section in sections:
        french, spanish = (
            section.xpath(f"./div[@lang='{locale}']//*[self::h1 or self::h2 or self::h3]")
            for locale in ("fr", "es")
        )
        assert len(french) == len(spanish) == 1
    assert "/es/mission/#where-we-act" in page.xpath("//div[@lang='es']//a/@href")


@pytest.fixture
def address(preview: Preview) -> Iterator[str]:
    """The preview's own server, on a free port of loopback."""
    with serving(preview_server(preview, "127.0.0.1", 0)) as port:
        yield f"http://127.0.0.1:{port}"


def test_the_server_renders_what_is_asked_for(preview: Preview, address: str) -> None:
    assert not (preview.site_dir / "en/vision/index.html").exists()
    with urllib.request.urlopen(f"{address}/en/vision/") as answer:
        text = answer.read().decode()
    assert 'class="mp"' in text
    assert "livereload" in text
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(f"{address}/en/nowhere/")


def test_new_observations_are_seen(preview: Preview, project_copy: Path) -> None:
    before = preview._workbench
    assert before is not None
    folder = project_copy / "data/observations"
    folder.mkdir(exist_ok=True)
    (folder / "new.csv").write_text("space,indicator\n", "utf-8")
    preview.refresh()
    assert "data/observations/new.csv" in {problem.path for problem in preview._problems}


def test_records_are_read_once_and_again_when_they_change(
    project_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, _ = open_workbench(project_copy)
    monkeypatch.setattr("metropolis.translation.workbench.load_records", None)
    second, _ = open_workbench(project_copy)
    assert first
    assert second
    assert second.records == first.records
    monkeypatch.undo()
    replace_in(project_copy / "data/units.yml", 'en: "people/km²"', 'en: "persons/km²"')
    third, problems = open_workbench(project_copy)
    assert problems == []
    assert third
    assert third.records != first.records
