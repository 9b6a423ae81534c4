"""`metropolis serve`: what it says where it cannot begin, or cannot go on."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from metropolis.cli import main


@pytest.mark.parametrize(
    "address",
    [
        "8000",
        "127.0.0.1:",
        ":8000",
        "127.0.0.1:99999",
        "127.0.0.1:65536",
        "127.0.0.1:²",
        "127.0.0.1:-1",
        "a:1e3",
        "x:" + "9" * 5000,
    ],
)
def test_what_is_no_address_is_said(
    root: Path, address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--project", str(root), "serve", "--address", address]) == 2
    assert (
        capsys.readouterr().err
        == f"“{address}” is not an address: write one like 127.0.0.1:8000.\n"
    )


def test_an_address_that_is_taken_is_said(
    project_copy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(project_copy)
    monkeypatch.setattr("metropolis.site.preview.Preview.refresh", lambda preview: None)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        assert main(["--project", str(project_copy), "serve", "--address", address]) == 1
    expected = (
        f"Nothing can listen on {address}: Address already in use. Try --address 127.0.0.1:8001.\n"
    )
    assert capsys.readouterr().out == expected


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (
            FileNotFoundError(2, "No such file or directory", "theme/fonts/x.woff2"),
            "theme/fonts/x.woff2: No such file or directory",
        ),
        (OSError(28, "No space left on device"), "No space left on device"),
    ],
)
def test_another_error_of_the_system_is_not_one_of_the_address(
    project_copy: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    error: OSError,
    words: str,
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.chdir(project_copy)
    monkeypatch.setattr("metropolis.site.server.preview_server", fail)
    assert main(["--project", str(project_copy), "serve"]) == 1
    assert capsys.readouterr().out == f"The preview has ended: {words}.\n"
