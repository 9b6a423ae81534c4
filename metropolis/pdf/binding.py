"""Binds the PDFs of a book's parts into one file: pages and their numbers, tags, bookmarks, and
where links lead. Terms: ISO 32000-1, 12.3 (destinations, outlines), 14.7 (logical structure)."""

from __future__ import annotations

import io
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from metropolis.pdf.archive import add_metadata
from metropolis.pdf.metadata import Metadata
from metropolis.pdf.page_numbers import write_number, write_numbers


def bind_parts(parts: Sequence[tuple[bytes, Mapping[str, int]]], metadata: Metadata) -> bytes:
    """The book. With each part: the ids in it and their pages; its PDF has marks where page numbers
    go, and also the ids in other parts that it links to."""
    places = {id: page for _, own in parts for id, page in own.items()}
    (first, ids), *others = parts
    with pikepdf.open(io.BytesIO(first)) as book:
        names = _destinations(book, book, ids)
        for content, ids in others:
            with pikepdf.open(io.BytesIO(content)) as part:
                _add_part(book, part)
                names += _destinations(book, part, ids)
        for page in book.pages:
            _write_numbers(page, places)
        tree = Array()
        for name, place in sorted(names, key=lambda one: bytes(one[0])):
            tree.extend([name, place])
        if names:
            book.Root.Names = Dictionary(Dests=Dictionary(Names=tree))
        add_metadata(book, metadata)
        bound = io.BytesIO()
        packed = pikepdf.ObjectStreamMode.generate
        book.save(bound, object_stream_mode=packed, deterministic_id=True)
    return bound.getvalue()


def _write_numbers(page: Any, places: Mapping[str, int]) -> None:
    content = page.Contents
    if "/Filter" not in content:  # only what has no marks is compressed already
        content.write(write_numbers(content.read_bytes(), places))
    for link in page.get("/Annots", []):
        if "/Dest" in link:
            link.Contents = write_number(str(link.Contents), places.get(str(link.Dest), 0))


def _destinations(book: Any, part: Any, ids: Collection[str]) -> list[tuple[Any, Any]]:
    """(name, place) of each of these ids."""
    found = part.Root.get("/Names", {}).get("/Dests", {}).get("/Names", [])
    pairs = [(found[at], found[at + 1]) for at in range(0, len(found), 2)]
    own = [pair for pair in pairs if str(pair[0]) in ids]
    if book is part:
        return own
    # A place names a page, which is copied with its array only if that is an object of its own.
    return [(name, book.copy_foreign(part.make_indirect(place))) for name, place in own]


def _add_part(book: Any, part: Any) -> None:
    tree = book.Root.StructTreeRoot
    taken = int(tree.ParentTreeNextKey)
    for page in part.pages:
        page.StructParents += taken
        for annotation in page.get("/Annots", []):
            annotation.StructParent += taken
        book.pages.append(page)
    _add_tags(tree, book.copy_foreign(part.Root.StructTreeRoot), taken)
    _add_bookmarks(book.Root.Outlines, book.copy_foreign(part.Root.Outlines))


def _add_tags(tree: Any, added: Any, taken: int) -> None:
    """`taken`: how many keys of the parent tree the parts before have used."""
    document = tree.K[0]
    for tag in added.K[0].K:
        tag.P = document
        document.K.append(tag)
    numbers = added.ParentTree.Nums
    for at in range(0, len(numbers), 2):
        tree.ParentTree.Nums.append(int(numbers[at]) + taken)
        tree.ParentTree.Nums.append(numbers[at + 1])
    tree.ParentTreeNextKey = taken + int(added.ParentTreeNextKey)
    if "/IDTree" in added:
        if "/IDTree" not in tree:
            tree.IDTree = Dictionary(Names=Array())
        tree.IDTree.Names.extend(added.IDTree.Names)


def _add_bookmarks(outlines: Any, added: Any) -> None:
    entry = added.First
    outlines.Last.Next, entry.Prev = entry, outlines.Last
    while entry is not None:
        entry.Parent = outlines
        entry = entry.get(Name.Next)
    outlines.Last = added.Last
    outlines.Count += added.Count
