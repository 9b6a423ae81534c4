"""Checks for readers who use a screen reader or the keyboard.

Links, buttons and fields need a name, and the keyboard must reach nothing that is hidden."""

from __future__ import annotations

from collections.abc import Iterator

from turbohtml import Document, Element

from metropolis.inspection.accessible_names import is_hidden, label, spoken_name, spoken_text
from metropolis.inspection.elements import Found, position_of
from metropolis.inspection.facts import Refusal

# Elements that the keyboard reaches, inside elements that screen readers skip.
_REACHED = ':is(a[href], button, input, select, summary, [tabindex]):not([tabindex="-1"])'
_UNHEARD = f'{_REACHED}[aria-hidden="true"], [aria-hidden="true"] {_REACHED}'


def find_unheard(document: Document) -> Iterator[Refusal]:
    """Links and controls that the keyboard reaches but screen readers do not announce."""
    for element in document.select(_UNHEARD):
        what = f"The keyboard reaches this <{element.tag}>, but screen readers skip it"
        what = f"{what} (aria-hidden)."
        yield Refusal(*position_of(element), what, 'Show it to them, or add tabindex="-1".')


def read_button(element: Element, found: Found) -> None:
    """Reads a button or a summary of details: it must have a name."""
    if not spoken_name(element, found.find) and not is_hidden(element):
        how = "Write what it does, or give it an aria-label."
        found.refuse(element, f"A <{element.tag}> has no text.", how)


def read_field(element: Element, found: Found) -> None:
    """Reads a form field: it must have a label, or be inside one."""
    around = (one for one in element.ancestors if isinstance(one, Element) and one.tag == "label")
    name = label(element, found.find) or "".join(spoken_text(one) for one in around)
    if not name and not is_hidden(element):
        article = "An" if element.tag == "input" else "A"
        what = f"{article} <{element.tag}> has no label."
        found.refuse(element, what, "Put a <label> with words around it.")
