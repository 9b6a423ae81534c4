"""Who accepts or moves, and on which day: both are written to the log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from metropolis.git import ask_git_text


@dataclass(frozen=True)
class Author:
    """`name` as git has it; `date` in ISO 8601."""

    name: str
    date: str


def author_of(root: Path) -> Author:
    """The git user of the project at `root`, today."""
    name = ask_git_text(root, "config", "user.name") or "unknown"
    return Author(name, datetime.now(tz=UTC).date().isoformat())
