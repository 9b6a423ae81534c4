"""The real books: valid, whole, the same everywhere; and the command that makes them."""

from __future__ import annotations

import builtins
import io
from collections import Counter
from pathlib import Path

import pikepdf
import pytest
from book_text import structure_text

from metropolis.cache import Cache
from metropolis.cli import main
from metropolis.pdf import printing
from metropolis.pdf.html_counts import count_html, squeezed
from metropolis.pdf.printing import Order, Printed, book_inputs, print_book, print_books
from metropolis.pdf.tag_tree import read_tags
from metropolis.pdf.text import lost_text
from metropolis.problem import ProblemsError

from .conftest import LOCALES, METADATA, links

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("locale", LOCALES)
def test_the_file_says_everything_that_the_html_says(
    built_site: Path, orders: dict[str, Order], locale: str
) -> None:
    pdf = (built_site / f"pdf/metropolis-{locale}.pdf").read_bytes()
    assert lost_text(structure_text(pdf), orders[locale].html) == []


def test_books_in_three_languages_have_the_same_shape(orders: dict[str, Order]) -> None:
    shapes = {}
    for locale, order in orders.items():
        counts = count_html(order.html)
        shapes[locale] = (counts.kinds, Counter(level for level, _ in counts.headings))
    assert shapes["fr"] == shapes["en"] == shapes["es"]


@pytest.mark.parametrize("locale", LOCALES)
def test_the_file_is_small_opens_at_its_title_and_has_bookmarks_three_deep(
    built_site: Path, locale: str
) -> None:
    file = built_site / f"pdf/metropolis-{locale}.pdf"
    assert file.stat().st_size < 2_000_000
    with pikepdf.open(file) as pdf:
        assert str(pdf.Root.Lang) == locale
        with pdf.open_outline() as outline:
            depth = {1: len(outline.root)}
            depth[2] = sum(len(item.children) for item in outline.root)
            depth[3] = sum(len(child.children) for item in outline.root for child in item.children)
    assert depth[1] >= 8
    assert depth[2] >= 27
    assert depth[3] >= 60


def test_a_reference_names_the_page_where_its_target_stands(built_site: Path) -> None:
    found = links((built_site / "pdf/metropolis-fr.pdf").read_bytes())
    entries = [link for page in found for link in page]
    references = [
        (words, page) for words, page in entries if words.endswith(")") and "(p." in words
    ]
    assert len(references) > 150
    assert [(words, page) for words, page in references if not words.endswith(f"(p. {page})")] == []


def test_two_builds_give_the_same_bytes(
    built_site: Path, orders: dict[str, Order], root: Path, project_copy: Path
) -> None:
    """Another folder, no cache; the same bytes as the site's."""
    made, problems = print_books(
        [orders["en"]],
        project_copy / "theme",
        project_copy / "content",
        Cache(None),
        lambda _: None,
    )
    assert problems == []
    assert made[0].pdf == (built_site / "pdf/metropolis-en.pdf").read_bytes()


def small_order(html: str = "<p>One</p>") -> Order:
    page = f"<html lang='fr'><head><title>T</title></head><body><h1>Titre</h1>{html}</body></html>"
    return Order("small-fr", page, METADATA, "A4")


@pytest.mark.parametrize("count", [27, 150])
def test_a_long_part_shows_every_chapter_at_its_opening(root: Path, count: int) -> None:
    """The page of colour goes on where its chapters do not fit; the inspection finds whatever a
    page has cut off."""
    entries = "".join(
        f'<li><a href="#c{number}"><span class="station-number">1.{number}</span> Ville'
        f" {number}</a></li>"
        for number in range(1, count + 1)
    )
    chapters = "".join(
        f'<h2 id="c{number}">Chapitre {number}</h2>' for number in range(1, count + 1)
    )
    opener = (
        '<section class="part-opener part-1"><h2>Membres</h2><ol'
        f' class="stations">{entries}</ol></section>'
    )
    made, problems = print_books(
        [small_order(opener + chapters)],
        root / "theme",
        root / "content",
        Cache(None),
        lambda _: None,
    )
    assert problems == []
    assert made[0].pages > 2


