"""Gettext's PO, for translators' editors: one file a page, placeholders as signs in the text (⟦1⟧).

PO has no form for what must not be touched, so the signs are explained in each unit's comment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from translate.storage import pypo
from translate.storage.poparser import PoParseError

from metropolis.translation.exchange.lines import Line, Placeholder, tidy
from metropolis.translation.exchange.message import Document, Message
from metropolis.translation.exchange.protection import CLOSE, OPEN, Piece

_SIGN = re.compile(rf"{OPEN}([0-9A-Za-z]+){CLOSE}")
_SOURCE_FILE, _SOURCE_LANGUAGE = "X-Source-File", "X-Source-Language"


def write(document: Document, fixed: Mapping[str, Mapping[str, Piece]]) -> bytes:
    """The file's bytes; `fixed` tells for each message what its placeholders stand for."""
    store = pypo.pofile(noheader=True)
    header = store.UnitClass("")
    header.target = _header(document)
    store.addunit(header)
    for message in document.messages:
        unit = store.UnitClass(_text(message.source))
        store.addunit(unit)
        unit.setcontext(message.id)
        unit.target = _text(message.target or ())
        explained = [
            f"{Placeholder(id)} = {_shown(piece.text)}" for id, piece in fixed[message.id].items()
        ]
        unit.addnote("\n".join([*message.notes, *explained]), origin="developer")
        if message.target and message.is_stale:
            unit.markfuzzy()
    return bytes(store)


def read(data: bytes) -> Document | None:
    """What the file holds; None when it is no PO of ours."""
    try:
        store = pypo.pofile.parsestring(data)
        header = store.parseheader()
        messages = tuple(
            _message(unit) for unit in store.units if not unit.isheader() and not unit.isobsolete()
        )
    except (PoParseError, ValueError, LookupError, AttributeError, TypeError):
        return None
    path, source = header.get(_SOURCE_FILE, ""), header.get(_SOURCE_LANGUAGE, "")
    return Document(path, source, header.get("Language", ""), messages) if header else None


def _header(document: Document) -> str:
    """The file's header; not the toolkit's own, which holds the date and the toolkit's version."""
    fields = {
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": document.locale,
        _SOURCE_LANGUAGE: document.source_locale,
        _SOURCE_FILE: document.path,
    }
    return "".join(f"{name}: {value}\n" for name, value in fields.items())


def _message(unit: pypo.pounit) -> Message:
    notes = tuple(unit.getnotes("developer").split("\n"))
    target = _line(str(unit.target or ""))
    return Message(
        str(unit.getcontext()), _line(str(unit.source)), target or None, notes, unit.isfuzzy()
    )


def _text(line: Line) -> str:
    return "".join(map(str, line))


def _line(text: str) -> Line:
    return tidy(_parts(text))


def _parts(text: str) -> Iterator[str | Placeholder]:
    done = 0
    for match in _SIGN.finditer(text):
        yield text[done : match.start()]
        yield Placeholder(match[1])
        done = match.end()
    yield text[done:]


def _shown(text: str) -> str:
    """A fixed piece on one line, with the spaces at its ends made visible."""
    shown = text.replace("\n", "↵")
    return f"“{shown}”" if shown != shown.strip() else shown
