"""The tag tree of a book: one structure element for each HTML element, on however many pages it is.

WeasyPrint builds the tree page by page: a table, list or paragraph that crosses a page becomes
several elements (its issue 2903). Validators miss this, but people using screen readers hear the
table start again on every page. Here the tree follows the HTML. Content on later pages joins its
element, repeated table heads and running heads are artifacts, passages in other languages are
marked, and link annotations have their text.

render.py passes this to WeasyPrint instead of WeasyPrint's own function. Terms: ISO 32000-1, 14.7
and 14.8."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pydyf
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from metropolis.pdf.sheet_end import ROW
from metropolis.pdf.tag_nodes import Element, Node, write_tags

POINTS = 0.75  # of a CSS pixel
SVG = "{http://www.w3.org/2000/svg}svg"

# HTML element -> structure type. Other elements pass their content on to their parent.
KINDS = {
    "section": "Sect", "nav": "Sect", "blockquote": "BlockQuote", "p": "P",
    "h1": "H1", "h2": "H2", "h3": "H3", "h4": "H4", "h5": "H5", "h6": "H6",
    "ul": "L", "ol": "L", "dl": "L", "li": "LI", "dt": "Lbl", "dd": "LBody",
    "table": "Table", "caption": "Caption", "figcaption": "Caption", "thead": "THead",
    "tbody": "TBody",
    "tfoot": "TFoot", "tr": "TR", "th": "TH", "td": "TD", "figure": "Div", SVG: "Figure",
    "img": "Figure",
    "a": "Link",
}  # fmt: skip


class Tree:
    """Walks the boxes of every page and collects the content of each HTML element."""

    def __init__(self, root: Element, notes: int) -> None:
        self.parents: dict[Element, Element] = {}
        for parent in root.iter():  # a row is for the layout alone
            over = self.parents[parent] if parent.tag == ROW else parent
            self.parents.update(dict.fromkeys(parent, over))
        self.document = Node("Document", None, root)
        self.nodes: dict[Element, Node] = {root: self.document}
        self.special: dict[tuple[Element, str], Node] = {}
        self.head_pages: dict[Element, int] = {}
        self.owners: dict[tuple[int, int], Node] = {}
        self.annotations: list[tuple[Node, Any]] = []
        self.needless: set[bytes] = set()
        self.notes = notes

    def follow(
        self, box: Any, page: int, tags: dict[Any, Any], height: float, is_linked: bool = False
    ) -> Iterator[int]:
        """Adds the boxes of a page to the tree; yields the MCIDs of artifacts. Artifacts are not
        content: running heads and repeated table heads. A box that is split over pages appears once
        on each page, with the same HTML element. `of` returns the same node for that element each
        time, so the parts join there. `height` is the page's, in CSS pixels. `is_linked`: a box
        around this one already has its link annotation."""
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        if isinstance(box, boxes.MarginBox) or self._is_repeated(box, page):
            yield from self._drop(box, tags)
            return
        if isinstance(box, boxes.TableCellBox) and box.element.tag in {"th", "td"}:
            self.of(box.element)  # an empty cell needs a node too, or the row would lose a column
        if box.link_annotation is not None:
            if is_linked:  # WeasyPrint adds one to every box in a link; the outermost is enough
                self.needless.add(box.link_annotation.reference)
            else:
                self._link(box, page)
                is_linked = True
        if isinstance(box, boxes.TextBox):
            added = box.text if "::" in box.element_tag else ""
            self._own(self._of_text(box), page, tags.pop(box)["mcid"], added)
        elif isinstance(box, boxes.ReplacedBox):
            if box in tags:
                node = self.of(box.element)
                self._own(node, page, tags.pop(box)["mcid"], "")
                self._figure(node, box, height)
        else:
            for child in getattr(box, "children", ()):
                yield from self.follow(child, page, tags, height, is_linked)

    def of(self, element: Element) -> Node:
        """The node that owns an element's content; created on first use."""
        if element in self.nodes:
            return self.nodes[element]
        node = self.nodes[element] = self._make(element, self.of(self.parents[element]))
        return node

    def _make(self, element: Element, parent: Node) -> Node:
        kind = KINDS.get(element.tag)
        if element.tag == "a" and "href" not in element.attrib:
            kind = None
        if element.tag == "span" and element.get("class") == "footnote":
            return self._note(element, parent)
        if element.tag == "div" and self.parents[element].tag == "dl":
            kind = "LI"
        if element.tag in {"ol", "li"} and self._is_contents(element):
            kind = {"ol": "TOC", "li": "TOCI"}[element.tag]
        lang = element.get("lang")
        if kind is None and not lang:
            return parent
        if parent.kind == "L" and kind in {"Lbl", "LBody"}:  # a dt or dd without a div around it
            is_begun = kind == "LBody" and parent.kids
            parent = parent.kids[-1] if is_begun else Node("LI", parent, None)
        node = Node(kind or "Span", parent, element)
        # The term comes first, wherever the style shows it.
        if kind == "Lbl" and parent.kind == "LI":
            parent.kids.insert(0, parent.kids.pop())
        if lang:
            node.entry["Lang"] = pydyf.String(lang)
        if kind in {"TH", "TD"}:
            node.entry["A"] = _cell(element)
        if kind == "LI" and element.tag == "li":
            # The item's content is its body. Its marker, if it has one, becomes a label before it.
            self.special[element, "item"] = node
            return Node("LBody", node, element)
        return node

    def _note(self, element: Element, parent: Node) -> Node:
        self.notes += 1
        note = Node("Note", parent, element)
        # Padded with zeros, because a name tree is sorted.
        note.entry["ID"] = pydyf.String(f"note-{self.notes:04}")
        return note

    def _of_text(self, box: Any) -> Node:
        """The node of a text: its element's, or a label for a list marker or a note's call."""
        _, _, pseudo = box.element_tag.partition("::")
        if pseudo not in {"marker", "footnote-marker", "footnote-call"}:
            return self.of(box.element)
        key = (box.element, pseudo)
        if key not in self.special:
            if pseudo == "footnote-call":
                self.special[key] = Node("Reference", self.of(self.parents[box.element]), None)
                self.of(box.element)  # the note follows its call
            else:
                body = self.of(box.element)
                item = self.special.get((box.element, "item"), body)
                label = Node("Lbl", item, None)
                item.kids.insert(0, item.kids.pop())
                self.special[key] = label
        return self.special[key]

    def _own(self, node: Node, page: int, mcid: int, added: str) -> None:
        """Adds a marked content to a node. `added` is text from the style sheet, such as "(p. 12)".
        A link says it after its own text."""
        if node.page is None:
            node.page = page
        node.kids.append((page, mcid))
        self.owners[page, mcid] = node
        while node.kind != "Link" and node.parent is not None:
            node = node.parent
        node.added.append(added)

    def _link(self, box: Any, page: int) -> None:
        node = self.of(box.element)
        if node.page is None:
            node.page = page
        node.kids.append(("link", page, box.link_annotation))
        self.annotations.append((node, box.link_annotation))

    def _figure(self, node: Node, box: Any, height: float) -> None:
        title = box.element.find("{http://www.w3.org/2000/svg}title")
        alternative = box.element.get("alt") if title is None else title.text
        if alternative:
            node.entry["Alt"] = pydyf.String(" ".join(alternative.split()))
        left, top = box.content_box_x() * POINTS, (height - box.content_box_y()) * POINTS
        area = (left, top - box.height * POINTS, left + box.width * POINTS, top)
        node.entry["A"] = pydyf.Dictionary(
            {"O": "/Layout", "BBox": pydyf.Array(area), "Placement": "/Block"}
        )

    def _is_repeated(self, box: Any, page: int) -> bool:
        """Whether the box is a table's head or foot on a page after its first."""
        if not isinstance(box, boxes.TableRowGroupBox) or not (box.is_header or box.is_footer):
            return False
        return self.head_pages.setdefault(box.element, page) != page

    def _drop(self, box: Any, tags: dict[Any, Any]) -> Iterator[int]:
        """The MCIDs in an artifact. Its links are removed: no element could own them."""
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        if box in tags:
            yield tags.pop(box)["mcid"]
        if box.link_annotation is not None:
            self.needless.add(box.link_annotation.reference)
        for child in getattr(box, "children", ()):
            yield from self._drop(child, tags)

    def _is_contents(self, element: Element) -> bool:
        while element in self.parents:
            element = self.parents[element]
            if element.tag == "nav":
                return True
        return False


