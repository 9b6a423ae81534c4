"""Makes files to send from pages, with the glossary's entries that a unit needs as notes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from metropolis.content.call_grammar import parse_calls
from metropolis.content.macro_signature import Signatures
from metropolis.data.models import GlossaryEntry
from metropolis.translation.exchange.message import Document, Message
from metropolis.translation.exchange.po import write_po
from metropolis.translation.exchange.returned_file import Format
from metropolis.translation.exchange.segments import ExchangedPage, TranslationUnit, make_units
from metropolis.translation.exchange.xliff_writer import write_xliff
from metropolis.translation.fingerprint import copied_sections

Glossary = Mapping[str, GlossaryEntry]
_APOSTROPHE = re.compile("['’]")


def export_pages(
    pages: Iterable[ExchangedPage],
    locale: str,
    glossary: Glossary,
    signatures: Signatures,
    format: Format,
) -> dict[str, bytes]:
    """File name ("challenges.index.es.xlf") -> bytes; the same pages always give the same bytes."""
    files: dict[str, bytes] = {}
    write = write_xliff if format == "xliff" else write_po
    for page in pages:
        source = page.source
        units = make_units(source, page.translation, signatures)
        messages = tuple(_messages(page, units, locale, glossary))
        document = Document(source.path, source.locale, locale, messages)
        name = f"{source.name.replace('/', '.')}.{locale}{'.xlf' if format == 'xliff' else '.po'}"
        files[name] = write(document, {unit.id: unit.fixed for unit in units})
    return files


def _messages(
    page: ExchangedPage, units: Iterable[TranslationUnit], locale: str, glossary: Glossary
) -> Iterator[Message]:
    titles = {section.anchor: section.title for section in page.source.sections}
    copied = copied_sections(page.source, page.translation) if page.translation else set()
    for unit in units:
        anchor = unit.segment.anchor
        notes = [f"section: {titles.get(anchor, '')} (#{anchor})", f"kind: {unit.segment.kind}"]
        if anchor in page.fingerprints:
            notes.append(f"fingerprint: {page.fingerprints[anchor]}")
        notes += term_notes(unit.segment.text, glossary, page.source.locale, locale)
        is_stale = anchor in page.stale
        target = None if is_stale and anchor in copied else unit.target
        yield Message(unit.id, unit.source, target, tuple(notes), "review" if is_stale else "final")


def term_notes(text: str, glossary: Glossary, source: str, locale: str) -> list[str]:
    """A note for each entry whose term is in `text`, singular or plural, or in one of its calls."""
    named = {value for call in parse_calls(text)[0] for value in call.arguments}
    notes: list[str] = []
    for entry in glossary.values():
        term, counterpart = entry.term.get(source), entry.term.get(locale)
        if term and counterpart and (entry.id in named or _form(term).search(text)):
            parts = [f"{term} = {counterpart}"]
            if avoid := entry.avoid.get(locale, ()):
                parts.append(f"avoid: {', '.join(avoid)}")
            if note := entry.note and entry.note.get(locale):
                parts.append(f"note: {note}")
            notes.append("; ".join(parts))
    return notes


def _form(term: str) -> re.Pattern[str]:
    words = r"[sx]?\s+".join(_APOSTROPHE.sub("['’]", re.escape(word)) for word in term.split())
    return re.compile(rf"(?<!\w){words}[sx]?(?!\w)", re.IGNORECASE)
