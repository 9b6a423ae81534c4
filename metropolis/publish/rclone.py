"""The one way to ask rclone: about one remote folder, without a shell, with an end, its troubles in
plain words.

Where the store is and who may write there stands in rclone's own configuration or in
RCLONE_CONFIG_…: never here."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

_LONGEST = 3600  # seconds for one command
_NOT_FOUND = (3, 4)  # rclone's exit codes for a folder and for a file that is not there
_FLAGS = (
    "--use-json-log", "--stats=1s", "--stats-log-level=NOTICE", "--retries=3",
    "--low-level-retries=3",
    "--contimeout=15s", "--timeout=60s", "--ask-password=false", "--fast-list",
    "--s3-no-check-bucket",
)  # fmt: skip
_REASONS = (
    (
        "didn't find section in config file",
        "rclone knows no remote of this name: `rclone listremotes` lists them.",
    ),
    ("NoSuchBucket", "There is no such bucket in the store."),
    (
        "SignatureDoesNotMatch|InvalidAccessKeyId",
        "The store does not know the key, or its secret is wrong.",
    ),
    ("AccessDenied|StatusCode: 403", "The key is not allowed to do this in the store."),
    (
        "connection refused|no such host|i/o timeout|network is unreachable",
        "The store cannot be reached.",
    ),
)


class RcloneError(Exception):
    """Why rclone could not do it: plain words, and its own last lines."""


def find_rclone() -> Path | None:
    """The program: the one of this environment, else the system's."""
    own = Path(sys.executable).parent / "rclone"
    found = str(own) if os.access(own, os.X_OK) else shutil.which("rclone")
    return Path(found) if found else None


def without_secrets(remote: str) -> str:
    """A remote as it may be shown: what is written between its name and its path may hold a key."""
    return re.sub(r"^(:?[^,:]+),.*:", r"\1,…:", remote)


