"""settings.json: what set-up decided, and how much a push may be (docs/staff/publishing.md). It is
read strictly: defaults would forget who maintains the site and what a build may use."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from difflib import get_close_matches
from typing import Any

from metropolis.problem import Problem
from metropolis.publish.places import Places
from metropolis.text_file import write_file

# By the annotation of the field: its name for people.
_KINDS = {
    "str": "a text in quotes",
    "int": "a whole number, 0 or more",
    "tuple[str, ...]": 'a list of texts: ["ana", "ben"]',
}


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Limits of a push. Sizes are in bytes, times in seconds; the handbook explains each."""

    # What one push may send (git checks it: run set-up again after a change) and contain.
    largest_push: int = 100_000_000
    largest_file: int = 2_000_000
    most_files: int = 20_000  # files and folders of one commit
    most_bytes: int = 300_000_000  # of one commit
    most_commits: int = 10_000
    most_objects: int = 200_000
    most_pixels: int = 50_000_000
    # What git may use to unpack it, before our hook runs.
    most_unpack_memory: int = 2_000_000_000
    longest_unpack: int = 120
    # What any computer can check out.
    longest_path: int = 200
    deepest_folder: int = 12
    longest_name: int = 100  # of a branch or tag
    # What the server keeps.
    most_refs: int = 10  # moved by one push
    most_previews: int = 30
    most_editions: int = 30
    # How long others wait: for a check, for a build that holds the lock, for the lock.
    most_checks: int = 2
    longest_check: int = 60
    longest_build: int = 240
    longest_wait: int = 300


@dataclass(frozen=True)
class Settings(Limits):
    """`toolkit` is the installed project that builds every release, `python` runs it. `maintainers`
    may push changes of code. `keep` releases stay for a rollback."""

    toolkit: str
    python: str
    branch: str = "main"
    maintainers: tuple[str, ...] = ()
    keep: int = 5
    most_memory: int = 4_000_000_000
    least_space: int = 200_000_000


def read_settings(places: Places) -> tuple[Settings | None, list[Problem]]:
    """The settings, or what is wrong with them; neither if nothing is set up."""
    path = str(places.settings_file)

    def wrong(what: str, line: int = 0, column: int = 0, expected: str = "") -> Problem:
        return Problem(path, line, column, what, expected, "Fix the file, or restore a copy of it.")

    try:
        text = places.settings_file.read_text("utf-8")
        values = json.loads(text)
    except FileNotFoundError:
        return None, []
    except OSError as error:
        return None, [wrong(f"The settings cannot be read ({error.strerror}).")]
    except UnicodeDecodeError:
        return None, [wrong("The settings are not UTF-8 text.")]
    except (ValueError, RecursionError) as error:
        what = "The settings are cut short or are not JSON."
        return None, [wrong(what, getattr(error, "lineno", 1), getattr(error, "colno", 1))]
    if not isinstance(values, dict):
        expected = 'Expected {"toolkit": …}.'
        return None, [wrong("The settings are not a JSON object.", 1, 1, expected)]
    if found := _faults(values):
        return None, [wrong(what, *_position(text, key), expected) for key, what, expected in found]
    for key, value in values.items():
        values[key] = tuple(value) if isinstance(value, list) else value
    return Settings(**values), []


def _faults(values: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Key, what is wrong with it, what was expected."""
    known = {field.name: str(field.type) for field in fields(Settings)}
    found = []
    for key in values.keys() - known.keys():
        near = get_close_matches(key, known, 1)
        expected = f"“{near[0]}”?" if near else f"one of: {', '.join(known)}."
        found.append((key, f"“{key}” is not a setting.", f"Expected {expected}"))
    for name in ("toolkit", "python"):
        if name not in values:
            found.append((name, f"“{name}” is missing.", "Expected the path that set-up wrote."))
    for key, value in values.items():
        if key in known and not _is_right(known[key], value):
            what = f"“{key}” is {json.dumps(value, ensure_ascii=False)[:60]}."
            found.append((key, what, f"Expected {_KINDS[known[key]]}."))
    return found


def _is_right(kind: str, value: object) -> bool:
    if kind == "int":
        return type(value) is int and value >= 0
    texts = [value] if kind == "str" else value
    return isinstance(texts, list) and all(isinstance(text, str) for text in texts)


def _position(text: str, key: str) -> tuple[int, int]:
    """Line and column of a key; the start of the file if it is missing."""
    before, found, _ = text.partition(json.dumps(key))
    return (before.count("\n") + 1, len(before) - before.rfind("\n")) if found else (1, 1)


def write_settings(places: Places, settings: Settings) -> None:
    text = json.dumps(asdict(settings), indent=1, ensure_ascii=False)
    write_file(places.settings_file, f"{text}\n")
