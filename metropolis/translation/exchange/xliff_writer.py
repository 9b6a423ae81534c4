"""XLIFF 1.2, which all agencies' tools read: a `<file>` a page, a `<ph>` for each placeholder,
shown as a tag that cannot be edited; its content is never read back (xliff_reader.py)."""

from __future__ import annotations

from collections.abc import Mapping

from translate.storage import xliff
from translate.storage.placeables import StringElem
from translate.storage.placeables.xliff import Ph

from metropolis.translation.exchange.message import Document
from metropolis.translation.exchange.protection import Line, Piece

_NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"


class _Unit12(xliff.Xliff1Unit):
    namespace = _NAMESPACE


class _File12(xliff.Xliff1File):
    """The toolkit's own class writes 1.1."""

    UnitClass = _Unit12
    namespace = _NAMESPACE
    XMLskeleton = xliff.Xliff1File.XMLskeleton.replace(":1.1", ":1.2").replace("'1.1'", "'1.2'")


def write_xliff(document: Document, fixed: Mapping[str, Mapping[str, Piece]]) -> bytes:
    """The file's bytes; `fixed` gives, for each message, the meaning of its placeholders."""
    store = _File12()
    store.setsourcelanguage(document.source_locale)
    store.settargetlanguage(document.locale)
    store.switchfile(document.path, createifmissing=True)
    for message in document.messages:
        unit = _Unit12("")
        store.addunit(unit)
        unit.setid(message.id)
        unit.rich_source = [_rich(message.source, fixed[message.id])]
        if message.target:
            unit.rich_target = [_rich(message.target, fixed[message.id])]
            is_final = message.state == "final"
            unit.set_state_n(unit.S_TRANSLATED if is_final else unit.S_NEEDS_REVIEW)
            unit.xmlelement.attrib.pop("approved", None)  # some tools lock such a unit
        for note in message.notes:
            unit.addnote(note, origin="developer")
    return bytes(store)


def _rich(line: Line, fixed: Mapping[str, Piece]) -> StringElem:
    return StringElem(
        [one if isinstance(one, str) else Ph(id=one.id, sub=[fixed[one.id].text]) for one in line]
    )
