"""What readers are told of a stale translation and of a missing one, in the built pages and in the
browser."""

from __future__ import annotations

import json
import re
from pathlib import Path

from lxml import html

ADDRESS = "https://plan.metropolis.org/"


def page(site: Path, path: str) -> html.HtmlElement:
    return html.fromstring((site / path / "index.html").read_text("utf-8"))


def words(element: html.HtmlElement) -> str:
    return re.sub(r"\s+", " ", " ".join(element.itertext())).strip()


def notices(page: html.HtmlElement) -> list[html.HtmlElement]:
    return page.xpath("//main//*[@class='notice']")


def article(page: html.HtmlElement) -> html.HtmlElement:
    (found,) = page.iter("article")
    return found


def canonical(page: html.HtmlElement) -> str:
    (found,) = page.xpath("//link[@rel='canonical']/@href")
    return found


def alternates(page: html.HtmlElement) -> list[str]:
    return page.xpath("//link[@rel='alternate']/@hreflang")


def test_a_stale_page_says_so_and_leads_to_its_source(notices_site: Path) -> None:
    (notice,) = notices(page(notices_site, "es/vision"))
    assert words(notice) == (
        "Esta traducción no está actualizada "
        "La página original ha cambiado desde entonces: las partes siguientes están por revisar o "
        "traducir. "
        "Leer la página original (francés) Cinco temas para orientarse"
    )
    links = [(link.get("href"), link.get("hreflang")) for link in notice.iter("a")]
    assert links == [("../../vision/", "fr"), ("#guiding-themes", None)]


def test_a_section_that_is_new_in_the_source_leads_there(notices_site: Path) -> None:
    (notice,) = notices(page(notices_site, "en/rethink"))
    (link,) = notice.xpath(".//li/a")
    assert (link.get("href"), link.get("hreflang"), link.get("lang")) == (
        "../../rethink/#after",
        "fr",
        "fr",
    )
    assert words(link) == "Et après"


def test_an_accepted_page_and_the_source_say_nothing(notices_site: Path) -> None:
    assert not notices(page(notices_site, "en/vision"))
    assert not notices(page(notices_site, "vision"))


def test_a_stale_page_is_still_a_translation(notices_site: Path) -> None:
    stale = page(notices_site, "es/vision")
    assert stale.get("lang") == "es"
    assert article(stale).get("lang") is None
    assert canonical(stale) == f"{ADDRESS}es/vision/"
    assert alternates(stale) == ["fr", "en", "es", "x-default"]


def test_a_missing_page_shows_the_source_and_says_so(notices_site: Path) -> None:
    fallback = page(notices_site, "es/mission")
    (notice,) = notices(fallback)
    assert words(notice) == (
        "Esta página todavía no está traducida La está leyendo en su idioma original (francés). "
        "Abrir la página original"
    )
    assert next(notice.iter("a")).get("href") == "../../mission/"
    assert fallback.get("lang") == "es"
    assert article(fallback).get("lang") == "fr"
    titles = [next(article(one).iter("h1")) for one in (fallback, page(notices_site, "mission"))]
    assert words(titles[0]) == words(titles[1])


def test_a_missing_page_claims_no_translation(notices_site: Path) -> None:
    fallback = page(notices_site, "es/mission")
    assert canonical(fallback) == f"{ADDRESS}mission/"
    assert alternates(fallback) == []
    for other in ("mission", "en/mission"):
        assert alternates(page(notices_site, other)) == ["fr", "en", "x-default"]
    assert f"{ADDRESS}es/mission/" not in (notices_site / "sitemap.xml").read_text("utf-8")


def test_a_missing_page_is_not_in_that_languages_search(notices_site: Path) -> None:
    def found(locale: str) -> set[str]:
        index = json.loads((notices_site / f"search/{locale}.json").read_text("utf-8"))
        return {entry[1] for entry in index["entries"]}

    assert "en/mission/" in found("en")
    assert "es/vision/" in found("es")
    assert "es/mission/" not in found("es")


def test_a_title_in_another_language_says_which(notices_site: Path) -> None:
    vision = page(notices_site, "es/vision")
    titles = [link for link in vision.xpath("//nav//a[@href='../mission/']") if words(link)]
    assert titles
    for link in titles:
        marked = [link.get("lang"), *(span.get("lang") for span in link.iter("span"))]
        assert "fr" in marked, html.tostring(link)


def test_links_in_a_missing_page_stay_in_the_readers_language(notices_site: Path) -> None:
    links = article(page(notices_site, "es/mission")).iter("a")
    inside = [href for link in links if (href := link.get("href")) and "//" not in href]
    assert inside
    assert not [href for href in inside if href.startswith("../../")], "leads out of es/"
