"""Writes a tree of HTML as text again. libxml2's own writer does not escape attributes that contain
`<!--` and `-->`: a title with these would be read in another way."""

from __future__ import annotations

from lxml.html import HtmlElement
from lxml.html.defs import empty_tags

_RAW = frozenset({"script", "style"})


def write_html(root: HtmlElement) -> str:
    """The element and its content, without comments."""
    written: list[str] = []
    _write(root, written)
    return "".join(written)


def _write(element: HtmlElement, written: list[str]) -> None:
    if not isinstance(element.tag, str):
        return
    attributes = (f' {key}="{_escaped(value)}"' for key, value in element.items())
    written.append(f"<{element.tag}{''.join(attributes)}>")
    if element.tag in empty_tags:
        return
    text = element.text or ""
    written.append(text if element.tag in _RAW else _escaped(text, quotes=False))
    for child in element:
        _write(child, written)
        written.append(_escaped(child.tail or "", quotes=False))
    written.append(f"</{element.tag}>")


def _escaped(text: str, quotes: bool = True) -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;") if quotes else text
