"""A file that comes back, made into the translation's new text; or what is wrong with it, and then
nothing.

A file is taken whole or not at all. What only its words may be wrong about, the checks tell (`make
check`), as for any page; what would break the page or put words in another place is refused here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from metropolis.content.calls import MacroSignature
from metropolis.content.page import Page
from metropolis.data.bounds import MAX_PROBLEMS, bounded
from metropolis.problem import Problem
from metropolis.translation.exchange.assembly import assemble
from metropolis.translation.exchange.lines import Line
from metropolis.translation.exchange.message import Document, Message
from metropolis.translation.exchange.origin import read_document
from metropolis.translation.exchange.reading import check_target
from metropolis.translation.exchange.units import Unit, make_units

_AGAIN = "Export the page again, and send that file."


def import_file(
    data: bytes,
    name: str,
    source: Page,
    translation: Page | None,
    current_fingerprints: Mapping[str, str],
    signatures: Mapping[str, MacroSignature],
) -> tuple[str | None, list[Problem]]:
    """The new text of the translation of `source`; without one yet (`translation` None), that of
    the whole page.

    What stands in the translation's header besides title and description stays as it is.
    `current_fingerprints` are those of the source's sections now. Nothing is written."""
    document, problems = read_document(data, name)
    if document is None:
        return None, problems
    problems = _check_document(document, name, source, translation)
    problems = problems or _find_changes(document, name, source, current_fingerprints)
    if problems:
        return None, problems
    units = make_units(source, translation, signatures)
    targets, problems = _targets(document.messages, name, source, units, signatures)
    if len(problems) > MAX_PROBLEMS:
        problems = bounded(problems)
    return (None, problems) if problems else (assemble(source, translation, targets), [])


def _check_document(
    document: Document, name: str, source: Page, translation: Page | None
) -> list[Problem]:
    """What makes the file one for another page, or the page one that cannot be written."""
    if document.path and document.path != source.path:
        return [Problem(name, 0, 0, f"The file translates {document.path}, and not {source.path}.")]
    if translation is None:
        return []
    if document.locale and _language(document.locale) != _language(translation.locale):
        what = (
            f"The file is in the language “{document.locale}”, and {translation.path} in"
            f" “{translation.locale}”."
        )
        return [Problem(name, 0, 0, what)]
    if translation.front_matter is None:
        return [
            translation.text.problem(
                0, "The page's header cannot be read.", how="Mend it, then import."
            )
        ]
    twins = [anchor for anchor, times in _anchors(translation).items() if times > 1]
    return [
        translation.text.problem(
            0, f"The page has two sections “#{anchor}”.", how="Mend it, then import."
        )
        for anchor in twins
    ]


def _language(locale: str) -> str:
    # Tools write a language with a country of their own: "es-ES".
    return re.split("[-_]", locale)[0].lower()


def _anchors(page: Page) -> Counter[str]:
    return Counter(section.anchor for section in page.sections)


def _find_changes(
    document: Document, name: str, source: Page, current: Mapping[str, str]
) -> list[Problem]:
    """Each section of the source that is not what it was when the file was made."""
    sent: dict[str, set[str]] = {}
    for message in document.messages:
        sent.setdefault(message.anchor, set()).update({message.fingerprint} - {""})
    problems: list[Problem] = []
    for section in source.sections:
        expected = {current[section.anchor]} if section.anchor in current else set()
        if sent.get(section.anchor, expected) == expected:
            continue
        place = f"the section “{section.title}” (#{section.anchor})"
        if not sent[section.anchor]:
            what = f"The file does not tell which version of {place} it translates."
            problems.append(
                Problem(
                    name, 0, 0, what, "Each unit comes back with its note “fingerprint: …”.", _AGAIN
                )
            )
        else:
            what = f"The source of {place} has changed since the export."
            problems.append(Problem(name, 0, 0, what, "Nothing was taken from the file.", _AGAIN))
    return problems


def _targets(
    messages: Iterable[Message],
    name: str,
    source: Page,
    units: Iterable[Unit],
    signatures: Mapping[str, MacroSignature],
) -> tuple[dict[str, str], list[Problem]]:
    """The new text of each unit by its id, and every problem."""
    messages = list(messages)
    known = {unit.id: unit for unit in units}
    problems = [
        Problem(name, 0, 0, f"The unit “{id}” stands in the file {times} times.", how="Keep one.")
        for id, times in Counter(message.id for message in messages).items()
        if times > 1
    ]
    problems += [
        Problem(name, 0, 0, f"The unit “{message.id}” is not one of {source.path}.", how=_AGAIN)
        for message in messages
        if message.id not in known
    ]
    found: dict[str, Line | None] = {message.id: message.target for message in messages}
    texts: dict[str, str] = {}
    for id, unit in known.items():
        if id not in found:
            expected = "Every unit that was sent comes back."
            problems.append(Problem(name, 0, 0, f"The unit “{id}” is missing.", expected))
        elif not (line := found[id]):
            problems.append(Problem(name, 0, 0, f"The unit “{id}” is not translated."))
        else:
            texts[id], wrong = check_target(unit, line, name, source, signatures)
            problems += wrong
    return texts, problems
