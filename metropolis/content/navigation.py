"""Whether the navigation in mkdocs.yml and the pages agree.

MkDocs asks this during a build only, once for each language, and does not say where to add a page.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from pathspec.gitignore import GitIgnoreSpec

from metropolis.problem import Problem
from metropolis.project import CONFIGURATION, Project, read_configuration
from metropolis.strict_yaml.document import Path

_HOW = "Add a line “- {}.md” under “nav:” in mkdocs.yml."


def check_navigation(
    project: Project, names: Collection[str], generated_pages: Collection[str]
) -> Iterator[Problem]:
    """A problem for each of the source language's pages, by their `names`, that no line of the
    navigation names, and for each line that names no page. Without “nav:” MkDocs makes its own."""
    document, _ = read_configuration(project.root)
    configuration = document.value if document and isinstance(document.value, dict) else {}
    if document is None or configuration.get("nav") is None:
        return
    listed: set[str] = set()
    for path, address in _lines(configuration["nav"], ("nav",)):
        name = address.removesuffix(".md")
        listed.add(name)
        if name not in names and name not in generated_pages and not _is_elsewhere(address):
            what = f"There is no page “{address}” in {project.default_locale.name}."
            how = "Write the path of its file below the language's folder, or delete the line."
            yield Problem(CONFIGURATION, *document.mark(path), what, how=how)
    left_out = GitIgnoreSpec.from_lines(str(configuration.get("not_in_nav") or "").splitlines())
    code = project.default_locale.code
    for name in sorted(set(names) - listed):
        if not left_out.match_file(f"{code}/{name}.md"):
            path_of_page = f"{project.content_dir.name}/{code}/{name}.md"
            what = "The page is not in the navigation: nobody would find it."
            yield Problem(path_of_page, 0, 0, what, how=_HOW.format(name))


def _lines(entries: Any, path: Path) -> Iterator[tuple[Path, str]]:
    """Where addresses are in the navigation: lists, and titles with an address or a list."""
    if isinstance(entries, str):
        yield path, entries
    elif isinstance(entries, list):
        for number, entry in enumerate(entries):
            yield from _lines(entry, (*path, number))
    elif isinstance(entries, dict):
        for title, entry in entries.items():
            yield from _lines(entry, (*path, title))


def _is_elsewhere(address: str) -> bool:
    """Whether it leads to another site, or to a place of this one that is no page's file."""
    return ":" in address or address.startswith("/")
