"""What crosses pages is one element, what repeats is none, and everything says what it is."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable

import pikepdf
import pytest
from book_text import structure_text

from metropolis.pdf.inspect import inspect_pdf
from metropolis.pdf.tag_tree import Tag, read_tags
from metropolis.pdf.text import letters, lost_text


@pytest.fixture(scope="module")
def tree(sample: bytes) -> Tag:
    with pikepdf.open(io.BytesIO(sample)) as pdf:
        root, _ = read_tags(pdf)
    assert root
    return root


def of_kind(tree: Tag, kind: str) -> list[Tag]:
    return [tag for tag in tree.walk() if tag.kind == kind]


def kinds(tag: Tag) -> list[str]:
    return [kid.kind for kid in tag.kids]


def test_the_inspection_finds_nothing(sample: bytes, sample_html: str) -> None:
    assert [str(problem) for problem in inspect_pdf(sample, "essai.pdf", sample_html)] == []


def test_nothing_of_the_html_is_lost(sample: bytes, sample_html: str) -> None:
    assert lost_text(structure_text(sample), sample_html) == []


def test_the_same_html_gives_the_same_bytes(
    print_html: Callable, sample: bytes, sample_html: str
) -> None:
    assert print_html(sample_html)[0] == sample


def test_a_paragraph_over_two_pages_is_one(tree: Tag) -> None:
    long = [tag for tag in of_kind(tree, "P") if "phrase2d’unparagraphe" in letters(tag.text)]
    assert len(long) == 2  # the text's and the quotation's
    assert all("phrase15d’unparagraphe" in letters(tag.text) for tag in long)


def test_a_table_over_many_pages_is_one_with_one_head_and_one_foot(tree: Tag) -> None:
    table = of_kind(tree, "Table")[0]
    assert kinds(table) == ["Caption", "THead", "TBody", "TFoot"]
    rows = of_kind(table, "TR")
    assert len(rows) == 62
    assert [kinds(row) for row in rows[1:61]] == [["TH", "TD", "TD"]] * 60
    assert letters(table.kids[1].text) == "villenombrepays"
    assert letters(table.kids[3].text) == "total2013052"


def test_empty_cells_are_cells(tree: Tag) -> None:
    row = of_kind(of_kind(tree, "Table")[0], "TR")[7]
    assert [letters(cell.text) for cell in row.kids] == ["ville7", "77", ""]


def test_header_cells_say_what_they_head(tree: Tag) -> None:
    scopes = Counter(str(cell.entries["/A"].Scope) for cell in of_kind(tree, "TH"))
    assert scopes == {"/Row": 60, "/Column": 5}


def test_a_list_over_many_pages_is_one_with_the_lists_in_it(tree: Tag) -> None:
    outer = of_kind(tree, "L")[0]
    assert kinds(outer) == ["LI"] * 25
    assert {tuple(kinds(item)) for item in outer.kids} == {("Lbl", "LBody")}
    assert [kinds(item.kids[1]) for item in outer.kids] == [["L"]] * 25


def test_lists_that_follow_each_other_stay_apart(tree: Tag) -> None:
    texts = [letters(tag.text) for tag in of_kind(tree, "L")]
    assert any(text.endswith("unelistecourte") and len(text) < 20 for text in texts)
    assert "1.uneautreliste" in texts


def test_terms_come_before_what_is_said_of_them(tree: Tag) -> None:
    shown_the_other_way, plain = of_kind(tree, "L")[-2:]
    assert [
        [(kid.kind, letters(kid.text)) for kid in item.kids] for item in shown_the_other_way.kids
    ] == [
        [("Lbl", "gouvernementsmembres"), ("LBody", "centquaranteetun")],
        [("Lbl", "paysdifférents"), ("LBody", "soixanteetun")],
    ]
    assert [kinds(item) for item in plain.kids] == [["Lbl", "LBody"]] * 2


def test_a_long_note_is_one_and_follows_its_call(tree: Tag) -> None:
    notes = of_kind(tree, "Note")
    assert len({str(note.entries["/ID"]) for note in notes}) == 2
    assert "phrase15d’unenote" in letters(notes[0].text)
    assert kinds(notes[0])[0] == "Lbl"
    over = notes[0].parent
    assert over
    assert kinds(over) == ["Reference", "Note"]


def test_the_contents_are_contents(tree: Tag) -> None:
    outer = of_kind(tree, "TOC")[0]
    assert kinds(outer) == ["TOCI", "TOCI"]
    assert len(of_kind(outer, "TOC")) == 2
    assert not of_kind(outer, "L")


def test_running_heads_and_page_numbers_are_no_content(tree: Tag) -> None:
    assert tree.text.count("Livre d’essai") == 1


def test_a_passage_in_another_language_says_so(tree: Tag) -> None:
    assert [letters(tag.text) for tag in tree.walk() if tag.entries.get("/Lang") == "en"] == [
        "afewenglishwords"
    ]


def test_figures_say_what_they_show_and_where(tree: Tag) -> None:
    drawing, image = of_kind(tree, "Figure")
    assert str(drawing.entries["/Alt"]) == "Un rectangle dessiné"
    assert str(image.entries["/Alt"]) == "Un point d’une seule couleur"
    left, bottom, right, top = (float(side) for side in drawing.entries["/A"].BBox)
    assert (right - left, top - bottom) == pytest.approx((60, 30))


def test_links_say_their_words_and_stand_in_the_tree(sample: bytes) -> None:
    with pikepdf.open(io.BytesIO(sample)) as pdf:
        annotations = [one for page in pdf.pages for one in page.get("/Annots", [])]
        assert {"le site de l’association", "Texte 2"} <= {str(one.Contents) for one in annotations}
        assert all("/StructParent" in one for one in annotations)


def test_each_marked_content_has_one_owner(sample: bytes) -> None:
    with pikepdf.open(io.BytesIO(sample)) as pdf:
        _, pages = read_tags(pdf)
        numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
        owners = {int(numbers[at]): numbers[at + 1] for at in range(0, len(numbers), 2)}
        for page, marks in zip(pdf.pages, pages, strict=True):
            own = owners[int(page.StructParents)]
            assert all(own[mcid].S for mcid in marks.words)
