"""A killed git leaves its lock; the next reconcile takes it away, and never one that somebody
holds."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from metropolis.publish.reconciliation import remove_stale_locks


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    subprocess.run(["git", "init", "--quiet", "--bare", str(tmp_path / "plan.git")], check=True)
    return tmp_path / "plan.git"


def test_a_lock_that_nobody_holds_is_removed(repository: Path) -> None:
    lock = repository / "refs/heads/main.lock"
    lock.touch()
    assert remove_stale_locks(repository) == [lock]
    assert not lock.exists()


def test_while_a_process_works_in_the_repository_a_lock_may_be_its_own(repository: Path) -> None:
    lock = repository / "refs/heads/main.lock"
    lock.touch()
    with subprocess.Popen(["cat"], stdin=subprocess.PIPE, cwd=repository) as git:
        assert remove_stale_locks(repository) == []
        assert git.stdin
        git.stdin.close()
    assert remove_stale_locks(repository) == [lock]


def test_an_old_lock_is_nobodys(repository: Path) -> None:
    lock = repository / "packed-refs.lock"
    lock.touch()
    os.utime(lock, (1, 1))
    with subprocess.Popen(["cat"], stdin=subprocess.PIPE, cwd=repository) as git:
        assert remove_stale_locks(repository) == [lock]
        assert git.stdin
        git.stdin.close()
