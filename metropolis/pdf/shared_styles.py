"""Computes the style of equal elements, pseudo-elements and pages once. WeasyPrint shares the
computed style of equal elements, but neither of those with a `lang`, nor of what CSS adds to an
element: each "·" between two words of the members' list, each page number in the contents and each
running head would have about a hundred properties computed for itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import weasyprint.css
from weasyprint.css import StyleFor, find_style_attributes
from weasyprint.layout.page import PageType


class SharedStyles(StyleFor):
    """WeasyPrint's styles; `_shared`: what a style is made from -> the style."""

    def __init__(self, *arguments: Any) -> None:
        self._shared: dict[tuple[object, ...], Any] = {}
        super().__init__(*arguments)

    def set_computed_styles(
        self, element: Any, parent: Any, root: Any = None, pseudo_type: str | None = None,
        base_url: str | None = None, target_collector: Any = None,
    ) -> None:  # fmt: skip
        """Same parameters as WeasyPrint's method."""
        if pseudo_type is None and not isinstance(element, PageType):
            super().set_computed_styles(
                element, parent, root, pseudo_type, base_url, target_collector
            )
            return
        cascaded = self._cascaded_styles.get((element, pseudo_type), {})
        # The values are those of the style sheets, which live as long as the book is made.
        values = tuple((name, id(value)) for name, (value, _) in cascaded.items())
        key = (id(self._computed_styles[parent, None]), pseudo_type, values)
        if key in self._shared:
            self._computed_styles[element, pseudo_type] = self._shared[key]
            return
        super().set_computed_styles(element, parent, root, pseudo_type, base_url, target_collector)
        self._shared[key] = self._computed_styles[element, pseudo_type]


def _shared_attributes(*arguments: Any) -> Iterator[tuple[Any, Any, Any, Any]]:
    """As WeasyPrint's function, but equal attributes give the same declarations."""
    known: dict[str, Any] = {}
    for specificity, element, declarations, base_url in find_style_attributes(*arguments):
        text = "".join(declaration.serialize() for declaration in declarations)
        yield specificity, element, known.setdefault(text, declarations), base_url


@contextmanager
def styles_shared() -> Iterator[None]:
    """WeasyPrint shares styles here; it has no option for that."""
    theirs = weasyprint.css.StyleFor
    weasyprint.css.StyleFor = SharedStyles
    weasyprint.css.find_style_attributes = _shared_attributes
    try:
        yield
    finally:
        weasyprint.css.StyleFor = theirs
        weasyprint.css.find_style_attributes = find_style_attributes
