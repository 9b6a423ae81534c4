"""Reads the tag tree of a finished PDF with its text, as a screen reader gets it. For inspect.py
and the tests."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf

_MARK = re.compile(rb"/MCID (\d+)")
_SHOWN = re.compile(rb"<([0-9A-Fa-f\s]*)>")
_CHARACTER = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")


@dataclass
class Tag:
    """A structure element: its type, its entries, its children and text."""

    kind: str
    entries: dict[str, Any]
    parent: Tag | None
    kids: list[Tag] = field(default_factory=list)
    pieces: list[Tag | str] = field(default_factory=list)
    annotations: int = 0

    def walk(self) -> Iterator[Tag]:
        """This element and all its descendants, in reading order."""
        yield self
        for kid in self.kids:
            yield from kid.walk()

    @property
    def text(self) -> str:
        """All words in it, in reading order."""
        return "".join(piece if isinstance(piece, str) else piece.text for piece in self.pieces)


@dataclass(frozen=True)
class Font:
    """Glyph -> characters; and the glyphs that show a box because the font lacks a character."""

    characters: dict[int, str]
    missing: frozenset[int]


@dataclass(frozen=True)
class Marks:
    """The marked contents of a page: text by MCID, and counts of faults. The faults are: content
    painted or shown outside any mark, characters that the fonts lack, and marked contents that no
    structure element owns."""

    words: dict[int, str]
    loose: int
    missing_glyphs: int
    unowned: int


def read_tags(pdf: Any) -> tuple[Tag | None, list[Marks]]:
    """(the root element, each page's marked contents); the root is None if the file has no tags."""
    fonts: dict[tuple[int, int], Font] = {}
    root = pdf.Root.get("/StructTreeRoot")
    # A page's number in the tree -> the owners of its marked contents, by MCID.
    owners = {} if root is None else pikepdf.NumberTree(root.ParentTree)
    marks = [
        _read_page(page, fonts, owners.get(int(page.get("/StructParents", -1)), []))
        for page in pdf.pages
    ]
    if root is None:
        return None, marks
    places = {page.objgen: number for number, page in enumerate(pdf.pages)}
    first = root["/K"]
    first = first[0] if isinstance(first, pikepdf.Array) else first
    return _read(first, None, None, places, marks), marks


def _read(
    entry: Any,
    parent: Tag | None,
    page: int | None,
    places: dict[tuple[int, int], int],
    marks: list[Marks],
) -> Tag:
    entries = {
        str(key): entry[key] for key in entry if key not in {"/K", "/P", "/Pg", "/S", "/Type"}
    }
    tag = Tag(str(entry["/S"])[1:], entries, parent)
    if "/Pg" in entry:
        page = places[entry["/Pg"].objgen]
    kids = entry.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, int):
            tag.pieces.append(marks[page or 0].words.get(kid, ""))
        elif kid.get("/Type") == "/MCR":
            tag.pieces.append(marks[places[kid["/Pg"].objgen]].words.get(int(kid["/MCID"]), ""))
        elif kid.get("/Type") == "/OBJR":
            tag.annotations += 1
        else:
            child = _read(kid, tag, page, places, marks)
            tag.kids.append(child)
            tag.pieces.append(child)
    return tag


def _read_page(page: Any, fonts: dict[tuple[int, int], Font], owners: Any) -> Marks:
    """Reads the content line by line: WeasyPrint writes an operator or operand on each line."""
    words: dict[int, str] = {}
    open_marks: list[int | None] = []
    loose = missing = 0
    font = Font({}, frozenset({0}))
    available = page.Resources.get("/Font", {})
    content = page.Contents.read_bytes()
    before = b""
    for line in content.split(b"\n"):
        if line.endswith(b"BDC"):
            found = _MARK.search(before + line)
            open_marks.append(int(found[1]) if found else None)
        elif line.endswith(b"BMC"):
            open_marks.append(None)
        elif line.endswith(b"EMC"):
            open_marks.pop()
        elif line.endswith(b" Tf"):
            found_font = available[line.split()[0].decode()]
            key = found_font.objgen  # each part of a book has its own subset under the same name
            if key not in fonts:
                fonts[key] = Font(_characters(found_font), _missing(found_font))
            font = fonts[key]
        elif line.endswith((b"TJ", b"Tj")):
            glyphs = b"".join(b"".join(_SHOWN.findall(line)).split())
            codes = [int(glyphs[at : at + 4], 16) for at in range(0, len(glyphs), 4)]
            missing += sum(code in font.missing for code in codes)
            if not open_marks:
                loose += 1
            elif (mcid := open_marks[-1]) is not None:
                words[mcid] = words.get(mcid, "") + "".join(
                    font.characters.get(code, "\ufffd") for code in codes
                )
        elif line in _PAINTING and not open_marks:
            loose += 1
        before = line
    unowned = sum(mcid >= len(owners) or owners[mcid] is None for mcid in words)
    return Marks(words, loose, missing, unowned)


_PAINTING = {b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"S", b"s", b"Do", b"sh"}


def _characters(font: Any) -> dict[int, str]:
    """Glyph -> characters, from the font's ToUnicode."""
    if "/ToUnicode" not in font:
        return {}
    table = font["/ToUnicode"].read_bytes()
    found: dict[int, str] = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for code, characters in _CHARACTER.findall(block):
            found[int(code, 16)] = bytes.fromhex(characters.decode()).decode("utf-16-be")
    return found


def _missing(font: Any) -> frozenset[int]:
    """The codes of missing characters: WeasyPrint maps each to glyph 0."""
    encoding = font.get("/Encoding")
    if not isinstance(encoding, pikepdf.Stream):
        return frozenset({0})
    codes = re.findall(rb"<([0-9A-Fa-f]+)> 0\s", encoding.read_bytes())
    return frozenset({0, *(int(code, 16) for code in codes)})
