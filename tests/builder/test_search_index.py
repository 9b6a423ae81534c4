"""What the search index holds, and what it leaves out."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from metropolis.builder.search_entries import SearchEntry
from metropolis.builder.search_index import WEIGHTS, Searched, article_words, make_index
from metropolis.inputs import Files

PAGE = """<!doctype html><html lang="en"><head><title>T</title>
<meta name="description" content="What a page is about."></head><body><h2 id="frame">Frame</h2>
<article><h1>Title</h1><h2 id="a"><span>First</span> part</h2><p>one<b>two</b> three</p>
<dl><dt>Label</dt> <dd>value</dd></dl><svg><title>Drawing</title></svg>
<div data-unsearched><h2 id="others">Elsewhere</h2><ul><li><ul><li>Far</li></ul></li></ul></div>
tail<h3>No anchor</h3></article></body></html>"""


def test_a_page_is_read_without_its_frame_labels_drawings_and_lists_of_others() -> None:
    description, headings, text = article_words(PAGE)
    assert description == "What a page is about."
    assert headings == [("First part", "a")]
    assert text == "Title First part one two three value tail No anchor"


def make(
    tmp_path: Path,
    *entries: SearchEntry,
    fillers: tuple[str, ...] = (),
    endings: tuple[str, ...] = (),
) -> dict[str, dict[str, list[int]]]:
    pages = Files.under(tmp_path, tmp_path.glob("*.html"))
    index: dict[str, dict[str, list[int]]] = json.loads(
        make_index(Searched(entries, fillers, endings, pages))
    )
    return index


def test_a_word_has_the_weight_of_its_strongest_place(tmp_path: Path) -> None:
    entries = (
        SearchEntry("Paris", "members/paris/", "member", "France", ((12, "Paris"), (6, "France"))),
        SearchEntry("France", "france/", "page", "", ((12, "France"), (8, "France"), (4, "Paris"))),
    )
    index = make(tmp_path, *entries)
    assert index["words"] == {
        "france": [0 * WEIGHTS + 6, 1 * WEIGHTS + 12],
        "paris": [0 * WEIGHTS + 12, 1 * WEIGHTS + 4],
    }


def test_words_of_most_pages_are_kept_only_where_they_weigh_much(tmp_path: Path) -> None:
    texts = ("the city", "the the sea", "the")
    for number, text in enumerate(texts):
        page = PAGE.replace("one<b>two</b> three", text)
        (tmp_path / f"{number}.html").write_text(page, "utf-8")
    entries = [
        SearchEntry(title, f"{number}/", "page", "", ((12, title),), f"{number}.html")
        for number, title in enumerate(("Alpha", "The Beta", "Gamma"))
    ]
    index = make(tmp_path, *entries)
    assert "the" in index["common"]
    assert "sea" not in index["common"]
    assert index["words"]["the"] == [1 * WEIGHTS + 12]
    assert index["words"]["sea"] == [1 * WEIGHTS + 1]


def test_words_of_questions_are_kept_only_where_they_weigh_much(tmp_path: Path) -> None:
    asked = SearchEntry("Who", "a/", "term", "", ((13, "WHO"), (6, "Who are we"), (4, "are here")))
    index = make(tmp_path, asked, fillers=("who", "Are", "n’est"))
    assert index["fillers"] == ["are", "est", "who"]
    assert index["words"] == {"we": [6], "here": [4], "who": [13]}


def test_a_name_of_several_words_is_also_one_word(tmp_path: Path) -> None:
    names = ((12, "Xi’an"), (12, "La Paz"), (8, "San José"), (12, "a b c d e f"))
    index = make(tmp_path, SearchEntry("Xi’an", "a/", "member", "", names))
    assert set(index["words"]) == {"xi", "an", "xian", "la", "paz", "lapaz", "san", "jose"}


def test_endings_have_no_accents(tmp_path: Path) -> None:
    index = make(tmp_path, endings=("ción", "s", "ée"))
    assert index["endings"] == ["cion", "ee", "s"]


def test_repeated_labels_and_coordinates_of_members_are_in_no_index(built_site: Path) -> None:
    index = json.loads((built_site / "search/fr.json").read_text("utf-8"))
    shown = {entry[1]: entry for entry in index["entries"]}
    assert shown["members/le-caire/"] == [
        "Le Caire", "members/le-caire/", "member",
        "Cairo – Ministry of Housing, Utilities and Urban Development · Égypte · Afrique",
    ]  # fmt: skip
    members = {number for number, entry in enumerate(index["entries"]) if entry[2] == "member"}
    for word in ("gouvernement", "coordonnees", "60"):
        found = {number // WEIGHTS for number in index["words"].get(word, [])}
        assert not found & members


def test_an_index_is_small(built_site: Path) -> None:
    for file in (built_site / "search").glob("*.json"):
        assert len(gzip.compress(file.read_bytes())) < 60_000
