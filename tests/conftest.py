"""What tests share: the project's own folder, and one real build of it for all workers."""

from __future__ import annotations

import fcntl
import functools
import http.server
import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from metropolis.report import listing
from metropolis.site.build import build_site

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site, built once: the first worker builds, the others wait for it."""
    # Each worker has its own folder inside the run's; without workers the folder is the run's own.
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    site = shared / "built-site"
    with (shared / "build.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not site.exists():
            built, problems = build_site(ROOT, lambda step: None, site)
            assert built, listing(problems)
    return site


class _Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files without a log, and the language's own 404 page as a server is set up to."""

    def log_message(self, *arguments: object) -> None:
        pass

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        first = self.path.strip("/").split("/")[0]
        folder = Path(self.directory) / first
        page = (folder if first in {"en", "es"} else Path(self.directory)) / "404.html"
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


@pytest.fixture(scope="session")
def served(built_site: Path) -> Iterator[str]:
    """The address of the real site, served on loopback."""
    handler = functools.partial(_Quiet, directory=str(built_site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def project_copy(tmp_path: Path) -> Path:
    """The whole project in a folder of its own, to be broken: content, data and configuration copied, code linked."""
    return copy_project(tmp_path)


@pytest.fixture(scope="module")
def project_copy_for_module(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, for tests that share one build of it."""
    return copy_project(tmp_path_factory.mktemp("copy"))


def copy_project(folder: Path) -> Path:
    copy = folder / "project"
    copy.mkdir()
    for name in ("content", "data", "language"):
        shutil.copytree(ROOT / name, copy / name)
    shutil.copy(ROOT / "mkdocs.yml", copy)
    for name in ("macros", "metropolis", "theme", ".cache"):
        if (ROOT / name).exists():
            (copy / name).symlink_to(ROOT / name)
    return copy