def add_tags(pdf: Any, document: Any, page_streams: Any, notes: int) -> None:
    """Writes the tag tree of `document` into `pdf`. `notes`: how many the parts before it have."""
    tree = Tree(document.pages[0]._page_box.children[0].element, notes)
    counts = []
    for number, (page, stream) in enumerate(zip(document.pages, page_streams, strict=True)):
        counts.append(len(stream._tags))
        artifacts = list(tree.follow(page._page_box, number, stream._tags, page.height))
        # Marks that no box of the page claims were drawn outside the flow: they are artifacts too.
        artifacts += [mark["mcid"] for mark in stream._tags.values()]
        stream._tags.clear()
        _make_artifacts(stream, set(artifacts))
    for reference in pdf.page_references:
        sheet = pdf.objects[int(reference.split()[0])]
        if "Annots" in sheet:
            sheet["Annots"] = pydyf.Array(
                [one for one in sheet["Annots"] if one not in tree.needless]
            )
    write_tags(pdf, tree.document, tree.owners, tree.annotations, counts)
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})


def _make_artifacts(stream: Any, mcids: set[int]) -> None:
    """Turns these marked contents into artifacts by rewriting `/Span <</MCID 7>> BDC`."""
    parts = stream.stream
    for place, part in enumerate(parts):
        if part == b"BDC" and parts[place - 1].get("MCID") in mcids:
            parts[place - 2 : place] = ["/Artifact", pydyf.Dictionary({"Type": "/Pagination"})]


def _cell(element: Element) -> Any:
    """A table cell's attributes."""
    found = pydyf.Dictionary({"O": "/Table"})
    if element.tag == "th":
        found["Scope"] = "/Row" if element.get("scope") == "row" else "/Column"
    for name, key in (("colspan", "ColSpan"), ("rowspan", "RowSpan")):
        if int(element.get(name, 1)) != 1:
            found[key] = int(element.get(name))
    return found
