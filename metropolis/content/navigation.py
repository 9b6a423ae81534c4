"""Whether the navigation in mkdocs.yml and the pages agree: MkDocs asks late, and in few words."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from pathspec.gitignore import GitIgnoreSpec

from metropolis.language.cldr import english_name
from metropolis.problem import Problem
from metropolis.project import Project, read_configuration


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
    for path, address in document.walk():
        if path[:1] != ("nav",) or not isinstance(address, str):
            continue
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
