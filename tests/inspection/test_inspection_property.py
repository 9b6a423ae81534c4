"""Whatever stands in a built page, the inspection answers with problems, never with an error of its
own."""

from __future__ import annotations

import shutil
from hashlib import sha256
from html import escape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metropolis.inspection.built_file import read_built_page
from metropolis.inspection.destinations import Addresses, SiteFiles
from metropolis.inspection.facts import PageFacts
from metropolis.inspection.page_links import check_page_links
from metropolis.inspection.page_summary import summarise
from metropolis.inspection.site_inspection import Inspection
from metropolis.inspection.style_sheets import addresses_in_style

BASE = Path(__file__).parent / "base"
SITE_URL = "https://plan.example.org/plan/"
LOCALES = ("fr", "en", "es")

TAGS = ("<p>", "</p>", "<h1>", "<a href='", "'>", "<svg role=img>", "<title>", "<article lang=")
RAW = ("<script>", "<style>")
MARKS = ("{{", "}}", "{%", "&#123;", "id=", "fr", '"', "<!--", "-->", ",", "\x00")
STYLES = ("url(", ")", "@import ", "srcset=")
STEPS = ("/", "..", ".", "#", "?", "%", "%2e", "\\", "a", ":", "//", "[", "é", " ")
WORD = st.one_of(st.sampled_from(TAGS + RAW + MARKS + STYLES), st.text(max_size=5))
WORDS = st.lists(WORD, max_size=30).map("".join)
ADDRESSES = st.one_of(st.text(max_size=20), st.lists(st.sampled_from(STEPS)).map("".join))


FILES = {file.relative_to(BASE).as_posix() for file in BASE.rglob("*") if file.is_file()}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(BASE, tmp_path_factory.mktemp("inspection") / "site"))


@settings(max_examples=150)
@given(words=WORDS)
def test_any_words_in_a_page_give_problems_and_no_error(site: Path, words: str) -> None:
    page = site / "en/vision/index.html"
    text = (BASE / "en/vision/index.html").read_text("utf-8")
    page.write_bytes(text.replace("<p>More.</p>", words).encode("utf-8", errors="surrogatepass"))
    digests = {path: sha256((site / path).read_bytes()).hexdigest() for path in FILES}
    Inspection(site, SITE_URL, LOCALES, digests).run({})


@given(address=ADDRESSES, tag=st.sampled_from(["a href", "img alt=x src", "link rel=next href"]))
def test_any_address_is_judged_by_a_summary_as_by_the_page(address: str, tag: str) -> None:
    """A page is read again exactly if one of its addresses has a problem."""
    page = (BASE / "en/vision/index.html").read_text("utf-8")
    words = f'<{tag}="{escape(address)}">{"Word</a>" * tag.startswith("a")}'
    facts = read_built_page(
        page.replace("<p>More.</p>", words).encode("utf-8", "surrogatepass"),
        "en/vision/index.html",
        LOCALES,
    )
    if not isinstance(facts, PageFacts) or facts.refusals:
        return
    site = SiteFiles(BASE, SITE_URL, FILES, {"en/vision/index.html": facts.ids})
    summary = summarise(facts, "", site)
    is_fine = summary.is_sound and summary.refers_to_nothing_missing(site)
    found = [*check_page_links(site, facts)]
    assert is_fine == (not found)


@given(data=st.binary(max_size=200))
def test_any_octets_are_a_page_or_a_problem(data: bytes) -> None:
    read_built_page(data, "index.html", LOCALES)


def test_a_page_nested_too_deeply_is_read_to_its_end_and_refused() -> None:
    page = b"<!doctype html>\n<html>\n<body>\n" + b"<div>" * 5000 + b"<a href=nowhere></a>"
    facts = read_built_page(page, "index.html", LOCALES)
    assert isinstance(facts, PageFacts)
    assert [link.address for link in facts.links] == ["nowhere"]
    assert (4, 5 * 98 + 1, "Elements are nested more than 100 deep here.") in [
        one[:3] for one in facts.refusals
    ]


@given(address=ADDRESSES)
def test_a_followed_address_stays_inside_the_site_or_is_said_to_leave_it(address: str) -> None:
    place = Addresses(SITE_URL).follow("en/vision/index.html", address)
    if place.kind == "ours":
        assert ".." not in place.file.split("/") or place.file not in FILES
    else:
        assert place.file == ""


@given(file=st.sampled_from(["index.html", "en/index.html", "en/vision/index.html", "a b/é.pdf"]))
def test_an_address_leads_back_to_its_file(file: str) -> None:
    places = Addresses(SITE_URL)
    assert places.follow("es/index.html", places.address(file)).file == file


@given(text=st.text(alphabet="ab,. \n\"'()@url/*:;1x", max_size=40))
def test_any_style_has_addresses_at_its_own_lines(text: str) -> None:
    for _, line in addresses_in_style(text):
        assert 1 <= line <= text.count("\n") + 1
