"""Whether every page has its counterpart in every language, at an address that is its own.

A page that one language lacks is a language's readers left out; a page that only a translation has
is what remains of a source page that was renamed. Pages made from data, and the other languages'
folders, have addresses that a page must not take."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from metropolis.problem import Problem, Severity
from metropolis.project import Project


def check_counterparts(
    project: Project, pages: Mapping[str, Collection[str]], generated_pages: Collection[str] = ()
) -> list[Problem]:
    """A problem for each page that is missing, an orphan or hidden; `pages` are the names in each
    locale."""
    return [*_compare_locales(project, pages), *_find_hidden(project, pages, generated_pages)]


def _compare_locales(project: Project, pages: Mapping[str, Collection[str]]) -> list[Problem]:
    """Pages that a target locale lacks (missing), and those that it alone has (orphans)."""
    source = project.default_locale.code
    folder = project.content_dir.relative_to(project.root).as_posix()
    problems: list[Problem] = []
    for locale in project.locales:
        if locale.code == source:
            continue
        for name in sorted(set(pages[source]) - set(pages[locale.code])):
            what = (
                f"The page is missing: {folder}/{source}/{name}.md has no counterpart in"
                f" {locale.name}."
            )
            severity: Severity = "advice" if project.allows_missing else "error"
            problems.append(
                Problem(f"{folder}/{locale.code}/{name}.md", 0, 0, what, "", "Write it.", severity)
            )
        for name in sorted(set(pages[locale.code]) - set(pages[source])):
            what = f"The page is an orphan: there is no {folder}/{source}/{name}.md."
            how = "Write that one, rename this one, or take it out."
            problems.append(Problem(f"{folder}/{locale.code}/{name}.md", 0, 0, what, how=how))
    return problems


def _find_hidden(
    project: Project, pages: Mapping[str, Collection[str]], generated_pages: Collection[str]
) -> list[Problem]:
    """Pages whose address belongs to something else: a page made from data, or another language."""
    source = project.default_locale.code
    folder = project.content_dir.relative_to(project.root).as_posix()
    codes = {locale.code for locale in project.all_locales} - {source}
    problems: list[Problem] = []
    for locale, names in pages.items():
        for name in sorted(names):
            path = f"{folder}/{locale}/{name}.md"
            if name in generated_pages:
                what = "A page of this name is already made from the data."
                problems.append(
                    Problem(path, 0, 0, what, how="Delete this one, and edit the data.")
                )
            first = name.partition("/")[0]
            if locale == source and first in codes:
                what = f"The addresses that begin with “{first}” are those of a language."
                problems.append(Problem(path, 0, 0, what, how="Choose another name."))
    return problems
