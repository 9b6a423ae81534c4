"""One name stands for one thing in the package: a module, a class, a public function."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# Each group of commands has one: the command line calls them in turn.
ALLOWED = {"add_commands"}

Module = tuple[str, str]  # its path and its text


def doubles(modules: Iterable[Module]) -> dict[str, list[str]]:
    """The paths of each name that stands for several things. A function, or a class, may have the
    name of the module that it is in."""
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for path, text in modules:
        stem = path.rpartition("/")[2].removesuffix(".py")
        if not stem.startswith("__"):
            found[stem].add((path, "module"))
        for node in ast.parse(text).body:
            is_public = isinstance(node, ast.FunctionDef) and node.name[0] != "_"
            if is_public or isinstance(node, ast.ClassDef):
                kind = "module" if node.name == stem else type(node).__name__
                found[node.name].add((path, kind))
    return {
        name: sorted(path for path, _ in places)
        for name, places in found.items()
        if len(places) > 1 and name not in ALLOWED
    }


def test_a_name_stands_for_one_thing() -> None:
    files = [path for folder in ("metropolis", "macros") for path in (ROOT / folder).rglob("*.py")]
    modules = [(path.relative_to(ROOT).as_posix(), path.read_text("utf-8")) for path in files]
    assert len(modules) > 200
    assert doubles(modules) == {}


@pytest.mark.parametrize(
    ("modules", "names"),
    [
        ([("a/page.py", ""), ("b/page.py", "")], ["page"]),
        ([("a.py", "class Page: 0"), ("b.py", "class Page: 0")], ["Page"]),
        ([("a.py", "def read(): 0"), ("b.py", "def read(): 0")], ["read"]),
        ([("a/report.py", ""), ("b.py", "def report(): 0")], ["report"]),
        ([("a/move.py", "def move(): 0")], []),
        ([("a.py", "def _read(): 0"), ("b.py", "def _read(): 0")], []),
        ([("a/__init__.py", ""), ("b/__init__.py", "")], []),
    ],
)
def test_a_name_that_stands_for_two_things_is_found(
    modules: list[Module], names: list[str]
) -> None:
    assert list(doubles(modules)) == names
