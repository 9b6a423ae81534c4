"""`metropolis check --fix`: shows the changes of the pages, asks, and writes them."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path

from metropolis.cli.commands import is_confirmed, open_project, say
from metropolis.hidden_characters import code_point
from metropolis.text_file import write_files
from metropolis.translation.workbench import Workbench
from metropolis.wording.corrections import correct
from metropolis.wording.rules import read_rules

# They look like a plain space, or like nothing.
_UNSEEN = re.compile("[\r\ufeff\xa0\u1680\u2000-\u200a\u202f\u205f\u3000\u0300-\u036f]")


def fix_pages(root: Path, is_agreed: bool) -> bool:
    """Corrects the pages; False if some corrections remain."""
    workbench = open_project(root)
    changes = list(_corrections(workbench))
    for path, old, new in changes:
        print("\n".join(_difference(path, old, new)))
    if not changes:
        return True
    files = f"{len(changes)} {'file' if len(changes) == 1 else 'files'}"
    if not is_agreed and sys.stdin.isatty():
        is_agreed = is_confirmed(f"Write {files}?")
    if not is_agreed:
        print(f"Nothing was written ({files}). To write it: metropolis check --fix --yes")
        return False
    write_files(root, {path: new for path, _, new in changes})
    say(f"Corrected {files}.")
    return True


def _corrections(workbench: Workbench) -> Iterator[tuple[str, str, str]]:
    """Path, text and corrected text of each page that can be corrected."""
    rules, _ = read_rules(workbench.project)
    if rules is None:
        return
    for path, page in workbench.pages.items():
        data = (workbench.project.root / path).read_bytes()
        new = correct(page, data, workbench.wording.prose, rules.is_excepted)
        if new.encode() != data:
            yield path, data.decode(), new


def _difference(path: str, old: str, new: str) -> Iterator[str]:
    """The lines that change, with a name for every sign that is invisible."""
    now, then = (_UNSEEN.sub(_named, text).split("\n") for text in (old, new))
    yield from unified_diff(now, then, f"{path}, now", f"{path}, corrected", n=0, lineterm="")
    if not old.endswith("\n") and old:
        yield "(and an end of line at the end of the file)"


def _named(match: re.Match[str]) -> str:
    names = {"\r": "CR", "\ufeff": "BOM", "\xa0": "NBSP", "\u202f": "NNBSP"}
    name = names.get(match[0]) or code_point(match[0])
    return f"{' ' if unicodedata.combining(match[0]) else ''}[{name}]"
