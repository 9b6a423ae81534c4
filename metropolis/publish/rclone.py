"""The one way to run rclone: on one remote folder, without a shell, with a time limit, its errors
in plain words. The store's address and key are in rclone's configuration or in RCLONE_CONFIG_…"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from metropolis.problem import RefusedError, Say

_LONGEST = 3600  # seconds for one command
_NOT_FOUND = (3, 4)  # rclone's exit codes for a folder and for a file that is not there
_FLAGS = (
    "--use-json-log", "--stats=1s", "--stats-log-level=NOTICE", "--retries=3",
    "--low-level-retries=3",
    "--contimeout=15s", "--timeout=60s", "--ask-password=false", "--fast-list",
    "--s3-no-check-bucket",
)  # fmt: skip
_UNKNOWN = "rclone knows no remote of this name: `rclone listremotes` lists them."
_WRONG_KEY = "The store does not know the key, or its secret is wrong."
_OFFLINE = "connection refused|no such host|i/o timeout|network is unreachable"
_REASONS = (
    ("didn't find section in config file", _UNKNOWN),
    ("NoSuchBucket", "There is no such bucket in the store."),
    ("SignatureDoesNotMatch|InvalidAccessKeyId", _WRONG_KEY),
    ("AccessDenied|StatusCode: 403", "The key is not allowed to do this in the store."),
    (_OFFLINE, "The store cannot be reached."),
)

Entry = dict[str, Any]  # of rclone's log
Progress = Callable[[Entry], None]


def find_rclone() -> Path | None:
    """The program of this environment, else the system's."""
    own = Path(sys.executable).parent / "rclone"
    found = str(own) if os.access(own, os.X_OK) else shutil.which("rclone")
    return Path(found) if found else None


def without_secrets(remote: str) -> str:
    """A remote as it may be shown: the part between name and path may contain a key."""
    return re.sub(r"^(:?[^,:]+),.*:", r"\1,…:", remote)


