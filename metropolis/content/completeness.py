"""Whether every page is in every language, at an address that is its own. A page that only a
translation has is what remains of a source page that was renamed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from metropolis.language.cldr import english_name
from metropolis.problem import Problem, Severity
from metropolis.project import Project

HOME = "index"


def check_counterparts(
    project: Project, pages: Mapping[str, Collection[str]], generated_pages: Collection[str] = ()
) -> Iterator[Problem]:
    """A problem for each page that is missing, an orphan or hidden; `pages`: names by locale."""
    source = project.source
    severity: Severity = "advice" if project.allows_missing else "error"
    empty = {code for code, own in pages.items() if not own}
    if len(empty) == len(pages):  # one problem, of the folder of all pages
        return
    for code in sorted(empty):
        what = f"There is no page in {english_name(code)}."
        how = "Take the folder back from git, or begin with: metropolis translation start"
        how = "Take the folder back from git." if code == source else f"{how} {code}."
        folder = project.page_path(code, HOME).removesuffix(f"/{HOME}.md")
        yield Problem(folder, 0, 0, what, how=how, severity="error" if code == source else severity)
    if HOME not in pages[source] and source not in empty:
        what = "The home page is missing: the site begins there."
        yield Problem(project.page_path(source, HOME), 0, 0, what, how="Write it.")
    for locale in project.locales[1:]:
        if not empty.isdisjoint((source, locale.code)):
            continue
        theirs, own = set(pages[source]) | {HOME}, set(pages[locale.code])
        for name in sorted(theirs - own):
            what = f"The page is missing: {project.page_path(source, name)} has no counterpart in"
            words = (f"{what} {english_name(locale.code)}.", "", "Write it.", severity)
            yield Problem(project.page_path(locale.code, name), 0, 0, *words)
        for name in sorted(own - theirs):
            what = f"The page is an orphan: there is no {project.page_path(source, name)}."
            how = "Write that one, rename this one, or delete it."
            yield Problem(project.page_path(locale.code, name), 0, 0, what, how=how)
    yield from check_addresses(project, pages, generated_pages)


def check_addresses(
    project: Project, pages: Mapping[str, Collection[str]], generated_pages: Collection[str]
) -> Iterator[Problem]:
    """A problem for each of `pages`, names by locale, at an address that something else has."""
    source = project.source
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
