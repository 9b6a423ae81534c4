"""The glossary's entries that a unit needs, as notes for its translator."""

from __future__ import annotations

import re
from collections.abc import Mapping

from metropolis.content.call_grammar import parse_calls
from metropolis.data.fields import Label
from metropolis.data.models import GlossaryEntry

_APOSTROPHE = re.compile("['’]")


def term_notes(
    text: str, glossary: Mapping[str, GlossaryEntry], source: str, locale: str
) -> list[str]:
    """A note for each entry whose term is in `text`, in the singular or the plural, or that a call
    names."""
    named = {value for call in parse_calls(text)[0] for value in call.arguments}
    notes: list[str] = []
    for entry in glossary.values():
        term, counterpart = _in(entry.term, source), _in(entry.term, locale)
        if term and counterpart and (entry.id in named or _form(term).search(text)):
            parts = [f"{term} = {counterpart}"]
            if avoid := entry.avoid.get(locale, ()):
                parts.append(f"avoid: {', '.join(avoid)}")
            if note := _in(entry.note, locale):
                parts.append(f"note: {note}")
            notes.append("; ".join(parts))
    return notes


def _form(term: str) -> re.Pattern[str]:
    words = r"[sx]?\s+".join(_APOSTROPHE.sub("['’]", re.escape(word)) for word in term.split())
    return re.compile(rf"(?<!\w){words}[sx]?(?!\w)", re.IGNORECASE)


def _in(label: Label | None, locale: str) -> str:
    """The label in `locale`; nothing in a language that is being started and lacks it."""
    return dict(label.items()).get(locale, "") if label else ""
