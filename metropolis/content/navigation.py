"""Whether the navigation in mkdocs.yml leads to every page, once, and has its words in every
language. MkDocs itself says little of this, and only during the build."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from pathspec.gitignore import GitIgnoreSpec

from metropolis.content.completeness import HOME
from metropolis.data.messages import nearest
from metropolis.language.cldr import english_name
from metropolis.problem import Problem, Severity
from metropolis.project import Project, i18n_options, read_configuration
from metropolis.strict_yaml.document import Path, YamlDocument

_ELSEWHERE = "Write the path of its file below the language's folder, or delete the line."
_NAMES = "nav_translations"


def check_navigation(
    project: Project, names: Collection[str], generated_pages: Collection[str]
) -> Iterator[Problem]:
    """A problem for each source page, by `names`, that the navigation lacks or has twice, for each
    line that leads nowhere, and for each title without a name in a language. Without “nav:” MkDocs
    makes its own."""
    document, _ = read_configuration(project.root)
    configuration = document.value if document and isinstance(document.value, dict) else {}
    if document is None or configuration.get("nav") is None or not names:
        return
    listed: dict[str, int] = {}  # the line of each
    strange: dict[Path, str] = {}
    for path, address in document.walk():
        if path[:1] != ("nav",) or not isinstance(address, str):
            continue
        if ":" in address or address.startswith("/"):
            yield from _check_outside(document, path, address)
            continue
        plain = address.replace("\\", "/").removeprefix("./").removeprefix(f"{project.source}/")
        name = plain.removesuffix(".md")
        # The home page is reported as missing.
        is_known = name in names or name in generated_pages or name == HOME
        if not is_known:
            strange[path] = address
            continue
        if address != f"{name}.md":
            what = f"“{address}” is not the path of a page below its language's folder."
            yield document.problem(path, what, how=f"Write {name}.md.")
        elif name in listed:
            what = f"The page is in the navigation already, on line {listed[name]}."
            yield document.problem(path, what, how="Delete one of the two lines.")
        listed.setdefault(name, document.mark(path)[0])
    unlisted = set(names) - set(listed)
    for path, address in strange.items():
        meant = nearest(address.removesuffix(".md"), unlisted)
        unlisted = {name for name in unlisted if f"“{name}”" not in meant}
        what = f"There is no page “{address}” in {english_name(project.source)}."
        yield document.problem(path, what, how=meant.replace("”", ".md”") or _ELSEWHERE)
    yield from _find_unlisted(project, configuration, unlisted)
    if configuration.get("site_name"):  # or else MkDocs refuses it
        yield from _check_titles(project, document)


def _check_outside(document: YamlDocument, path: Path, address: str) -> Iterator[Problem]:
    """Of an address of another site, or of a place of this one that is no page's file."""
    if isinstance(path[-1], int):
        what, how = f"The link to {address} has no words.", f'Write - "Words": {address}'
        yield document.problem(path, what, how=how)


def _find_unlisted(
    project: Project, configuration: dict[str, Any], names: Collection[str]
) -> Iterator[Problem]:
    left_out = GitIgnoreSpec.from_lines(str(configuration.get("not_in_nav") or "").splitlines())
    for name in sorted(names):
        if not left_out.match_file(f"{project.source}/{name}.md"):
            what = "The page is not in the navigation: nobody would find it."
            how = f"Add a line “- {name}.md” under “nav:” in mkdocs.yml."
            yield Problem(project.page_path(project.source, name), 0, 0, what, how=how)


@dataclass(frozen=True)
class _Names:
    """What one target language, at `path` of the configuration, calls the titles."""

    code: str
    path: Path
    texts: dict[str, object]


def _check_titles(project: Project, document: YamlDocument) -> Iterator[Problem]:
    """Titles that the readers of a language would get in the source language. The site's own name
    has no translation."""
    titles = {
        str(path[-1]): path
        for path, _ in document.walk()
        if path[:1] == ("nav",) and isinstance(path[-1], str) and len(path) > 1
    }
    titles.pop(str(document.value["site_name"]), None)
    lacking: dict[str, list[str]] = {title: [] for title in titles}
    severity: Severity = "advice" if project.allows_missing else "error"
    for names in _names(project, document):
        if titles and not names.texts:
            what = f"The titles of the navigation have no names in {english_name(names.code)}."
            how = f"Add “{_NAMES}:” below the language's name, with a line for each: "
            how += f"{next(iter(titles))}: …"
            yield document.problem(names.path, what, how=how, severity=severity)
            continue
        missing = [title for title in titles if not names.texts.get(title)]
        for key in names.texts.keys() - titles.keys():
            if meant := nearest(key, missing):
                missing = [title for title in missing if f"“{title}”" not in meant]
                what = f"The navigation has no title “{key}”."
                yield document.name_problem((*names.path, _NAMES, key), what, how=meant)
        for title in missing:
            lacking[title].append(english_name(names.code))
    for title, languages in lacking.items():
        if languages:
            what = f"The title “{title}” has no name in {' and '.join(languages)}."
            how = f"Add it below “{_NAMES}:” of each language in mkdocs.yml: {title}: …"
            place = document.keys[titles[title]]
            yield Problem(document.file, *place, what, how=how, severity=severity)


def _names(project: Project, document: YamlDocument) -> Iterator[_Names]:
    """Of each published target language."""
    options, path = i18n_options(document.value)
    for index, language in enumerate(_items(options.get("languages"))):
        if language["locale"] in project.codes[1:]:
            texts = language.get(_NAMES)
            given = texts if isinstance(texts, dict) else {}
            yield _Names(language["locale"], (*path, index), given)


def _items(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
