"""A copy of the project that builds in seconds: only the members whom other data and pages name."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

_ROOT = Path(__file__).parents[1]
_FOLDERS = ("content", "data", "language", "macros", "metropolis", "theme")


def copy_small_project(folder: Path) -> None:
    """Copies the project into `folder`, without its books. What Python has compiled is copied too:
    to compile it takes longer than many a build."""
    for name in _FOLDERS:
        shutil.copytree(_ROOT / name, folder / name)
    shutil.copy(_ROOT / "mkdocs.yml", folder)
    without_books(folder)
    keep_named_members(folder)


def without_books(folder: Path) -> None:
    """Takes the editions out of a copy of the project: books take most of a build's time."""
    editions = "# yaml-language-server: $schema=schema/editions.json\n[]\n"
    (folder / "data/editions.yml").write_text(editions, "utf-8")


def replace_in(file: Path, old: str, new: str) -> None:
    """Replaces `old`, which must be there, in a file."""
    text = file.read_text("utf-8")
    assert old in text, f"{file} has no {old}"
    file.write_text(text.replace(old, new), "utf-8")


def keep_named_members(folder: Path) -> None:
    """Removes the members that nothing else in the project `folder` names, from its data and its
    synonyms."""
    file = folder / "data/members.yml"
    head, *records = re.split(r"(?m)^(?=- id: )", file.read_text("utf-8"))
    paths = [*(folder / "data").glob("*.yml"), *(folder / "content").rglob("*.md")]
    others = " ".join(path.read_text("utf-8") for path in paths if path != file)
    named = [
        one for one in records if re.search(rf"(\[|, |: |\"){one.split()[2]}(\]|,|\n|\")", others)
    ]
    file.write_text(head + "".join(named), "utf-8")
    members = {one.split()[2] for one in named}
    for synonyms in (folder / "language").glob("search.*.yml"):
        lines = synonyms.read_text("utf-8").splitlines(keepends=True)
        synonyms.write_text("".join(line for line in lines if _is_there(line, members)), "utf-8")


def _is_there(line: str, members: set[str]) -> bool:
    """Whether a line of synonyms leads to anything but a member that is not kept."""
    member = re.match(r"members/([^:]+):", line)
    return not member or member[1] in {"index", *members}
