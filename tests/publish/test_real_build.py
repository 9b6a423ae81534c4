"""The real builder behind a real push: what is pushed is on the site and in the book, as a clone
would build it."""

from __future__ import annotations

import os
import re
import shutil
import struct
import subprocess
import sys
import zlib
from dataclasses import dataclass, field
from pathlib import Path

import pikepdf
import pytest
from rehearsal import Rehearsal
from small_project import copy_small_project

from metropolis.publish.settings import Settings
from metropolis.release.manifest import read_manifest

from .conftest import accepted

ROOT = Path(__file__).parents[2]
TEXTS = {"fr": "Le plan se lit ici.", "en": "The plan is read here.", "es": "El plan se lee aquí."}
ALT = {
    "fr": "Une place vue du ciel",
    "en": "A square seen from above",
    "es": "Una plaza vista desde el cielo",
}
BOOK = """\
# yaml-language-server: $schema=schema/editions.json
- id: metropolis
  title: {fr: "Livre", en: "Book", es: "Libro"}
  subtitle: {fr: "Livre", en: "Book", es: "Libro"}
  parts:
    - title: {fr: "Vision", en: "Vision", es: "Visión"}
      pages: [vision]
  left_out: [LEFT_OUT]
"""


def png(red: int, green: int, blue: int) -> bytes:
    """A picture of one colour, four pixels square."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    rows = b"".join(b"\0" + bytes((red, green, blue)) * 4 for _ in range(4))
    head = struct.pack(">IIBBBBB", 4, 4, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


@dataclass
class Server:
    """A server whose toolkit is a small project; Ana's working copy; what was published, and its
    releases."""

    rehearsal: Rehearsal
    toolkit: Path
    copy: Path
    commits: list[str] = field(default_factory=list)

    def commit(self, message: str, moment: str) -> None:
        """Commits all that has changed, at `moment`: ISO 8601 with the committer's own offset."""
        environment = {
            **self.rehearsal.environment(),
            "GIT_COMMITTER_DATE": moment,
            "GIT_AUTHOR_DATE": moment,
        }
        for arguments in (["add", "--all"], ["commit", "--quiet", "-m", message]):
            subprocess.run(["git", *arguments], cwd=self.copy, env=environment, check=True)

    def publish(self) -> Path:
        """Pushes; the folder of the release that is live then."""
        accepted(self.rehearsal.push(self.copy))
        self.commits.append(self.rehearsal.git(self.copy, "rev-parse", "HEAD"))
        assert self.rehearsal.places.live() == self.commits[-1]
        return self.rehearsal.places.release(self.commits[-1])


def small_toolkit(folder: Path) -> Path:
    """The project with the members whom others name, and a book of one page."""
    copy_small_project(folder)
    pages = {
        path.stem if path.is_file() else f"{path.name}/"
        for path in (folder / "content/fr").iterdir()
    }
    left_out = ", ".join(sorted({*pages, "members/", "indicators/", "data-changes"} - {"vision"}))
    (folder / "data/editions.yml").write_text(BOOK.replace("LEFT_OUT", left_out), "utf-8")
    return folder


def add_page(server: Server, name: str) -> None:
    """A page in each language, which is not in the book; the maintainer has installed the
    navigation that names it."""
    book = server.copy / "data/editions.yml"
    book.write_text(
        re.sub(r"left_out: \[(soak, )?", f"left_out: [{name}, ", book.read_text("utf-8")), "utf-8"
    )
    for code, text in TEXTS.items():
        header = (
            f'---\ntitle: "{text}"\ndescription: "{text}"\n---\n\n# {text} {{ #{name}'
            f" }}\n\n{text}\n"
        )
        (server.copy / f"content/{code}/{name}.md").write_text(header, "utf-8")
    navigation = (ROOT / "mkdocs.yml").read_text("utf-8")
    navigation = re.sub(r"(?m)^( +- )about\.md$", rf"\1about.md\n\1{name}.md", navigation)
    # A language that is being translated: its half-made pages are neither published nor in the way.
    draft = "        - locale: pt\n          name: Português\n          build: false\n"
    (server.toolkit / "mkdocs.yml").write_text(
        navigation.replace("  - macros:\n", f"{draft}  - macros:\n", 1), "utf-8"
    )


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Server:
    """Two publications: everything that is new, then a replaced picture and a renamed page."""
    folder = tmp_path_factory.mktemp("real-build")
    toolkit = small_toolkit(folder / "toolkit")
    settings = Settings(str(toolkit), sys.executable, maintainers=("ana",), least_space=1_000_000)
    rehearsal = Rehearsal(folder / "rehearsal", settings)
    made = Server(rehearsal, toolkit, rehearsal.clone("ana"))
    for name in ("content", "data", "language"):
        shutil.copytree(toolkit / name, made.copy / name)
    made.commit("all", "2023-05-01T12:00:00+00:00")
    members = made.copy / "data/members.yml"
    members.write_text(
        re.sub(r"latitude: (\d+)\.\d+", r"latitude: \1.5", members.read_text("utf-8"), count=1),
        "utf-8",
    )
    made.commit("a place", "2023-05-03T00:30:00+02:00")  # the second of May in UTC
    for code, alt in ALT.items():
        (made.copy / f"content/{code}/images").mkdir(exist_ok=True)
        (made.copy / f"content/{code}/images/square.png").write_bytes(png(200, 0, 0))
        with (made.copy / f"content/{code}/vision.md").open("a", encoding="utf-8") as page:
            page.write(f"\n![{alt}](images/square.png)\n")
    (made.copy / "content/pt").mkdir()
    (made.copy / "content/pt/vision.md").write_text(
        '---\ntitle: "Visão"\ndescription: "x"\n---\n\n# Visão\n', "utf-8"
    )
    add_page(made, "soak")
    made.commit("a picture, a page, a draft", "2023-06-10T00:30:00+02:00")
    made.publish()
    for code in TEXTS:
        (made.copy / f"content/{code}/images/square.png").write_bytes(png(0, 0, 200))
        (made.copy / f"content/{code}/soak.md").unlink()
    add_page(made, "drench")
    made.commit("another picture, another name", "2023-06-12T12:00:00+00:00")
    made.publish()
    return made


