"""What the preview's server does with addresses and hosts that nobody meant: nothing outside its
folder is read, written or deleted, every request is answered, and no report of Python's is
printed."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metropolis.problem import Problem
from metropolis.site.preview import Preview
from metropolis.site.server import preview_server, site_path

from .conftest import serving

SECRET = "<p>Nobody may read this.</p>"


@pytest.fixture(scope="module")
def preview(module_copy: Path) -> Preview:
    root = module_copy
    folder = root.parent / "preview"
    folder.mkdir()
    made = Preview(root, folder, lambda words: None)
    made.refresh()
    (folder / "way-out").symlink_to(root.parent)
    (folder / "way-out.html").symlink_to(root.parent / "victim.html")
    return made


@pytest.fixture(scope="module")
def port(preview: Preview) -> Iterator[int]:
    server = preview_server(preview, "127.0.0.1", 0)
    server.poll_response_timeout = 0
    with serving(server) as port:
        yield port


@pytest.fixture
def victim(preview: Preview) -> Path:
    """A file beside the preview's folder."""
    file = preview.site_dir.parent / "victim.html"
    file.write_text(SECRET, "utf-8")
    return file


def ask(port: int, target: bytes, host: str = "127.0.0.1") -> tuple[int, str]:
    """(status, all that was answered) for a request whose target is sent as it is."""
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        connection.sendall(
            b"GET "
            + target
            + b" HTTP/1.0\r\n"
            + (f"Host: {host}\r\n" if host else "").encode()
            + b"\r\n"
        )
        answer = b"".join(iter(lambda: connection.recv(65536), b"")).decode("utf-8", "replace")
    return int(answer.split()[1]), answer


def written(piece: str | bytes) -> str:
    return quote(
        piece if isinstance(piece, bytes) else piece.encode("utf-8", "surrogatepass"), safe="./\\"
    )


def files_around(preview: Preview) -> set[Path]:
    folder = preview.site_dir
    return {
        path
        for path in folder.parent.rglob("*")
        if folder not in path.parents and ".cache" not in path.parts
    }


