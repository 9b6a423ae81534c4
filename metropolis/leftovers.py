"""What programs leave beside and inside the files that people write. Files of editors and systems
are ignored wherever a folder is read; markers of an unfinished merge are reported first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

_LEFTOVER = re.compile(
    r"""
    # Hidden files, which no site shows: .vision.md.swp, .DS_Store, .~lock.plan.csv#, .gitkeep.
    \..*
    # Editors: swap files, copies, locks (vision.md~, #vision.md#, ~$vision.docx).
    | .*~ | ~.* | \#.*\# | 4913 | __pycache__ | node_modules
    | .*\.(?:orig|rej|bak|backup|old|tmp|temp|swp|swo|save|autosave|part|partial|crdownload|pyc)
    # Merges: Subversion (vision.md.r12), git mergetool (vision_LOCAL_123.md).
    | .*\.(?:mine|r\d+) | .*[_.](?:BACKUP|BASE|LOCAL|REMOTE)[_.]\d+(?:\.\w+)?
    # Systems: macOS, Windows, Linux, network drives.
    | __MACOSX | Icon\r | lost\+found | @eaDir | \#recycle
    | (?i:(?:eh)?thumbs(?:_vista)?\.db(?:.encryptable)? | desktop\.ini | \$recycle\.bin)
    | System\ Volume\ Information
    # Programs that copy folders: Syncthing, Nextcloud, Dropbox, Seafile. No page has a bracket.
    | .*\.sync-conflict-\d{8}-.* | .*_conflict-\d{8}-.* | .*[(\[].*(?i:conflict|conflit).*[)\]].*
    """,
    re.VERBOSE | re.DOTALL,
)


def is_leftover(name: str) -> bool:
    """Whether an editor or a system writes files or folders of this name."""
    return _LEFTOVER.fullmatch(name) is not None


def without_leftovers(files: Iterable[Path]) -> list[Path]:
    """The files that a person wrote, in the order of their paths."""
    return sorted(file for file in files if not is_leftover(file.name))


# Git (also its diff3), Mercurial, Subversion, CVS, Bazaar, Jujutsu; Perforce has four signs.
_MARKER = re.compile(
    r"<{7,}(?: .*)?|>{7,}(?: .*)?|\|{7,} [^|]*|[%+]{7,} .*"
    r"|>>>> ORIGINAL .*|==== (?:THEIRS|YOURS|BOTH) .*|<<<<"
)
# Markers only beside those above: alone, they may underline a heading or be a row of a table.
_BETWEEN = re.compile(r"={7,}|\|{7,}|-{7,} .*")
_MAYBE = re.compile(r"^(?:<<<<|>>>>|====|\|{7}|%{7}|\+{7})", re.MULTILINE)


def merge_lines(text: str, is_markdown: bool = False) -> list[tuple[int, str]]:
    """The lines that an unfinished merge has left in a text, numbered from 1. In Markdown “=======”
    alone may be code, or underline a heading: it counts only below an empty line."""
    if not _MAYBE.search(text):
        return []
    lines = list(enumerate(text.split("\n"), 1))
    if any(_MARKER.fullmatch(line.rstrip()) for _, line in lines):
        return [one for one in lines if is_merge_line(one[1])]
    return list(_middles(lines, is_markdown))


def is_merge_line(line: str) -> bool:
    """Whether a line is a marker, in a text that has some."""
    return bool(_MARKER.fullmatch(line.rstrip()) or _BETWEEN.fullmatch(line.rstrip()))


def _middles(lines: Iterable[tuple[int, str]], is_markdown: bool) -> Iterator[tuple[int, str]]:
    before, is_code = "", False
    for number, line in lines:
        is_code ^= line.startswith(("```", "~~~"))
        is_meant = is_markdown and (before or is_code)
        if line.rstrip() == "=" * 7 and not is_meant:
            yield number, line
        before = line.strip()
