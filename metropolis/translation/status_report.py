"""Statuses and differences as text for translators, and as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import get_args

from metropolis.language.cldr import english_name
from metropolis.project import Project
from metropolis.report import counted
from metropolis.translation.section_difference import Difference, PassageChange
from metropolis.translation.status import PageStatus, SectionStatus, State

STATES: tuple[State, ...] = get_args(State)


def counts_text(project: Project, statuses: Sequence[PageStatus]) -> str:
    """One line for each target locale: pages and sections, by state."""
    lines = []
    for locale in project.targets:
        pages, sections = map(_listed, _by_state(statuses, locale.code))
        draft = " (being translated, not published)" if locale.is_draft else ""
        name = english_name(locale.code)
        lines.append(f"{locale.code}  {name}{draft}: pages: {pages}; sections: {sections}")
    return "\n".join(lines)


def _by_state(statuses: Iterable[PageStatus], locale: str) -> list[dict[str, int]]:
    """How many pages of a locale, and how many of their sections, are in each state."""
    own = [page for page in statuses if page.locale == locale]
    every = ([page.state for page in own], [one.state for page in own for one in page.sections])
    return [{state: states.count(state) for state in STATES} for states in every]


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {state}" for state, count in counts.items() if count) or "none"


def work_text(statuses: Iterable[PageStatus]) -> str:
    """For each page, the sections that need work and why; pages that need none are left out."""
    return "\n\n".join(_page_work(page) for page in statuses if page.state != "current")


def _page_work(page: PageStatus) -> str:
    if all(section.line == 0 for section in page.sections):
        source = f"{page.source_path}, {counted(len(page.sections), 'section')}"
        return f"{page.path}: missing; its source is {source}."
    if page.state == "orphan":
        return f"{page.path}: an orphan; there is no {page.source_path}."
    lines: list[str] = []
    for one in page.sections:
        if one.state != "current":
            place = f"{page.path}:{one.line or 1}: #{one.anchor} “{one.title}”"
            state = "an orphan" if one.state == "orphan" else one.state
            line = f":{one.source_line}" if one.source_line else ""
            lines.append(f"{place} is {state}: {one.reason} ({page.source_path}{line}).")
    return "\n".join(lines)


def status_json(project: Project, statuses: Sequence[PageStatus]) -> str:
    """`{"locales": {"es": {"pages": {…}, "sections": {…}}}, "pages": […]}`, in stable order."""
    locales = {}
    for locale in project.targets:
        pages, sections = _by_state(statuses, locale.code)
        counts = {"pages": pages, "sections": sections}
        locales[locale.code] = {"name": locale.name, "published": not locale.is_draft, **counts}
    report = {"locales": locales, "pages": [asdict(page) for page in statuses]}
    return json.dumps(report, ensure_ascii=False, indent=2)


def difference_text(section: SectionStatus, difference: Difference) -> str:
    place = f"line {section.line or f'{section.source_line} of the source'}"
    lines = [f"#{section.anchor} “{section.title}” ({place}): {section.reason}."]
    if not difference.is_text_found:
        what = "The text that was accepted is not in the history here"
        lines.append(f"  {what}; the source as it is now:")
    for change in difference.texts:
        lines += _change_lines(change)
    if not difference.is_shown_found:
        what = "The data as they were then are not in the history here"
        lines.append(f"  {what}: compare what its macros show.")
    for change in difference.shown:
        lines += _change_lines(change)
    return "\n".join(lines)


def _change_lines(change: PassageChange) -> list[str]:
    then = [f"  then  {text}" for text in change.then]
    return [*then, *(f"  now   {text}" for text in change.now), ""]
