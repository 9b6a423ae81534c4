"""Reads XLIFF 1.x and 2.x, whatever a tool has made of it: segments, states, groups, own elements.
One reader for both versions, by local names: they differ in a few of them, and tools mix them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import pairwise

from lxml import etree

from metropolis.problem import Problem, ProblemsError
from metropolis.translation.exchange.message import Document, Message, State, is_id
from metropolis.translation.exchange.protection import Placeholder, tidy

# Empty elements, and elements whose content is code. `<mrk>`, `<g>`, `<pc>` hold words.
_CODES = frozenset(("ph", "x", "bx", "ex", "bpt", "ept", "it", "sc", "ec"))
# Where tools keep a state: XLIFF 1.2 and 2.x, then Trados (conf), memoQ (status) and Phrase
# (confirmed). Below, the values that each of them writes.
_STATE_ATTRIBUTES = {"state", "state-qualifier", "approved", "conf", "status", "confirmed"}
_STATES: dict[State, str] = {
    "untranslated": r"(new|initial|untranslated|needs-translation|not-?started)\Z",
    "review": r"needs-|rejected|fuzzy|draft|(leveraged-)?mt\b|machine|pretranslated|partially"
    r"|assembled|(edited|no|0)\Z",
}
_ENDS = tuple(".!?…:;,»”)")  # of what tools cut apart
# Scripts that write no space between sentences, by the first word of a character's name.
_UNSPACED = frozenset(("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR", "TIBETAN"))
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_DECLARATION = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*<\?xml[^>]*>")
_Parts = list[str | Placeholder]

_AGAIN = "Ask for the file again."
_ENTITY = ("XML does not know this entity", "Write the character itself: &#160; for &nbsp;.")
_DELETE = "Delete it in the translation tool."
_CAUSES = {
    etree.ErrorTypes.ERR_UNDECLARED_ENTITY: _ENTITY,
    etree.ErrorTypes.WAR_UNDECLARED_ENTITY: _ENTITY,
    etree.ErrorTypes.ERR_NAME_REQUIRED: ("A bare & or < is here", "Write &amp; or &lt;."),
    etree.ErrorTypes.ERR_ENTITYREF_SEMICOL_MISSING: ("A bare & is here", "Write &amp;."),
    etree.ErrorTypes.ERR_INVALID_CHAR: ("XML does not allow this character", _DELETE),
}


def read_xliff(data: bytes, name: str) -> list[Document]:
    """A document for each `<file>` of the file `name`. Raises ProblemsError."""
    parser = etree.XMLParser(
        remove_comments=True, remove_pis=True, resolve_entities=False, no_network=True
    )
    try:
        root = etree.fromstring(_without_declaration(data), parser)
    except etree.XMLSyntaxError as error:
        raise ProblemsError([_syntax_problem(error, data, name)]) from error
    except (ValueError, LookupError) as error:
        what = f"This is not readable XML: {error}."
        raise ProblemsError([Problem(name, 1, 1, what, how=_AGAIN)]) from error
    if _local(root) != "xliff":
        what = f"This is XML, but not XLIFF: its first element is <{_local(root)}>."
        line = root.sourceline or 1
        raise ProblemsError([Problem(name, line, 1, what, how="Ask for the .xlf file.")])
    for entity in root.iter(etree.Entity):
        what, how = f"{_ENTITY[0]}: {entity.text}.", _ENTITY[1]
        raise ProblemsError([Problem(name, entity.sourceline or 0, 1, what, how=how)])
    # A tool's suggestions have states of their own.
    etree.strip_elements(root, "{*}alt-trans", "{*}matches", with_tail=False)
    return [_document(file, root) for file in root.iter("{*}file")]


def _without_declaration(data: bytes) -> bytes:
    """A file that is UTF-8 is read as such whatever its declaration says (no other text is so by
    chance), and wherever that stands; its lines and columns stay."""
    try:
        data.decode()
    except UnicodeDecodeError:
        return data
    return _DECLARATION.sub(lambda found: re.sub(rb"[^\n]", b" ", found[0]), data)


def _syntax_problem(error: etree.XMLSyntaxError, data: bytes, name: str) -> Problem:
    line, column = error.position
    message = str(error.msg).rpartition(", line ")[0] or str(error.msg)
    what, how = f"The XML is broken here: {message}.", _AGAIN
    if error.code in _CAUSES:
        cause, how = _CAUSES[error.code]
        lines = data.decode("utf-8", "replace").splitlines()[line - 1 : line]
        shown = "".join(lines)[max(0, column - 12) : column + 8].strip()
        what = f"{cause}: “{shown}”."
    elif "encod" in message.lower() or "UTF-8" in message:
        what = "The file is not in the encoding that its first line gives."
        how = "Save it as UTF-8, or ask for it again."
    elif line >= data.rstrip().count(b"\n") and not data.rstrip().endswith(b"</xliff>"):
        what = "The file is cut off here."
    return Problem(name, line, column, what, how=how)


def _document(file: etree._Element, root: etree._Element) -> Document:
    return Document(
        file.get("original", ""),
        file.get("source-language") or root.get("srcLang", ""),
        file.get("target-language") or root.get("trgLang") or _language_of_targets(file),
        tuple(map(_message, file.iter("{*}trans-unit", "{*}unit"))),
    )


def _language_of_targets(file: etree._Element) -> str:
    return next((code for one in file.iter("{*}target") if (code := one.get(_LANGUAGE))), "")


def _message(unit: etree._Element) -> Message:
    names = (unit.get("id"), unit.get("resname"), unit.get("name"))
    id = next(filter(is_id, names), None) or unit.get("id", "")
    parts = [*unit.iter("{*}segment", "{*}ignorable")] or [unit]
    source, target = _segments(parts, "source"), _segments(_in_order(parts), "target")
    if (split := unit.find("{*}seg-source")) is not None:
        source = [[]]
        _add_parts(split, source)
    has_target = any(part.find("{*}target") is not None for part in parts)
    joined, is_joined = _joined(target, source)
    state, status = _state(unit, target, source)
    notes = unit.iterfind("{*}notes/{*}note" if unit.find("{*}notes") is not None else "{*}note")
    return Message(
        id,
        tidy(part for segment in source for part in segment),
        (tidy(joined) or None) if has_target else None,
        tuple(line for note in notes for line in "".join(note.itertext()).split("\n")),
        state,
        status,
        unit.sourceline or 0,
        is_joined,
    )


def _in_order(parts: list[etree._Element]) -> list[etree._Element]:
    """The parts as a translator has put their targets: by `order`, or else where they are."""
    order = dict[etree._Element, int]()
    for place, part in enumerate(parts, 1):
        target = part.find("{*}target")
        given = target.get("order", "") if target is not None else ""
        order[part] = int(given) if given.isdecimal() else place
    return sorted(parts, key=order.__getitem__)


def _segments(parts: Iterable[etree._Element], kind: str) -> list[_Parts]:
    """The source or target of a unit, cut where the tool has cut it: by `<segment>`, or `<mrk
    mtype="seg">` of 1.2. What is between two segments belongs to the first."""
    found: list[_Parts] = []
    for part in parts:
        if _local(part) == "segment" or not found:
            found.append([])
        element = part.find(f"{{*}}{kind}")
        if element is None and _local(part) == "ignorable":
            element = part.find("{*}source")
        if element is not None:
            _add_parts(element, found)
    return found


def _add_parts(element: etree._Element, found: list[_Parts]) -> None:
    """Adds to the last segment; each mark but the first begins another."""
    is_first = True
    found[-1].append(element.text or "")
    for child in element:
        if _local(child) in _CODES:
            found[-1].append(Placeholder(child.get("id", "")))
        elif _local(child) == "cp":
            found[-1].append(f"&#x{child.get('hex')};")  # as `tidy` reads it
        else:
            is_segment = child.get("mtype") == "seg"
            if is_segment and not is_first:
                found.append([])
            is_first = is_first and not is_segment
            _add_parts(child, found)
        found[-1].append(child.tail or "")


def _joined(target: list[_Parts], source: list[_Parts]) -> tuple[_Parts, bool]:
    """The target as one text, with the spaces that the source has between segments and a tool has
    dropped; and whether there was such a place."""
    texts, in_source = list(map(_text, target)), list(map(_text, source))
    joined, is_joined = list(target[0]), False
    for number, (before, after) in enumerate(pairwise(texts)):
        if number + 1 < len(in_source):
            left, right = in_source[number : number + 2]
            is_wanted = left[-1:].isspace() or right[:1].isspace()
        else:
            # Tools cut between words, never inside one.
            is_wanted = before.endswith(_ENDS) or (before[-1:].isalnum() and after[:1].isalnum())
        is_glued = before and after and not (before[-1].isspace() or after[0].isspace())
        if is_glued and is_wanted and not _is_unspaced(before[-1], after[0]):
            joined.append(" ")
            is_joined = True
        joined += target[number + 1]
    return joined, is_joined


def _text(segment: _Parts) -> str:
    """A segment's text, with a sign for each placeholder."""
    return "".join(part if isinstance(part, str) else "¤" for part in segment)


def _is_unspaced(*characters: str) -> bool:
    return any(
        unicodedata.east_asian_width(one) in "WF"
        or unicodedata.name(one, "").split(" ")[0] in _UNSPACED
        for one in characters
    )


def _state(unit: etree._Element, target: list[_Parts], source: list[_Parts]) -> tuple[State, str]:
    """The least finished state that the unit or a part of it has, and the tool's word for it."""
    ours, theirs = (list(map(_text, segments)) for segments in (source, target))
    if len(ours) == len(theirs) > 1:
        for our, their in zip(ours, theirs, strict=True):
            if our.strip() and not their.strip():
                return "untranslated", "a segment is empty"
    states = [
        (etree.QName(attribute).localname, value)
        for element in unit.iter("*")
        for attribute, value in element.attrib.items()
        if etree.QName(attribute).localname in _STATE_ATTRIBUTES
    ]
    for state, values in _STATES.items():
        for attribute, value in states:
            if re.match(values, value, re.IGNORECASE):
                return state, f"{attribute}={value}"
    return "final", ""


def _local(element: etree._Element) -> str:
    return str(etree.QName(element).localname)