def test_what_has_not_changed_is_not_made_again(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []
    first, problems = print_books(
        [small_order()], root / "theme", root / "content", Cache(tmp_path), heard.append
    )
    assert problems == []
    monkeypatch.setattr(printing, "ProcessPoolExecutor", None)
    again, _ = print_books(
        [small_order()], root / "theme", root / "content", Cache(tmp_path), heard.append
    )
    assert again == first
    assert heard[1] == "small-fr.pdf: unchanged, 1 page, 0.01 MB"


def test_a_missing_library_is_one_plain_line(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without_pango(name: str, *rest: object, **named: object) -> object:
        if name == "metropolis.pdf.render":
            raise OSError("cannot load library 'libpango-1.0-0': no such file\nmore words")
        return real(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", without_pango)
    with pytest.raises(ProblemsError) as raised:
        print_book(book_inputs(small_order(), root / "theme", root / "content"))
    assert [str(problem) for problem in raised.value.problems] == [
        "small-fr.pdf: The PDF engine lacks a system library (cannot load library 'libpango-1.0-0':"
        " no such file). Type: sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0"
        " libharfbuzz-subset0"
    ]


def test_a_pack_is_made_from_the_command_line(
    project_copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    arguments = [
        "--locale",
        "es",
        "--pages",
        "vision,members/barcelone",
        "--title",
        "Consejo",
        "--size",
        "letter",
    ]
    assert main(["--project", str(project_copy), "pdf", *arguments, "--out", str(out)]) == 0
    with pikepdf.open(io.BytesIO((out / "pack-es.pdf").read_bytes())) as pdf:
        assert str(pdf.docinfo["/Title"]) == "Metropolis – Consejo"
        root, _ = read_tags(pdf)
    assert root
    headings = [tag.text for tag in root.walk() if tag.kind == "H1"]
    assert headings[:3] == ["Consejo", "Sobre esta edición", "Índice"]
    assert "Barcelona (ciudad)" in headings
    assert (
        squeezed(next(tag.text for tag in root.walk() if tag.kind == "H2"))
        == "2.1.1Tomarlapalabra,escuchar,crearencomún"
    )
    assert str(out / "pack-es.pdf") in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments", [[], ["--size", "letter"], ["--locale", "fr"], ["--edition", "vision-and-action"]]
)
def test_a_built_site_stays_as_it_was(
    project_copy: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    made = [Printed("metropolis-fr", b"%PDF", 1)]
    monkeypatch.setattr("metropolis.builder.books.rendered_pages", lambda *_: lambda *_: {})
    monkeypatch.setattr("metropolis.pdf.press.Press.orders", lambda *_: [])
    monkeypatch.setattr(printing, "print_books", lambda *_: (made, []))
    (project_copy / "site/pdf").mkdir(parents=True)
    (project_copy / "site/pdf/metropolis-fr.pdf").write_bytes(b"as it was built")
    assert main(["--project", str(project_copy), "pdf", *arguments]) == 0
    assert (project_copy / "site/pdf/metropolis-fr.pdf").read_bytes() == b"as it was built"
    assert [file.name for file in (project_copy / "site").rglob("*")] == [
        "pdf",
        "metropolis-fr.pdf",
    ]
    assert (project_copy / "build/pdf/metropolis-fr.pdf").read_bytes() == b"%PDF"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--pages", "visoin"], "There is no page “visoin”. Did you mean “vision”?"),
        (
            ["--edition", "none"],
            "There is no edition “none”. There are: metropolis, vision-and-action.",
        ),
        (["--locale", "de"], "“de” is no language of the site: fr, en, es."),
        (
            ["--title", "T"],
            "--title goes with --pages; the titles of editions are in data/editions.yml.",
        ),
        (
            ["--pages", "vision", "--edition", "metropolis"],
            "--edition and --pages cannot be used together.",
        ),
        *(
            (
                ["--out", str(ROOT / folder)],
                "A built site stays as it was built: make site makes its books. Name another folder.",
            )
            for folder in ("site", "site/pdf", "docs/../site/x")
        ),
    ],
)
def test_wrong_use_is_told(
    root: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    assert main(["--project", str(root), "pdf", *arguments]) == 2
    assert capsys.readouterr().err.strip() == words


def test_a_page_with_an_error_is_told_with_its_line_and_the_last_book_stays(
    project_copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "metropolis-fr.pdf").write_bytes(b"the last good one")
    page = project_copy / "content/fr/vision.md"
    page.write_text(page.read_text("utf-8").replace("](mission.md", "](mision.md", 1), "utf-8")
    assert main(["--project", str(project_copy), "pdf", "--locale", "fr", "--out", str(out)]) == 1
    heard = capsys.readouterr()
    assert (
        "content/fr/vision.md:20:143: There is no page fr/mision.md. Did you mean mission.md?"
        in heard.out
    )
    assert heard.err.endswith("No book was made; the last good ones are untouched.\n")
    assert (out / "metropolis-fr.pdf").read_bytes() == b"the last good one"
