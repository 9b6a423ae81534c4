"""What tests share: the project's own folder, and one real build of it for all workers."""

from __future__ import annotations

import fcntl
import functools
import http.server
import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import settings
from small_project import keep_named_members, replace_in, without_books

from metropolis.builder.books import built_pages
from metropolis.builder.whole_site import build_site
from metropolis.cache import Cache
from metropolis.cli import main
from metropolis.data.load import load_records
from metropolis.data.records import Records
from metropolis.pdf.press import Press
from metropolis.project import Project, read_project
from metropolis.release.provenance import read_release
from metropolis.report import listing
from metropolis.web.output import Output

ROOT = Path(__file__).parent.parent
# Other work on the machine is no fault of what is tested.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with a long test come first: begun last, one process would go on alone."""
    long = {item.path for item in items if item.get_closest_marker("long")}
    items.sort(key=lambda item: item.path not in long)


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture(scope="session")
def project() -> Project:
    """The project as its configuration describes it."""
    found, problems = read_project(ROOT)
    assert found, listing(problems)
    return found


@pytest.fixture(scope="session")
def records(project: Project) -> Records:
    """The project's own records."""
    loaded, problems = load_records(project)
    assert loaded, listing(problems)
    return loaded


def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of a run see: each has its own inside it; without workers it is the
    run's own."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


def build_once(shared: Path, name: str, root: Callable[[], Path]) -> Path:
    """The site of the project that `root` gives: the first worker builds it, the others wait."""
    site = shared / name
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not site.exists():
            built, problems = build_site(root(), lambda step: None, site)
            assert built, listing(problems)
    return site


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site."""
    return build_once(shared_folder(tmp_path_factory), "built-site", lambda: ROOT)


@pytest.fixture(scope="session")
def press(project: Project, records: Records, built_site: Path) -> Press:
    """What makes books of the real site's pages."""
    source = project.content_dir / "fr"
    written = [
        page.relative_to(source).as_posix().removesuffix(".md") for page in source.rglob("*.md")
    ]
    pages = built_pages(Output(built_site), project)
    return Press(project, records, [], read_release(ROOT), written, pages, Cache(None))


@pytest.fixture(scope="session")
def notices_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of few members whose Spanish vision is stale in one section, whose call to rethink has
    a new section in French, and whose Spanish mission is missing, which it allows."""

    def project() -> Path:
        root = copy_project(tmp_path_factory.mktemp("notices"))
        without_books(root)
        keep_named_members(root)
        forget_acceptances(root)
        accept = ["--project", str(root), "translation", "accept"]
        pages = {code: str(root / f"content/{code}/vision.md") for code in ("en", "es")}
        calls = (str(root / f"content/{code}/rethink.md") for code in pages)
        assert main([*accept, *pages.values(), *calls]) == 0
        replace_in(root / "content/fr/vision.md", "Cinq sujets, les", "Cinq thèmes, les")
        editorial = [
            "--section",
            "guiding-themes",
            "--editorial",
            "Only the French repeats a word.",
        ]
        assert main([*accept, pages["en"], *editorial]) == 0
        with (root / "content/fr/rethink.md").open("a", encoding="utf-8") as source:
            source.write("\n## Et après { #after }\n\nL’appel reste ouvert à toutes les villes.\n")
        (root / "content/es/mission.md").unlink()
        fallback = "fallback_to_default: "
        replace_in(root / "mkdocs.yml", f"{fallback}false", f"{fallback}true")
        return root

    return build_once(shared_folder(tmp_path_factory), "notices-site", project)


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
    with serve_folder(built_site) as address:
        yield address


@contextmanager
def serve_folder(folder: Path) -> Iterator[str]:
    """Serves a built site on a free port of loopback."""
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="session")
def served_notices(notices_site: Path) -> Iterator[str]:
    """The same for the site with notices."""
    with serve_folder(notices_site) as address:
        yield address


@pytest.fixture
def project_copy(tmp_path: Path) -> Path:
    """The whole project in a folder of its own, to be broken: content, data and configuration
    copied, code linked."""
    return copy_project(tmp_path)


@pytest.fixture(scope="module")
def module_copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, for all tests of a module."""
    return copy_project(tmp_path_factory.mktemp("module"))


def forget_acceptances(root: Path) -> None:
    """Makes a copy one in which nobody has accepted anything."""
    for log in (root / "language").glob("accepted.*.tsv"):
        log.unlink()
    forget_fingerprints(root / "content")


def forget_fingerprints(folder: Path) -> None:
    for file in folder.rglob("*.md"):
        text = file.read_text("utf-8")
        file.write_text(re.sub(r"^source:\n(?:  .*\n)+", "", text, flags=re.MULTILINE), "utf-8")


@pytest.fixture
def unaccepted_copy(project_copy: Path) -> Path:
    """The project in a folder of its own, no translation of which is accepted."""
    forget_acceptances(project_copy)
    return project_copy


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


@pytest.fixture(scope="module")
def fourth_language_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project, with few members, and Portuguese beside its three languages."""
    root = copy_project(tmp_path_factory.mktemp("fourth"))
    without_books(root)
    keep_named_members(root)
    add_portuguese(root)
    return root


def add_portuguese(root: Path) -> None:
    """A fourth language in a copy of the project: one block in mkdocs.yml, the labels, the pages.

    The words are Spanish, and the project takes that for advice.
    """
    text = (root / "mkdocs.yml").read_text("utf-8")
    spanish = text[text.index("        - locale: es\n") : text.index("  - macros:\n")]
    block = spanish.replace("locale: es", "locale: pt").replace("Español", "Português")
    replace_in(root / "mkdocs.yml", "  - macros:\n", f"{block}  - macros:\n")
    for data in (root / "data").glob("*.yml"):
        text = re.sub(
            r'( es: )("(?:[^"\\]|\\.)*"|[^",}\n]+)(?=\})', r"\1\2, pt: \2", data.read_text("utf-8")
        )
        text = re.sub(r"^( +)es: (.+)$", r"\g<0>\n\1pt: \2", text, flags=re.MULTILINE)
        data.write_text(text, "utf-8")
    shutil.copytree(root / "content/es", root / "content/pt")
    forget_fingerprints(root / "content/pt")
    rules = root / "language/rules.yml"
    rules.write_text("strength: {figure: advice, language: advice, typography: advice}\n", "utf-8")
