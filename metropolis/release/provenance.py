"""Which release this is: the date and the commit that the site was built from. The date is
SOURCE_DATE_EPOCH if it is set, else the last commit's: the same input gives the same bytes."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from metropolis.git import ask_git_text
from metropolis.language.dates import format_day
from metropolis.problem import RefusedError


@dataclass(frozen=True)
class Release:
    """`commit` is the hash, empty where there is no git history."""

    date: date
    commit: str

    def date_text(self, locale: str) -> str:
        """The date in words: `23 novembre 2026`."""
        return format_day(self.date, locale)


def read_release(root: Path) -> Release:
    """The release of the working copy at `root`; else, of 1 January 2021, when the plan began."""
    commit, _, seconds = ask_git_text(root, "log", "-1", "--format=%H %ct").partition(" ")
    # A server builds a push outside its repository, and passes the commit on.
    commit = os.environ.get("METROPOLIS_COMMIT") or commit
    epoch = os.environ.get("SOURCE_DATE_EPOCH") or seconds
    try:
        return Release(commit_day(epoch) if epoch else date(2021, 1, 1), commit)
    except (ValueError, OverflowError, OSError) as error:
        what = f"SOURCE_DATE_EPOCH is “{epoch}”; seconds since 1970 were expected. Unset it."
        raise RefusedError(what) from error


def commit_day(seconds: str) -> date:
    """The day of a moment in seconds since 1970, in UTC: one rule for the release, the feed and the
    data's history, on every machine and for committers everywhere."""
    return datetime.fromtimestamp(int(seconds), tz=UTC).date()
