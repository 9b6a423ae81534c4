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
class Line:
    """`time` is ISO 8601 in UTC; `commit` went live by `event`, through `who`."""

    time: str
    event: Event
    commit: str
    who: str


def read_journal(places: Places) -> list[Line]:
    """The lines, oldest first; a line that a crash cut short is passed over."""
    try:
        lines = places.log.read_text("utf-8", "replace").split("\n")
    except OSError:
        return []
    cells = (line.split("\t") for line in lines)
    return [Line(*found) for found in cells if len(found) == 4]  # type: ignore[arg-type]


def write_journal(places: Places, event: Event, commit: str, who: str) -> None:
    """Adds a line and sees it on the disk."""
    line = Line(
        datetime.now(tz=UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), event, commit, " ".join(who.split())
    )
    append_lines(places.log, ["\t".join(astuple(line))])


def note_live(places: Places, event: Event, who: str) -> None:
    """Writes down what is live where the last line says something else: the link may have moved and
    its line not."""
    lines = read_journal(places)
    if (live := places.live()) and (not lines or lines[-1].commit != live):
        write_journal(places, event, live, who)
