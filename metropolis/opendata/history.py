"""How the data changed, day by day, from git's history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

from metropolis.cache import Cache
from metropolis.git import GitError, ask_git_text, files_at, run_git
from metropolis.inputs import Known
from metropolis.opendata.record_changes import Data, RecordChange, differences, read_data
from metropolis.release.provenance import commit_day

DAYS = 12


@dataclass(frozen=True)
class DataDay:
    """A day on which the data changed. The first one of all has no changes: everything was new."""

    date: date
    commit: str
    changes: tuple[RecordChange, ...]
    is_first: bool = False


def data_at(root: Path, revision: str) -> Data | None:
    """The data as it was in a commit, tag or branch; None where git does not know it."""
    commit = ask_git_text(root, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    if not commit:
        return None
    folders = ("data", "data/observations")
    return read_data({path: data for one in folders for path, data in files_at(root, commit, one)})


def missing_history(root: Path, revision: str) -> str:
    """Why `data_at` does not know a revision."""
    unknown = f"git does not know “{revision}” here"
    try:
        is_shallow = run_git(root, "rev-parse", "--is-shallow-repository").strip() == b"true"
    except GitError as error:
        return f"There is no history here: {str(error).splitlines()[0]}."
    if is_shallow:
        return f"{unknown}: this clone has only a part of the history. Type: git fetch --unshallow"
    return f"{unknown}. Name a commit, a tag or a branch."


def read_days(root: Path, until: date, cache: Cache) -> list[DataDay]:
    """The newest DAYS days with a change, newest first; nothing without a history. The cache keeps
    what changed between two commits."""
    last: dict[date, str] = {}
    for line in ask_git_text(root, "log", "--format=%ct %H", "--", "data").splitlines():
        seconds, commit = line.split()
        if (day := commit_day(seconds)) <= until:
            last.setdefault(day, commit)
    commits = list(last.items())
    days: list[DataDay] = []
    for (day, commit), (_, before) in pairwise(commits):
        both = (Known(before, root), Known(commit, root))  # a commit's hash says what it holds
        if changes := cache.remember("history", both, changes_between):
            days.append(DataDay(day, commit, tuple(changes)))
        if len(days) == DAYS:
            return days
    if commits and ask_git_text(root, "rev-parse", "--is-shallow-repository") == "false":
        days.append(DataDay(*commits[-1], (), True))
    return days


def changes_between(commits: tuple[Known[Path], Known[Path]]) -> list[RecordChange]:
    """What changed in the data from one commit to the other, in the repository that has them."""
    old, new = (data_at(one.value, one.digest) or {} for one in commits)
    return differences(old, new)
