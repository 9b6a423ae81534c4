"""Makes the translation's new text of a page that comes back, or reports why it cannot.

A page is imported whole or not at all. What is wrong with the words alone, the checks report later
(`make check`), as for any page. What would break the page, or put words in another place, is
rejected here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping

import icu

from metropolis.content.calls import MacroSignature
from metropolis.content.page import Page
from metropolis.data.bounds import MAX_PROBLEMS, bounded
from metropolis.language.cldr import language_name, own_name
from metropolis.problem import Problem
from metropolis.translation.exchange.assembly import assemble
from metropolis.translation.exchange.message import Document, Message
from metropolis.translation.exchange.target_check import check_target
from metropolis.translation.exchange.units import Unit, make_units

_AGAIN = "Export the page again, and send that file."
_FEW = 5


def find_locale(code: str, locales: Iterable[str]) -> str | None:
    """The locale that a tool means by `code`: es, ES, es_ES, es-419, spa, Spanish or Español."""
    locales = list(locales)
    found = icu.Locale.createCanonical(code)
    for tag in (str(found.getName()).replace("_", "-"), str(found.getLanguage())):
        if tag in locales:
            return tag
    names = {name(one): one for one in locales for name in (own_name, _english)}
    return {name.lower(): one for name, one in names.items()}.get(code.strip().lower())


def _english(locale: str) -> str:
    return language_name(locale, "en")


def import_document(
    document: Document,
    file: str,
    source: Page,
    translation: Page | None,
    current_fingerprints: Mapping[str, str],
    signatures: Mapping[str, MacroSignature],
) -> tuple[str | None, list[Problem]]:
    """The new text of the translation of `source`, or of the whole page if there is none yet
    (`translation` None); and problems of the file, with a text only advice.

    `current_fingerprints` are those of the source's sections now. Only the title and the
    description change in the translation's header. Nothing is written."""
    problems = list(_page_problems(translation)) if translation else []
    problems = problems or list(_changes(document, file, source, current_fingerprints))
    if problems:
        return None, problems
    units = {unit.id: unit for unit in make_units(source, translation, signatures)}
    problems = list(_unit_problems(document.messages, file, source, units))
    texts: dict[str, str] = {}
    for message in document.messages:
        if message.target and message.state != "untranslated" and message.id in units:
            unit = units[message.id]
            texts[message.id], wrong = check_target(unit, message.target, source, signatures)
            problems += [Problem(file, message.line, 1, *words) for words in wrong]
    if problems:
        return None, bounded(problems) if len(problems) > MAX_PROBLEMS else sorted(problems)
    return assemble(source, translation, texts), list(_advice(document.messages, file))


def _page_problems(translation: Page) -> Iterator[Problem]:
    """Why the page cannot be written."""
    if translation.front_matter is None:
        what = "The page's header cannot be read."
        yield translation.text.problem(0, what, how="Fix it, then import.")
    for anchor, times in Counter(section.anchor for section in translation.sections).items():
        if times > 1:
            what = f"The page has two sections “#{anchor}”."
            yield translation.text.problem(0, what, how="Fix it, then import.")


def _changes(
    document: Document, file: str, source: Page, current: Mapping[str, str]
) -> Iterator[Problem]:
    """Each section of the source that has changed since the file was made."""
    sent: dict[str, list[Message]] = {}
    for message in document.messages:
        sent.setdefault(message.anchor, []).append(message)
    for section in source.sections:
        messages = sent.get(section.anchor)
        expected = {current[section.anchor]} if section.anchor in current else set()
        if not messages:
            continue
        prints = {message.fingerprint for message in messages} - {""}
        if prints == expected:
            continue
        place = f"the section “{section.title}” (#{section.anchor})"
        line = next((one.line for one in messages if {one.fingerprint} - {""} != expected), 0)
        if not prints:
            what = f"The file does not say which version of {place} it translates."
            expected_note = "Each unit comes back with its note “fingerprint: …”."
            yield Problem(file, line, 1, what, expected_note, _AGAIN)
        else:
            what = f"The source of {place} has changed since the export."
            yield Problem(file, line, 1, what, how=_AGAIN)


def _unit_problems(
    messages: Iterable[Message], file: str, source: Page, units: Mapping[str, Unit]
) -> Iterator[Problem]:
    """Units that are missing, doubled, unknown or not translated."""
    messages = list(messages)
    for id, times in Counter(message.id for message in messages).items():
        if times > 1:
            line = [message.line for message in messages if message.id == id][1]
            yield Problem(
                file, line, 1, f"The unit “{id}” is in the file {times} times.", how="Keep one."
            )
    for message in messages:
        named = f"The unit “{message.id}”"
        if not message.id:
            expected = (
                "Each unit comes back with the id (in PO the msgctxt) with which it was sent."
            )
            yield Problem(file, message.line, 1, "This unit has no id.", expected, _AGAIN)
        elif message.id not in units:
            yield Problem(
                file, message.line, 1, f"{named} is not one of {source.path}.", how=_AGAIN
            )
        elif message.state == "untranslated":
            how = "Translate it, and mark it as translated in the translation tool."
            what = f"{named} is not translated ({message.status})."
            yield Problem(file, message.line, 1, what, how=how)
        elif not message.target:
            yield Problem(file, message.line, 1, f"{named} is not translated.")
    yield from _missing({message.id for message in messages}, file, units)


def _missing(present: Collection[str], file: str, units: Mapping[str, Unit]) -> Iterator[Problem]:
    """Units that were sent and are not in the file: a section without any is one problem."""
    expected = "Every unit that was sent comes back."
    sections: dict[str, list[str]] = {}
    for id, unit in units.items():
        sections.setdefault(unit.segment.anchor, []).append(id)
    for anchor, ids in sections.items():
        missing = [id for id in ids if id not in present]
        if len(missing) == len(ids) > 1:
            what = f"All {len(ids)} units of the section #{anchor} are missing."
            yield Problem(file, 0, 0, what, expected)
        else:
            for id in missing:
                yield Problem(file, 0, 0, f"The unit “{id}” is missing.", expected)


def _advice(messages: Iterable[Message], file: str) -> Iterator[Problem]:
    """What was imported and needs a look."""
    messages = list(messages)
    unfinished = [message for message in messages if message.state == "review"]
    joined = [message for message in messages if message.is_joined]
    for found, what, how in (
        (unfinished, "not final in the translation tool", "Ask whether they are finished."),
        (joined, "joined without a space between two segments; one was put in", "Read them."),
    ):
        if found:
            number = "1 unit was" if len(found) == 1 else f"{len(found)} units were"
            ids = ", ".join(f"“{_named(one)}”" for one in found[:_FEW])
            more = " …" if len(found) > _FEW else ""
            words = f"{number} {what}: {ids}{more}."
            yield Problem(file, found[0].line, 1, words, how=how, severity="advice")


def _named(message: Message) -> str:
    return f"{message.id}: {message.status}" if message.status else message.id
