"""What went live: one line each, only added to. `publish log` shows it, `rollback` looks for what
was live before."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from datetime import UTC, datetime
from typing import Literal

from metropolis.publish.places import Places
from metropolis.text_file import append_lines

Event = Literal["published", "rolled back", "unpinned", "reconciled"]


@dataclass(frozen=True)
class LogLine:
    """`time` is ISO 8601 in UTC; `commit` went live by `event`, through `who`."""

    time: str
    event: Event
    commit: str
    who: str


def read_log(places: Places) -> list[LogLine]:
    """The lines, oldest first; a line that a crash cut short is passed over."""
    try:
        lines = places.log.read_text("utf-8", "replace").split("\n")
    except OSError:
        return []
    cells = (line.split("\t") for line in lines)
    return [LogLine(*found) for found in cells if len(found) == 4]  # type: ignore[arg-type]


def add_log_line(places: Places, event: Event, commit: str, who: str) -> None:
    """Adds a line and sees it on the disk."""
    line = LogLine(
        datetime.now(tz=UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), event, commit, " ".join(who.split())
    )
    append_lines(places.log, ["\t".join(astuple(line))])


def note_live(places: Places, event: Event, who: str) -> None:
    """Writes down what is live where the last line says something else: the link may have moved and
    its line not."""
    lines = read_log(places)
    if (live := places.live()) and (not lines or lines[-1].commit != live):
        add_log_line(places, event, live, who)
