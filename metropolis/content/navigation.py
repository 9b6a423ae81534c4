"""Whether the navigation in mkdocs.yml and the pages agree: MkDocs asks late, and in few words."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from pathspec.gitignore import GitIgnoreSpec

from metropolis.language.cldr import english_name
from metropolis.problem import Problem
from metropolis.project import Project, read_configuration
from metropolis.strict_yaml.document import Path


def check_navigation(
    project: Project, names: Collection[str], generated_pages: Collection[str]
) -> Iterator[Problem]:
    """A problem for each source page, by `names`, that the navigation lacks, and for each line that
    names no page. Without “nav:” MkDocs makes its own."""
    document, _ = read_configuration(project.root)
    configuration = document.value if document and isinstance(document.value, dict) else {}
    if document is None or configuration.get("nav") is None:
        return
    listed: set[str] = set()
    for path, address in _lines(configuration["nav"], ("nav",)):
        name = address.removesuffix(".md")
        listed.add(name)
        # Another site, or a place of this one that is no page's file.
        is_elsewhere = ":" in address or address.startswith("/")
        if name not in names and name not in generated_pages and not is_elsewhere:
            what = f"There is no page “{address}” in {english_name(project.source)}."
            how = "Write the path of its file below the language's folder, or delete the line."
            yield document.problem(path, what, how=how)
    left_out = GitIgnoreSpec.from_lines(str(configuration.get("not_in_nav") or "").splitlines())
    for name in sorted(set(names) - listed):
        if not left_out.match_file(f"{project.source}/{name}.md"):
            what = "The page is not in the navigation: nobody would find it."
            how = f"Add a line “- {name}.md” under “nav:” in mkdocs.yml."
            yield Problem(project.page_path(project.source, name), 0, 0, what, how=how)


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
