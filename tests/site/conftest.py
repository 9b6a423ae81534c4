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
from small_project import copy_small_project

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
    copy_small_project(root)
    return root


@pytest.fixture(scope="session")
def small_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project, to be read only."""
    return make_small_project(tmp_path_factory.mktemp("small") / "project")


@pytest.fixture(scope="session")
def small_site(small_project: Path) -> Files:
    """Its site, as `metropolis build` makes it."""
    said = run_program("metropolis.cli", small_project, "build")
    rendered = re.search(r"Rendering (\d+) of \d+ pages", said)
    assert rendered, said
    assert int(rendered[1]) > 100
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
def built_project(small_project: Path, small_site: Files, tmp_path: Path) -> Path:
    """The small project as its build left it, to be changed."""
    return shutil.copytree(small_project, tmp_path / "project", symlinks=True)


@pytest.fixture
def own_project(tmp_path: Path) -> Path:
    """The small project, to be changed."""
    return make_small_project(tmp_path / "project")
