"""A project with every page of the site, a few members, no book and its own code: built again and
again in seconds."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from mkdocs.livereload import LiveReloadServer
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


def start_program(program: str, root: Path, *arguments: str) -> subprocess.Popen[str]:
    """Starts a Python program with the project's own code."""
    own = {"NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1"}
    command, pipe = [sys.executable, "-m", program, *arguments], subprocess.PIPE
    return subprocess.Popen(
        command, cwd=root, env=os.environ | own, stdout=pipe, stderr=pipe, text=True,
        start_new_session=True,
    )  # fmt: skip


def said_by(run: subprocess.Popen[str]) -> str:
    """What a program that ends well said on the way."""
    out, err = run.communicate(timeout=600)
    assert run.returncode == 0, f"{out}\n{err}"
    return err


@contextmanager
def serving(server: LiveReloadServer) -> Iterator[int]:
    """The port on which the preview's server answers, without the observer of files."""
    server.server_bind()
    server.server_activate()
    poll = {"poll_interval": 0.05}
    threading.Thread(target=server.serve_forever, kwargs=poll, daemon=True).start()
    yield server.server_address[1]
    server._shutdown = True
    super(type(server), server).shutdown()  # of the socket alone
    server.server_close()


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
    said = said_by(start_program("metropolis.cli", small_project, "build"))
    rendered = re.search(r"Rendering (\d+) of \d+ pages", said)
    assert rendered, said
    assert int(rendered[1]) > 100
    return read_files(small_project / "site")


@pytest.fixture
def built_project(small_project: Path, small_site: Files, tmp_path: Path) -> Path:
    """The small project as its build left it, to be changed."""
    return shutil.copytree(small_project, tmp_path / "project", symlinks=True)


@pytest.fixture
def own_project(tmp_path: Path) -> Path:
    """The small project, to be changed."""
    return make_small_project(tmp_path / "project")
