"""A project with every page of the site, a few members, no book and its own code: built again and
again in seconds."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
Files = dict[str, bytes]


def read_files(folder: Path) -> Files:
    """Path -> content."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file()
    }


def run_program(program: str, root: Path, *arguments: str) -> str:
    """Runs a Python program with the project's own code; what it said on the way."""
    environment = {
        **os.environ,
        "NO_MKDOCS_2_WARNING": "1",
        "PYTHONPATH": str(root),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    command = [sys.executable, "-m", program, *arguments]
    run = subprocess.run(
        command, cwd=root, env=environment, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, f"{run.stdout}\n{run.stderr}"
    return run.stderr


def make_small_project(root: Path) -> Path:
    """Members are those whom other data and pages name."""
    root.mkdir()
    for name in ("content", "data", "language", "macros", "metropolis", "theme"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", root)
    (root / "data/editions.yml").write_text(
        "# yaml-language-server: $schema=schema/editions.json\n[]\n", "utf-8"
    )
    file = root / "data/members.yml"
    head, *records = re.split(r"(?m)^(?=- id: )", file.read_text("utf-8"))
    others = " ".join(
        path.read_text("utf-8") for path in (root / "data").glob("*.yml") if path != file
    )
    others += " ".join(path.read_text("utf-8") for path in (root / "content").rglob("*.md"))
    named = [
        one for one in records if re.search(rf"(\[|, |: |\"){one.split()[2]}(\]|,|\n|\")", others)
    ]
    file.write_text(head + "".join(named), "utf-8")
    ids = {one.split()[2] for one in named}
    for synonyms in (root / "language").glob("search.*.yml"):
        lines = synonyms.read_text("utf-8").splitlines(keepends=True)
        kept = [line for line in lines if is_searched(line, ids)]
        synonyms.write_text("".join(kept), "utf-8")
    return root


def is_searched(line: str, members: set[str]) -> bool:
    """Whether a line of synonyms leads to anything but a member that is not among `members`."""
    member = re.match(r"members/([^:]+):", line)
    return not member or member[1] in {"index", *members}


@pytest.fixture(scope="session")
def small_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project, to be read only."""
    return make_small_project(tmp_path_factory.mktemp("small") / "project")


@pytest.fixture(scope="session")
def small_site(small_project: Path) -> Files:
    """Its site, as `metropolis build` makes it."""
    run_program("metropolis.cli", small_project, "build")
    return read_files(small_project / "site")


@pytest.fixture(scope="session")
def run() -> Callable[..., str]:
    """Runs a program of the project's."""
    return run_program


@pytest.fixture(scope="session")
def files_of() -> Callable[[Path], Files]:
    """Reads a folder."""
    return read_files


@pytest.fixture
def own_project(tmp_path: Path) -> Path:
    """The small project, to be changed."""
    return make_small_project(tmp_path / "project")
