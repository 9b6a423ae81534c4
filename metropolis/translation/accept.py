"""Marks sections of a translation as current: the one way to do it, for named files, by a person
who has looked.

Nothing here judges the words. What it refuses is a mark that would mean nothing: a section that is
not there, one still in the source language, or a source that has changed under a translation that
has not, without a reason."""

from __future__ import annotations

import re
from dataclasses import dataclass

from metropolis.content.front_matter import FINGERPRINTS
from metropolis.content.page import Page
from metropolis.content.sections import Section
from metropolis.problem import Problem
from metropolis.translation.acceptance import Acceptance, How, Log
from metropolis.translation.fingerprint import (
    Fingerprint,
    Shown,
    fingerprint,
    section_text,
    text_fingerprint,
)
from metropolis.translation.status import staleness

_BLOCK = re.compile(rf"^{FINGERPRINTS}:[^\n]*\n(?:[ \t]+[^\n]*\n)*", re.MULTILINE)


@dataclass(frozen=True)
class Decision:
    """What a person said: the section meant ("" for all that need it), how, a reason, who and
    when."""

    section: str
    how: How
    reason: str
    by: str
    date: str


def accept(
    source: Page, page: Page, shown: Shown, log: Log, decision: Decision
) -> tuple[str, list[Acceptance], list[Problem]]:
    """The page's new text and the lines for the log; or, with problems, nothing to write."""
    sources = {section.anchor: section for section in source.sections}
    own = {section.anchor: section for section in page.sections}
    problems = _check(source, page, sources, own, decision)
    wanted = (
        [decision.section] if decision.section else [anchor for anchor in own if anchor in sources]
    )
    expected = {anchor: fingerprint(source, section, shown) for anchor, section in sources.items()}
    accepted: dict[str, Fingerprint] = {}
    lines: list[Acceptance] = []
    for anchor in wanted if not problems else []:
        reason = staleness(page, anchor, expected[anchor], log)
        if not reason:
            continue
        problems += _refuse(source, page, sources[anchor], own[anchor], log, decision)
        accepted[anchor] = expected[anchor]
        prints = (str(expected[anchor]), text_fingerprint(page, own[anchor]))
        lines.append(
            Acceptance(
                decision.date,
                decision.how,
                page.name,
                anchor,
                *prints,
                decision.by,
                decision.reason,
            )
        )
    if problems:
        return page.text.text, [], problems
    kept = page.front_matter.fingerprints if page.front_matter else {}
    recorded = {**{anchor: text for anchor, text in kept.items() if anchor in own}}
    recorded.update({anchor: str(one) for anchor, one in accepted.items()})
    return (
        _write_header(page, {anchor: recorded[anchor] for anchor in own if anchor in recorded}),
        lines,
        [],
    )


def _check(
    source: Page,
    page: Page,
    sources: dict[str, Section],
    own: dict[str, Section],
    decision: Decision,
) -> list[Problem]:
    if page.front_matter is None:
        return [
            page.text.problem(0, "The page's header cannot be read.", how="Mend it, then accept.")
        ]
    if decision.section and decision.section not in own:
        what = f"The page has no section “{decision.section}”."
        return [page.text.problem(0, what, f"Its sections are: {', '.join(own)}.")]
    if decision.section and decision.section not in sources:
        what = f"The source, {source.path}, has no section “{decision.section}”."
        return [
            page.text.problem(
                own[decision.section].start, what, how="Take it out of the translation."
            )
        ]
    return []


def _refuse(
    source: Page, page: Page, theirs: Section, mine: Section, log: Log, decision: Decision
) -> list[Problem]:
    """Why accepting this section would mean nothing."""
    if section_text(source, theirs) == section_text(page, mine):
        if decision.how == "editorial":
            return []
        what = f"The section “{mine.title}” is word for word the source's."
        how = 'Translate it. If it is right as it is, say why: --editorial "reason".'
        return [page.text.problem(mine.start, what, how=how)]
    before = log.last(page.name, mine.anchor)
    if before is None or decision.how == "editorial":
        return []
    is_changed = Fingerprint.parse(before.source).text != text_fingerprint(source, theirs)
    if is_changed and before.translation == text_fingerprint(page, mine):
        what = (
            f"The section “{mine.title}” is as it was when it was last accepted, and its source has"
            " changed."
        )
        how = 'Mend it. If the change asks for no other words here, say why: --editorial "reason".'
        return [page.text.problem(mine.start, what, how=how)]
    return []


def _write_header(page: Page, recorded: dict[str, str]) -> str:
    """The page's text with these fingerprints in its header, and nothing else changed."""
    header, body = page.text.text[: page.body_start], page.body
    header = _BLOCK.sub("", header)
    if recorded:
        block = "".join(f'  {anchor}: "{text}"\n' for anchor, text in recorded.items())
        closing = header.rstrip().rindex("\n") + 1
        header = f"{header[:closing]}{FINGERPRINTS}:\n{block}{header[closing:]}"
    return header + body