def spellings(outside: Path) -> list[bytes]:
    """Ways to write a file two folders up, and absolutely."""
    up, absolute = outside.name, str(outside)
    return [
        f"/..%2f{up}".encode(), f"/../{up}".encode(), f"/en/..%2f..%2f{up}".encode(), f"/%2e%2e/{up}".encode(),
        f"/%2e%2e%2f{up}".encode(), f"/..%5c{up}".encode(), f"/..\\{up}".encode(), f"/..%252f{up}".encode(),
        f"/%252e%252e%252f{up}".encode(), f"/{absolute}".encode(), f"/%2f{absolute}".encode(), absolute.encode(),
        f"//{absolute}".encode(), f"/en/%2f{absolute}".encode(), f"/way-out/{up}".encode(), b"/way-out.html",
        f"/..%c0%af{up}".encode(), f"/..%00%2f{up}".encode(), f"/..%2f{up}%00.html".encode(),
        f"/./..%2f.%2f{up}".encode(), f"/_preview/..%2f..%2f{up}".encode(),
        f"/_preview/side/..%2f..%2f..%2f{up}".encode(), f"http://127.0.0.1/..%2f{up}".encode(),
        f"/livereload/..%2f..%2f{up}".encode(),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "is_broken", [False, True], ids=["data that can be read", "data that cannot"]
)
def test_no_address_leaves_the_folder(
    preview: Preview, port: int, victim: Path, is_broken: bool, capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    if is_broken:
        monkeypatch.setattr(preview, "_shared", None)
    around = files_around(preview)
    for target in spellings(victim):
        for one in (target, target + b"/", target + b"?a=b", target.replace(b"victim", b"nothing")):
            status, answer = ask(port, one)
            assert SECRET not in answer, one
            assert status in {200, 302, 404} if is_broken else status in {302, 404}, one
    assert victim.read_text("utf-8") == SECRET
    assert files_around(preview) == around
    assert "Traceback" not in capfd.readouterr().err


def test_any_bytes_are_answered(
    preview: Preview, port: int, victim: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    around = files_around(preview)
    pieces = st.one_of(
        st.sampled_from(["..", ".", "/", "\\", "en", "vision", "index.html", "victim.html", "way-out", "_preview"]),
        st.sampled_from(["livereload", "9" * 5000, "x" * 300, "x" * 5000 + ".html", "members", "\0", "side"]),
        st.text(max_size=8),
        st.binary(max_size=6),
    )  # fmt: skip
    joints = st.sampled_from(["/", "%2f", "%5c", "//", "%00", "%252f", "?", "#", ""])

    @settings(max_examples=150, database=None)
    @given(st.lists(st.tuples(joints, pieces), max_size=7), st.booleans())
    def answered(parts: list[tuple[str, str | bytes]], is_page: bool) -> None:
        path = "/" + "".join(joint + written(piece) for joint, piece in parts)
        status, answer = ask(port, path.encode() + (b".html" if is_page else b""))
        assert status in {200, 302, 404}
        assert SECRET not in answer

    answered()
    assert victim.exists()
    assert files_around(preview) == around
    assert "Traceback" not in capfd.readouterr().err


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("/", "/"), ("", "/"), ("/en/vision/", "/en/vision/"), ("/en//vision/", "/en/vision/"), ("//en/", "/en/"),
        ("/en/./vision/index.html", "/en/vision/index.html"), ("/en/../vision/", "/vision/"), ("/../../x", "/x"),
        ("/caf\u00c3\u00a9/", "/café/"), ("/\u00ff/", None), ("/a\0b", None), ("/" + "x" * 256, None),
        ("/" + ("é" * 128).encode().decode("latin-1"), None), ("/livereload/12/34", "/livereload/12/34"),
        ("/livereload/" + "9" * 5000 + "/1", None), ("/" + "x/" * 3000, None),
    ],
)  # fmt: skip
def test_one_path_is_asked_for_and_served(address: str, path: str | None) -> None:
    assert site_path(address) == path


def test_a_page_that_is_gone_is_gone_and_what_nobody_rendered_stays(
    preview: Preview, port: int
) -> None:
    page = preview.root / "content/es/mission.md"
    text = page.read_text("utf-8")
    own = preview.site_dir / "own.html"
    own.write_text("<p>Mine.</p>", "utf-8")
    assert ask(port, b"/es/mission/")[0] == 200
    page.unlink()
    preview.refresh()
    assert ask(port, b"/es/mission/")[0] == 404
    assert not (preview.site_dir / "es/mission/index.html").exists()
    assert ask(port, b"/own.html")[0] == 200
    page.write_text(text, "utf-8")
    preview.refresh()
    assert ask(port, b"/es/mission/")[0] == 200


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8000", 200), ("localhost", 200), ("LOCALHOST:8000", 200), ("[::1]:8000", 200), ("127.8.9.1", 200),
        ("evil.example", 403), ("evil.example:8000", 403), ("127.0.0.1.evil.example", 403), ("localhost.evil", 403),
        ("10.0.0.1", 403), ("", 403), ("[::1", 403), ("127.0.0.1@evil.example", 403), ("evil.example, 127.0.0.1", 403),
    ],
)  # fmt: skip
def test_only_this_computer_is_answered(port: int, host: str, status: int) -> None:
    found, answer = ask(port, b"/vision/", host)
    assert found == status
    if status == 403:
        assert "This preview is for this computer: open it at http://127.0.0.1:0/." in answer


def test_what_goes_wrong_while_reading_is_said_on_the_page(
    preview: Preview, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> list[Problem]:
        raise RuntimeError("no reason")

    monkeypatch.setattr("metropolis.site.preview.examine", fail)
    preview.refresh()
    status, answer = ask(port, b"/vision/")
    assert status == 200
    assert "The pages cannot be checked: RuntimeError: no reason." in answer
    monkeypatch.undo()
    preview.refresh()
    assert "no reason" not in ask(port, b"/vision/")[1]
