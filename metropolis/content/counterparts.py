"""Whether every page has its counterpart in every language, at an address that is its own.

A page that one language lacks is a language's readers left out; a page that only a translation has
is what remains of a source page that was renamed. Pages made from data, and the other languages'
folders, have addresses that a page must not take."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from metropolis.problem import Problem, Severity
from metropolis.project import Project


def check_counterparts(
    project: Project, pages: Mapping[str, Collection[str]], generated_pages: Collection[str] = ()
) -> Iterator[Problem]:
    """A problem for each page that is missing, an orphan or hidden; `pages` are the names in each
    locale."""
    folder = project.content_dir.relative_to(project.root).as_posix()
    source = project.default_locale.code
    for locale in project.locales:
        if locale.code != source:
            own = f"{folder}/{locale.code}"
            for name in sorted(set(pages[source]) - set(pages[locale.code])):
                what = f"The page is missing: {folder}/{source}/{name}.md has no counterpart in"
                severity: Severity = "advice" if project.allows_missing else "error"
                words = (f"{what} {locale.name}.", "", "Write it.", severity)
                yield Problem(f"{own}/{name}.md", 0, 0, *words)
            for name in sorted(set(pages[locale.code]) - set(pages[source])):
                what = f"The page is an orphan: there is no {folder}/{source}/{name}.md."
                how = "Write that one, rename this one, or delete it."
                yield Problem(f"{own}/{name}.md", 0, 0, what, how=how)
    codes = {locale.code for locale in project.all_locales} - {source}
    for code, names in pages.items():
        for name in sorted(names):
            path, first = f"{folder}/{code}/{name}.md", name.partition("/")[0]
            if name in generated_pages:
                what = "A page of this name is already made from the data."
                yield Problem(path, 0, 0, what, how="Delete this one, and edit the data.")
            if code == source and first in codes:
                what = f"The addresses that begin with “{first}” are those of a language."
                yield Problem(path, 0, 0, what, how="Choose another name.")
