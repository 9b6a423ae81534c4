"""Reads and checks the project before a build: data, pages, translations, wording. `prepare` is the
gate: the command line, `mkdocs build` and `mkdocs serve` all pass through it."""

from __future__ import annotations

import gc
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from metropolis.background import Background
from metropolis.builder.figure_pages import check_figure_pages
from metropolis.builder.generated_pages import generated_names
from metropolis.content.check import check_pages
from metropolis.content.files import list_entries, list_pages
from metropolis.content.lost_sentences import REMEDIES
from metropolis.content.macro_signature import Signatures
from metropolis.data.records import Records
from metropolis.data.schema import outdated_schemas
from metropolis.inputs import Files, Known
from metropolis.pdf.edition_check import edition_problems
from metropolis.problem import Problem, ProblemsError, of_kind
from metropolis.project import CONFIGURATION, Project
from metropolis.translation.workbench import Workbench, open_workbench
from metropolis.wording.synonyms import synonym_problems


@dataclass(frozen=True)
class Prepared:
    """A project that may be built. `page_names` are the pages of each language, with those made
    from data (`generated`). `characters` are all that pages and data show."""

    workbench: Workbench
    page_names: dict[str, frozenset[str]]
    generated: frozenset[str]
    characters: frozenset[str]

    @property
    def project(self) -> Project:
        return self.workbench.project

    @property
    def records(self) -> Records:
        return self.workbench.records


@dataclass
class Checks:
    """Checks while a build goes on: `known` has ended, the others run in their own processes."""

    known: list[Problem]
    form_elsewhere: Background[list[Problem]]
    wording_elsewhere: Background[list[Problem]]

    @cached_property
    def form(self) -> list[Problem]:
        """Problems of how pages are written. No page is rendered before these are known."""
        return sorted([*self.known, *self.form_elsewhere.result()])

    @cached_property
    def all(self) -> list[Problem]:
        """All problems, also of the wording, which take longest: the new site waits for them."""
        return _without_echoes([*self.form, *self.wording_elsewhere.result()])


def prepare(root: Path) -> tuple[Prepared | None, list[Problem]]:
    """Reads and checks the project at `root`: (the project, advice), or (None, all problems)."""
    # All that is read stays until the end: garbage collection would take a tenth of the time.
    gc.disable()
    try:
        prepared, checks = begin(root)
        return None if has_errors(checks.all) else prepared, checks.all
    finally:
        gc.enable()


