"""Gettext's PO, for translators' editors: one file a page, placeholders as signs in the text: ⟦1⟧.
PO has no elements for placeholders, so each unit's comment explains its signs."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Mapping
from contextlib import suppress

from translate.storage import pypo
from translate.storage.poparser import PoParseError

from metropolis.content.page_text import excerpt
from metropolis.problem import Problem, ProblemsError
from metropolis.text_file import plain_lines
from metropolis.translation.exchange.message import Document, Message
from metropolis.translation.exchange.protection import CLOSE, OPEN, Line, Piece, Placeholder, tidy

_SIGN = re.compile(rf"{OPEN}\s*(\w+)\s*{CLOSE}")
_CHARSET = re.compile(rb"charset=([A-Za-z0-9_.:-]+)")
_HEADER_ROOM = 4000  # bytes in which the header gives its charset
_ESCAPE = re.compile(r"\\(?:[\\\"abfnrtv]|(.?))")
_OCTET = r"\\(?:([0-7]{1,3})|x([0-9A-Fa-f]{2}))"
_OCTETS = re.compile(rf"\\\\|((?:{_OCTET})+)")
_FORM = 'A text is in straight quotation marks on its line: msgstr "…".'
_AGAIN = "Ask for the file again."
_SAVE = "Save it as UTF-8, or ask for it again."
_SOURCE_FILE, _SOURCE_LANGUAGE = "X-Source-File", "X-Source-Language"


def write_po(document: Document, fixed: Mapping[str, Mapping[str, Piece]]) -> bytes:
    """The file's bytes; `fixed` gives, for each message, the meaning of its placeholders."""
    store = pypo.pofile(noheader=True)
    header = store.UnitClass("")
    header.target = _header(document)
    store.addunit(header)
    for message in document.messages:
        unit = store.UnitClass("".join(map(str, message.source)))
        store.addunit(unit)
        unit.setcontext(message.id)
        unit.target = "".join(map(str, message.target or ()))
        meanings = fixed[message.id].items()
        explained = [f"{Placeholder(id)} = {_shown(piece.text)}" for id, piece in meanings]
        unit.addnote("\n".join([*message.notes, *explained]), origin="developer")
        if message.target and message.state == "review":
            unit.markfuzzy()
    return bytes(store)


def _header(document: Document) -> str:
    """The file's header; not the toolkit's own, which holds the date and the toolkit's version."""
    return (
        "MIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\n"
        f"Content-Transfer-Encoding: 8bit\nLanguage: {document.locale}\n"
        f"{_SOURCE_LANGUAGE}: {document.source_locale}\n{_SOURCE_FILE}: {document.path}\n"
    )


def _shown(text: str) -> str:
    """A fixed piece on one line, with the spaces at its ends made visible."""
    shown = text.replace("\n", "↵")
    return f"“{shown}”" if shown != shown.strip() else shown


def read_po(data: bytes, name: str) -> list[Document]:
    """The document of the file `name`. Raises ProblemsError if it cannot be read."""
    # Old Macs' programs end lines with CR alone.
    text = _OCTETS.sub(_letters, plain_lines(_decoded(data, name)))
    for row, line in enumerate(text.split("\n"), 1):
        signs = () if line.startswith("#") else _ESCAPE.finditer(line)
        if wrong := next((one for one in signs if one[1] is not None), None):
            what, how = f"PO has no sign “{wrong[0]}”.", "Write \\\\ for a backslash."
            raise ProblemsError([Problem(name, row, wrong.start() + 1, what, how=how)])
    store = pypo.pofile()
    try:
        store.parse(_CHARSET.sub(b"charset=UTF-8", text.encode(), count=1))
    except PoParseError as error:
        row = int(str(error).partition(" on line ")[2].partition(":")[0])
        what = f"This line is not PO: “{excerpt(text.splitlines()[row - 1])}”."
        raise ProblemsError([Problem(name, row, 1, what, _FORM, _AGAIN)]) from error
    except (ValueError, LookupError, AttributeError, TypeError, IndexError) as error:
        what = f"This is not PO: {error}."
        raise ProblemsError([Problem(name, 0, 0, what, how=_AGAIN)]) from error
    header = store.parseheader()
    units = (unit for unit in store.units if not unit.isheader() and not unit.isobsolete())
    path, source = header.get(_SOURCE_FILE, ""), header.get(_SOURCE_LANGUAGE, "")
    return [Document(path, source, header.get("Language", ""), tuple(map(_message, units)))]


def _decoded(data: bytes, name: str) -> str:
    """The text, in the encoding of its byte order mark, or in UTF-8 whatever the header says if it
    is UTF-8 (no other text is so by chance), or else in that of its header."""
    found = _CHARSET.search(data[:_HEADER_ROOM])
    charset = found[1].decode() if found else "utf-8"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        charset = "utf-16"
    if charset != "utf-16":
        with suppress(UnicodeDecodeError):
            return data.decode("utf-8-sig")
    try:
        return data.decode("utf-8" if charset.lower() == "charset" else charset)
    except LookupError as error:
        what = f"No encoding is called “{charset}”."
        raise ProblemsError([Problem(name, 0, 0, what, how=_SAVE)]) from error
    except UnicodeError as error:
        line = data[: getattr(error, "start", 0)].count(b"\n") + 1
        what = f"This is not {charset}: an accent or a sign cannot be read."
        raise ProblemsError([Problem(name, line, 1, what, how=_SAVE)]) from error


def _letters(found: re.Match[str]) -> str:
    r"""What the numbers of octets stand for, by which some programs write letters: “\303\263”.
    Those that are no UTF-8 stay, and are no sign of PO."""
    numbers = re.findall(_OCTET, found[1] or "")
    try:
        letters = bytes(int(eight, 8) if eight else int(sixteen, 16) for eight, sixteen in numbers)
        return letters.decode().replace("\\", r"\\").replace('"', r"\"") or found[0]
    except ValueError:
        return found[0]


def _message(unit: pypo.pounit) -> Message:
    return Message(
        str(unit.getcontext()),
        _line(str(unit.source)),
        _line(str(unit.target or "")) or None,
        tuple(unit.getnotes("developer").split("\n")),
        "review" if unit.isfuzzy() else "final",
        "fuzzy" if unit.isfuzzy() else "",
        unit.line_number or 0,
    )


def _line(text: str) -> Line:
    """Words, and the ids of placeholders between them."""
    parts = enumerate(_SIGN.split(text))
    return tidy(
        Placeholder(unicodedata.normalize("NFKC", part)) if number % 2 else part  # fullwidth digits
        for number, part in parts
    )
