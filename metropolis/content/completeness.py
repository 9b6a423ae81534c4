"""Whether every page is in every language and in the navigation, at an address that is its own. A
page that only a translation has is what remains of a source page that was renamed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from pathspec.gitignore import GitIgnoreSpec

from metropolis.language.cldr import english_name
from metropolis.problem import Problem, Severity
from metropolis.project import Project, read_configuration

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


def check_navigation(
    project: Project, names: Collection[str], generated_pages: Collection[str]
) -> Iterator[Problem]:
    """A problem for each source page, by `names`, that the navigation lacks, and for each line that
    names no page. Without “nav:” MkDocs makes its own."""
    document, _ = read_configuration(project.root)
    configuration = document.value if document and isinstance(document.value, dict) else {}
    if document is None or configuration.get("nav") is None or not names:
        return
    listed: set[str] = set()
    for path, address in document.walk():
        if path[:1] != ("nav",) or not isinstance(address, str):
            continue
        name = address.removesuffix(".md")
        listed.add(name)
        # Another site, or a place of this one that is no page's file.
        is_elsewhere = ":" in address or address.startswith("/")
        # The home page is reported as missing.
        is_known = name in names or name in generated_pages or name == HOME
        if not is_known and not is_elsewhere:
            what = f"There is no page “{address}” in {english_name(project.source)}."
            how = "Write the path of its file below the language's folder, or delete the line."
            yield document.problem(path, what, how=how)
    left_out = GitIgnoreSpec.from_lines(str(configuration.get("not_in_nav") or "").splitlines())
    for name in sorted(set(names) - listed):
        if not left_out.match_file(f"{project.source}/{name}.md"):
            what = "The page is not in the navigation: nobody would find it."
            how = f"Add a line “- {name}.md” under “nav:” in mkdocs.yml."
            yield Problem(project.page_path(project.source, name), 0, 0, what, how=how)
