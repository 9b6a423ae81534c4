"""Reads XLIFF 1.x and 2.x, whatever a tool has made of it: segments, states, groups, own elements.

One reader for both versions, by local names: they differ in a few of them, and tools mix them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import pairwise

from lxml import etree

from metropolis.problem import Problem
from metropolis.translation.exchange.lines import Placeholder, tidy
from metropolis.translation.exchange.message import Document, Message, State, is_id

# Empty elements, and elements whose content is code. `<mrk>`, `<g>`, `<pc>` hold words.
_CODES = frozenset(("ph", "x", "bx", "ex", "bpt", "ept", "it", "sc", "ec"))
# Where tools keep a state: XLIFF 1.2 and 2.x, then Trados (conf), memoQ (status) and Phrase
# (confirmed). Below, the values that each of them writes.
_STATE_ATTRIBUTES = frozenset(
    ("state", "state-qualifier", "approved", "conf", "status", "confirmed")
)
_UNTRANSLATED = re.compile(
    r"(new|initial|untranslated|needs-translation|not-?started)\Z", re.IGNORECASE
)
_REVIEW = re.compile(
    r"needs-|rejected|fuzzy|draft|(leveraged-)?mt\b|machine|pretranslated|partially|assembled"
    r"|(edited|no|0)\Z",
    re.IGNORECASE,
)
_SENTENCE_ENDS = tuple(".!?…:;»”)")
# Scripts that write no space between sentences, by the first word of a character's name.
_UNSPACED = frozenset(("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR", "TIBETAN"))
_SEAM = None  # between two segments of a unit
_Parts = list[str | Placeholder | None]

_AGAIN = "Ask for the file again."
_CAUSES = {
    etree.ErrorTypes.ERR_UNDECLARED_ENTITY: (
        "XML does not know this entity",
        "Write the character itself: &#160; for &nbsp;.",
    ),
    etree.ErrorTypes.ERR_NAME_REQUIRED: ("A bare & or < stands here", "Write &amp; or &lt;."),
    etree.ErrorTypes.ERR_ENTITYREF_SEMICOL_MISSING: ("A bare & stands here", "Write &amp;."),
    etree.ErrorTypes.ERR_INVALID_CHAR: (
        "XML does not allow this character",
        "Delete it in the translation tool.",
    ),
}
_CAUSES[etree.ErrorTypes.WAR_UNDECLARED_ENTITY] = _CAUSES[etree.ErrorTypes.ERR_UNDECLARED_ENTITY]


def read(data: bytes, name: str) -> tuple[list[Document], list[Problem]]:
    """The documents of the file `name`, one for each `<file>`; or why it cannot be read."""
    if not data.strip():
        return [], [Problem(name, 0, 0, "The file is empty.", how=_AGAIN)]
    parser = etree.XMLParser(
        remove_comments=True, remove_pis=True, resolve_entities=False, no_network=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        return [], [_syntax_problem(error, data, name)]
    except (ValueError, LookupError) as error:
        return [], [Problem(name, 1, 1, f"This is not readable XML: {error}.", how=_AGAIN)]
    if _local(root) != "xliff":
        what = f"This is XML, but not XLIFF: its first element is <{_local(root)}>."
        return [], [Problem(name, root.sourceline or 1, 1, what, how="Ask for the .xlf file.")]
    for entity in root.iter(etree.Entity):
        what, how = _CAUSES[etree.ErrorTypes.ERR_UNDECLARED_ENTITY]
        return [], [Problem(name, entity.sourceline or 0, 1, f"{what}: {entity.text}.", how=how)]
    return [_document(file, root) for file in root.iter("{*}file")], []


def _syntax_problem(error: etree.XMLSyntaxError, data: bytes, name: str) -> Problem:
    line, column = error.position
    message = str(error.msg).rpartition(", line ")[0] or str(error.msg)
    if error.code in _CAUSES:
        what, how = _CAUSES[error.code]
        lines = data.decode("utf-8", "replace").splitlines()
        shown = (
            lines[line - 1][max(0, column - 12) : column + 8].strip() if lines[line - 1 :] else ""
        )
        return Problem(name, line, column, f"{what}: “{shown}”.", how=how)
    if error.code in (etree.ErrorTypes.ERR_DOCUMENT_EMPTY, etree.ErrorTypes.ERR_DOCUMENT_START):
        return Problem(name, 1, 1, "This is not XML, although its name ends so.", how=_AGAIN)
    if "encod" in message.lower() or "UTF-8" in message:
        what = "The file is not in the encoding that its first line gives."
        return Problem(name, line, column, what, how="Save it as UTF-8, or ask for it again.")
    if line >= data.rstrip().count(b"\n") and not data.rstrip().endswith(b"</xliff>"):
        return Problem(name, line, column, "The file is cut off here.", how=_AGAIN)
    return Problem(name, line, column, f"The XML is broken here: {message}.", how=_AGAIN)


def _document(file: etree._Element, root: etree._Element) -> Document:
    return Document(
        file.get("original", ""),
        file.get("source-language") or root.get("srcLang", ""),
        file.get("target-language") or root.get("trgLang", ""),
        tuple(map(_message, file.iter("{*}trans-unit", "{*}unit"))),
    )


def _message(unit: etree._Element) -> Message:
    names = (unit.get("id"), unit.get("resname"), unit.get("name"))
    id = next(filter(is_id, names), None) or unit.get("id", "")
    segments = [unit, *unit.iter("{*}segment", "{*}ignorable")][1:] or [unit]
    source, target = _joined(segments, "source"), _joined(segments, "target")
    if (split := unit.find("{*}seg-source")) is not None:
        source = list(_parts(split))
    has_target = any(one.find("{*}target") is not None for one in segments)
    spaced, is_joined = _spaced(target, source)
    state, status = _state(unit, target, source)
    notes = unit.iterfind("{*}notes/{*}note" if unit.find("{*}notes") is not None else "{*}note")
    return Message(
        id,
        tidy(part for part in source if part is not _SEAM),
        (tidy(spaced) or None) if has_target else None,
        tuple(line for note in notes for line in "".join(note.itertext()).split("\n")),
        state,
        status,
        unit.sourceline or 0,
        is_joined,
    )


def _joined(segments: Iterable[etree._Element], kind: str) -> _Parts:
    """The text of a unit, with a seam between two segments of XLIFF 2."""
    parts: _Parts = []
    for segment in segments:
        element = segment.find(f"{{*}}{kind}")
        if element is None and _local(segment) == "ignorable":
            element = segment.find("{*}source")
        is_own = _local(segment) == "segment"
        parts += [_SEAM] if is_own and parts else []
        parts += _parts(element) if element is not None else [""]
    return parts


def _parts(element: etree._Element) -> Iterator[str | Placeholder | None]:
    """Words, placeholders, and a seam before every `<mrk mtype="seg">` but the first."""
    is_first = True
    yield element.text or ""
    for child in element:
        if _local(child) in _CODES:
            yield Placeholder(child.get("id", ""))
        else:
            if child.get("mtype") == "seg" and not is_first:
                yield _SEAM
            is_first = is_first and child.get("mtype") != "seg"
            yield from _parts(child)
        yield child.tail or ""


def _spaced(target: _Parts, source: _Parts) -> tuple[Iterator[str | Placeholder], bool]:
    """The target with the space that its source has between two segments, where a tool has joined
    them without one."""
    in_source = list(_seams(source))
    is_missing = []
    for number, (before, after) in enumerate(_seams(target)):
        is_glued = bool(before and after) and not (before[-1].isspace() or after[0].isspace())
        if len(in_source) > number:
            left, right = in_source[number]
            is_wanted = left[-1:].isspace() or right[:1].isspace()
        else:
            is_wanted = before.endswith(_SENTENCE_ENDS)
        is_missing.append(is_glued and is_wanted and not _is_unspaced(before[-1], after[0]))
    answers = iter(is_missing)
    parts = ((" " if next(answers) else "") if part is _SEAM else part for part in target)
    return parts, any(is_missing)


def _seams(parts: _Parts) -> Iterator[tuple[str, str]]:
    """The segments before and after each seam."""
    return pairwise(_segments(parts))


def _segments(parts: _Parts) -> list[str]:
    """The text of each segment with the space after it, a placeholder as one sign."""
    texts = [""]
    for part in parts:
        if part is _SEAM:
            texts.append("")
        else:
            texts[-1] += part if isinstance(part, str) else "¤"
    return texts


def _is_lost(source: str, target: str) -> bool:
    return bool(source.strip()) and not target.strip()


def _is_unspaced(*characters: str) -> bool:
    return any(
        unicodedata.east_asian_width(one) in "WF"
        or unicodedata.name(one, "").split(" ")[0] in _UNSPACED
        for one in characters
    )


def _state(unit: etree._Element, target: _Parts, source: _Parts) -> tuple[State, str]:
    """The least finished state that the unit or a part of it has, and the tool's word for it."""
    ours, theirs = (_segments(parts) for parts in (source, target))
    if len(ours) == len(theirs) > 1 and any(map(_is_lost, ours, theirs)):
        return "untranslated", "a segment is empty"
    states = [
        (etree.QName(attribute).localname, value)
        for element in unit.iter("*")
        if not _is_alternative(element)
        for attribute, value in element.attrib.items()
        if etree.QName(attribute).localname in _STATE_ATTRIBUTES
    ]
    rules: list[tuple[re.Pattern[str], State]] = [
        (_UNTRANSLATED, "untranslated"),
        (_REVIEW, "review"),
    ]
    found = (
        (state, f"{attribute}={value}")
        for rule, state in rules
        for attribute, value in states
        if rule.match(value)
    )
    return next(found, ("final", ""))


def _is_alternative(element: etree._Element) -> bool:
    """Whether it belongs to a suggestion of the tool, not to the translation."""
    return any(
        _local(one) in ("alt-trans", "matches") for one in (element, *element.iterancestors())
    )


def _local(element: etree._Element) -> str:
    return str(etree.QName(element).localname)
