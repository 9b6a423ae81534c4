"""What assistive technology says of an element: as much of the accessible-name rules as static pages need."""

from __future__ import annotations

from lxml import etree

_HIDDEN = "@aria-hidden='true' or @hidden"
_SPOKEN = etree.XPath(
    f".//text()[not(ancestor::*[{_HIDDEN} or self::script or self::style or self::template])]"
    f" | .//img[not(ancestor-or-self::*[{_HIDDEN}])]/@alt"
    f" | .//*[not(ancestor-or-self::*[{_HIDDEN}])]/@aria-label"
)
_HIDING = etree.XPath(f"ancestor-or-self::*[{_HIDDEN}]")
_LABELS = etree.XPath("//*[@id=$id]")
_TITLE = etree.XPath("./title")


def spoken_text(element: etree._Element) -> str:
    """The text that is read out inside an element, pictures' texts included; "" when there is none."""
    if not len(element):
        return _plain(element.text)
    return _plain(" ".join(str(part) for part in _SPOKEN(element)))


def spoken_name(element: etree._Element) -> str:
    """What a link is called: its label, else its content, else its title."""
    return label(element) or spoken_text(element) or _plain(element.get("alt") or element.get("title"))


def drawing_name(element: etree._Element) -> str:
    """What an svg is called: its label, else its <title>."""
    titles = " ".join(str(title.text or "") for title in _TITLE(element))
    return label(element) or _plain(titles)


def label(element: etree._Element) -> str:
    """An explicit label: the elements that aria-labelledby names, else aria-label."""
    ids = element.get("aria-labelledby")
    texts = [spoken_text(found) for id in str(ids).split() for found in _LABELS(element, id=id)] if ids else ()
    return _plain(" ".join(texts)) or _plain(element.get("aria-label"))


def is_hidden(element: etree._Element) -> bool:
    """Hidden from everybody or from assistive technology, by itself or with an element around it."""
    return bool(_HIDING(element))


def _plain(text: str | None) -> str:
    return " ".join(text.split()) if text else ""
