"""What a macro call shows: the labels and figures that a reader sees, without links and interface words.

The fingerprints of translations are made from it (metropolis/translation/fingerprint.py): a page that quotes a figure
is to be looked at again when the figure changes, and not when a button is renamed or a template redrawn.
"""

from __future__ import annotations

import re

from macros.registry import MACROS, signatures
from macros.scope import Renderer, Scope
from metropolis.content.call_grammar import Call
from metropolis.data.records import Records
from metropolis.markup import in_html, words_of
from metropolis.translation.fingerprint import Shown

_DRAWN = re.compile(r"<(svg|style|script)\b.*?</\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


class _BareScope(Scope):
    """A page that has no place and no interface words."""

    def t(self, key: str, **values: object) -> str:  # noqa: ARG002
        return ""

    def link(self, target: str) -> str:  # noqa: ARG002
        return ""

    def land(self) -> str:
        return ""


def shown_by(records: Records, locale: str, draw: Renderer) -> Shown:
    """A function that tells what a call shows in `locale`; of a call that the page gate refuses, nothing."""
    scope = _BareScope(records, locale, "", "", "", draw, {})
    accepted = signatures(records)
    known: dict[str, tuple[str, ...]] = {}

    def show(call: Call) -> tuple[str, ...]:
        key = str(call)
        if key not in known:
            may_run = call.name in accepted and accepted[call.name].accepts(call)
            known[key] = _fragments(scope, call) if may_run else ()
        return known[key]

    return show


def _fragments(scope: Scope, call: Call) -> tuple[str, ...]:
    """The texts between the tags of what the call writes, each once, sorted: how they are laid out does not count."""
    html = in_html(MACROS[call.name].function(scope, *call.arguments, **dict(call.keywords)))
    fragments = (" ".join(words_of(piece).split()) for piece in _TAG.split(_DRAWN.sub("", html)))
    return tuple(sorted(set(fragments) - {""}))
