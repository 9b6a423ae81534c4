"""What a macro call shows: the labels, figures and names that a reader sees, without links and
interface words. Fingerprints of translations depend on it: a translation that quotes a figure needs
a review when the figure changes, but not when a button is renamed or a template redrawn. So nothing
is drawn: we record the values that components receive, and the text that the macro writes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from metropolis.components.registry import MACROS, signatures
from metropolis.components.scope import Scope
from metropolis.content.call_grammar import Call
from metropolis.data.records import Records
from metropolis.markup import Markup, finished, in_html
from metropolis.translation.fingerprint import Shown

# Values that components receive but readers do not see: positions, links, kinds, filter texts.
UNSEEN = {
    "id", "href", "place_href", "path", "url", "kind", "country_id", "region_id", "search",
    "letters", "share", "here", "locale", "width", "height",
}  # fmt: skip
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class _Recorder(Scope):
    """A page without address and interface texts, whose components record their values."""

    given: set[str] = field(default_factory=set)

    def t(self, key: str, **values: object) -> str:  # noqa: ARG002
        return ""

    def link(self, target: str) -> str:  # noqa: ARG002
        return ""

    def land(self) -> str:
        return ""


def _recorder(records: Records, locale: str) -> _Recorder:
    given: set[str] = set()

    def draw(component: str, **values: object) -> Markup:  # noqa: ARG001
        given.update(_texts(values))
        return finished("")

    return _Recorder(records, locale, "", "", "", draw, {}, given=given)


def shown_by(records: Records, locale: str) -> Shown:
    """A function that returns what a call shows in `locale`; nothing for a rejected call."""
    accepted = signatures(records)
    known: dict[str, tuple[str, ...]] = {}

    def show(call: Call) -> tuple[str, ...]:
        key = str(call)
        if key not in known:
            may_run = call.name in accepted and accepted[call.name].accepts(call)
            known[key] = _fragments(_recorder(records, locale), call) if may_run else ()
        return known[key]

    return show


def _fragments(scope: _Recorder, call: Call) -> tuple[str, ...]:
    """The texts that the call shows, unique and sorted, so that the layout does not matter."""
    written = MACROS[call.name].function(scope, *call.arguments, **dict(call.keywords))
    texts = [*scope.given, *map(unescape, _TAG.split(in_html(written)))]
    return tuple(sorted({" ".join(text.split()) for text in texts} - {""}))


def _texts(value: object) -> Iterator[str]:
    """The texts and numbers in a component's values, without drawings and booleans."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name not in UNSEEN:
                yield from _texts(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from _texts(inner)
    elif isinstance(value, (str, int, float)) and not isinstance(value, bool):
        yield str(value)
