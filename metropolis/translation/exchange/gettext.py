"""Gettext's PO, for translators' editors: one file a page, placeholders as signs in the text: ⟦1⟧.

PO has no elements for placeholders, so each unit's comment explains its signs.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping

from translate.storage import pypo
from translate.storage.poparser import PoParseError

from metropolis.problem import Problem
from metropolis.translation.exchange.lines import Line, Placeholder, tidy
from metropolis.translation.exchange.message import Document, Message
from metropolis.translation.exchange.protection import CLOSE, OPEN, Piece

_SIGN = re.compile(rf"{OPEN}([0-9A-Za-z]+){CLOSE}")
_CHARSET = re.compile(rb"charset=([A-Za-z0-9_.:-]+)")
_HEADER_ROOM = 4000  # bytes in which the header gives its charset
_AGAIN = "Ask for the file again."
_SAVE = "Save it as UTF-8, or ask for it again."
_SOURCE_FILE, _SOURCE_LANGUAGE = "X-Source-File", "X-Source-Language"


def write(document: Document, fixed: Mapping[str, Mapping[str, Piece]]) -> bytes:
    """The file's bytes; `fixed` gives, for each message, the meaning of its placeholders."""
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
        if message.target and message.state == "review":
            unit.markfuzzy()
    return bytes(store)


def read(data: bytes, name: str) -> tuple[list[Document], list[Problem]]:
    """The document of the file `name`; or why it cannot be read."""
    if not data.strip():
        return [], [Problem(name, 0, 0, "The file is empty.", how=_AGAIN)]
    found = _CHARSET.search(data[:_HEADER_ROOM])
    charset = found[1].decode() if found else "utf-8"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        charset = "utf-16"
    try:
        text = data.decode("utf-8-sig" if charset.lower() in ("utf-8", "charset") else charset)
    except LookupError:
        return [], [Problem(name, 0, 0, f"No encoding is called “{charset}”.", how=_SAVE)]
    except UnicodeError as error:
        line = data[: getattr(error, "start", 0)].count(b"\n") + 1
        what = f"This is not {charset}: an accent or a sign cannot be read."
        return [], [Problem(name, line, 1, what, how=_SAVE)]
    # Old Macs' programs end lines with CR alone.
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    store = pypo.pofile()
    try:
        store.parse(_CHARSET.sub(b"charset=UTF-8", text.encode(), count=1))
    except PoParseError as error:
        what, _, place = str(error).partition(" on line ")
        number, _, shown = place.partition(": ")
        what = f"This is not PO: {what[:1].lower()}{what[1:]} in {shown}."
        return [], [Problem(name, int(number), 1, what, how=_AGAIN)]
    except (ValueError, LookupError, AttributeError, TypeError, IndexError) as error:
        return [], [Problem(name, 0, 0, f"This is not PO: {error}.", how=_AGAIN)]
    header = store.parseheader()
    messages = tuple(
        _message(unit) for unit in store.units if not unit.isheader() and not unit.isobsolete()
    )
    path, source = header.get(_SOURCE_FILE, ""), header.get(_SOURCE_LANGUAGE, "")
    return [Document(path, source, header.get("Language", ""), messages)], []


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
        str(unit.getcontext()),
        _line(str(unit.source)),
        target or None,
        notes,
        "review" if unit.isfuzzy() else "final",
        "fuzzy" if unit.isfuzzy() else "",
        unit.line_number or 0,
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
