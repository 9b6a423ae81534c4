"""Every file that a server can answer with is looked at: compressed copies and added files too."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest
from rehearsal import Rehearsal

from metropolis.publish.verification import Answer, unpack, verify_address, verify_folder

from .conftest import command, publish

CHANGED = "“{}” is not as it was built."
ADDED = "“{}” was added: the manifest does not name it."
ASKED = "“index.html” is not as it was built, asked for with {}."
PAGE = b"<!doctype html>" + b"<p>page</p>" * 100


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A built site of two files, one with its compressed copies."""
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "index.html").write_bytes(PAGE)
    (folder / "index.html.gz").write_bytes(gzip.compress(PAGE))
    (folder / "index.html.br").write_bytes(brotli.compress(PAGE))
    (folder / "a.png").write_bytes(b"png")
    files = {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest()
        for name in ("index.html", "a.png")
    }
    (folder / "release.json").write_text(
        json.dumps({"files": files, "commit": "c0ffee", "file_count": 2})
    )
    (folder / "_headers").write_text("/*\n")
    return folder


def test_a_whole_site(site: Path) -> None:
    assert verify_folder(site, "site")[1] == []


@pytest.mark.parametrize(
    ("name", "change", "expected"),
    [
        ("index.html", lambda file: file.unlink(), "“index.html” is missing."),
        ("a.png", lambda file: file.write_bytes(b"other"), "“a.png” is not as it was built."),
        ("index.html.gz", lambda file: file.write_bytes(b"defaced"), CHANGED.format("index.html.gz")),
        ("index.html.gz", lambda file: file.write_bytes(gzip.compress(b"x")), CHANGED.format("index.html.gz")),
        ("index.html.gz", lambda file: file.write_bytes(gzip.compress(PAGE)[:-9]), CHANGED.format("index.html.gz")),
        ("index.html.gz", lambda file: file.write_bytes(gzip.compress(PAGE) + b"x"), CHANGED.format("index.html.gz")),
        ("index.html.br", lambda file: file.write_bytes(b""), "“index.html.br” is not as it was built."),
        ("a.png.gz", lambda file: file.write_bytes(gzip.compress(b"x")), "“a.png.gz” is not as it was built."),
        ("b.html", lambda file: file.write_bytes(b"x"), "“b.html” was added: the manifest does not name it."),
        ("b.html.br", lambda file: file.write_bytes(b"x"), ADDED.format("b.html.br")),
        ("en/deep/x.js", lambda file: file.write_bytes(b"x"), ADDED.format("en/deep/x.js")),
        (".hidden", lambda file: file.write_bytes(b"x"), "“.hidden” was added: the manifest does not name it."),
        ("release.json.gz", lambda file: file.write_bytes(b"x"), "“release.json.gz” is not as it was built."),
        ("a.png", lambda file: (file.unlink(), file.symlink_to("/etc/passwd")), "“a.png” is not a plain file."),
        ("gone", lambda file: file.symlink_to("nowhere"), "“gone” was added: the manifest does not name it."),
    ],
)  # fmt: skip
def test_what_is_wrong_on_the_disk(
    site: Path, name: str, change: Callable[[Path], object], expected: str
) -> None:
    (site / name).parent.mkdir(parents=True, exist_ok=True)
    change(site / name)
    assert [problem.what for problem in verify_folder(site, "site")[1]] == [expected]


def answering(site: Path, **wrong: Answer) -> Callable[[str, str], Answer]:
    """A server of the site that compresses what it can; `wrong` answers by the encoding that is
    asked for."""

    def ask(path: str, encoding: str) -> Answer:
        if path == "index.html" and encoding in wrong:
            return wrong[encoding]
        ending = {"gzip": ".gz", "br": ".br"}.get(encoding, "")
        copy = site / (path + ending)
        if not copy.is_file():
            return Answer((site / path).read_bytes())
        return Answer(copy.read_bytes(), encoding if ending else "")

    return ask


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ({}, []),
        ({"gzip": Answer(gzip.compress(b"defaced"), "gzip")}, [ASKED.format("gzip")]),
        ({"br": Answer(b"defaced", "br")}, [ASKED.format("br")]),
        ({"br": Answer(PAGE, "zstd")}, [ASKED.format("zstd")]),
        ({"identity": Answer(b"x")}, ["“index.html” is not as it was built."]),
        ({"identity": Answer(None, why="404 Not Found")}, ["“index.html” is missing."]),
        ({"gzip": Answer(None, why="503 Unavailable")}, ["“index.html”: 503 Unavailable."]),
        ({"br": Answer(PAGE)}, []),  # a server that does not compress
    ],
)  # fmt: skip
def test_what_is_wrong_on_line(site: Path, wrong: dict[str, Answer], expected: list[str]) -> None:
    _, problems = verify_address(answering(site, **wrong), "here")
    assert [problem.what for problem in problems] == expected


def test_unfolding_says_none_to_what_is_not_folded() -> None:
    assert unpack(gzip.compress(b"x"), "gzip") == b"x"
    assert unpack(brotli.compress(b"x"), "br") == b"x"
    assert unpack(b"x", "") == b"x"
    for encoding in ("gzip", "br", "zstd"):
        assert unpack(b"x", encoding) is None


def test_a_defaced_copy_is_seen_through_nginx_and_before_mirroring(
    rehearsal: Rehearsal, capsys: pytest.CaptureFixture[str]
) -> None:
    publish(rehearsal, "release 1")
    rehearsal.serve()
    assert command(rehearsal, "verify", rehearsal.address) == 0
    page = rehearsal.places.current / "index.html.gz"
    page.write_bytes(gzip.compress(b"defaced"))
    capsys.readouterr()
    assert command(rehearsal, "verify", rehearsal.address) == 1
    assert "“index.html” is not as it was built, asked for with gzip." in capsys.readouterr().out
    assert command(rehearsal, "verify") == 1
    assert "the live release: “index.html.gz” is not as it was built." in capsys.readouterr().out
    release = ("--release-dir", str(rehearsal.places.current))
    assert command(rehearsal, "mirror", ":memory:x", *release) == 1
    assert "“index.html.gz” is not as it was built." in capsys.readouterr().out
    pooled = next(rehearsal.places.pool.glob("assets/*.css"))
    pooled.with_name("added.0123456789.js").write_text("alert(1)", "utf-8")
    assert command(rehearsal, "verify") == 1
    what = "the pool of hashed files: “assets/added.0123456789.js” was added"
    assert what in capsys.readouterr().out
