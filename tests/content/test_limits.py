"""What is beyond a limit is reported in one line with its place; no page of the site comes near one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from bench.shapes import HEADER

from metropolis.content import limits
from metropolis.content.page import read_page, read_pages
from metropolis.project import Project

PARAGRAPH = "characters in this paragraph, list or table. There may be 20,000. "
EMPTY_LINE = "Leave an empty line where something new begins."

CASES = {
    "lines": (
        "a\n" * 2 + "\n" * 5_000,
        "5001:1: There are too many lines in the page. There may be 5,000. Divide it.",
    ),
    "paragraphs": (
        "a\n\n" * 2_001,
        "4006:1: There are too many paragraphs in the page. There may be 2,000. Divide it.",
    ),
    "headings": (
        "".join(f"## a {{ #a{n} }}\n\n" for n in range(500)),
        "1006:1: There are too many headings in the page. There may be 500. Divide it.",
    ),
    "headings without a space": (
        "#a\n" * 500,
        "507:1: There are too many headings in the page. There may be 500. Divide it.",
    ),
    "underlined headings": (
        "a\n---\n" * 500,
        "1007:1: There are too many headings in the page. There may be 500. Divide it.",
    ),
    "notes": (
        "a[^1] b[^1]\n" * 250 + "\n[^1]: a\n",
        (
            "259:1: There are too many marks and texts of notes in the page. There may be 500."
            " Divide it."
        ),
    ),
    "tags": (
        ("<br>" * 100 + "\n\n") * 20 + "<q>a</q>",
        "48:1: There are too many tags in the page. There may be 2,000. Divide it.",
    ),
    "calls": (
        '{{ figure("members") }}\n\n' * 1_001,
        "2008:1: There are too many ready-made blocks in the page. There may be 1,000. Divide it.",
    ),
    "values of a call": (
        "a {{ key_figures(" + ", ".join(['"a"'] * 101) + ") }}",
        "8:3: There are too many values in this ready-made block. There may be 100. Divide it.",
    ),
    "a long call": (
        '{{ term("axis", "' + "a " * 1_000 + '") }}',
        (
            "8:1: There are too many characters in this ready-made block. There may be 2,000."
            " Divide it."
        ),
    ),
    "a word": (
        "mot " + "a" * 2_001,
        (
            "8:5: There are too many signs without a space between them. There may be 2,000. Divide"
            " them."
        ),
    ),
    "accents": (
        "mot a" + "\u0301\u0323" * 20_000,
        (
            "8:6: There are too many accents on one letter. There may be 30. Delete them, and type"
            " the letter again."
        ),
    ),
    "spaces": (
        "a" + " " * 201 + "b",
        "8:2: There are too many spaces in a row. There may be 200. Delete them.",
    ),
    "no-break spaces": (
        "a" + "\u00a0 " * 101 + "b",
        "8:2: There are too many spaces in a row. There may be 200. Delete them.",
    ),
    "a paragraph": ("Un mot. " * 2_501, f"8:1: There are too many {PARAGRAPH}{EMPTY_LINE}"),
    "signs of markup": (
        "`a` " * 2 + "a & b " * 2_001,
        "8:1: There are too many signs of markup in this paragraph, list or table. There may be"
        " 2,000. " + EMPTY_LINE,
    ),
    "columns": (
        "| a " * 51 + "|\n" + "|---" * 51 + "|\n",
        "8:1: There are too many columns in this table. There may be 50. Divide it.",
    ),
    "cells": (
        ("| a " * 40 + "|\n" + "|---" * 40 + "|\n" + "|\n" * 100 + "\n") * 3,
        (
            "253:1: There are too many cells in the tables of the page. There may be 10,000."
            " Divide it."
        ),
    ),
    "lists in lists": (
        "- " * 11 + "a",
        (
            "8:1: There are too many lists and quotations inside each other. There may be 10. Take"
            " them apart."
        ),
    ),
    "quotations and numbers": (
        "> 1. - " * 4 + "a",
        (
            "8:1: There are too many lists and quotations inside each other. There may be 10. Take"
            " them apart."
        ),
    ),
    "items": (
        "- - - - - - a\n" * 200 + ("\n" + "- - - - - - a\n" * 200) * 8,
        (
            "1682:1: There are too many marks of lists and quotations in the page. There may be"
            " 10,000. Divide it."
        ),
    ),
    "indentation": (
        "- a\n" + " " * 64 + "- b\n",
        "9:1: There are too many spaces before this line. There may be 60. Delete them.",
    ),
    "open brackets in a paragraph": (
        "[a " * 21,
        "8:61: There are too many brackets inside each other. There may be 20. Take them apart.",
    ),
    "open brackets in a page": (
        "[a [b\n\n" * 26,
        (
            "58:1: There are too many brackets that nothing closes. There may be 50. Write \\[ for"
            " each."
        ),
    ),
    "rules that are lists in lists": (
        "-   " * 11,
        (
            "8:1: There are too many lists and quotations inside each other. There may be 10. Take"
            " them apart."
        ),
    ),
    "emphasis": (
        "*a **b " * 7,
        (
            "8:46: There are too many stars and underlines inside each other. There may be 20. Take"
            " them apart."
        ),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_beyond_a_limit_is_reported_in_one_line(name: str) -> None:
    body, problem = CASES[name]
    page, _ = read_page("content/fr/vision.md", "fr", "vision", HEADER + body)
    assert list(map(str, limits.check_limits(page))) == [f"content/fr/vision.md:{problem}"]


LARGE = {
    "a list": "- un mot et *un autre*\n" * 400,
    "a table": (
        "| nom | pays |\n| --- | --- |\n" + "| [Barcelone](barcelone.md) | Espagne |\n" * 200
    ),
    "notes": (
        "".join(f"Un mot[^{n}].\n\n" for n in range(200))
        + "".join(f"[^{n}]: Une note.\n\n" for n in range(200))
    ),
    "a rule": "a\n\n" + "* " * 40 + "\n",
    "code with signs": "```\n" + "f(**a, *b) [[[[ < & \n" * 400 + "```\n",
    "emphasis in many places": "*a* **b** _c_ snake_case 3*4 " * 200,
    "sections": "".join(f"## Paix {{ #a{n} }}\n\nUn mot.\n\n" for n in range(400)),
    "words of a language without spaces": ("城市" * 40 + "。") * 20,
}


@pytest.mark.parametrize("name", LARGE)
def test_large_pages_are_let_pass(name: str) -> None:
    page, _ = read_page("content/fr/vision.md", "fr", "vision", HEADER + LARGE[name])
    assert limits.check_limits(page) == []


def test_the_pages_of_the_site_have_less_than_a_tenth_of_each(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages, problems = read_pages(project)
    assert problems == []
    found = {name: one for name, one in vars(limits).items() if isinstance(one, limits.Limit)}
    assert len(found) > 20
    for name, one in found.items():
        monkeypatch.setattr(limits, name, replace(one, most=one.most // 10))
    assert [str(problem) for page in pages for problem in limits.check_limits(page)] == []


def test_a_page_beyond_a_limit_is_read_no_further(project: Project, tmp_path: Path) -> None:
    file = tmp_path / "content/fr/vision.md"
    file.parent.mkdir(parents=True)
    file.write_text(f"{HEADER}{'[a ' * 1_000}<script>", "utf-8")
    copy = Project(tmp_path, project.locales[:1], project.site_url)
    pages, problems = read_pages(copy)
    assert pages == []
    assert len(problems) == 1


def test_a_long_header_is_not_read() -> None:
    text = f'---\ntitle: "a"\nkey: "{"a" * 2_000}"\n---\n\n# a {{ #vision }}\n'
    _, problems = read_page("content/fr/vision.md", "fr", "vision", text)
    assert list(map(str, problems)) == [
        "content/fr/vision.md:3:1: The page's header is too long here. "
        "A header may have 20,000 characters, and 2,000 on a line. Shorten it."
    ]
