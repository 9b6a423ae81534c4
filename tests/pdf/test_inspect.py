"""Each rule of the inspection has a file that breaks it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pikepdf
import pytest

from metropolis.pdf.inspect import inspect_pdf

from .conftest import changed


def told(pdf: bytes, html: str) -> list[str]:
    return [
        str(problem).removeprefix("essai.pdf: ") for problem in inspect_pdf(pdf, "essai.pdf", html)
    ]


def elements(document: Any, kind: str) -> Iterator[Any]:
    """The structure elements of a kind, in reading order."""
    waiting = [document.Root.StructTreeRoot.K[0]]
    while waiting:
        element = waiting.pop(0)
        if str(element.S) == f"/{kind}":
            yield element
        kids = [kid for kid in element.K if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
        waiting[:0] = kids


def first(document: Any, kind: str) -> Any:
    return next(elements(document, kind))


def annotation(document: Any) -> Any:
    return next(one for page in document.pages for one in page.get("/Annots", []))


def drop(owner: Any, key: str) -> None:
    del owner[key]


def put(owner: Any, key: str, value: Any) -> None:
    owner[key] = value


def packet(document: Any, old: bytes, new: bytes) -> None:
    text = document.Root.Metadata.read_bytes()
    assert old in text
    document.Root.Metadata.write(text.replace(old, new, 1))


def content(document: Any, old: bytes, new: bytes) -> None:
    """Changes what the first page paints."""
    page = document.pages[0]
    text = page.Contents.read_bytes()
    assert re.search(old, text, re.DOTALL)
    page.Contents.write(re.sub(old, new, text, count=1, flags=re.DOTALL))


def address(document: Any, text: str) -> None:
    for page in document.pages:
        for one in page.get("/Annots", []):
            if "/A" in one:
                one.A.URI = text


# What is done to the file, and what is said of it.
RULES: dict[str, tuple[Callable[[Any], object], str]] = {
    "tagged": (lambda pdf: put(pdf.Root.MarkInfo, "/Marked", False), "The file does not say that it is tagged."),
    "language": (lambda pdf: drop(pdf.Root, "/Lang"), "The file does not say its language."),
    "title": (lambda pdf: drop(pdf.docinfo, "/Title"), "The file has no title to show in the window."),
    "window": (lambda pdf: drop(pdf.Root.ViewerPreferences, "/DisplayDocTitle"),
               "The file has no title to show in the window."),
    "program": (lambda pdf: put(pdf.Root, "/OpenAction", pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="x")),
                "Something runs when the file is opened."),
    "second packet": (lambda pdf: packet(pdf, b"</rdf:RDF>", b"</rdf:RDF><rdf:RDF/>"),
                      "The metadata have 2 RDF parts instead of one."),
    "accessible": (lambda pdf: packet(pdf, b"<pdfuaid:part>1", b"<x>1"), "The metadata do not claim PDF/UA-1."),
    "archive": (lambda pdf: packet(pdf, b"<pdfaid:part>2", b"<pdfaid:part>3"), "The metadata do not claim PDF/A-2."),
    "conformance": (lambda pdf: packet(pdf, b"conformance>A", b"conformance>B"),
                    "The metadata do not claim conformance A."),
    "bookmarks": (lambda pdf: drop(pdf.Root, "/Outlines"), "The file has no bookmarks."),
    "loose": (lambda pdf: content(pdf, rb"/Span\s+<</MCID \d+>>\s+BDC(.*?)EMC", rb"\1"),
              "Page 1: 1 things are painted that are neither tagged nor artifacts."),
    "unowned": (lambda pdf: content(pdf, rb"/MCID 1>>", rb"/MCID 999>>"), "Page 1: 1 passages belong to no tag."),
    "missing glyph": (lambda pdf: content(pdf, rb"\[<[0-9a-f]{4}", rb"[<0000"),
                      "The fonts lack 1 characters that the book shows, the first on page 1."),
    # Links.
    "tab": (lambda pdf: [drop(page, "/Tabs") for page in pdf.pages if "/Annots" in page],
            "Page 1: the tab key does not follow the reading order."),
    "words": (lambda pdf: put(annotation(pdf), "/Contents", " "), "Page 1: a link has no words (texte)."),
    "tree": (lambda pdf: drop(annotation(pdf), "/StructParent"), "Page 1: a link is not in the tag tree (texte)."),
    "nowhere": (lambda pdf: put(annotation(pdf), "/Dest", "ailleurs"), "Page 1: a link leads nowhere (ailleurs)."),
    "file": (lambda pdf: address(pdf, "file:///home/x"),
             "a link leads to the machine that made the book (file:///home/x)."),
    "preview": (lambda pdf: address(pdf, "http://localhost:8000/"),
                "a link leads to the machine that made the book (http://localhost:8000/)."),
    # Tags.
    "role": (lambda pdf: put(first(pdf, "BlockQuote"), "/S", pikepdf.Name.Citation),
             "“Citation” is no standard structure type"),
    "item": (lambda pdf: put(first(pdf, "L"), "/S", pikepdf.Name.Div), "A list item stands in no list (“"),
    "scope": (lambda pdf: drop(first(pdf, "TH").A, "/Scope"),
              "A table's header cell does not say what it heads (“Ville”)."),
    "note": (lambda pdf: drop(first(pdf, "Note"), "/ID"), "Notes have no names, or share one."),
    "same note": (lambda pdf: [put(note, "/ID", "note") for note in elements(pdf, "Note")],
                  "Notes have no names, or share one."),
    "no alternative": (lambda pdf: drop(first(pdf, "Figure"), "/Alt"),
                       "A figure has no text in its place, or too short a one (“”)."),
    "file name": (lambda pdf: put(first(pdf, "Figure"), "/Alt", "carte-du-monde.png"),
                  "A figure has no text in its place, or too short a one (“carte-du-monde.png”)."),
    "two heads": (lambda pdf: put(first(pdf, "TBody"), "/S", pikepdf.Name.THead), "A table has 2 heads."),
    "width": (lambda pdf: first(pdf, "TR").K.pop(), "The rows of a table have different numbers of cells: [2, 3]."),
    "level": (lambda pdf: put(first(pdf, "H2"), "/S", pikepdf.Name.H3),
              "A heading of level 3 follows one of level 1 (“Notes”)."),
    "count": (lambda pdf: put(first(pdf, "Table"), "/S", pikepdf.Name.Div),
              "The book's HTML has 2 elements that become Table; the file has 1."),
    "headings": (lambda pdf: put(first(pdf, "H3"), "/S", pikepdf.Name.P), "The HTML has 8 headings, the file 7."),
    "first heading": (lambda pdf: put(first(pdf, "H1"), "/S", pikepdf.Name.H2),
                      "A heading of level 2 follows one of level 0 (“Livre d’essai”)."),
    "no tags": (lambda pdf: drop(pdf.Root, "/StructTreeRoot"), "The file has no tags."),
}  # fmt: skip


@pytest.mark.parametrize("name", RULES)
def test_a_broken_rule_is_told(sample: bytes, sample_html: str, name: str) -> None:
    change, words = RULES[name]
    assert any(words in line for line in told(changed(sample, change), sample_html))


def test_an_encrypted_file_is_told(sample: bytes, sample_html: str) -> None:
    locked = changed(sample, lambda pdf: None, encryption=pikepdf.Encryption(owner="x", user=""))
    assert "The file is encrypted." in told(locked, sample_html)


def test_fonts_that_are_not_in_the_file_are_told(sample: bytes, sample_html: str) -> None:
    def change(pdf: Any) -> None:
        for font in pdf.pages[0].Resources.Font.values():
            del font.DescendantFonts[0].FontDescriptor["/FontFile2"]
            del font["/ToUnicode"]

    lines = told(changed(sample, change), sample_html)
    assert any(re.fullmatch(r"The font /\w+\+Book-Serif is not embedded\.", line) for line in lines)
    assert any(
        re.fullmatch(r"The font /\w+\+Book-Serif does not say which characters it shows\.", line)
        for line in lines
    )


def test_a_font_of_the_machine_is_told(print_html: Callable[..., Any], sample_html: str) -> None:
    html = sample_html.replace("Pour les", "Pour ☎ les")
    pdf, problems = print_html(html)
    assert problems == []
    assert [re.sub(r"/[A-Z]{6}\+\S+\)", "/X)", line) for line in told(pdf, html)] == [
        "Some characters are not in the book's fonts and took the machine's (/X)."
    ]


def test_characters_that_the_fonts_lack_are_told(
    print_html: Callable[..., Any], sample_html: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    html = sample_html.replace("Pour les", "Pour 漢字 les")
    assert "漢" in print_html(html)[1][0].what
    monkeypatch.setattr("metropolis.pdf.render._warnings", lambda *_: [])
    pdf, _ = print_html(html)
    assert told(pdf, html) == [
        "The fonts lack 2 characters that the book shows, the first on page 1."
    ]


def test_the_problem_names_the_book(sample: bytes) -> None:
    assert (
        inspect_pdf(sample, "essai.pdf", "<html><body><p>Autre</p></body></html>")[0].path
        == "essai.pdf"
    )


def test_words_that_the_file_lacks_are_told(sample: bytes, sample_html: str) -> None:
    html = sample_html.replace("Un second paragraphe", "Une phrase perdue. Un second paragraphe")
    assert told(sample, html) == [
        "The HTML says “Une phrase perdue. Un second paragraphe, avec”, and the file does not, or not in its place."
    ]
