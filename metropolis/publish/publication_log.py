"""What went live, a line for each publication: for `publish log`, and for `rollback`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal, NamedTuple

from metropolis.publish.places import Places
from metropolis.text_file import append_lines

Event = Literal["published", "rolled back", "unpinned", "reconciled"]


class LogLine(NamedTuple):
    """`time` is ISO 8601 in UTC; `commit` went live by `event`, through `who`."""

    time: str
    event: Event
    commit: str
    who: str


def read_publications(places: Places) -> list[LogLine]:
    """The lines, oldest first, without those that a crash cut short."""
    try:
        lines = places.log.read_text("utf-8", "replace").split("\n")
    except OSError:
        return []
    cells = (line.split("\t") for line in lines)
    return [LogLine(*found) for found in cells if len(found) == 4]  # type: ignore[arg-type]


def note_live(places: Places, event: Event, who: str) -> None:
    """Adds the line of the live release if it is missing: a crash may have come after the link."""
    lines = read_publications(places)
    if (live := places.live()) and (not lines or lines[-1].commit != live):
        time = datetime.now(tz=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        line = LogLine(time, event, live, " ".join(who.split()))
        append_lines(places.log, ["\t".join(line)])