class RemoteFolder:
    """A remote folder. With `dry_run` nothing in it changes, and `say` receives what would."""

    def __init__(self, program: Path, remote: str, work: Path, say: Say, dry_run: bool) -> None:
        self._program, self._remote, self._work = program, remote, work
        self._say, self._dry_run = say, dry_run

    def has_checksums(self) -> bool:
        """Whether the store can distinguish two files of the same size."""
        features, _ = self._run(["backend", "features", "--", self._folder("")])
        return bool(json.loads(features).get("Hashes"))

    def names(self, folder: str, *options: str) -> list[str]:
        """What `rclone lsf` lists under a folder; nothing if there is no such folder."""
        return self._run(["lsf", *options, "--", self._folder(folder)], _NOT_FOUND)[0].splitlines()

    def read(self, path: str) -> str:
        """The text of a small file; empty if there is none."""
        return self._run(["cat", "--", self._at(path)], _NOT_FOUND)[0]

    def send(self, label: str, source: Path, paths: Sequence[str], folder: str, cache: str) -> None:
        """Sends the files that the store does not have, or has with other content."""
        options = ["--files-from-raw", self._list(paths), *_upload(cache)]

        def progress(stats: Entry) -> None:
            # A file that replaces another counts twice: once compared, once sent.
            if (done := stats["checks"] + stats["transfers"]) < len(paths):
                self._say(f"{label}: {done} of {len(paths)} files")

        sent = self._change(["copy", *options, "--", str(source), self._folder(folder)], progress)
        sent_or_not = "to be sent" if self._dry_run else "sent"
        self._say(f"{label}: {len(paths)} of {len(paths)} files, {sent} {sent_or_not}.")

    def put(self, path: str, text: str, cache: str) -> None:
        """Writes a small file, unless it has this content already."""
        file = self._work / "put"
        file.write_text(text, "utf-8")
        if self._change(["copyto", *_upload(cache), "--", str(file), self._at(path)]):
            self._say(f"{path}: {'would be written' if self._dry_run else 'written'}.")

    def remove(self, paths: Sequence[str]) -> None:
        """Removes files, and folders whose paths end with a slash."""
        for path in paths:
            self._say(f"{'Would be removed' if self._dry_run else 'Removed'}: {path}")
            if path.endswith("/"):
                self._change(["purge", "--", self._at(path)])
        if files := [path for path in paths if not path.endswith("/")]:
            self._change(["delete", "--files-from-raw", self._list(files), "--", self._folder("")])

    def _at(self, path: str) -> str:
        base = self._remote if self._remote.endswith(":") else self._remote.rstrip("/") + "/"
        return base + path

    def _folder(self, path: str) -> str:
        # Without the last slash rclone asks whether this is a file: wrong with a wrong key.
        return self._at(f"{path}/" if path else "")

    def _list(self, paths: Iterable[str]) -> str:
        file = self._work / "paths"
        file.write_text("".join(f"{path}\n" for path in paths), "utf-8")
        return str(file)

    def _change(self, arguments: list[str], progress: Progress | None = None) -> int:
        """Runs a command that changes the store; how many files were sent, or would be."""
        dry_run = ["--dry-run"] if self._dry_run else []
        _, entries = self._run([*arguments[:1], *dry_run, *arguments[1:]], progress=progress)
        for entry in entries:
            if entry.get("skipped") == "copy" and progress:
                self._say(f"Would be sent: {entry['object']}")
        stats = [entry["stats"] for entry in entries if "stats" in entry]
        return int(stats[-1]["transfers"]) if stats else 0

    def _run(
        self, arguments: list[str], accepted: Sequence[int] = (), progress: Progress | None = None
    ) -> tuple[str, list[Entry]]:
        """Runs a command to its end; its standard output, and what it has logged."""
        output = self._work / "output"
        try:
            with (
                output.open("wb") as target,
                subprocess.Popen(
                    [self._program, arguments[0], *_FLAGS, *arguments[1:]],
                    stdin=subprocess.DEVNULL, stdout=target, stderr=subprocess.PIPE,
                    encoding="utf-8", errors="replace",
                ) as process,
            ):  # fmt: skip
                entries = _listen(process, progress)
        except OSError as error:
            raise RefusedError(f"rclone cannot be started: {error.strerror}.") from error
        if process.returncode and process.returncode not in accepted:
            raise RefusedError(_why(process.returncode, entries))
        return output.read_text("utf-8", "replace"), entries


def _listen(process: subprocess.Popen[str], progress: Progress | None) -> list[Entry]:
    """Reads the log as it comes; ends the program after a time limit or an interruption."""
    assert process.stderr
    entries: list[Entry] = []
    watch = threading.Timer(_LONGEST, process.kill)
    watch.daemon = True
    watch.start()
    try:
        for line in process.stderr:
            entries.append(entry := _entry(line))
            if progress and "stats" in entry and process.poll() is None:
                progress(entry["stats"])
        process.wait()
    finally:
        watch.cancel()
        if process.poll() is None:
            process.kill()
    return entries


def _entry(line: str) -> Entry:
    """A line of rclone's log: JSON, except for messages before it has read its options."""
    with suppress(ValueError):
        if isinstance(entry := json.loads(line), dict):
            return entry
    return {"level": "error", "msg": line.strip()}


def _upload(cache: str) -> list[str]:
    """Compares by checksum, and sets how long browsers may keep a file."""
    return ["--checksum", "--header-upload", f"Cache-Control: {cache}"]


def _why(code: int, entries: Iterable[Entry]) -> str:
    """Plain words where we have some, and the last lines of rclone's own."""
    if code < 0:
        return f"rclone was stopped (signal {-code}), or took more than {_LONGEST // 60} minutes."
    said = [(str(entry.get("level")), str(entry.get("msg", ""))) for entry in entries]
    # Its last message on a failure has only the level of a notice.
    bad = dict.fromkeys(
        words
        for level, words in said
        if words and (level in ("error", "critical") or words.startswith("Failed to "))
    )
    own = " / ".join([*bad][-2:]) or f"exit code {code}"
    plain = [words for pattern, words in _REASONS if re.search(pattern, own)][:1]
    return " ".join([*plain, f"rclone says: {own}"])
