"""XLIFF 1.2, the format that agencies' tools share: one `<file>` a page, a `<ph>` for each
placeholder.

Those tools show a `<ph>` as a tag that cannot be edited, with what it stands for. The toolkit
writes it as such and reads it as an element that it does not know, with its id and its place:
enough, since its content is never read back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree
from translate.storage import xliff
from translate.storage.placeables import StringElem
from translate.storage.placeables.xliff import Ph, UnknownXML, X

from metropolis.translation.exchange.lines import Line, Placeholder, tidy
from metropolis.translation.exchange.message import Document, Message
from metropolis.translation.exchange.protection import Piece

_NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
_SEPARATOR = "\x04"


class _Unit(xliff.Xliff1Unit):
    namespace = _NAMESPACE


class _File(xliff.Xliff1File):
    """The toolkit's own writes 1.1 and reads both."""

    UnitClass = _Unit
    namespace = _NAMESPACE
    XMLskeleton = xliff.Xliff1File.XMLskeleton.replace("document:1.1", "document:1.2").replace(
        "'1.1'", "'1.2'"
    )


def write(document: Document, fixed: Mapping[str, Mapping[str, Piece]]) -> bytes:
    """The file's bytes; `fixed` tells for each message what its placeholders stand for."""
    store = _File()
    store.setsourcelanguage(document.source_locale)
    store.settargetlanguage(document.locale)
    store.switchfile(document.path, createifmissing=True)
    for message in document.messages:
        unit = _Unit("")
        store.addunit(unit)
        unit.setid(message.id)
        unit.rich_source = [_rich(message.source, fixed[message.id])]
        if message.target:
            unit.rich_target = [_rich(message.target, fixed[message.id])]
            unit.set_state_n(unit.S_NEEDS_REVIEW if message.is_stale else unit.S_TRANSLATED)
        for note in message.notes:
            unit.addnote(note, origin="developer")
    return bytes(store)


def read(data: bytes) -> Document | None:
    """What the file holds; None when it is no XLIFF 1.2."""
    try:
        store = _File.parsestring(data)
        # The toolkit would drop the words that follow a comment.
        etree.strip_tags(store.document, etree.Comment, etree.ProcessingInstruction)
        messages = tuple(_message(unit) for unit in store.units)
        path = next((name for name in store.getfilenames() if name), "")
        return Document(
            path, store.getsourcelanguage() or "", store.gettargetlanguage() or "", messages
        )
    except (etree.Error, ValueError, LookupError, AttributeError, TypeError, StopIteration):
        return None


def _message(unit: _Unit) -> Message:
    target = None if unit.get_target_dom() is None else _line(unit.rich_target[0])
    id = unit.getid().rpartition(_SEPARATOR)[2]
    return Message(
        id, _line(unit.rich_source[0]), target, tuple(unit.getnotes().split("\n")), unit.isfuzzy()
    )


def _rich(line: Line, fixed: Mapping[str, Piece]) -> StringElem:
    parts = [
        part if isinstance(part, str) else Ph(id=part.id, sub=[fixed[part.id].text])
        for part in line
    ]
    return StringElem(parts)


def _line(element: StringElem) -> Line:
    return tidy(_parts(element))


def _parts(element: StringElem) -> Iterator[str | Placeholder]:
    for part in element.sub:
        if isinstance(part, str):
            yield part
        elif isinstance(part, X) or (isinstance(part, UnknownXML) and _name(part) in ("ph", "x")):
            yield Placeholder(part.id or "")
        else:
            # What a tool puts around words (<mrk>, <g>) is not ours: the words in it are.
            yield from _parts(part)


def _name(element: UnknownXML) -> str:
    return str(etree.QName(element.xml_node).localname)
