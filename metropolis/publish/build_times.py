"""How long the last builds took: for the words to those who wait, and for nothing else."""

from __future__ import annotations

import json
from contextlib import suppress
from statistics import median

from metropolis.publish.places import Places
from metropolis.text_file import write_file

_KEPT = 5


def expected_time(places: Places) -> float:
    """Seconds that a build is likely to take; 0 where nobody knows."""
    times = _read(places)
    return median(times) if times else 0


def note_time(places: Places, seconds: float) -> None:
    """Remembers how long a build took that went well."""
    with suppress(OSError):
        write_file(
            places.build_times, json.dumps([*_read(places), round(seconds, 1)][-_KEPT:]) + "\n"
        )


def _read(places: Places) -> list[float]:
    try:
        values = json.loads(places.build_times.read_text("utf-8"))
        return [float(value) for value in values if 0 <= float(value) < 86400]
    except (OSError, ValueError, TypeError):
        return []
