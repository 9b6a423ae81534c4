"""Names and kinds of the files under content/. A symbolic link publishes a file from elsewhere;
names that differ by case are one file on half of our machines; other folders reach no reader."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from metropolis.content.drawings import check_drawing
from metropolis.content.images import IMAGE_SUFFIXES, check_image
from metropolis.leftovers import is_leftover
from metropolis.portable_names import find_faults, fold_name
from metropolis.problem import Problem
from metropolis.project import Project
from metropolis.system_error import reason
from metropolis.text_file import read_bytes, read_text

IMAGES = "images"
# A page is some kilobytes, a good image some hundred; a larger file keeps readers waiting.
LARGEST_FILE = 1_000_000
LARGEST_PAGE = 200_000

# Addresses at the top that are not a page's: the site's own folders, the previews of pushes
# (publish/nginx.py), the page of the local preview that shows the styles.
RESERVED = frozenset({"404", "api", "assets", "pdf", "preview", "search", "style"})

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# Endings of the same kinds that other programs write.
_ENDINGS = {".jpeg": ".jpg", ".jpe": ".jpg", ".jfif": ".jpg", ".markdown": ".md", ".mdown": ".md"}
_KINDS = f"Only pages (.md) and images ({', '.join(IMAGE_SUFFIXES)}) belong here."


@dataclass(frozen=True)
class Entry:
    """A file, folder or link: `parts` is its path under content/, `path` as problems name it."""

    file: Path
    parts: tuple[str, ...]
    path: str
    is_folder: bool
    is_link: bool

    def problem(self, what: str, expected: str = "", how: str = "") -> Problem:
        return Problem(self.path, 0, 0, what, expected, how)


def list_entries(project: Project) -> list[Entry]:
    """What people put under the content folder, links not followed, in the order of paths."""
    return list(_walk(project, project.content_dir, ())) if project.content_dir.is_dir() else []


def _walk(project: Project, folder: Path, parts: tuple[str, ...]) -> Iterator[Entry]:
    with os.scandir(folder) as found:
        children = {child.name: child for child in found if not is_leftover(child.name)}
    for _, child in sorted(children.items()):
        file, own_parts = Path(child.path), (*parts, child.name)
        is_folder = child.is_dir(follow_symlinks=False)
        path = file.relative_to(project.root).as_posix()
        yield Entry(file, own_parts, path, is_folder, child.is_symlink())
        if is_folder:
            yield from _walk(project, file, own_parts)


def list_pages(entries: Iterable[Entry], locale: str) -> dict[str, Entry]:
    """The pages of `locale` by name, whether or not their text can be read; links are none."""
    pages = _in_locale(entries, locale, (".md",))
    return {path.removesuffix(".md"): entry for path, entry in pages.items()}


def page_paths(project: Project) -> set[str]:
    """The paths of all pages, whether or not their text can be read, and of links among them."""
    codes = {locale.code for locale in project.all_locales}
    pages = (one for one in list_entries(project) if one.parts[0] in codes and not one.is_folder)
    return {page.path for page in pages if page.file.suffix == ".md"}


def list_images(entries: Iterable[Entry], locale: str) -> frozenset[str]:
    return frozenset(_in_locale(entries, locale, IMAGE_SUFFIXES))


def _in_locale(entries: Iterable[Entry], locale: str, suffixes: Iterable[str]) -> dict[str, Entry]:
    """The files of `locale` with these endings, by their paths inside it; links are none."""
    own = (one for one in entries if one.parts[0] == locale and len(one.parts) > 1)
    files = (one for one in own if not one.is_folder and not one.is_link)
    return {"/".join(one.parts[1:]): one for one in files if one.file.suffix in suffixes}


def read_page_text(entry: Entry) -> tuple[str | None, list[Problem]]:
    if entry.file.stat().st_size > LARGEST_PAGE:
        return None, [entry.problem("The page is larger than 200 kB.", how="Divide it.")]
    try:
        text, problems = read_text(entry.file, entry.path)
    except OSError as error:
        return None, [_unreadable(entry, error)]
    return (None, problems) if problems else (text, [])


def _unreadable(entry: Entry, error: OSError) -> Problem:
    error.filename = entry.path
    return entry.problem(f"The file cannot be read: {reason(error)}.")


def check_files(project: Project, entries: Iterable[Entry]) -> list[Problem]:
    entries = list(entries)
    if not entries:
        what, expected = "There is no page here.", "The pages belong in this folder."
        return [Problem(project.content_dir.name, 0, 0, what, expected)]
    codes = [locale.code for locale in project.all_locales]
    problems: list[Problem] = []
    for entry in entries:
        if entry.is_link:
            problems.append(link_problem(entry.path))
            continue
        if len(entry.parts) == 1 and (not entry.is_folder or entry.parts[0] not in codes):
            problems.append(_refuse_locale(entry, codes))
        elif entry.parts[0] in codes:
            problems += _check_name(entry) if entry.is_folder else _check_file(entry)
    return problems + _find_clashes(entries)


def link_problem(path: str) -> Problem:
    what = "This is a link to another file, and would publish that file."
    return Problem(path, 0, 0, what, how="Copy the file here.")


def refuse_name(project: Project, name: str, instead_of: str) -> list[Problem]:
    """What `check_files` would say of the source's page `instead_of` under the new name `name`."""
    old, parts = project.page_path(project.source, instead_of), [project.source]
    entries = [entry for entry in list_entries(project) if entry.path != old]
    known = check_files(project, entries)
    for part in f"{name}.md".split("/"):
        parts.append(part)
        file, path = project.content_dir.joinpath(*parts), "/".join(parts)
        is_folder = not path.endswith(".md")
        path = f"{project.content_dir.name}/{path}"
        entries.append(Entry(file, tuple(parts), path, is_folder, is_link=False))
    return [one for one in check_files(project, entries) if one not in known]


