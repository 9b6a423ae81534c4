"""The real site, as it was built: every page, in every language, with true claims."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from lxml import etree, html

from metropolis.builder.whole_site import build_site
from metropolis.data.records import Records

LOCALES = {"fr": "", "en": "en/", "es": "es/"}
ROWS = "//table[contains(@class,'members')]/tbody/tr"


def page(site: Path, path: str) -> html.HtmlElement:
    return html.parse(str(site / path / "index.html")).getroot()


@pytest.mark.parametrize("locale", LOCALES)
def test_every_member_and_indicator_has_its_page(
    built_site: Path, records: Records, locale: str
) -> None:
    for folder, found in (("members", records.members), ("indicators", records.indicators)):
        place = built_site / LOCALES[locale] / folder
        assert [id for id in found if not (place / id / "index.html").is_file()] == []


@pytest.mark.parametrize("locale", LOCALES)
def test_directory_names_every_member_and_its_government(
    built_site: Path, records: Records, locale: str
) -> None:
    rows = page(built_site, LOCALES[locale] + "members").xpath(ROWS)
    shown = {row.get("id"): row.text_content() for row in rows}
    assert set(shown) == set(records.members)
    for id, member in records.members.items():
        assert member.name[locale] in shown[id]
        assert member.government in shown[id]


def test_directory_is_in_the_alphabetical_order_of_its_language(built_site: Path) -> None:
    names = page(built_site, "es/members").xpath(f"{ROWS}/th/a/text()")
    after = "Ciudad del Cabo" if "Ciudad del Cabo" in names else "Colombo"
    assert names.index("Ciudad de México") < names.index(after)
    assert names[0] == "Abiyán"


@pytest.mark.parametrize(
    ("path", "trail"),
    [
        ("vision", [("Accueil", True), ("Vision et mission", False), ("Vision", False)]),
        ("mission", [("Accueil", True), ("Vision et mission", True), ("Mission", False)]),
        ("action-plan", [("Accueil", True), ("Plan d’action", False)]),
        ("members/seoul", [("Accueil", True), ("Membres", True), ("Séoul", False)]),
    ],
)
def test_breadcrumbs_name_the_section_and_never_link_to_their_own_page(
    built_site: Path, path: str, trail: list[tuple[str, bool]]
) -> None:
    crumbs = page(built_site, path).xpath("//nav[@class='breadcrumbs']//li")
    assert [(crumb.text_content(), bool(crumb.xpath("a"))) for crumb in crumbs] == trail


def test_languages_have_the_same_pages(built_site: Path) -> None:
    def names(prefix: str) -> set[str]:
        base = built_site / prefix
        return {
            str(path.relative_to(base))
            for path in base.rglob("index.html")
            if prefix or path.relative_to(base).parts[0] not in {"en", "es"}
        }

    assert names("") == names("en") == names("es")


@pytest.mark.parametrize("path", ["", "vision/", "members/seoul/", "challenges/resilience/"])
def test_alternates_are_absolute_complete_and_reciprocal(built_site: Path, path: str) -> None:
    expected = {
        "fr": f"https://plan.metropolis.org/{path}",
        "en": f"https://plan.metropolis.org/en/{path}",
        "es": f"https://plan.metropolis.org/es/{path}",
        "x-default": f"https://plan.metropolis.org/{path}",
    }
    for locale, prefix in LOCALES.items():
        tree = page(built_site, prefix + path)
        links = tree.xpath("//link[@rel='alternate'][@hreflang]")
        assert {link.get("hreflang"): link.get("href") for link in links} == expected
        assert tree.xpath("string(//link[@rel='canonical']/@href)") == expected[locale]
        assert tree.get("lang") == locale


def test_sitemap_lists_every_page_once(built_site: Path) -> None:
    tree = etree.parse(str(built_site / "sitemap.xml"))
    namespaces = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    places = tree.xpath("//s:loc/text()", namespaces=namespaces)
    assert len(places) == len(set(places)) == len(list(built_site.rglob("index.html")))


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("indicators/air-quality", "35,1\u00a0µg/m³"),
        ("en/indicators/air-quality", "35.1\u00a0µg/m³"),
        ("indicators/budget-autonomy", "62\u202f%"),
        ("en/indicators/budget-autonomy", "62%"),
        ("indicators/population-density", "2\u202f642"),
        ("es/indicators/population-density", "2642"),
    ],
)
def test_numbers_are_written_in_the_pages_language(built_site: Path, path: str, text: str) -> None:
    assert text in page(built_site, path).text_content()


def test_milestone_and_member_lead_to_each_other(built_site: Path) -> None:
    assert page(built_site, "members/montreal").xpath(
        "//a[contains(@href,'milestones/#1985-founding-congress')]"
    )
    assert page(built_site, "milestones").xpath(
        "//li[@id='1985-founding-congress']//a[contains(@href,'montreal')]"
    )


def test_nothing_of_materials_own_assets_reaches_the_reader(built_site: Path) -> None:
    names = [path.name for path in (built_site / "assets").glob("*") if path.is_file()]
    ours = r"favicon\.svg|icon-\d+\.png|(metropolis-sans|scheme|search|site|world)\.\w{10}\.\w+"
    assert [name for name in names if not re.fullmatch(ours, name)] == []


@pytest.mark.parametrize("locale", LOCALES)
def test_search_index_has_each_language(built_site: Path, locale: str) -> None:
    index = json.loads((built_site / f"search/{locale}.json").read_text("utf-8"))
    assert {entry[2] for entry in index["entries"]} == {
        "page", "member", "indicator", "term", "milestone",
    }  # fmt: skip


@pytest.mark.parametrize("locale", LOCALES)
def test_not_found_page_speaks_the_language_of_its_folder_first(
    built_site: Path, locale: str
) -> None:
    tree = html.parse(str(built_site / LOCALES[locale] / "404.html")).getroot()
    assert tree.get("lang") == locale
    others = {section.get("lang") for section in tree.xpath("//article/section")}
    assert others == set(LOCALES) - {locale}
    assert all(href.startswith("/") for href in tree.xpath("//link[@rel='stylesheet']/@href"))


def test_same_input_gives_the_same_bytes(
    built_site: Path, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    again = tmp_path / "again"
    built, problems = build_site(root, lambda step: None, again)
    assert built, problems
    files = {path.relative_to(built_site) for path in built_site.rglob("*") if path.is_file()}
    assert files == {path.relative_to(again) for path in again.rglob("*") if path.is_file()}
    pairs = ((built_site / file, again / file) for file in sorted(files))
    assert [str(one) for one, other in pairs if one.read_bytes() != other.read_bytes()] == []
