"""Everything that a build needs to know before the first page: read once, checked once.

`prepare` is the gate: the command line, `mkdocs build` and `mkdocs serve` all pass through it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from macros import signatures
from metropolis.content.check import check_content
from metropolis.content.page import read_pages
from metropolis.data.load import load_records
from metropolis.data.records import Records
from metropolis.problem import Problem
from metropolis.project import Project, read_project
from metropolis.site.generated import generated_names


@dataclass(frozen=True)
class Prepared:
    """What the gate let through.

    `page_names` are the pages of each language, generated ones included; `generated` those made from data;
    `characters` every character that the pages and the data show; `advice` does not stop a build.
    """

    project: Project
    records: Records
    page_names: dict[str, frozenset[str]]
    generated: frozenset[str]
    characters: frozenset[str]
    advice: tuple[Problem, ...]


def prepare(root: Path) -> tuple[Prepared | None, list[Problem]]:
    """Reads and checks the project at `root`: (what was read, advice), or (None, every problem found)."""
    project, problems = read_project(root)
    if project is None:
        return None, problems
    records, problems = load_records(project)
    if records is None:
        return None, problems
    generated = generated_names(records)
    problems += check_content(project, signatures(records), generated, anchors(records))
    if any(problem.severity == "error" for problem in problems):
        return None, sorted(problems)
    names: dict[str, set[str]] = {locale.code: set(generated) for locale in project.locales}
    for page in read_pages(project)[0]:
        names[page.locale].add(page.name)
    frozen = {locale: frozenset(found) for locale, found in names.items()}
    return Prepared(project, records, frozen, generated, _characters(project), tuple(problems)), problems


def _characters(project: Project) -> frozenset[str]:
    """Read from the files as they are: what stands in a comment too, which costs nothing."""
    files = [*project.content_dir.rglob("*.md"), *project.data_dir.glob("*.yml")]
    return frozenset().union(*(file.read_text("utf-8") for file in files))


def anchors(records: Records) -> dict[str, frozenset[str]]:
    """The anchors that macros write on hand-written pages, for link checks."""
    found = {
        "milestones": frozenset(records.milestones),
        "references": frozenset(records.references),
        "glossary": frozenset(records.glossary),
        "rethink": frozenset(records.call_points),
        "members/index": frozenset(records.members),
        "action-plan/index": frozenset(records.result_kinds),
    }
    for line in records.action_lines.values():
        own = {idea.id for idea in line.key_ideas} | {axis.id for axis in line.axes}
        own |= {result.id for axis in line.axes for result in axis.results}
        found[f"action-plan/{line.id}"] = frozenset(own)
    return found
