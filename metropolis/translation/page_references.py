"""Finds and rewrites the names of pages outside the pages: in the navigation of mkdocs.yml, the
editions of the book, the key figures, the exceptions of the checks of wording, and the synonyms of
the search."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

from metropolis.project import Project
from metropolis.strict_yaml.source import read_yaml
from metropolis.wording.synonyms import synonyms_file

_LISTS = (("pages",), ("left_out",))
_NAV = re.compile(r"^nav:.*?(?=^\S|\Z)", re.MULTILINE | re.DOTALL)


def renamed_references(project: Project, old: str, new: str) -> dict[str, str]:
    """The new text of each file that names the page or the section `old`, by its path in the
    project."""
    root = project.root
    renames: dict[Path, Callable[[str, str, str], str]] = {
        root / "mkdocs.yml": _in_navigation,
        project.data_dir / "editions.yml": _in_editions,
        project.data_dir / "key-figures.yml": _in_figures,
        root / "language" / "rules.yml": partial(_in_rules, project),
        **{root / synonyms_file(one.code): _in_synonyms for one in project.all_locales},
    }
    found: dict[str, str] = {}
    for file, rename in renames.items():
        if file.exists():
            before = file.read_text("utf-8-sig")
            after = rename(before, old, new)
            if after != before:
                found[file.relative_to(root).as_posix()] = after
    return found


def _in_navigation(text: str, old: str, new: str) -> str:
    return _NAV.sub(lambda nav: _replace(nav[0], f"{old}.md", f"{new}.md"), text)


def _replace(text: str, old: str, new: str) -> str:
    return re.sub(rf"(?<![\w./-]){re.escape(old)}(?![\w/-])", new, text)


def _in_rules(project: Project, text: str, old: str, new: str) -> str:
    for code in (locale.code for locale in project.all_locales):
        text = _replace(text, project.page_path(code, old), project.page_path(code, new))
    return text


def _in_synonyms(text: str, old: str, new: str) -> str:
    """Only the places before the colon: a synonym may be the same word."""
    return re.sub(rf"(?m)^(['\"]?){re.escape(old)}(?=['\"]?\s*:|#)", rf"\g<1>{new}", text)


def _in_figures(text: str, old: str, new: str) -> str:
    begin = rf"(?m)^(\s*(?:- +)?page: *[\"']?){re.escape(_address(old))}(?=#|[\"']?\s*$)"
    return re.sub(begin, rf"\g<1>{_address(new)}", text)


def _address(place: str) -> str:
    """Of the page or section below its language: vision/#peace, members/."""
    name, sign, anchor = place.partition("#")
    folder = name.removesuffix("index") if f"/{name}".endswith("/index") else f"{name}/"
    return f"{folder}{sign}{anchor}"


def _in_editions(text: str, old: str, new: str) -> str:
    """Only whole items of lists of pages: a title may be the same word."""
    document, _ = read_yaml(text, "editions.yml", trailing_comments=True)
    items = document.walk() if document else ()
    places = [
        path
        for path, value in items
        if path[-2:-1] in _LISTS and f"{value}#".startswith(f"{old}#")  # or a section of it
    ]
    marks = [document.mark(path) for path in places] if document else []
    lines = text.split("\n")
    for line, column in sorted(marks, reverse=True):
        head, tail = lines[line - 1][: column - 1], lines[line - 1][column - 1 :]
        lines[line - 1] = head + tail.replace(old, new, 1)
    return "\n".join(lines)