def releases(server: Server) -> list[Path]:
    return [server.rehearsal.places.release(commit) for commit in server.commits]


def test_a_picture_is_on_the_page_and_in_the_book(server: Server) -> None:
    first, second = releases(server)
    for code, prefix in (("fr", ""), ("en", "en/"), ("es", "es/")):
        page = (first / f"{prefix}vision/index.html").read_text("utf-8")
        assert f'alt="{ALT[code]}"' in page
        assert (first / f"{prefix}images/square.png").read_bytes() == png(200, 0, 0)
        assert (second / f"{prefix}images/square.png").read_bytes() == png(0, 0, 200)
        assert colours(first / f"pdf/metropolis-{code}.pdf") == {(200, 0, 0)}
        assert colours(second / f"pdf/metropolis-{code}.pdf") == {(0, 0, 200)}


def colours(book: Path) -> set[tuple[int, ...]]:
    """The first pixel of each picture of a book."""
    with pikepdf.open(book) as pdf:
        pictures = [image for page in pdf.pages for image in page.get_images().values()]
        return {
            tuple(pikepdf.PdfImage(image).as_pil_image().convert("RGB").getpixel((0, 0)))
            for image in pictures
        }


def test_a_new_page_a_renamed_page_and_a_draft(server: Server) -> None:
    first, second = releases(server)
    for prefix in ("", "en/", "es/"):
        assert (first / f"{prefix}soak/index.html").is_file()
        assert not (second / f"{prefix}soak").exists()
        assert (second / f"{prefix}drench/index.html").is_file()
    assert not (first / "pt").exists()


def test_the_feed_and_the_page_of_changes_know_the_history(server: Server) -> None:
    first, second = releases(server)
    days = re.compile(r"<id>tag:[^,]+,(\d{4}-\d\d-\d\d):en</id>")
    assert days.findall((first / "en/feed.xml").read_text("utf-8")) == [
        "2023-06-09",
        "2023-05-02",
        "2023-05-01",
    ]
    feed = (second / "en/feed.xml").read_text("utf-8")
    assert days.findall(feed) == ["2023-06-12", "2023-06-09", "2023-05-02", "2023-05-01"]
    assert TEXTS["en"] in feed
    changes = (first / "en/data-changes/index.html").read_text("utf-8")
    assert "without the history" not in changes
    assert "Changed: Barcelona" in changes
    assert "2 May 2023" in changes


def test_a_clone_builds_the_same_bytes(server: Server) -> None:
    """Another folder, another account's cache, no sandbox: the same commit is the same site,
    history and books too."""
    clone = server.rehearsal.clone("reader")
    for name in ("macros", "metropolis", "theme"):
        (clone / name).symlink_to(server.toolkit / name)
    shutil.copy(server.toolkit / "mkdocs.yml", clone)
    environment = {**os.environ, "PYTHONPATH": str(server.toolkit), "PYTHONDONTWRITEBYTECODE": "1"}
    run = subprocess.run(
        [sys.executable, "-m", "metropolis.cli", "build"],
        cwd=clone, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout + run.stderr
    pushed = read_manifest((releases(server)[1] / "release.json").read_text("utf-8"))
    local = read_manifest((clone / "site/release.json").read_text("utf-8"))
    assert pushed
    assert local
    different = {
        path for path, digest in pushed["files"].items() if local["files"].get(path) != digest
    }
    assert different == set()
    assert pushed == local
