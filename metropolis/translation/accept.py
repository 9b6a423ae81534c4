"""Marks sections of a translation as current: the only way, for named files, by who has read them.
It rejects marks without meaning: no section, the source's words, an unchanged translation."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from metropolis.content.front_matter import FINGERPRINTS
from metropolis.content.headings import Section
from metropolis.content.page import Page
from metropolis.problem import Problem
from metropolis.translation.acceptance import Acceptance, Author, How, Log
from metropolis.translation.fingerprint import Fingerprint, Shown, copied_sections, fingerprints
from metropolis.translation.status import staleness

_BLOCK = re.compile(rf"^{FINGERPRINTS}:[^\n]*\n(?:[ \t]+[^\n]*\n)*", re.MULTILINE)


@dataclass(frozen=True)
class Decision:
    """A person's decision: the section ("" for all that need it), how, and a reason."""

    section: str
    how: How
    reason: str
    author: Author


def accept(
    source: Page, page: Page, shown: Shown, log: Log, decision: Decision
) -> tuple[str, list[Acceptance], list[Problem]]:
    """The page's new text and the lines for the log; or, with problems, nothing to write."""
    sources = {section.anchor for section in source.sections}
    own = {section.anchor: section for section in page.sections}
    copied = copied_sections(source, page)
    problems = _check(source, page, sources, own, decision)
    every = [anchor for anchor in own if anchor in sources]
    wanted = [decision.section] if decision.section else every
    expected, mine = fingerprints(source, shown), fingerprints(page)
    lines: list[Acceptance] = []
    for anchor in wanted if not problems else []:
        if not staleness(page, anchor, expected[anchor], log):
            continue
        before = log.last(page.name, anchor)
        is_untouched = before and _is_untouched(before, expected[anchor], mine[anchor])
        if decision.how != "editorial" and (anchor in copied or is_untouched):
            problems.append(_refuse(page, own[anchor], anchor in copied))
        who, texts = decision.author, (page.name, anchor, str(expected[anchor]), mine[anchor].text)
        lines.append(Acceptance(who.date, decision.how, *texts, who.name, decision.reason))
    if problems:
        return page.text.text, [], problems
    accepted = {line.section: line.source for line in lines}
    return write_fingerprints(page, {**page.recorded, **accepted}), lines, []


def _check(
    source: Page, page: Page, sources: Collection[str], own: dict[str, Section], decision: Decision
) -> list[Problem]:
    if page.front_matter is None:
        return [page.problem(0, "The page's header cannot be read.", how="Fix it, then accept.")]
    if decision.section and decision.section not in own:
        what = f"The page has no section “{decision.section}”."
        return [page.problem(0, what, f"Its sections are: {', '.join(own)}.")]
    if decision.section and decision.section not in sources:
        what = f"The source, {source.path}, has no section “{decision.section}”."
        start, how = own[decision.section].start, "Remove it from the translation."
        return [page.problem(start, what, how=how)]
    return []


def _refuse(page: Page, section: Section, is_copy: bool) -> Problem:
    if is_copy:
        what = f"The section “{section.title}” is word for word the source's."
        how = "Translate it. If it is right as it is, say why:"
    else:
        what = f"The section “{section.title}” is as it was when it was last accepted,"
        what = f"{what} and its source has changed."
        how = "Edit it. If the change needs no new wording here, say why:"
    return page.problem(section.start, what, how=f'{how} --editorial "reason".')


def _is_untouched(before: Acceptance, source: Fingerprint, translation: Fingerprint) -> bool:
    """Whether a section is as it was accepted, while its source has changed."""
    is_same = Fingerprint.parse(before.translation).has_text_of(translation)
    return is_same and not Fingerprint.parse(before.source).has_text_of(source)


def write_fingerprints(page: Page, recorded: Mapping[str, str]) -> str:
    """The page's text with the fingerprints of its sources in its header, and no other change."""
    header = _BLOCK.sub("", page.text.text[: page.body_start])
    anchors = [section.anchor for section in page.sections if section.anchor in recorded]
    if anchors:
        block = "".join(f'  {anchor}: "{recorded[anchor]}"\n' for anchor in anchors)
        closing = header.rstrip().rindex("\n") + 1
        header = f"{header[:closing]}{FINGERPRINTS}:\n{block}{header[closing:]}"
    return header + page.body
