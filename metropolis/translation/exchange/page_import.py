"""Makes the translation's new text of a page that comes back, whole or not at all. What would break
the page, or put words in another place, is rejected here; the checks report wrong words later."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping

import icu

from metropolis.content.code_spans import Span
from metropolis.content.macro_signature import Signatures
from metropolis.content.page import Page
from metropolis.content.page_text import apply_edits
from metropolis.language.cldr import english_name, own_name
from metropolis.problem import Problem
from metropolis.strict_yaml.bounds import MAX_PROBLEMS, bounded
from metropolis.translation.exchange import segments
from metropolis.translation.exchange.message import Document, Message
from metropolis.translation.exchange.protection import Line
from metropolis.translation.exchange.segments import ExchangedPage, Segment, TranslationUnit
from metropolis.translation.exchange.target_check import check_target

_AGAIN = "Export the page again, and send that file."
_FEW = 5
_SENTENCE = 3  # words


def find_locale(code: str, locales: Iterable[str]) -> str | None:
    """The locale that a tool means by `code`: es, ES, es_ES, es-419, spa, Spanish or Español."""
    locales = list(locales)
    found = icu.Locale.createCanonical(code)
    for tag in (str(found.getName()).replace("_", "-"), str(found.getLanguage())):
        if tag in locales:
            return tag
    names = {own_name(one).lower(): one for one in locales}
    names |= {english_name(one).lower(): one for one in locales}
    return names.get(code.strip().lower())


def import_document(
    document: Document, file: str, page: ExchangedPage, signatures: Signatures
) -> tuple[str | None, list[Problem]]:
    """The new text of a translation, with advice; or None, with problems. Of its header, only title
    and description change. Nothing is written."""
    source, translation = page.source, page.translation
    problems = list(_page_problems(translation)) if translation else []
    problems = problems or list(_changes(document, file, page))
    if problems:
        return None, problems
    units = {unit.id: unit for unit in segments.make_units(source, translation, signatures)}
    problems = list(_unit_problems(document.messages, file, source, units))
    texts: dict[str, str] = {}
    for message in document.messages:
        if message.target and message.state != "untranslated" and message.id in units:
            unit = units[message.id]
            texts[message.id], wrong = check_target(unit, message.target, source, signatures)
            problems += [Problem(file, message.line, 1, *words) for words in wrong]
    if problems:
        return None, bounded(problems) if len(problems) > MAX_PROBLEMS else sorted(problems)
    advice = list(_advice(document.messages, units, file))
    return translation_text(source, translation, texts), advice


def _is_copied(message: Message, unit: TranslationUnit) -> bool:
    """Whether a unit came back in the words of the source, which a short one may have too."""
    words, now = _words(message.target or ()), _words(unit.target or ())
    is_short = len("".join(map(str, unit.source)).split()) < _SENTENCE
    return words == _words(unit.source) != now and not is_short


def _has_lost_words(target: Line, unit: TranslationUnit) -> bool:
    """Whether a translator has left a sign where the source has words: “—”, “???”."""
    has_words = [any(map(str.isalnum, _words(line))) for line in (unit.source, target)]
    return has_words == [True, False] and target != unit.target


def _words(line: Line) -> str:
    """The words without placeholders and spaces, which tools treat in their own ways."""
    words = "".join(part for part in line if isinstance(part, str))
    return unicodedata.normalize("NFKC", "".join(words.split()))


def _page_problems(translation: Page) -> Iterator[Problem]:
    anchors = Counter(section.anchor for section in translation.sections)
    wrong = [f"The page has two sections “#{one}”." for one in anchors if anchors[one] > 1]
    if translation.front_matter is None:
        wrong.insert(0, "The page's header cannot be read.")
    for what in wrong:
        yield translation.problem(0, what, how="Fix it, then import.")


def _changes(document: Document, file: str, page: ExchangedPage) -> Iterator[Problem]:
    """Each section of the source that has changed since the file was made."""
    sent: dict[str, list[Message]] = {}
    note = "Each unit comes back with its note “fingerprint: …”."
    if not any(message.fingerprint for message in document.messages):
        what = "The file does not say which version of the page it translates."
        yield Problem(file, document.messages[0].line, 1, what, note, _AGAIN)
        return
    for message in document.messages:
        sent.setdefault(message.anchor, []).append(message)
    for section in page.source.sections:
        messages, expected = sent.get(section.anchor, []), page.fingerprints.get(section.anchor, "")
        prints = {message.fingerprint for message in messages} - {""}
        if not messages or prints == {expected} - {""}:
            continue
        place = f"the section “{section.title}” (#{section.anchor})"
        line = next(one.line for one in messages if one.fingerprint != expected)
        what = f"The source of {place} has changed since the export."
        if not prints:
            what = f"The file does not say which version of {place} it translates."
        yield Problem(file, line, 1, what, "" if prints else note, _AGAIN)


def _unit_problems(
    messages: Collection[Message], file: str, source: Page, units: Mapping[str, TranslationUnit]
) -> Iterator[Problem]:
    lines: dict[str, list[int]] = {}
    for message in messages:
        lines.setdefault(message.id, []).append(message.line)
    if twice := [id for id, places in lines.items() if id and len(places) > 1]:
        id, places = twice[0], lines[twice[0]]
        what = f"The unit “{id}” is in the file {len(places)} times."
        what += f" So it is with {len(twice) - 1} more." if twice[1:] else ""
        yield Problem(
            file, places[1], 1, what, how="Keep one of each." if twice[1:] else "Keep one."
        )
    known = [message for message in messages if message.id in units]
    strange = [message for message in messages if message.id not in units]
    if strange:
        first, *more = strange
        what = f"The unit “{first.id}” is not one of {source.path}."
        expected = ""
        if not first.id:
            what = "This unit has no id."
            expected = "Each unit comes back with its id (in PO the msgctxt)."
        what += f" So it is with {len(more)} more." if more else ""
        yield Problem(file, first.line, 1, what, expected, _AGAIN)
    for message in known:
        named = f"The unit “{message.id}”"
        if message.state == "untranslated":
            what = f"{named} is not translated ({message.status})."
            how = "Translate it, and mark it as translated in the translation tool."
            yield Problem(file, message.line, 1, what, how=how)
        elif not message.target or _has_lost_words(message.target, units[message.id]):
            yield Problem(file, message.line, 1, f"{named} is not translated.")
    if len(strange) < len(units.keys() - lines.keys()):  # else these are the ones without ids
        for what in _missing(lines, units):
            yield Problem(file, 0, 0, what, "Every unit that was sent comes back.")


def _missing(present: Collection[str], units: Mapping[str, TranslationUnit]) -> Iterator[str]:
    """Names the units that were sent and are not in the file; a section without any, once."""
    sections: dict[str, list[str]] = {}
    for id, unit in units.items():
        sections.setdefault(unit.segment.anchor, []).append(id)
    for anchor, ids in sections.items():
        missing = [id for id in ids if id not in present]
        if len(missing) == len(ids) > 1:
            yield f"All {len(ids)} units of the section #{anchor} are missing."
        else:
            yield from (f"The unit “{id}” is missing." for id in missing)


def _advice(
    messages: Collection[Message], units: Mapping[str, TranslationUnit], file: str
) -> Iterator[Problem]:
    """What was imported and needs a look."""
    pairs = [(one, _words(one.source), units[one.id]) for one in messages]
    edited = [one for one, words, unit in pairs if words not in ("", _words(unit.source))]
    same = [one for one, _, unit in pairs if _is_copied(one, unit)]
    unfinished = [message for message in messages if message.state == "review"]
    joined = [message for message in messages if message.is_joined]
    other_words = "translated from words that are not those of the source page"
    edit = "The source was edited in the file, and is not imported: edit the page."
    for found, what, how in (
        (edited, other_words, edit),
        (same, "in the words of the source", "Ask whether they were translated."),
        (unfinished, "not final in the translation tool", "Ask whether they are finished."),
        (joined, "joined without a space between two segments; one was put in", "Read them."),
    ):
        if found:
            number = "1 unit was" if len(found) == 1 else f"{len(found)} units were"
            names = [f"{one.id}: {one.status}" if one.status else one.id for one in found[:_FEW]]
            ids = ", ".join(f"“{name}”" for name in names)
            more = " …" if len(found) > _FEW else ""
            words = f"{number} {what}: {ids}{more}."
            yield Problem(file, found[0].line, 1, words, how=how, severity="advice")


def translation_text(source: Page, translation: Page | None, texts: Mapping[str, str]) -> str:
    """The translation's new text; `texts` are the new words of the source's segments, by id. A
    section that both build alike keeps its own text between the segments; any other is written as
    the source builds it. One that only the translation has stays after the one that it follows."""
    every = segments.find_segments(source)
    if translation is None:
        whole = (0, len(source.text.text))
        return _rewrite(source, whole, [(one, one) for one in every], texts)
    found = segments.pair(every, segments.find_segments(translation))
    header = [(one, found[one.id]) for one in every if one.is_header and one.id in found]
    sources, own = segments.section_spans(source), segments.section_spans(translation)
    in_section = segments.by_section(every)
    pieces: list[str] = []
    is_rebuilt = False
    for anchor in _order(list(sources), list(own)):
        inner = in_section.get(anchor, [])
        if anchor in own and all(one.id in found for one in inner):
            pairs = [(one, found[one.id]) for one in inner]
            pieces.append(_rewrite(translation, own[anchor], pairs, texts))
        else:
            is_rebuilt = True
            pieces.append(_rewrite(source, sources[anchor], [(one, one) for one in inner], texts))
    head = _rewrite(translation, (0, translation.body_start), header, texts)
    if not is_rebuilt:
        return head + "".join(pieces)
    # Sections from both pages, with one empty line between them.
    return head + "\n\n".join(one.rstrip("\n") for one in pieces if one.strip("\n")) + "\n"


def _rewrite(
    page: Page, span: Span, pairs: Iterable[tuple[Segment, Segment]], texts: Mapping[str, str]
) -> str:
    """The text at `span` of `page`, with the new words of each source segment in its place."""
    known = ((own, texts[one.id]) for one, own in pairs if one.id in texts)
    edits = [(own.start, own.end, _written(page, own, new)) for own, new in known]
    return apply_edits(page.text.text, edits, *span)


def _written(page: Page, segment: Segment, new: str) -> str:
    """The new words as the file has them: a changed text of the header in double quotes."""
    if not segment.is_header:
        return new
    return page.text.text[segment.start : segment.end] if new == segment.text else f'"{new}"'


def _order(sources: list[str], own: list[str]) -> list[str]:
    """The translation's sections in its order; those that it lacks where the source has them."""
    order = list(own)
    for number, anchor in enumerate(sources):
        if anchor not in order:
            order.insert(order.index(sources[number - 1]) + 1 if number else 0, anchor)
    return order
