"""settings.json: what was decided at set-up, read strictly. A wrong file is told with its place,
never passed over.

Defaults in the place of a file that cannot be read would forget who maintains the site and what a
build may use."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from difflib import get_close_matches
from typing import Any

from metropolis.problem import Problem
from metropolis.publish.places import Places, Settings
from metropolis.text_file import write_file

_HOW = "Mend the file, or put back a copy of it."
_KINDS: dict[str, tuple[type, str]] = {
    "str": (str, "a text in quotes"),
    "int": (int, "a whole number, 0 or more"),
    "bool": (bool, "true or false"),
    "tuple[str, ...]": (list, 'a list of texts: ["ana", "ben"]'),
}


def read_settings(places: Places) -> tuple[Settings | None, list[Problem]]:
    """The settings, or what is wrong with them; neither where nothing is set up."""
    path = str(places.settings_file)
    try:
        text = places.settings_file.read_text("utf-8")
    except FileNotFoundError:
        return None, []
    except OSError as error:
        return None, [
            Problem(path, 0, 0, f"The settings cannot be read ({error.strerror}).", how=_HOW)
        ]
    except UnicodeDecodeError:
        return None, [Problem(path, 0, 0, "The settings are not UTF-8 text.", how=_HOW)]
    try:
        values = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        line, column = (
            (error.lineno, error.colno) if isinstance(error, json.JSONDecodeError) else (1, 1)
        )
        what = "The settings are cut short or are not JSON."
        return None, [Problem(path, line, column, what, how=_HOW)]
    if not isinstance(values, dict):
        return None, [
            Problem(
                path, 1, 1, "The settings are not a JSON object.", 'Expected {"toolkit": …}.', _HOW
            )
        ]
    problems = [
        Problem(path, *_place(text, key), what, expected, _HOW)
        for key, what, expected in _wrong(values)
    ]
    if problems:
        return None, problems
    right: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in values.items()
    }
    return Settings(**right), []


def _wrong(values: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Key, what is wrong with it, what was expected."""
    known = {field.name: field for field in fields(Settings)}
    found = []
    for key in values.keys() - known.keys():
        near = get_close_matches(key, known, 1)
        found.append(
            (
                key,
                f"“{key}” is no setting.",
                f"Expected “{near[0]}”?" if near else f"Expected {_one_of(known)}.",
            )
        )
    for name in ("toolkit", "python"):
        if name not in values:
            found.append((name, f"“{name}” is missing.", "Expected the path that set-up wrote."))
    for key, value in values.items():
        if key in known and not _is_right(str(known[key].type), value):
            kind = _KINDS[str(known[key].type)][1]
            found.append(
                (
                    key,
                    f"“{key}” is {json.dumps(value, ensure_ascii=False)[:60]}.",
                    f"Expected {kind}.",
                )
            )
    return found


def _is_right(kind: str, value: object) -> bool:
    if kind not in _KINDS:
        return True
    if not isinstance(value, _KINDS[kind][0]) or (kind == "int" and isinstance(value, bool)):
        return False
    if isinstance(value, int):
        return value >= 0
    return not isinstance(value, list) or all(isinstance(one, str) for one in value)


def _one_of(names: Any) -> str:
    return "one of: " + ", ".join(names)


def _place(text: str, key: str) -> tuple[int, int]:
    """Line and column of a key; the file's first ones where it does not stand."""
    before, found, _ = text.partition(json.dumps(key))
    return (before.count("\n") + 1, len(before) - before.rfind("\n")) if found else (1, 1)


def write_settings(places: Places, settings: Settings) -> None:
    """Keeps what was decided, in one step."""
    write_file(
        places.settings_file, json.dumps(asdict(settings), indent=1, ensure_ascii=False) + "\n"
    )