def begin(root: Path) -> tuple[Prepared | None, Checks]:
    """Reads the project at `root` and starts the checks. None if it cannot be read."""
    workbench, problems = open_workbench(root)
    if workbench is None:
        nothing = Background[list[Problem]](list, is_short=True)
        return None, Checks(problems, nothing, nothing)
    project = workbench.project
    form = Background(lambda: _judged(project, _form_problems(workbench)), is_urgent=True)
    wording = Background(lambda: _judged(project, workbench.wording_problems()))
    known = _judged(project, _status_problems(workbench))
    return None if has_errors(known) else as_prepared(workbench), Checks(known, form, wording)


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether one of the problems stops a build."""
    return any(problem.severity == "error" for problem in problems)


def examine(workbench: Workbench) -> list[Problem]:
    """All problems of the pages, sorted: form, wording, translations. For the preview."""
    problems = [*_status_problems(workbench), *_form_problems(workbench)]
    return _without_echoes(_judged(workbench.project, [*problems, *workbench.wording_problems()]))


def _status_problems(workbench: Workbench) -> list[Problem]:
    status = of_kind("translation", workbench.status_problems())
    return [*of_kind("markup", workbench.problems), *status]


def _form_problems(workbench: Workbench) -> list[Problem]:
    project, records, pages = workbench.project, workbench.records, workbench.pages.values()
    generated = generated_names(records)
    # The macros come from our code, which is in every key, and from the data.
    signatures: Known[Signatures] = Known(workbench.known.digest, workbench.signatures)
    theirs = anchors(records)
    behind = {status.path: status.behind for status in workbench.statuses if status.behind}
    made = (generated, theirs)
    problems = check_pages(project, pages, signatures, *made, workbench.cache, behind)
    # A page that cannot be read is there all the same.
    names = list_pages(list_entries(project), project.source)
    places = {*names, *generated}
    own = {page.name: {one.name for one in page.anchors} for page in workbench.sources.values()}
    known = {name: {*own.get(name, ()), *theirs.get(name, ())} for name in places}
    lists = [
        *of_kind("data", check_figure_pages(project, known)),
        *of_kind("lists", synonym_problems(project, records, places)),
        *of_kind("configuration", edition_problems(project, records, list(names))),
    ]
    return [
        *problems,
        *(lists if names else ()),  # without any page, all that they name is lost
        *of_kind("data", outdated_schemas(project)),
        *of_kind("configuration", _refused_configuration(workbench, problems)),
    ]


def _refused_configuration(workbench: Workbench, known: Iterable[Problem]) -> list[Problem]:
    """What MkDocs refuses of mkdocs.yml; not if its extensions cannot be loaded, as is `known`, nor
    of a part of a project, which has no theme."""
    is_told = any((one.path, one.line) == (CONFIGURATION, 0) for one in known)
    if is_told or not workbench.project.theme_dir.is_dir():
        return []
    root = workbench.project.root
    files = Files.under(root, [root / CONFIGURATION])
    try:
        workbench.cache.remember("configuration", files, _ask_mkdocs)
    except ProblemsError as refused:  # not remembered: a folder may be what it lacks
        return refused.problems
    return []


def _ask_mkdocs(configuration: Files) -> bool:
    from metropolis.site.configuration import read_mkdocs  # takes a second

    read_mkdocs(configuration.root, configuration.root / "site")
    return True


def _judged(project: Project, problems: Iterable[Problem]) -> list[Problem]:
    """Sorted. A language that is not published yet gets advice in place of errors."""
    drafts = tuple(f"{project.content_dir.name}/{locale.code}/" for locale in project.drafts)
    return sorted(
        replace(problem, severity="advice") if problem.path.startswith(drafts) else problem
        for problem in problems
    )


def _without_echoes(problems: list[Problem]) -> list[Problem]:
    """Sorted, without those of the signs on a line that is to begin otherwise: it is typed anew.
    Nor is a sentence told that a passage lacks, if it lacks a term: one cause."""
    anew = {
        (one.path, one.line)
        for one in problems
        if (one.kind, one.severity, one.column) == ("markup", "error", 1)
    }
    without_term = {(one.path, one.line, one.column) for one in problems if one.kind == "term"}
    return sorted(
        one
        for one in problems
        if (one.kind != "typography" or (one.path, one.line) not in anew)
        and (one.how not in REMEDIES or (one.path, one.line, one.column) not in without_term)
    )


def as_prepared(workbench: Workbench) -> Prepared:
    """What a build needs. Only a preview goes on from here although checks have found errors."""
    generated = generated_names(workbench.records)
    names = {code: set(generated) for code in workbench.project.codes}
    for page in workbench.pages.values():
        if page.locale in names:
            names[page.locale].add(page.name)
    frozen = {locale: frozenset(found) for locale, found in names.items()}
    return Prepared(workbench, frozen, generated, _characters(workbench.project))


def _characters(project: Project) -> frozenset[str]:
    """The characters of the files as they are, comments too: a few more cost nothing."""
    files = [*project.content_dir.rglob("*.md"), *project.data_dir.glob("*.yml")]
    texts = (file.read_text("utf-8", "replace") for file in files if file.is_file())
    return frozenset().union(*texts)


def anchors(records: Records) -> dict[str, frozenset[str]]:
    """The anchors that macros write on the pages in content/, for the check of links."""
    found = {
        "milestones": frozenset(
            [*records.milestones, *(f"year-{one.year}" for one in records.milestones.values())]
        ),
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
