"""What assistive technology says for an element: the accessible-name rules for static pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from turbohtml import Element, Node, Text

_SILENT = frozenset({"script", "style", "template"})
_DECORATIVE = ("presentation", "none")
_HIDING = '[aria-hidden="true"], [hidden]'

# Finds the element with an id, if there is one.
Find = Callable[[str], Element | None]


def spoken_text(element: Element) -> str:
    """The text inside an element that is read aloud, with the texts of pictures; "" if none."""
    children = element.children
    if len(children) == 1 and isinstance(children[0], Text):
        return _plain(children[0].data)
    return _plain(" ".join(_pieces(element)))


def has_name(element: Element, find: Find) -> bool:
    """Whether a link or a button has a name: nearly all have content, few a label or a title."""
    if spoken_text(element) or label(element, find):
        return True
    return bool(_plain(element.attr("alt") or element.attr("title")))


def drawing_name(element: Element, find: Find) -> str:
    """The name of an svg: its label, else its <title>."""
    inside = (child for child in element.children if isinstance(child, Element))
    titles = " ".join(child.text for child in inside if child.tag == "title")
    return label(element, find) or _plain(titles)


def label(element: Element, find: Find) -> str:
    """An explicit label: the elements that aria-labelledby names, else aria-label."""
    ids = element.attr("aria-labelledby")
    named = [found for id in ids.split() if (found := find(id)) is not None] if ids else []
    return _plain(" ".join(map(spoken_text, named))) or _plain(element.attr("aria-label"))


def is_hidden(element: Element) -> bool:
    """Whether it or an element around it is hidden, from all or from assistive technology."""
    return element.closest(_HIDING) is not None


def is_decorative(element: Element) -> bool:
    return (element.attr("role") or "").strip().lower() in _DECORATIVE


def _pieces(element: Element) -> Iterator[str]:
    """Text, labels and pictures' texts inside an element, in order; a loop: pages may be deep."""
    waiting: list[Node] = [element]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Text):
            yield node.data
        elif isinstance(node, Element):
            if node is not element:
                if node.tag in _SILENT or node.matches(_HIDING):
                    continue
                yield node.attr("aria-label") or ""
            if node.tag == "img" and not is_decorative(node):
                yield node.attr("alt") or ""
            waiting += reversed(node.children)


def _plain(text: str | None) -> str:
    return " ".join(text.split()) if text else ""
