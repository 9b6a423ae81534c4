"""Structure elements during construction, and how the tree is written into the file. For tags.py.
Terms and rules: ISO 32000-1, 14.7 (logical structure)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pydyf

Element = Any  # xml.etree's, as WeasyPrint parses it


class Node:
    """A structure element in construction; `kids`: nodes, (page, MCID) pairs, object references."""

    def __init__(self, kind: str, parent: Node | None, element: Element | None) -> None:
        self.kind, self.parent, self.element = kind, parent, element
        self.kids: list[Any] = []
        self.page: int | None = None
        self.added: list[str] = []
        self.entry = pydyf.Dictionary({"Type": "/StructElem", "S": f"/{kind}"})
        if parent is not None:
            parent.kids.append(self)


def write_tags(
    pdf: Any,
    document: Node,
    owners: dict[tuple[int, int], Node],
    annotations: list[tuple[Node, Any]],
    counts: list[int],
) -> None:
    """Writes the tree under `document`. `owners`: (page, MCID) -> the element that owns the marked
    content; `annotations`: (element, link annotation) pairs; `counts`: the number of marked
    contents on each page."""
    pages = list(pdf.page_references)
    root = pydyf.Dictionary({"Type": "/StructTreeRoot"})
    pdf.add_object(root)
    ordered = list(_walk(document))
    for node in ordered:
        pdf.add_object(node.entry)
    notes = pydyf.Array()
    for node in ordered:
        entry = node.entry
        entry["P"] = root.reference if node.parent is None else node.parent.entry.reference
        if node.page is not None:
            entry["Pg"] = pages[node.page]
        entry["K"] = pydyf.Array([_kid(pdf, kid, node, pages) for kid in node.kids])
        if "ID" in entry:
            notes.extend([entry["ID"], entry.reference])
    root["K"] = pydyf.Array([document.entry.reference])
    if notes:
        root["IDTree"] = pydyf.Dictionary({"Names": notes})
    numbers = pydyf.Array()
    for page, count in enumerate(counts):
        own = [owners.get((page, mcid)) for mcid in range(count)]
        references = [owner.entry.reference if owner else "null" for owner in own]
        numbers += [page, pydyf.Array(references)]
    for place, (node, annotation) in enumerate(annotations, len(counts)):
        numbers += [place, node.entry.reference]
        annotation["StructParent"] = place
        # Words from the HTML: on the page they are hyphenated, and lines join without a space.
        words = [*(() if node.element is None else node.element.itertext()), " ", *node.added]
        annotation["Contents"] = pydyf.String(" ".join("".join(words).split()))
        annotation["F"] = 4  # printed with the page, as PDF/A requires
    parents = pydyf.Dictionary({"Nums": numbers})
    pdf.add_object(parents)
    root["ParentTree"] = parents.reference
    root["ParentTreeNextKey"] = len(counts) + len(annotations)
    pdf.catalog["StructTreeRoot"] = root.reference


def _kid(pdf: Any, kid: Any, node: Node, pages: list[Any]) -> Any:
    """A child in PDF form: an element, a marked content (on any page) or an annotation."""
    if isinstance(kid, Node):
        return kid.entry.reference
    if kid[0] == "link":
        reference = pydyf.Dictionary(
            {"Type": "/OBJR", "Obj": kid[2].reference, "Pg": pages[kid[1]]}
        )
        pdf.add_object(reference)
        return reference.reference
    page, mcid = kid
    if page == node.page:
        return mcid
    return pydyf.Dictionary({"Type": "/MCR", "Pg": pages[page], "MCID": mcid})


def _walk(node: Node) -> Iterator[Node]:
    yield node
    for kid in node.kids:
        if isinstance(kid, Node):
            yield from _walk(kid)
