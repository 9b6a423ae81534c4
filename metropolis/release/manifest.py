"""The manifest of a release, /release.json: what it was made from, and how to check that it is
whole. The same commit gives the same bytes. Compressed copies (.gz, .br) are not listed."""

from __future__ import annotations

import hashlib
import json
import platform
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

# Only for the types: a hook of git must not wait until what reads pages is loaded.
if TYPE_CHECKING:
    from metropolis.translation.status import PageStatus

FILE = "release.json"
HEADERS = "_headers"  # for the host, which does not serve it
COMPRESSED = (".gz", ".br")
_TOOLS = (
    "metropolis-plan", "mkdocs", "mkdocs-material", "mkdocs-static-i18n", "mkdocs-macros-plugin",
    "markdown", "pyicu-wheels", "pydantic",
)  # fmt: skip


def manifest_text(
    files: Mapping[str, str],
    size: int,
    commit: str,
    date: str,
    pages: Mapping[str, int],
    data: Mapping[str, str],
    statuses: Iterable[PageStatus],
) -> str:
    """The manifest of a site with these `files` (SHA-256 by path) of `size` bytes in all. `pages`
    counts them by locale, `data` gives each data file's SHA-256."""
    from importlib.metadata import version

    states: dict[str, Counter[str]] = {}
    for page in statuses:
        states.setdefault(page.locale, Counter())[page.state] += 1
    manifest = {
        "commit": commit,
        "date": date,
        "tools": {"python": platform.python_version(), **{name: version(name) for name in _TOOLS}},
        "pages": dict(pages),
        "translations": {
            locale: dict(sorted(counted.items())) for locale, counted in sorted(states.items())
        },
        "data": dict(sorted(data.items())),
        "file_count": len(files),
        "bytes": size,
        "files": dict(sorted(files.items())),
    }
    return json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"


def is_listed(path: str) -> bool:
    return path not in (FILE, HEADERS) and not path.endswith(COMPRESSED)


def file_digest(file: Path) -> str:
    """SHA-256 of a file, in hexadecimal digits."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def read_manifest(text: str) -> dict[str, Any] | None:
    """The manifest in `text`; None if it is not one."""
    try:
        manifest = json.loads(text)
    except ValueError:
        return None
    is_whole = isinstance(manifest, dict) and isinstance(manifest.get("files"), dict)
    return manifest if is_whole else None