class RemoteFolder:
    """A remote folder. With `dry_run` nothing in it changes, and `say` is told what would."""

    def __init__(
        self, program: Path, remote: str, work: Path, say: Callable[[str], None], dry_run: bool
    ) -> None:
        self._program, self._remote, self._work, self._say, self._dry_run = (
            program,
            remote,
            work,
            say,
            dry_run,
        )

    def has_checksums(self) -> bool:
        """Whether the store can tell that a file of the same size is another."""
        return bool(
            json.loads(self._run(["backend", "features", "--", self._folder("")], [])).get("Hashes")
        )

    def names(self, folder: str, *options: str) -> list[str]:
        """What `rclone lsf` lists under a folder; nothing where there is no such folder."""
        return self._ask(["lsf", *options, "--", self._folder(folder)]).splitlines()

    def read(self, path: str) -> str:
        """The text of a small file; empty where there is none."""
        return self._ask(["cat", "--", self._at(path)])

    def send(self, label: str, source: Path, paths: Sequence[str], folder: str, cache: str) -> None:
        """Sends those of the files that the store does not have as they are here."""
        options = [
            "--checksum",
            "--files-from-raw",
            self._list(paths),
            "--header-upload",
            f"Cache-Control: {cache}",
        ]

        def progress(stats: dict[str, Any]) -> None:
            # A file that replaces another counts twice: once compared, once sent.
            if (done := stats["checks"] + stats["transfers"]) < len(paths):
                self._say(f"{label}: {done} of {len(paths)} files")

        sent = self._change(["copy", *options, "--", str(source), self._folder(folder)], progress)
        self._say(
            f"{label}: {len(paths)} of {len(paths)} files, {sent}"
            f" {'to be sent' if self._dry_run else 'sent'}."
        )

    def put(self, path: str, text: str, cache: str) -> None:
        """Writes a small file, if it is not so already."""
        file = self._work / "put"
        file.write_text(text, "utf-8")
        options = ["--checksum", "--header-upload", f"Cache-Control: {cache}"]
        if self._change(["copyto", *options, "--", str(file), self._at(path)]):
            self._say(f"{path}: {'would be written' if self._dry_run else 'written'}.")

    def remove_files(self, paths: Sequence[str]) -> None:
        """Removes these files and no other."""
        for path in paths:
            self._say(f"{'Would be removed' if self._dry_run else 'Removed'}: {path}")
        self._change(["delete", "--files-from-raw", self._list(paths), "--", self._folder("")])

    def remove_folder(self, folder: str) -> None:
        """Removes a folder with everything in it."""
        self._say(f"{'Would be removed' if self._dry_run else 'Removed'}: {folder}/")
        self._change(["purge", "--", self._folder(folder)])

    def _at(self, path: str) -> str:
        base = self._remote if self._remote.endswith(":") else self._remote.rstrip("/") + "/"
        return base + path

    def _folder(self, path: str) -> str:
        # With the last slash the store is not asked whether it is a file: a wrong key would make it
        # one.
        return self._at(f"{path}/" if path else "")

    def _list(self, paths: Iterable[str]) -> str:
        file = self._work / "paths"
        file.write_text("".join(f"{path}\n" for path in paths), "utf-8")
        return str(file)

    def _change(
        self, arguments: list[str], progress: Callable[[dict[str, Any]], None] | None = None
    ) -> int:
        """Runs a command that changes the store; how many files were sent, or would be."""
        entries: list[dict[str, Any]] = []
        self._run(
            [*arguments[:1], *(["--dry-run"] if self._dry_run else []), *arguments[1:]],
            entries,
            progress,
        )
        for entry in entries:
            if entry.get("skipped") == "copy" and progress:
                self._say(f"Would be sent: {entry['object']}")
        stats = [entry["stats"] for entry in entries if "stats" in entry]
        return int(stats[-1]["transfers"]) if stats else 0

    def _ask(self, arguments: list[str]) -> str:
        """Runs a command that reads; what is not there is empty."""
        return self._run(arguments, [], None, _NOT_FOUND)

    def _run(
        self,
        arguments: list[str],
        entries: list[dict[str, Any]],
        progress: Callable[[dict[str, Any]], None] | None = None,
        accepted: Sequence[int] = (),
    ) -> str:
        """Runs a command to its end; its standard output. `entries` receives what it logs."""
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
                self._listen(process, entries, progress)
        except OSError as error:
            raise RcloneError(f"rclone cannot be started: {error.strerror}.") from error
        if process.returncode and process.returncode not in accepted:
            raise RcloneError(_why(process.returncode, entries))
        return output.read_text("utf-8", "replace")

    def _listen(
        self,
        process: subprocess.Popen[str],
        entries: list[dict[str, Any]],
        progress: Callable[[dict[str, Any]], None] | None,
    ) -> None:
        """Reads the log as it comes; ends the program when it takes too long, or when we are ended
        ourselves."""
        assert process.stderr
        watch = threading.Timer(_LONGEST, process.kill)
        watch.daemon = True
        watch.start()
        try:
            for line in process.stderr:
                entry = _entry(line)
                entries.append(entry)
                if progress and "stats" in entry and process.poll() is None:
                    progress(entry["stats"])
            process.wait()
        finally:
            watch.cancel()
            if process.poll() is None:
                process.kill()


def _entry(line: str) -> dict[str, Any]:
    """A line of rclone's log: JSON, but for what it says before it has read its options."""
    try:
        entry = json.loads(line)
    except ValueError:
        entry = None
    return entry if isinstance(entry, dict) else {"level": "error", "msg": line.strip()}


def _why(code: int, entries: Iterable[dict[str, Any]]) -> str:
    """Plain words where we have some, and the last lines of rclone's own."""
    if code < 0:
        return f"rclone was stopped (signal {-code}), or took more than {_LONGEST // 60} minutes."
    said = [(str(entry.get("level")), str(entry.get("msg", ""))) for entry in entries]
    # Its last word on a failure is a mere notice.
    bad = [
        words
        for level, words in said
        if level in ("error", "critical") or words.startswith("Failed to ")
    ]
    last = [words for words in dict.fromkeys(bad) if words][-2:]
    plain = [
        words for pattern, words in _REASONS if any(re.search(pattern, line) for line in last)
    ][:1]
    own = " / ".join(last) or f"exit code {code}"
    return " ".join([*plain, f"rclone says: {own}"])
