"""Packs that unfold to far more than they are: git unfolds them before a hook is asked, and is
bounded meanwhile."""

from __future__ import annotations

import hashlib
import os
import resource
import struct
import subprocess
import sys
import zlib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from rehearsal import Rehearsal

from metropolis.publish.refs import NOBODY
from metropolis.publish.settings import Limits, write_settings
from metropolis.publish.shell import limit_unpacking, remove_limits

ROOT = Path(__file__).parent.parent.parent
_TREE, _BLOB, _REF_DELTA = 2, 3, 7
_BLOCK = 0xFFFFFF  # the most that one step of a difference copies
_MEASURED = (
    "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=False); "
    "sys.exit(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))"
)


def _size(number: int) -> bytes:
    """Seven bits in each byte, as git writes lengths."""
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*out, number])


def _entry(kind: int, content: bytes, base: bytes = b"") -> bytes:
    first, rest = len(content) & 15, len(content) >> 4
    head = bytes([kind << 4 | first | (0x80 if rest else 0)]) + (_size(rest) if rest else b"")
    return head + base + zlib.compress(content)


def _copies(base_size: int, count: int, mark: int = 0) -> bytes:
    """A difference: the base, `count` times, and a few bytes that make each another."""
    end = b"%08d" % mark
    body = bytes([0b11110000, *_BLOCK.to_bytes(3, "little")]) * count
    return _size(base_size) + _size(_BLOCK * count + len(end)) + body + bytes([len(end)]) + end


def _pack(entries: Iterable[bytes]) -> bytes:
    found = list(entries)
    content = b"PACK" + struct.pack(">II", 2, len(found)) + b"".join(found)
    return content + hashlib.sha1(content).digest()


def bomb(kind: int, word: bytes, count: int, times: int) -> bytes:
    """A pack with one object of 16 MB and others that are it many times over."""
    base = bytes(_BLOCK)
    name = hashlib.sha1(b"%s %d\0" % (word, len(base)) + base).digest()
    others = [_entry(_REF_DELTA, _copies(len(base), count, mark), name) for mark in range(times)]
    return _pack([_entry(kind, base), *others])


@pytest.mark.parametrize(
    ("kind", "word", "count", "times"),
    [
        pytest.param(_BLOB, b"blob", 300, 1, id="a file of five gigabytes"),
        pytest.param(_TREE, b"tree", 300, 1, id="a folder of five gigabytes"),
        pytest.param(_TREE, b"tree", 6, 50, id="fifty folders of a hundred megabytes"),
        pytest.param(_TREE, b"tree", 6, 150, id="as many as are kept in one file"),
    ],
)
def test_a_small_pack_that_unfolds_to_gigabytes(
    rehearsal: Rehearsal, kind: int, word: bytes, count: int, times: int
) -> None:
    pack = bomb(kind, word, count, times)
    assert len(pack) < 60_000
    write_settings(rehearsal.places, replace(rehearsal.settings, most_unpack_memory=400_000_000))
    command = f"{NOBODY} {'1' * 40} refs/heads/main\0report-status side-band-64k"
    line = f"{len(command) + 4:04x}{command}".encode()
    shell = [sys.executable, "-m", "metropolis.cli", "publish"]
    shell += ["--at", str(rehearsal.places.root), "shell", "luc"]
    run = subprocess.run(
        [sys.executable, "-c", _MEASURED, *shell],
        env={**os.environ, "SSH_ORIGINAL_COMMAND": f"git-receive-pack '{rehearsal.places.repository}'"},
        input=line + b"0000" + pack, capture_output=True, check=False, cwd=ROOT,
    )  # fmt: skip
    assert b"unpack " in run.stdout
    assert b"unpack ok" not in run.stdout
    assert int(run.stderr.split()[-1]) < 450_000  # kilobytes, of the largest process
    assert not list((rehearsal.places.repository / "objects").glob("tmp_objdir*"))
    assert not rehearsal.git(rehearsal.places.repository, "for-each-ref")


def test_a_push_with_a_key_is_published_under_these_limits(
    rehearsal: Rehearsal, tmp_path: Path
) -> None:
    """The hook takes them off: what it starts has limits of its own."""
    limits = {"most_unpack_memory": 400_000_000, "longest_unpack": 20}
    write_settings(rehearsal.places, replace(rehearsal.settings, **limits))
    ssh = tmp_path / "ssh"
    ssh.write_text(
        "#!/bin/sh\nfor word in \"$@\"; do last=$word; done\n"
        f'SSH_ORIGINAL_COMMAND="$last" exec {sys.executable} -m metropolis.cli --project {ROOT} '
        f"publish --at {rehearsal.places.root} shell ana\n",
        "utf-8",
    )  # fmt: skip
    ssh.chmod(0o755)
    copy = rehearsal.clone("ana")
    commit = rehearsal.commit(copy, {"content/fr/index.md": "release 1"}, "one")
    run = subprocess.run(
        ["git", "push", "ssh://server/plan.git", "HEAD:main"],
        cwd=copy, env={**rehearsal.environment(), "GIT_SSH": str(ssh), "GIT_SSH_VARIANT": "simple"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert f"Published: {commit[:10]} is live." in run.stderr
    assert rehearsal.places.live() == commit


def test_limits_are_put_on_and_taken_off() -> None:
    kinds = (resource.RLIMIT_AS, resource.RLIMIT_CPU)
    before = [resource.getrlimit(kind) for kind in kinds]
    try:
        limit_unpacking(Limits(most_unpack_memory=10**12, longest_unpack=10**6))
        assert [resource.getrlimit(kind)[0] for kind in kinds] == [10**12, 10**6]
        remove_limits()
        assert [resource.getrlimit(kind) for kind in kinds] == before
    finally:
        remove_limits()
