"""The end of a part stays together: about half a sheet, and never more than fits on one."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from metropolis.inputs import Files
from metropolis.pdf.paper import walk_boxes
from metropolis.pdf.parts import BookPart
from metropolis.pdf.render import BookStyle, PartInputs, lay_out
from metropolis.pdf.sheet_end import keep_end

LINE = "Une ligne de texte comme une autre. "
MANY = "".join(f"<p>{number} {LINE}</p>" for number in range(40))
LIST = "".join(f"<li>{number} {LINE * 3}</li>" for number in range(5))
CASES = [
    ("a short part is kept whole", f"<p>1 {LINE}</p><p>2 {LINE}</p>", 2, "1"),
    ("of a long one, the last blocks", MANY, 14, "26"),
    ("not from the first item of a list, which stays with the text before it",
     f"<p>{LINE * 40}</p><p>avant {LINE}</p><ul>{LIST}</ul><p>{LINE * 5}</p>", 7, "avant"),
    ("not from what follows a heading", f"<p>0 {LINE}</p><h3>Titre</h3><p>{LINE * 30}</p>", 3, "0"),
    ("a block of more than a sheet is divided", f"<p>0 {LINE}</p><p>{LINE * 90}</p>", 0, ""),
    ("a drawing is as high as it is drawn",
     '<p>0</p><p>1</p><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 84"></svg>', 2, "1"),
    ("a row is a block", "<p>0</p>" + '<row><div>1</div><div>2</div></row>' * 20, 16, "1"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("html", "count", "first"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_what_is_kept_together(html: str, count: int, first: str) -> None:
    body = ElementTree.fromstring(f"<body>{html}</body>")
    keep_end(body)
    kept = [one for one in body.iter() if "unbroken" in one.get("class", "").split()]
    assert len(kept) == count
    assert [one for one in kept if "with-previous" not in one.get("class", "")] == kept[:1]
    if kept:
        assert "".join(kept[0].itertext()).startswith(first)


@pytest.mark.parametrize("lines", range(44, 60, 3))
@pytest.mark.parametrize("tag", ["p", "li"])
def test_the_last_sheet_is_at_least_a_third_full(root: Path, lines: int, tag: str) -> None:
    """With the style of the real book, around the length where a second sheet begins."""
    texts = "".join(f"<{tag}>{number} {LINE}</{tag}>" for number in range(lines))
    body = texts if tag == "p" else f"<p>Avant.</p><ul>{texts}</ul>"
    html = f"<html lang='fr'><head></head><body><section class='chapter'>{body}</section></body></html>"
    files = Files.under(root, (root / "theme/fonts/book").iterdir())
    css = (root / "theme/book/book.css").read_text("utf-8")
    style = BookStyle("essai.pdf", (css, "@page { size: A4 }"), "theme/book", files)
    document = lay_out(PartInputs(BookPart(html, 0, (), ()), style, 1, 2))
    pages = [list(walk_boxes(page)) for page in document.pages]
    assert len(pages) <= 2
    for boxes in pages:
        sheet = [box for box in boxes if box.element_tag in {tag, "p"} and box.text.strip()]
        height = max(box.position_y for box in sheet) - min(box.position_y for box in sheet)
        assert len(pages) == 1 or height / 96 * 25.4 > 248 / 3
