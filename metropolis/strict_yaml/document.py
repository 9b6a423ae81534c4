"""The values of a YAML file, with the place of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from metropolis.problem import Problem, Severity

Path = tuple[str | int, ...]
Mark = tuple[int, int]


@dataclass
class YamlDocument:
    """`file` as problems name it; `marks` and `keys`: places (line, column) of values and names."""

    file: str
    value: Any = None
    marks: dict[Path, Mark] = field(default_factory=dict)
    keys: dict[Path, Mark] = field(default_factory=dict)

    def mark(self, path: Path) -> Mark:
        """The place of the value at `path`, or of the nearest value around it."""
        while path and path not in self.marks:
            path = path[:-1]
        return self.marks.get(path, (1, 1))

    def problem(
        self, path: Path, what: str, expected: str = "", how: str = "", severity: Severity = "error"
    ) -> Problem:
        return Problem(self.file, *self.mark(path), what, expected, how, severity)

    def name_problem(self, path: Path, what: str, expected: str = "", how: str = "") -> Problem:
        return Problem(self.file, *self.keys[path], what, expected, how)

    def walk(self) -> Iterator[tuple[Path, Any]]:
        """Each value with its place; a record or a list comes before what is in it."""
        return _walk((), self.value)


def _walk(path: Path, value: Any) -> Iterator[tuple[Path, Any]]:
    yield path, value
    if isinstance(value, dict | list):
        for step, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _walk((*path, step), inner)
