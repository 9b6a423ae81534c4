"""The book says what the site says: chapter by chapter, in every language, nothing lost and nothing
added."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

import pytest
from lxml import html
from lxml.html import HtmlElement

from metropolis.addresses import locale_prefix, page_path
from metropolis.data.models import Edition
from metropolis.data.records import Records
from metropolis.pdf.outline import Outline
from metropolis.pdf.press import Press
from metropolis.pdf.printing import Order
from metropolis.project import Project

from .conftest import LOCALES


@pytest.fixture(scope="module")
def outline(press: Press, whole: Edition) -> Outline:
    return press.outline(whole)


@pytest.fixture(scope="module")
def books(orders: dict[str, Order]) -> dict[str, HtmlElement]:
    return {locale: html.document_fromstring(order.html) for locale, order in orders.items()}


def words(element: HtmlElement) -> list[str]:
    """The words, with a space wherever an element begins: both sides are built differently."""
    text = " ".join(
        part for node in element.iter() if isinstance(node.tag, str) for part in texts(node)
    )
    return re.findall(r"\w+", text)


def texts(node: HtmlElement) -> Iterator[str]:
    if node.tag not in {"style", "title"}:
        yield node.text or ""
    for child in node:
        yield child.tail or ""


def without(element: HtmlElement, *paths: str) -> HtmlElement:
    for path in paths:
        for found in element.xpath(path):
            found.drop_tree()
    return element


def site_words(site: Path, project: Project, locale: str, name: str) -> list[str]:
    page = site / locale_prefix(project, locale) / page_path(name) / "index.html"
    article = html.document_fromstring(page.read_text("utf-8")).find(".//article")
    for downloads in article.xpath("./ul[contains(@class, 'editions')]"):
        for element in [downloads, *downloads.itersiblings(preceding=True)]:
            element.drop_tree()
            if element.tag == "h2":
                break
    return sorted(
        words(
            without(
                article,
                ".//*[contains(@class, 'web-only')]",
                ".//figure[contains(@class, 'transit-map')]",
                ".//*[@class='footnote-backref']",
                ".//sup",
            )
        )
    )


@pytest.mark.parametrize("locale", LOCALES)
def test_each_chapter_has_the_words_of_its_page(
    books: dict[str, HtmlElement], outline: Outline, built_site: Path, project: Project, locale: str
) -> None:
    for chapter in outline.chapters:
        body = deepcopy(books[locale].get_element_by_id(chapter.slug))
        own = without(
            body,
            "./header/p[@class='chapter-sign']",
            ".//*[@class='section-number']",
            ".//sup",
            ".//figure[contains(@class, 'transit-map')]",
        )
        assert sorted(words(own)) == site_words(built_site, project, locale, chapter.name), (
            chapter.name
        )


@pytest.mark.parametrize("locale", LOCALES)
def test_every_member_indicator_milestone_and_result_is_there(
    books: dict[str, HtmlElement], records: Records, locale: str
) -> None:
    text = " ".join(books[locale].text_content().split())
    labels = [member.name[locale] for member in records.members.values()]
    labels += [member.government for member in records.members.values()]
    labels += [indicator.name[locale] for indicator in records.indicators.values()]
    labels += [milestone.title[locale] for milestone in records.milestones.values()]
    labels += [
        result.title[locale]
        for line in records.action_lines.values()
        for axis in line.axes
        for result in axis.results
    ]
    assert [label for label in labels if " ".join(label.split()) not in text] == []


def test_section_numbers_are_the_same_in_the_three_languages(books: dict[str, HtmlElement]) -> None:
    numbers = {
        locale: [
            (mark.text, mark.getparent().get("id"))
            for mark in book.xpath("//span[@class='section-number']")
        ]
        for locale, book in books.items()
    }
    assert len(numbers["fr"]) > 60
    assert numbers["fr"] == numbers["en"] == numbers["es"]


def test_every_link_inside_a_book_finds_its_place(books: dict[str, HtmlElement]) -> None:
    for locale, book in books.items():
        ids = book.xpath("//@id")
        assert len(ids) == len(set(ids)), locale
        targets = {href[1:] for href in book.xpath("//a/@href") if href.startswith("#")}
        assert targets <= set(ids), targets - set(ids)
