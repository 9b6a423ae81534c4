"""Whether every page has its counterpart in every language, at an address that is its own. A page
that only a translation has is what remains of a source page that was renamed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from metropolis.language.cldr import english_name
from metropolis.problem import Problem, Severity
from metropolis.project import Project


def check_counterparts(
    project: Project, pages: Mapping[str, Collection[str]], generated_pages: Collection[str] = ()
) -> Iterator[Problem]:
    """A problem for each page that is missing, an orphan or hidden; `pages`: names by locale."""
    source = project.source
    severity: Severity = "advice" if project.allows_missing else "error"
    for locale in project.locales[1:]:
        theirs, own = set(pages[source]), set(pages[locale.code])
        for name in sorted(theirs - own):
            what = f"The page is missing: {project.page_path(source, name)} has no counterpart in"
            words = (f"{what} {english_name(locale.code)}.", "", "Write it.", severity)
            yield Problem(project.page_path(locale.code, name), 0, 0, *words)
        for name in sorted(own - theirs):
            what = f"The page is an orphan: there is no {project.page_path(source, name)}."
            how = "Write that one, rename this one, or delete it."
            yield Problem(project.page_path(locale.code, name), 0, 0, what, how=how)
    codes = {locale.code for locale in project.all_locales} - {source}
    for code, names in pages.items():
        for name in sorted(names):
            path, first = project.page_path(code, name), name.partition("/")[0]
            if name in generated_pages:
                what = "A page of this name is already made from the data."
                yield Problem(path, 0, 0, what, how="Delete this one, and edit the data.")
            if code == source and first in codes:
                what = f"The addresses that begin with “{first}” are those of a language."
                yield Problem(path, 0, 0, what, how="Choose another name.")