def _refuse_locale(entry: Entry, codes: list[str]) -> Problem:
    near = get_close_matches(entry.parts[0].lower(), codes, 1, 0.6)
    what = f"mkdocs.yml does not list “{entry.parts[0]}” among its languages ({', '.join(codes)})."
    expected = "Each language has one folder of pages."
    return entry.problem(what, expected, f"Did you mean {near[0]}/?" if near else "")


def _check_name(entry: Entry) -> list[Problem]:
    name = entry.parts[-1]
    stem = name if entry.is_folder else name.rpartition(".")[0] or name
    if name == "README.md":
        return [entry.problem("A README.md is not a page.", how="Call it index.md.")]
    if not unicodedata.is_normalized("NFC", name):
        what = "The name is written with letters and separate accents."
        return [entry.problem(what, how="Rename it in plain letters: a-z.")]
    if _NAME.fullmatch(stem):
        # Of such a name, what Windows keeps for itself, or what is too long.
        problems = [entry.problem(what, how=how) for what, how in find_faults(name)]
        if len(entry.parts) == 2 and stem in RESERVED:
            what = f"The address “{stem}/” is kept for the site itself."
            problems.append(entry.problem(what, how="Choose another name, in every language."))
        return problems
    corrected = _kebab(stem)
    what = f"“{name}” is not a name that works in every address and on every computer."
    expected = "A name has small letters a-z, digits and single hyphens."
    how = f"Rename it {corrected}{name[len(stem) :].lower()}." if corrected else ""
    return [entry.problem(what, expected, how)]


def _kebab(stem: str) -> str:
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _check_file(entry: Entry) -> list[Problem]:
    suffix = entry.file.suffix
    right = _ENDINGS.get(suffix.lower(), suffix.lower())
    if right != suffix and right in (".md", *IMAGE_SUFFIXES):
        what, expected = f"The name ends in {suffix}; {right} was expected.", _KINDS
        return [entry.problem(what, expected, f"Rename it {_kebab(entry.file.stem)}{right}.")]
    if suffix != ".md" and suffix not in IMAGE_SUFFIXES:
        return [entry.problem(f"“{entry.parts[-1]}” is neither a page nor an image.", _KINDS)]
    problems = _check_name(entry)
    return problems if suffix == ".md" else problems + _check_image_file(entry, suffix)


def _check_image_file(entry: Entry, suffix: str) -> list[Problem]:
    if entry.file.stat().st_size > LARGEST_FILE:
        return [entry.problem("The file is larger than 1 MB.", how="Make it smaller.")]
    try:
        content = read_bytes(entry.file)
    except OSError as error:
        return [_unreadable(entry, error)]
    problems = [entry.problem(what, how=how) for what, how in check_image(content, suffix)]
    if entry.parts[1:2] != (IMAGES,):
        how = f"Move it to {entry.parts[0]}/{IMAGES}/."
        problems.append(entry.problem("An image stands among the pages.", how=how))
    if suffix == ".svg":
        problems += check_drawing(content, entry.path)
    return problems


def _find_clashes(entries: list[Entry]) -> list[Problem]:
    """Names that differ by case or composition only, and pages that would have one address."""
    problems: list[Problem] = []
    seen: dict[str, str] = {}
    everything = {entry.parts for entry in entries}
    for entry in entries:
        name = entry.parts[-1]
        twin = seen.setdefault(fold_name("/".join(entry.parts)), name)
        if twin != name:
            what = f"“{name}” and “{twin}” are one file on some computers."
            problems.append(entry.problem(what, how="Rename one of them."))
        index = (*entry.parts[:-1], entry.file.stem, "index.md")
        if entry.file.suffix == ".md" and index in everything:
            what = f"This page and {entry.file.stem}/index.md would have one address."
            problems.append(entry.problem(what, how="Keep one of them."))
    return problems
