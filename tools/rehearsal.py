"""A server to test on: real git, real hooks, real nginx, in one folder and on loopback.

The demonstration, the tests and the long campaign use it. It ends everything that it starts, by
process id.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from email.message import Message
from pathlib import Path
from typing import Any

from metropolis.publish.account import account_of
from metropolis.publish.nginx import BROTLI
from metropolis.publish.places import Places
from metropolis.publish.processes import descendants
from metropolis.publish.reconciliation import reconcile
from metropolis.publish.settings import Settings, write_settings
from metropolis.publish.setup import set_up, write_own_nginx

_IDENTITY = {
    "GIT_AUTHOR_NAME": "Ana", "GIT_AUTHOR_EMAIL": "ana@example.org",
    "GIT_COMMITTER_NAME": "Ana", "GIT_COMMITTER_EMAIL": "ana@example.org",
    "GIT_CONFIG_NOSYSTEM": "1", "GIT_TERMINAL_PROMPT": "0",
}  # fmt: skip


class Rehearsal:
    """`folder` is its own; `settings` name the toolkit and the program that builds."""

    has_own_disk = False  # one that can be made full

    def __init__(self, folder: Path, settings: Settings) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.places = Places(folder / "server")
        self.port = _free_port()
        self.settings = set_up(self.places, settings)
        write_own_nginx(self.places, ("fr", "en", "es"), "localhost", f"127.0.0.1:{self.port}")
        self._nginx: subprocess.Popen[bytes] | None = None

    @property
    def remote(self) -> str:
        """What is pushed to."""
        return str(self.places.repository)

    @property
    def address(self) -> str:
        """Where nginx answers."""
        return f"http://127.0.0.1:{self.port}"

    def clone(self, name: str) -> Path:
        """A working copy of the server's repository."""
        copy = self.folder / name
        self.git(self.folder, "clone", "--quiet", self.remote, str(copy))
        return copy

    def git(self, folder: Path, *arguments: str, check: bool = True) -> str:
        """git in a working copy, or in the repository; what it printed."""
        run = subprocess.run(
            **self.command(folder, "git", *arguments), capture_output=True, text=True, check=False
        )
        if check and run.returncode:
            raise RuntimeError(f"git {' '.join(arguments)}: {run.stderr}")
        return run.stdout.strip()

    def commit(self, copy: Path, files: Mapping[str, str | None], message: str) -> str:
        """Writes files (None takes one away) and commits everything; returns the commit."""
        for path, text in files.items():
            file = copy / path
            if text is None:
                file.unlink()
            else:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, "utf-8")
                self.give(file)
        self.git(copy, "add", "--all")
        self.git(copy, "commit", "--quiet", "--allow-empty", "-m", message)
        return self.git(copy, "rev-parse", "HEAD")

    def start_push(
        self, copy: Path, *refs: str, who: str = "ana", force: bool = False
    ) -> subprocess.Popen[str]:
        """Starts a push in its own session, so that all its processes can be killed."""
        options = ["--force"] if force else []
        return subprocess.Popen(
            **self.command(copy, "git", "push", *options, self.remote, *refs, who=who),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def push(
        self, copy: Path, *refs: str, who: str = "ana", force: bool = False
    ) -> tuple[int, str]:
        """A whole push: its exit code, and what the pusher reads, without git's "remote: "."""
        process = self.start_push(copy, *(refs or ("HEAD:main",)), who=who, force=force)
        output, _ = process.communicate(timeout=900)
        lines = [line.removeprefix("remote: ").rstrip() for line in output.splitlines()]
        return process.returncode, "\n".join(lines)

    def command(self, folder: Path, *words: str, who: str = "ana") -> dict[str, Any]:
        """How a command is started in a working copy, as `subprocess` takes it."""
        return {"args": words, "cwd": folder, "env": self.environment(who)}

    def give(self, file: Path) -> None:
        """Gives a new file to the owner of its folder: nothing to do here, all files are ours."""

    def environment(self, who: str = "ana") -> dict[str, str]:
        """A person's own environment, without what a hook would have."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        return {**kept, **_IDENTITY, "METROPOLIS_PUSHER": who, "HOME": str(self.folder)}

    def serve(self) -> None:
        """Starts nginx and waits until it answers."""
        nginx = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
        if nginx is None:
            raise RuntimeError("nginx is missing: sudo apt-get install nginx-light")
        folder = self.folder / "nginx"
        folder.mkdir(exist_ok=True)
        configuration = folder / "nginx.conf"
        configuration.write_text(_nginx_configuration(self.places, folder), "utf-8")
        self._nginx = subprocess.Popen(
            [nginx, "-e", str(folder / "error.log"), "-p", str(folder), "-c", str(configuration)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until = time.monotonic() + 10
        while time.monotonic() < until:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            if self._nginx.poll() is not None:
                break
            time.sleep(0.02)
        raise RuntimeError(
            f"nginx did not start: {(folder / 'error.log').read_text('utf-8', 'replace')}"
        )

    def get(self, path: str, **headers: str) -> tuple[int, Message, bytes]:
        """What a reader gets: status, headers, body."""
        request = urllib.request.Request(self.address + path, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.headers, error.read()

    def client(self, push: int) -> int:
        """The process in which somebody pushes."""
        return push

    def server_processes(self, push: int) -> list[int]:
        """What works for a push on the server's side."""
        return descendants(push)

    def is_busy(self) -> bool:
        """Whether something still runs that a push has left."""
        return any(str(self.places.root) in line for line in _commands())

    def reconcile(self) -> None:
        """What the timer does."""
        reconcile(self.places, self.settings, "timer", lambda _: None)

    def staff(self, *words: str) -> int:
        """`metropolis publish …` as staff type it; its exit code."""
        command = [sys.executable, "-m", "metropolis.cli", "publish", "--at", str(self.places.root)]
        return subprocess.run([*command, *words], capture_output=True, check=False).returncode

    @contextmanager
    def decided(self, **settings: int) -> Iterator[None]:
        """Other settings for a while."""
        self._write(replace(self.settings, **settings))
        try:
            yield
        finally:
            self._write(self.settings)

    def _write(self, settings: Settings) -> None:
        write_settings(self.places, settings)
        self.give(self.places.settings_file)

    def close(self) -> None:
        """Ends nginx."""
        if self._nginx is not None and self._nginx.poll() is None:
            self._nginx.send_signal(signal.SIGTERM)
            self._nginx.wait(10)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _commands() -> list[str]:
    """The command lines of all processes but nginx's, and but a bubblewrap that was killed while it
    made its inner process: that one waits for its maker for ever, with no work to do."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            with suppress(OSError):
                line = (entry / "cmdline").read_text("utf-8", "replace").replace("\0", " ")
                name, _, rest = (entry / "stat").read_text("utf-8", "replace").rpartition(")")
                is_orphan = name.endswith("(bwrap") and rest.split()[1] == "1"
                if "nginx" not in line and not is_orphan:
                    found.append(line)
    return found


def _nginx_configuration(places: Places, folder: Path) -> str:
    """The configuration of a separate nginx, for demonstration and tests: everything is in
    `folder`."""
    modules = f"load_module {BROTLI};" if BROTLI.is_file() else ""
    # As root, nginx would hand its work to an account that may not read a temporary folder.
    user = f"user {account_of(os.geteuid()).name};" if os.geteuid() == 0 else ""
    return f"""\
{modules}
{user}
worker_processes 2;
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 512; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {places.root}/nginx.conf;
}}
"""
